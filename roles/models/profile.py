"""The role profile itself, and the names and codes it is known by."""

import re
import uuid

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from careers.models import JobFamily, Level, WorkArrangement, validate_region
from publications.batches import batches
from publications.models import Publication, SlugRedirect
from publications.partial_dates import PartialDateField
from publications.richtext import RichTextField

from .organization import Organization

# Language, script, place and variants (RFC 5646, 2.1).
_LANGUAGE_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*",
    re.IGNORECASE | re.ASCII,
)


def validate_locale(value: str) -> None:
    """Refuse what is not a language tag of BCP 47 that dates and numbers can be written in."""
    try:
        tag = _LANGUAGE_TAG.fullmatch(value)
        # A language has one code: what is known under another (“eng”) would be missing from lists of that one.
        if tag is None or Locale.parse(value, sep="-").language != tag["language"].lower():
            raise ValueError("not a language tag")
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise ValidationError(
            "“%(value)s” is not a language. Use a tag of BCP 47, such as en, en-GB or fr.",
            code="invalid_locale",
            params={"value": value},
        ) from error


class RoleProfile(models.Model):
    """What is expected of anyone who holds a role; the unit that is written and published.

    What the public sees of it is its publication, built from one of its editions.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        "Address",
        max_length=140,
        unique=True,
        help_text="The last part of the page's web address. When it changes, the old address leads to the new one.",
    )
    role_title = models.CharField(
        max_length=200, help_text="What the role is called, such as Senior Python Developer."
    )
    page_title = models.CharField(
        max_length=300,
        blank=True,
        help_text="The heading of the page, where it differs from the role's title. It may be a question.",
    )
    summary = RichTextField(
        help_text="The role in one or two sentences. It opens the page and stands in lists."
    )
    job_family = models.ForeignKey(
        JobFamily,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="role_profiles",
        help_text="Where lists file it.",
    )
    level = models.ForeignKey(
        Level,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="role_profiles",
        help_text="How senior the role is.",
    )
    publisher = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="role_profiles",
        help_text="The organisation that stands behind the page.",
    )
    locale = models.CharField(
        "Language",
        max_length=35,
        default="en",
        validators=[validate_locale],
        help_text="Such as en, en-GB or fr.",
    )
    region = models.CharField(
        "Place",
        max_length=6,
        blank=True,
        validators=[validate_region],
        help_text="The country the profile is written for, or a part of it: GB, US or US-CO.",
    )
    work_arrangement = models.CharField(
        max_length=10, choices=WorkArrangement, default="", blank=True, help_text="Where the work is done."
    )
    published_on = PartialDateField(
        "First published", help_text="As the publisher states it: 2025, 2025-07 or 2025-07-14."
    )
    updated_on = PartialDateField(
        "Last updated", help_text="As the publisher states it. Leave empty if nobody says."
    )
    reading_time = models.CharField(
        max_length=60, blank=True, help_text="As the publisher states it: “3 mins read”."
    )

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_profiles",
        help_text="Who keeps this profile up to date.",
    )
    review_due_on = models.DateField(
        "Review due", null=True, blank=True, help_text="The day by which somebody should read it again."
    )
    internal_note = models.TextField(blank=True, help_text="Only editors see it.")

    lock_version = models.PositiveIntegerField(default=0, editable=False)
    edition = models.ForeignKey(
        "roles.Edition",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="Latest edition",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = [Lower("role_title"), "slug"]
        permissions = [
            ("publish_roleprofile", "Can publish role profiles"),
            ("withdraw_roleprofile", "Can withdraw role profiles"),
        ]
        constraints = [
            models.CheckConstraint(
                name="roleprofile_has_title",
                condition=~Q(role_title=""),
                violation_error_message="Give the role a title.",
            ),
        ]

    def __str__(self) -> str:
        return self.role_title

    def clean(self) -> None:
        if self.slug and taken_slugs({self.slug: self.uuid}):
            raise ValidationError({"slug": "Another role is or was public at this address."})


def taken_slugs(wanted: dict[str, uuid.UUID]) -> set[str]:
    """Those of the wanted slugs (each with the role that wants it) under which another role is or was public."""
    taken: set[str] = set()
    for some in batches(wanted):
        public = Publication.objects.filter(slug__in=some).values_list("slug", "role_uuid")
        former = SlugRedirect.objects.filter(old_slug__in=some).values_list("old_slug", "role_uuid")
        taken |= {slug for slug, owner in [*public, *former] if owner != wanted[slug]}
    return taken


class ProfileRow(models.Model):
    """One item of a profile; its UUID stays with it through every edition, export and restore."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveIntegerField("Order", default=0)

    class Meta:
        abstract = True


class AlternateTitle(ProfileRow):
    """Another title people use for the role."""

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="alternate_titles")
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["profile", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class OccupationCode(ProfileRow):
    """The role's code in a public classification, with the classification's name and version."""

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="occupation_codes")
    scheme = models.CharField(
        "Classification",
        max_length=60,
        help_text="Such as ISCO-08, SOC 2018, O*NET-SOC, UK SOC 2020 or ESCO.",
    )
    version = models.CharField(max_length=40, blank=True, help_text="The release of the classification.")
    code = models.CharField(max_length=60, help_text="Such as 2512 or 15-1252.00.")
    label = models.CharField("Name in the classification", max_length=300, blank=True)
    uri = models.URLField("Web identifier", max_length=300, blank=True)

    class Meta:
        ordering = ["profile", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "scheme", "version", "code"],
                name="occupationcode_once_per_profile",
                violation_error_message="The profile already has this code.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.code}"


class ExternalId(ProfileRow):
    """What another system calls this role, so that the two can be kept in step."""

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="external_ids")
    scheme = models.CharField("System", max_length=60, help_text="The system that gave the identifier.")
    value = models.CharField("Identifier", max_length=200)

    class Meta:
        verbose_name = "external ID"
        verbose_name_plural = "external IDs"
        ordering = ["profile", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "scheme", "value"],
                name="externalid_once_per_profile",
                violation_error_message="The profile already has this identifier.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.value}"


class Attribution(ProfileRow):
    """A source whose licence asks to be named wherever its data is shown."""

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="attributions")
    source = models.CharField(max_length=200, help_text="The name of the source, such as O*NET Database.")
    release = models.CharField(max_length=60, blank=True, help_text="Which release of it, such as 29.2.")
    statement = models.TextField(help_text="The sentence that the licence asks for.")
    url = models.URLField("Link to the source", max_length=500, blank=True)
    licence = models.CharField(max_length=100, blank=True, help_text="Such as CC BY 4.0.")
    licence_url = models.URLField("Link to the licence", max_length=500, blank=True)

    class Meta:
        ordering = ["profile", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.source} {self.release}".strip()
