"""The career framework: job families, levels, what they pay, and the moves between roles."""

import uuid
from functools import cache
from itertools import pairwise

import pycountry
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from publications.names import Named, Shown
from publications.partial_dates import PartialDateField
from publications.richtext import RichTextField


class JobFamily(Named):
    """A group of roles which share a body of work."""

    name_kind = "job_family"
    name_fields = ("slug", "label", "parent")

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="The wider family this one is part of, if any.",
    )
    description = models.TextField(blank=True, help_text="What these roles have in common. Readers see it.")
    position = models.PositiveIntegerField(
        "Order", default=0, help_text="Families with a lower number come first."
    )

    class Meta:
        verbose_name_plural = "job families"
        ordering = ["position", Lower("label")]
        constraints = [
            models.CheckConstraint(
                name="jobfamily_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                violation_error_message="A job family cannot be part of itself.",
            ),
        ]

    def ancestors(self) -> list["JobFamily"]:
        """The families above this one, the nearest first."""
        found: list[JobFamily] = []
        family = self.parent
        # Two editors can make a circle that neither of them sees: it must not be followed for ever.
        while family is not None and family != self and family not in found:
            found.append(family)
            family = family.parent
        return found

    def clean(self) -> None:
        if any(family.parent == self for family in [self, *self.ancestors()]):
            raise ValidationError({"parent": "A job family cannot be part of a family that is part of it."})


class LevelScale(Shown):
    """A set of levels that are ranked against each other, such as a company's own ladder or SFIA."""

    slug = models.SlugField("Address", max_length=140, unique=True)
    label = models.CharField("Name", max_length=200)
    description = models.TextField(blank=True)

    class Meta:
        ordering = [Lower("label")]

    def __str__(self) -> str:
        return self.label


class Level(Named):
    """Seniority as a rank on a scale, and what it asks of anyone who holds it."""

    name_kind = "level"
    name_fields = ("slug", "label", "rank", "track")

    class Track(models.TextChoices):
        ANY = "any", "Any"
        INDIVIDUAL = "individual", "Individual contributor"
        MANAGEMENT = "management", "Management"

    scale = models.ForeignKey(LevelScale, models.PROTECT, related_name="levels")
    rank = models.PositiveSmallIntegerField(help_text="1 is the most junior.")
    track = models.CharField(
        max_length=12,
        choices=Track,
        default=Track.ANY,
        help_text="Whether the level belongs to experts, to people who manage others, or to both.",
    )
    autonomy = models.TextField(blank=True, help_text="How much direction the holder needs and gives.")
    influence = models.TextField(blank=True, help_text="Whom the holder's work reaches.")
    complexity = models.TextField(blank=True, help_text="How hard and how new the problems are.")
    knowledge = models.TextField(blank=True, help_text="What the holder has to know.")

    class Meta:
        ordering = ["scale", "rank", "track"]
        constraints = [
            models.UniqueConstraint(
                fields=["scale", "rank", "track"],
                name="level_one_per_rank_and_track",
                violation_error_message="The scale already has a level of that rank and track.",
            ),
            models.CheckConstraint(
                name="level_rank_at_least_1",
                condition=Q(rank__gte=1),
                violation_error_message="Ranks start at 1.",
            ),
        ]


@cache
def currency_codes() -> frozenset[str]:
    """The currencies of ISO 4217."""
    return frozenset(currency.alpha_3 for currency in pycountry.currencies)


@cache
def place_codes() -> frozenset[str]:
    """The countries of ISO 3166-1 and their parts in ISO 3166-2."""
    countries = (country.alpha_2 for country in pycountry.countries)
    return frozenset([*countries, *(part.code for part in pycountry.subdivisions)])


def validate_currency(value: str) -> None:
    """Refuse what is not a currency code; small letters too, as filters look for capitals."""
    if value not in currency_codes():
        raise ValidationError(
            "“%(value)s” is not a currency code. Use three capital letters of ISO 4217, such as GBP, EUR or USD.",
            code="invalid_currency",
            params={"value": value},
        )


