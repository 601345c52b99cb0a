"""The vocabulary of what people can do: skills, tools and certificates, and how well."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from publications.names import Named, NamedQuerySet, Shown


class ProficiencyLevel(Named):
    """How well a skill is mastered, on the one scale the whole library uses."""

    name_kind = "proficiency_level"
    name_fields = ("slug", "label", "rank")

    rank = models.PositiveSmallIntegerField(
        unique=True, help_text="1 is the lowest. Filters such as “practitioner or above” compare ranks."
    )
    description = models.TextField(
        blank=True, help_text="What this level means for any skill, in one or two sentences."
    )

    class Meta:
        ordering = ["rank"]


class SkillQuerySet(NamedQuerySet):
    def choosable(self):
        """Skills that an editor may still choose; retired ones stay where they are."""
        return self.filter(status=Skill.Status.ACTIVE)


class Skill(Named):
    """Something a person can do or know, or a tool they can use, under one name for the whole library."""

    name_kind = "skill"
    name_fields = ("slug", "label", "type", "uri")

    class Type(models.TextChoices):
        SKILL = "skill", "Skill"
        KNOWLEDGE = "knowledge", "Knowledge"
        ABILITY = "ability", "Ability"
        TECHNOLOGY = "technology", "Technology"
        TOOL = "tool", "Tool or equipment"
        CERTIFICATE = "certificate", "Certificate or licence"
        TRANSVERSAL = "transversal", "Transversal skill"

    class Status(models.TextChoices):
        ACTIVE = "active", "In use"
        RETIRED = "retired", "Retired"

    type = models.CharField(max_length=12, choices=Type, default=Type.SKILL)
    description = models.TextField(
        blank=True, help_text="What the skill is, in a sentence or two. Readers see it."
    )
    uri = models.URLField(
        "Web identifier",
        max_length=300,
        blank=True,
        help_text="The address that identifies this skill for partners, for example its ESCO address.",
    )
    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.ACTIVE,
        help_text="A retired skill stays in the profiles that have it, and cannot be chosen for others.",
    )
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        help_text="The skill to choose instead of a retired one.",
    )
    note = models.TextField("Internal note", blank=True, help_text="Only editors see it.")

    objects = SkillQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = [Lower("label")]
        constraints = [
            models.UniqueConstraint(
                Lower("label"),
                "type",
                name="skill_one_label_per_type",
                violation_error_message="There is already a skill of this name and type.",
            ),
            models.CheckConstraint(
                name="skill_not_replaced_by_itself",
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("pk")),
                violation_error_message="A skill cannot be replaced by itself.",
            ),
        ]

    def clean(self) -> None:
        if self.replaced_by_id and self.status != self.Status.RETIRED:
            raise ValidationError({"replaced_by": "Only a retired skill names the one that replaces it."})


class SkillLabel(Shown):
    """Another name people use for a skill, found by search and by the editor's suggestions."""

    class Kind(models.TextChoices):
        ALTERNATIVE = "alternative", "Shown to readers"
        HIDDEN = "hidden", "Only for finding it (misspellings, old names)"

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="labels")
    label = models.CharField("Other name", max_length=200)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.ALTERNATIVE)
    locale = models.CharField("Language", max_length=35, default="en", help_text="Such as en, en-GB or fr.")

    class Meta:
        ordering = [Lower("label")]
        constraints = [
            models.UniqueConstraint(
                "skill",
                Lower("label"),
                "locale",
                name="skilllabel_once_per_skill",
                violation_error_message="This skill already has that other name.",
            )
        ]

    def __str__(self) -> str:
        return self.label


class SkillMapping(Shown):
    """Where a skill stands in somebody else's classification: ESCO, O*NET, SFIA."""

    class Relation(models.TextChoices):
        EXACT = "exact", "The same"
        CLOSE = "close", "Nearly the same"
        BROAD = "broad", "Theirs is wider"
        NARROW = "narrow", "Theirs is narrower"

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="mappings")
    scheme = models.CharField("Classification", max_length=60, help_text="Such as ESCO, O*NET or SFIA.")
    version = models.CharField(
        max_length=40, blank=True, help_text="The release of the classification, such as 1.2.0."
    )
    code = models.CharField(max_length=120, blank=True)
    uri = models.URLField("Web identifier", max_length=300, blank=True)
    relation = models.CharField(max_length=6, choices=Relation, default=Relation.EXACT)

    class Meta:
        ordering = ["scheme", "code", "uri"]
        constraints = [
            models.CheckConstraint(
                name="skillmapping_has_code_or_uri",
                condition=~Q(code="") | ~Q(uri=""),
                violation_error_message="Give the code or the web identifier of the other classification.",
            ),
            models.UniqueConstraint(
                fields=["skill", "scheme", "version", "code", "uri"], name="skillmapping_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.code or self.uri}"


class SkillLevelText(Shown):
    """What one proficiency level means for one skill."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="level_texts")
    level = models.ForeignKey(ProficiencyLevel, models.PROTECT, related_name="+")
    text = models.TextField(help_text="What somebody at this level can do with this skill.")

    class Meta:
        ordering = ["level__rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "level"],
                name="skillleveltext_one_per_level",
                violation_error_message="This skill already has a text for that level.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.skill}: {self.level}"
