"""Names that published documents show of shared records.

A skill, a job family or a level is shown by name in every document that refers to it. When such a name changes, the
record says so here, in the same transaction; what that means for published text is decided by whoever listens
(`roles.publishing`), so the vocabulary need not know that roles exist.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Lower
from django.dispatch import Signal

from publications.models import VocabularyCounter

# Sent in the transaction of the change, with `kind` ("skill", "job_family", "level", …) and `uuids`.
names_changed = Signal()


def vocabulary_changed() -> None:
    """Move the number that cached lists are known by (`publications.caching`).

    Call it as late in a transaction as you can: others who change the vocabulary wait until the end of it.
    """
    counter = VocabularyCounter.objects.filter(pk=1)
    if not counter.update(number=F("number") + 1):
        # Once in the life of a database. Of two who come first, one waits here for the other.
        VocabularyCounter.objects.get_or_create(pk=1)
        counter.update(number=F("number") + 1)


class ShownQuerySet(models.QuerySet):
    """Writes many records at once, and counts that as one change to what readers see."""

    @transaction.atomic(savepoint=False)
    def update(self, **values):
        changed = super().update(**values)
        vocabulary_changed()
        return changed

    @transaction.atomic(savepoint=False)
    def bulk_create(self, *args, **kwargs):
        created = super().bulk_create(*args, **kwargs)
        if self.model.shown_once_created or kwargs.get("update_conflicts"):  # type: ignore[attr-defined]
            vocabulary_changed()
        return created

    @transaction.atomic
    def delete(self):
        deleted = super().delete()
        vocabulary_changed()
        return deleted

    # As Django marks its own: no template may call it, and no manager offers it.
    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class Shown(models.Model):
    """A record of the vocabulary whose text stands on public pages and in the API as it is now.

    A change to it, whichever way it is written, makes every cached list that could show it a thing of the past.
    """

    # Whether readers could see a record as soon as it exists.
    shown_once_created = True

    objects = ShownQuerySet.as_manager()

    class Meta:
        abstract = True

    @transaction.atomic(savepoint=False)
    def save(self, *args, **kwargs):
        created = self._state.adding
        super().save(*args, **kwargs)
        if self.shown_once_created or not created:
            vocabulary_changed()

    @transaction.atomic
    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        vocabulary_changed()
        return deleted


class NamedQuerySet(ShownQuerySet):
    """Writes many shared records at once, and tells which of them changed their names."""

    @transaction.atomic(savepoint=False)
    def update(self, **values):
        named: Any = self.model
        if values.keys().isdisjoint({*named.name_fields, *named.name_columns()}):
            return super().update(**values)
        # By key: the query itself may find others once these have changed.
        keys = list(self.order_by().values_list("pk", flat=True))
        before = named.stored_names(keys)
        changed = super().update(**values)
        named.tell_changes(before)
        return changed


class Named(Shown):
    """A shared record that published documents show by name.

    Subclasses say in `name_kind` what documents call them and in `name_fields` which fields a document shows.
    """

    name_kind: str
    name_fields: tuple[str, ...] = ("slug", "label")
    # Nothing that is live can refer to a new record. What makes it do so takes the next number of the feed.
    shown_once_created = False

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        "Address",
        max_length=140,
        unique=True,
        help_text="The last part of the web address: small letters, digits and hyphens.",
    )
    label = models.CharField("Name", max_length=200, help_text="As readers see it.")

    objects = NamedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True
        ordering = [Lower("label")]

    def __str__(self) -> str:
        return self.label

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Save, and tell when a name that documents show has changed."""
        before = self.stored_names([self.pk])
        # Past the save of `Shown`, which comes last here.
        super(Shown, self).save(*args, **kwargs)
        self.tell_changes(before)
        if before:
            vocabulary_changed()

    @classmethod
    def name_columns(cls) -> list[str]:
        return [cls._meta.get_field(name).attname for name in cls.name_fields]  # type: ignore[union-attr]

    @classmethod
    def stored_names(cls, keys: Iterable[Any]) -> dict[Any, dict[str, Any]]:
        """What documents show of the records with these primary keys, as it is stored.

        The records stay locked until the end of the transaction, lest two who rename one see the same name before.
        """
        names = ["uuid", *cls.name_columns()]
        records = cls._base_manager.select_for_update().order_by("pk").in_bulk([key for key in keys if key])
        return {key: {name: getattr(record, name) for name in names} for key, record in records.items()}

    @classmethod
    def tell_changes(cls, before: dict[Any, dict[str, Any]]) -> None:
        """Send the signal for those records whose names are not what they were before."""
        # Read again, because a record in memory may say what was not saved, or say it in another way.
        changed = [names["uuid"] for key, names in cls.stored_names(before).items() if names != before[key]]
        if changed:
            names_changed.send(sender=cls, kind=cls.name_kind, uuids=changed)