def validate_region(value: str) -> None:
    """Refuse what is neither a country nor a part of one; small letters too, as filters look for capitals."""
    if value not in place_codes():
        raise ValidationError(
            "“%(value)s” is not a place code. Use a country or a part of one as in ISO 3166: GB, US or US-CO.",
            code="invalid_region",
            params={"value": value},
        )


class WorkArrangement(models.TextChoices):
    """Where the work is done."""

    UNSTATED = "", "Not stated"
    ON_SITE = "on_site", "On site"
    HYBRID = "hybrid", "Hybrid"
    REMOTE = "remote", "Remote"


AMOUNTS = ("minimum", "percentile_10", "percentile_25", "median", "percentile_75", "percentile_90", "maximum")


def _amount(label: str) -> models.DecimalField:
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True)


def _ordered_amounts() -> Q:
    """Each amount is at most every later one that is stated (minimum ≤ 10th percentile ≤ … ≤ maximum)."""
    rule = Q()
    for index, lower in enumerate(AMOUNTS):
        for higher in AMOUNTS[index + 1 :]:
            rule &= (
                Q(**{f"{lower}__isnull": True})
                | Q(**{f"{higher}__isnull": True})
                | Q(**{f"{lower}__lte": F(higher)})
            )
    return rule


def _no_amounts() -> Q:
    return Q(**{f"{name}__isnull": True for name in AMOUNTS})


class Pay(models.Model):
    """What is paid: which part of pay, how much, in which currency, per what, where, and who says so.

    Amounts are in units of `currency` (not thousands) per `period`.
    """

    class Component(models.TextChoices):
        BASE = "base", "Base pay"
        TOTAL = "total", "Total pay"
        EQUITY = "equity", "Equity"
        BONUS = "bonus", "Bonus"

    class Period(models.TextChoices):
        HOUR = "HOUR", "Hour"
        DAY = "DAY", "Day"
        WEEK = "WEEK", "Week"
        MONTH = "MONTH", "Month"
        YEAR = "YEAR", "Year"

    component = models.CharField("Part of pay", max_length=6, choices=Component, default=Component.BASE)
    currency = models.CharField(
        max_length=3,
        blank=True,
        validators=[validate_currency],
        help_text="Three letters of ISO 4217: GBP, EUR, USD.",
    )
    minimum = _amount("From")
    maximum = _amount("To")
    median = _amount("Median")
    percentile_10 = _amount("10th percentile")
    percentile_25 = _amount("25th percentile")
    percentile_75 = _amount("75th percentile")
    percentile_90 = _amount("90th percentile")
    period = models.CharField("Per", max_length=5, choices=Period, default=Period.YEAR)
    region = models.CharField(
        "Place",
        max_length=6,
        blank=True,
        validators=[validate_region],
        help_text="Where it is paid: GB, US or US-CO.",
    )
    work_arrangement = models.CharField(max_length=10, choices=WorkArrangement, default="", blank=True)
    as_of = PartialDateField("As of", help_text="When the figures were true: 2025, 2025-07 or 2025-07-14.")
    source_title = models.CharField("Source", max_length=300, blank=True, help_text="Who says so.")
    source_url = models.URLField("Link to the source", max_length=500, blank=True)

    class Meta:
        abstract = True

    def has_amounts(self) -> bool:
        return any(getattr(self, name) is not None for name in AMOUNTS)

    def clean(self) -> None:
        super().clean()
        errors: dict[str, str] = {}
        stated = [(name, getattr(self, name)) for name in AMOUNTS if getattr(self, name) is not None]
        for (lower, low), (higher, high) in pairwise(stated):
            if low > high:
                labels = [str(self._meta.get_field(name).verbose_name) for name in (lower, higher)]  # type: ignore[union-attr]
                errors[lower] = f"“{labels[0]}” ({low}) is more than “{labels[1]}” ({high})."
        if stated and not self.currency:
            errors["currency"] = "Say in which currency the amounts are."
        for name, amount in stated:
            if amount < 0:
                errors[name] = "Pay cannot be below zero."
        if errors:
            raise ValidationError(errors)

    @staticmethod
    def constraints_for(model_name: str) -> list[models.BaseConstraint]:
        """What must hold for any pay: amounts in order, none below zero, none without a currency."""
        return [
            models.CheckConstraint(
                name=f"{model_name}_amounts_in_order",
                condition=_ordered_amounts(),
                violation_error_message="The amounts are not in order, from the lowest to the highest.",
            ),
            models.CheckConstraint(
                name=f"{model_name}_amounts_not_negative",
                condition=Q(*[Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}) for name in AMOUNTS]),
                violation_error_message="Pay cannot be below zero.",
            ),
            models.CheckConstraint(
                name=f"{model_name}_amounts_have_currency",
                condition=_no_amounts() | ~Q(currency=""),
                violation_error_message="Say in which currency the amounts are.",
            ),
        ]


