"""Names that published documents show of shared records.

A skill, a job family or a level is shown by name in every document that refers to it. When such a name changes, the
record says so here, in the same transaction; what that means for published text is decided by whoever listens
(`roles.publishing`), so the vocabulary need not know that roles exist.
"""

import uuid

from django.db import models, transaction
from django.db.models.functions import Lower
from django.dispatch import Signal

# Sent in the transaction of the change, with `kind` ("skill", "job_family", "level", …) and `uuids`.
names_changed = Signal()


class Named(models.Model):
    """A shared record that published documents show by name.

    Subclasses say in `name_kind` what documents call them and in `name_fields` which fields a document shows.
    """

    name_kind: str
    name_fields: tuple[str, ...] = ("slug", "label")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        "Address",
        max_length=140,
        unique=True,
        help_text="The last part of the web address: small letters, digits and hyphens.",
    )
    label = models.CharField("Name", max_length=200, help_text="As readers see it.")

    class Meta:
        abstract = True
        ordering = [Lower("label")]

    def __str__(self) -> str:
        return self.label

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Save, and tell when a name that documents show has changed."""
        before = (
            type(self)._default_manager.filter(pk=self.pk).values(*self._name_columns()).first()
            if self.pk
            else None
        )
        super().save(*args, **kwargs)
        now = {column: getattr(self, column) for column in self._name_columns()}
        if before is not None and before != now:
            names_changed.send(sender=type(self), kind=self.name_kind, uuids=[self.uuid])

    @classmethod
    def _name_columns(cls) -> list[str]:
        return [cls._meta.get_field(name).attname for name in cls.name_fields]  # type: ignore[union-attr]
