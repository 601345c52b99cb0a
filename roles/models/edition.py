"""What was saved, and what is live of it."""

import uuid

from django.conf import settings
from django.db import models

from .profile import RoleProfile


class Edition(models.Model):
    """A frozen snapshot of a whole profile, as it was saved; rows are added, never changed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField(help_text="Counts the editions of one profile from 1.")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(
        max_length=300, blank=True, help_text="What changed, in the words of who saved it."
    )
    schema = models.PositiveSmallIntegerField(
        "Schema version", help_text="Of the role document it is written in."
    )
    source_hash = models.CharField(max_length=64, help_text="SHA-256 of the canonical source.")
    source = models.TextField(help_text="The role document in its source shape, as canonical JSON.")

    class Meta:
        ordering = ["profile", "-number"]
        constraints = [models.UniqueConstraint(fields=["profile", "number"], name="edition_one_per_number")]

    def __str__(self) -> str:
        return f"Edition {self.number}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("An edition is never changed; save the profile to make a new one.")
        super().save(*args, **kwargs)


class LiveReference(models.Model):
    """A shared record or role that the live edition of a role refers to.

    Kept beside the publication, because it also knows references that the document must not show (a move to a role
    which is not public yet): when such a record changes its name, this finds the documents to build again.
    """

    # No foreign key: it would lock the profiles of others while documents are built again.
    role_uuid = models.UUIDField()
    kind = models.CharField(max_length=20)
    target_uuid = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["kind", "target_uuid"], name="livereference_target")]
        constraints = [
            models.UniqueConstraint(
                fields=["role_uuid", "kind", "target_uuid"], name="livereference_once_per_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_uuid}"