class SalaryBand(Pay):
    """What a family, a level or both pay in one place, since when; many profiles show the same band."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        "Code", max_length=140, unique=True, help_text="A short code, such as engineering-senior-gb."
    )
    label = models.CharField(
        "Name", max_length=200, help_text="How editors find the band. Readers do not see it."
    )
    family = models.ForeignKey(JobFamily, models.PROTECT, null=True, blank=True, related_name="salary_bands")
    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="salary_bands")
    effective_from = models.DateField(null=True, blank=True)
    effective_to = models.DateField(null=True, blank=True)
    note = models.TextField("Internal note", blank=True, help_text="Only editors see it.")

    class Meta:
        ordering = [Lower("label")]
        constraints = [
            *Pay.constraints_for("salaryband"),
            models.CheckConstraint(
                name="salaryband_effective_dates_in_order",
                condition=Q(effective_from__isnull=True)
                | Q(effective_to__isnull=True)
                | Q(effective_from__lte=F("effective_to")),
                violation_error_message="A band cannot end before it starts.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class CareerMove(models.Model):
    """One step from a role to another, or to a title that has no profile yet."""

    class Kind(models.TextChoices):
        NEXT = "next", "Next step"
        LATERAL = "lateral", "Sideways move"
        SPECIALISE = "specialise", "Specialise"
        MANAGE = "manage", "Move into management"
        RELATED = "related", "Related role"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    profile = models.ForeignKey("roles.RoleProfile", models.CASCADE, related_name="career_moves")
    section = models.ForeignKey(
        "roles.Section",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="career_moves",
        help_text="The heading of the page it stands under.",
    )
    position = models.PositiveIntegerField("Order", default=0)
    group = models.CharField(
        "Group heading",
        max_length=200,
        blank=True,
        help_text="Moves with the same group heading stand together.",
    )
    kind = models.CharField("Kind of move", max_length=12, choices=Kind, default=Kind.NEXT)
    to = models.ForeignKey(
        "roles.RoleProfile",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incoming_moves",
        verbose_name="Leads to",
        help_text="The role it leads to, if there is a profile of it.",
    )
    label = models.CharField(
        "Shown as",
        max_length=200,
        blank=True,
        help_text="How the role is called here. Readers see this until the role itself is public.",
    )
    condition = RichTextField(help_text="What it takes to make this move.")
    blurb = RichTextField("Short text", help_text="A sentence about the role it leads to.")
    pay_text = models.CharField(
        "Pay shown",
        max_length=100,
        blank=True,
        help_text="Exactly as readers see it, such as £45,000–£60,000.",
    )
    band = models.ForeignKey(
        SalaryBand,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="career_moves",
        verbose_name="Salary band",
    )

    class Meta:
        ordering = ["profile", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="careermove_leads_somewhere",
                condition=Q(to__isnull=False) | ~Q(label=""),
                violation_error_message="Choose the role the move leads to, or write its title.",
            ),
            models.CheckConstraint(
                name="careermove_not_to_itself",
                condition=Q(to__isnull=True) | ~Q(to=F("profile")),
                violation_error_message="A role cannot be a career move of itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.to)

    def clean(self) -> None:
        if not self.to_id and not self.label:
            raise ValidationError({"label": "Choose the role the move leads to, or write its title."})
        if self.to_id and self.to_id == self.profile_id:
            raise ValidationError({"to": "A role cannot be a career move of itself."})
        if self.section and self.section_id and self.section.profile_id != self.profile_id:
            raise ValidationError({"section": "This section belongs to another profile."})
