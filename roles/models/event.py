"""Who did what, when."""

import uuid

from django.conf import settings
from django.db import models


class Event(models.Model):
    """Something that happened to a profile; rows are added, never changed."""

    class Verb(models.TextChoices):
        CREATED = "created", "Created"
        SAVED = "saved", "Saved"
        PUBLISHED = "published", "Published"
        REBUILT = "rebuilt", "Rebuilt"
        WITHDRAWN = "withdrawn", "Withdrawn"
        DELETED = "deleted", "Deleted"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    verb = models.CharField(max_length=12, choices=Verb)
    profile_uuid = models.UUIDField(db_index=True)
    profile_title = models.CharField(max_length=200)
    edition_from = models.PositiveIntegerField(null=True, blank=True)
    edition_to = models.PositiveIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    seq = models.BigIntegerField(
        null=True, blank=True, help_text="The number in the changes feed, if it made one."
    )

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.profile_title}: {self.get_verb_display()}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("What happened is never changed.")
        super().save(*args, **kwargs)
