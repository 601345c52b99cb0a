"""What a role profile says: its sections, and the typed records that stand in them.

A profile is an ordered list of sections, each with the publisher's own heading. Typed records hang on a section, so a
page keeps its own order and words while duties stay duties and pay stays numbers.
"""

import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from careers.models import AMOUNTS, Pay, SalaryBand
from publications.partial_dates import PartialDateField
from publications.richtext import RichTextField
from skills.models import ProficiencyLevel, Skill

from .fields import LinesField, PlaceholdersField
from .profile import ProfileRow, RoleProfile


class Section(ProfileRow):
    """One heading of a profile's page, with its own order and rendering."""

    class Kind(models.TextChoices):
        OVERVIEW = "overview", "Overview"
        GLANCE = "glance", "At a glance"
        STORY = "story", "Career story"
        DUTIES = "duties", "Duties"
        QUALIFICATIONS = "qualifications", "Qualifications"
        SKILLS = "skills", "Skills"
        TOOLS = "tools", "Tools"
        SALARY = "salary", "Pay"
        OUTLOOK = "outlook", "Outlook"
        CAREER = "career", "Career moves"
        INDUSTRIES = "industries", "Industries"
        INTERVIEW = "interview", "Interview questions"
        MOCK = "mock", "Mock assessment"
        LETTER = "letter", "Sample letter"
        FAQ = "faq", "Questions and answers"
        RELATED = "related", "Related roles and articles"
        REFERENCES = "references", "References"
        AUTHORSHIP = "authorship", "Authors and reviewers"
        ESSAY = "essay", "Essay"
        CTA = "cta", "Call to action"
        CUSTOM = "custom", "Anything else"

    class Rendering(models.TextChoices):
        BULLETS = "bullets", "Bullets"
        NUMBERED = "numbered", "Numbered list"
        PROSE = "prose", "One sentence"
        TABLE = "table", "Table"
        CARDS = "cards", "Cards"

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="sections")
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        help_text="The section this one is a sub-section of, if any.",
    )
    anchor = models.SlugField(
        "Short name",
        max_length=80,
        help_text="Readers can link to the section by it. Left empty, it is taken from the heading.",
    )
    kind = models.CharField(
        max_length=14, choices=Kind, default=Kind.CUSTOM, help_text="What the section is about."
    )
    heading = models.CharField(
        max_length=300, blank=True, help_text="In your own words. It may be a question."
    )
    heading_number = models.CharField(
        "Number",
        max_length=30,
        blank=True,
        help_text="Shown before the heading, such as “1.” or “Question 1:”.",
    )
    lead = RichTextField("Opening text", help_text="Stands first, before the text and the list.")
    body = RichTextField("Text")
    trail = RichTextField("Closing text", help_text="Stands last, after the list.")
    render_as = models.CharField(
        "List shown as",
        max_length=8,
        choices=Rendering,
        default=Rendering.BULLETS,
        help_text="How the items of the section are set.",
    )
    separator = models.CharField(
        max_length=5,
        blank=True,
        help_text="What stands between items set as one sentence; “; ” if left empty.",
    )
    allow_empty = models.BooleanField(
        "May be empty", default=False, help_text="The heading is meant to stand with nothing under it."
    )

    class Meta:
        ordering = ["profile", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "anchor"],
                name="section_one_anchor_per_profile",
                violation_error_message="Another section of this profile has that short name.",
            ),
            models.CheckConstraint(
                name="section_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                violation_error_message="A section cannot be a sub-section of itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading_number} {self.heading}".strip() or self.get_kind_display()

    def clean(self) -> None:
        if self.parent is None:
            return
        if self.parent == self:
            raise ValidationError({"parent": "A section cannot be a sub-section of itself."})
        if self.parent.pk and self.parent.profile_id != self.profile_id:
            raise ValidationError({"parent": "This section belongs to another profile."})
        if self.parent.parent_id:
            raise ValidationError({"parent": "A sub-section cannot have sub-sections of its own."})
        if self.pk and self.children.exists():
            raise ValidationError({"parent": "This section has sub-sections, so it cannot become one."})


class SectionRow(ProfileRow):
    """One record that stands in a section of a profile."""

    section = models.ForeignKey(
        Section,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="%(class)s_rows",
        help_text="The heading of the page it stands under. Left empty, it stands at the end of the page.",
    )
    group = models.CharField(
        "Group heading",
        max_length=200,
        blank=True,
        help_text="Items with the same group heading stand together.",
    )

    # Each kind of row has its own foreign key, for the name of its relation on the profile.
    profile_id: int

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.section and self.section_id and self.section.profile_id != self.profile_id:
            raise ValidationError({"section": "This section belongs to another profile."})


class SectionItem(SectionRow):
    """One point of a section that is nothing more special: a bullet, a theme, a step."""

    class Facet(models.TextChoices):
        NONE = "", "–"
        WHAT = "what", "What"
        WHY = "why", "Why"
        HOW = "how", "How"

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="items")
    label = models.CharField(max_length=200, blank=True, help_text="Set in bold before the text.")
    text = RichTextField()
    facet = models.CharField("Answers", max_length=4, choices=Facet, default="", blank=True)

    class Meta:
        ordering = ["profile", "position", "pk"]

    def __str__(self) -> str:
        return self.label or self.text[:60]


class Fact(SectionRow):
    """Something to know at a glance: a fact, a statistic with its source, or an industry.

    The value may be empty: publishers do print a label with nothing behind it.
    """

    class Kind(models.TextChoices):
        GLANCE = "glance", "Fact at a glance"
        STATISTIC = "statistic", "Statistic"
        INDUSTRY = "industry", "Industry or employer type"
        FACTOR = "factor", "Pay factor"

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.GLANCE)
    key = models.SlugField(
        max_length=60,
        blank=True,
        db_index=False,
        help_text="A standard name for partners, such as education, experience or growth-outlook.",
    )
    label = models.CharField(max_length=200, help_text="Such as Education.")
    value = models.CharField(max_length=500, blank=True, help_text="As readers see it.")
    text = RichTextField(help_text="An explanation, a reason, or the sentence the figure stands in.")
    minimum = models.DecimalField("Number, from", max_digits=16, decimal_places=4, null=True, blank=True)
    maximum = models.DecimalField("Number, to", max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True, help_text="Such as %, years or jobs.")
    horizon_year = models.PositiveSmallIntegerField(
        "Until year",
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2200)],
        help_text="For an outlook: the year it looks to.",
    )
    place = models.CharField(max_length=120, blank=True, help_text="Where it holds.")
    code = models.CharField(
        max_length=30, blank=True, help_text="For an industry: its NAICS, NACE or ISIC code."
    )
    scheme = models.CharField("Code from", max_length=30, blank=True, help_text="NAICS, NACE or ISIC.")
    as_of = PartialDateField("As of", help_text="When it was true: 2025, 2025-07 or 2025-07-14.")
    source_title = models.CharField("Source", max_length=300, blank=True, help_text="Who says so.")
    source_url = models.URLField("Link to the source", max_length=500, blank=True)

    class Meta:
        ordering = ["profile", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="fact_minimum_le_maximum",
                condition=Q(minimum__isnull=True) | Q(maximum__isnull=True) | Q(minimum__lte=F("maximum")),
                violation_error_message="The first number is more than the second.",
            ),
            models.CheckConstraint(
                name="fact_horizon_year_in_range",
                condition=Q(horizon_year__isnull=True) | Q(horizon_year__range=(1900, 2200)),
                violation_error_message="The year must be between 1900 and 2200.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValidationError({"minimum": "The first number is more than the second."})


class Duty(SectionRow):
    """Something the holder answers for."""

    class Frequency(models.TextChoices):
        UNSTATED = "", "Not stated"
        DAILY = "daily", "Daily"
        WEEKLY = "weekly", "Weekly"
        MONTHLY = "monthly", "Monthly"
        QUARTERLY = "quarterly", "Quarterly"
        YEARLY = "yearly", "Yearly"
        AS_NEEDED = "as_needed", "As needed"

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="duties")
    text = models.TextField(help_text="What the holder does, starting with a verb.")
    essential = models.BooleanField(
        null=True, blank=True, help_text="Whether the role exists to do this. Unknown is an answer, too."
    )
    percent_time = models.DecimalField(
        "Share of time",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="In percent of the working time.",
    )
    frequency = models.CharField("How often", max_length=10, choices=Frequency, default="", blank=True)
    rationale = models.TextField("Why it is essential", blank=True)

    class Meta:
        verbose_name_plural = "duties"
        ordering = ["profile", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="duty_percent_time_0_to_100",
                condition=Q(percent_time__isnull=True) | Q(percent_time__range=(0, 100)),
                violation_error_message="A share of time is between 0 and 100 percent.",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Qualification(SectionRow):
    """Education, experience or a certificate asked for, with its strength."""

    class Kind(models.TextChoices):
        EDUCATION = "education", "Education"
        EXPERIENCE = "experience", "Experience"
        CERTIFICATE = "certificate", "Certificate or licence"
        TECHNICAL = "technical", "Technical"
        OTHER = "other", "Other"

    class Strength(models.TextChoices):
        REQUIRED = "required", "Required"
        PREFERRED = "preferred", "Preferred"
        VALUED = "valued", "Valued"
        UNSPECIFIED = "unspecified", "Not said"

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="qualifications")
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.OTHER)
    strength = models.CharField(max_length=11, choices=Strength, default=Strength.REQUIRED)
    text = models.TextField(help_text="As readers see it, such as “5–8 years of building web services”.")
    credential_category = models.CharField(
        "Degree or certificate",
        max_length=120,
        blank=True,
        help_text="The kind of degree or certificate, such as bachelor degree. Empty if none is asked for.",
    )
    months_experience = models.PositiveSmallIntegerField(
        "Months of experience",
        null=True,
        blank=True,
        help_text="The least that is asked for: 60 for “5–8 years”.",
    )
    substitutes_for = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="substitutes",
        help_text="The qualification this one may stand in for.",
    )

    class Meta:
        ordering = ["profile", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="qualification_not_its_own_substitute",
                condition=Q(substitutes_for__isnull=True) | ~Q(substitutes_for=F("pk")),
                violation_error_message="A qualification cannot stand in for itself.",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def clean(self) -> None:
        super().clean()
        other = self.substitutes_for
        if other and other.pk and other.profile_id != self.profile_id:
            raise ValidationError({"substitutes_for": "This qualification belongs to another profile."})


class RoleSkill(SectionRow):
    """One skill a profile asks for: how strongly, how well, and why."""

    class Strength(models.TextChoices):
        MUST = "must", "Must have"
        PREFERRED = "preferred", "Preferred"
        VALUED = "valued", "Valued"
        UNSPECIFIED = "unspecified", "Not said"

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="skills")
    skill = models.ForeignKey(
        Skill,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="role_skills",
        help_text="The skill in the library. Without one, filters and comparisons do not know it.",
    )
    label = models.CharField(
        "Shown as",
        max_length=300,
        blank=True,
        help_text="Your own wording, such as “Web frameworks (Django/Flask)”. Left empty, the skill's name is shown.",
    )
    strength = models.CharField(max_length=11, choices=Strength, default=Strength.UNSPECIFIED)
    proficiency = models.ForeignKey(
        ProficiencyLevel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="How well, if you say so.",
    )
    explanation = RichTextField("Why", help_text="What the skill is needed for.")
    examples = LinesField(help_text="One per line.")
    importance = models.DecimalField(
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(5)],
        help_text="The rating of the source, from 0 to 5, where the skill comes from a survey.",
    )

    class Meta:
        ordering = ["profile", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="roleskill_is_named",
                condition=Q(skill__isnull=False) | ~Q(label=""),
                violation_error_message="Choose a skill, or write its name.",
            ),
            models.CheckConstraint(
                name="roleskill_importance_0_to_5",
                condition=Q(importance__isnull=True) | Q(importance__range=(0, 5)),
                violation_error_message="Importance is between 0 and 5.",
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.skill)

    def clean(self) -> None:
        super().clean()
        if not self.skill_id and not self.label:
            raise ValidationError({"skill": "Choose a skill, or write its name."})


class RoleTool(SectionRow):
    """One tool or technology the holder works with; its group is the category it is listed under."""

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="tools")
    skill = models.ForeignKey(
        Skill,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="role_tools",
        verbose_name="Tool",
        help_text="The tool in the library. Without one, filters and comparisons do not know it.",
    )
    label = models.CharField(
        "Shown as",
        max_length=300,
        blank=True,
        help_text="Your own wording. Left empty, the tool's name is shown.",
    )
    version_note = models.CharField("Version", max_length=60, blank=True, help_text="Such as 3.12 or later.")
    note = models.CharField(max_length=300, blank=True, help_text="Such as “replaces black, isort, flake8”.")

    class Meta:
        ordering = ["profile", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="roletool_is_named",
                condition=Q(skill__isnull=False) | ~Q(label=""),
                violation_error_message="Choose a tool, or write its name.",
            )
        ]

    def __str__(self) -> str:
        return self.label or str(self.skill)

    def clean(self) -> None:
        super().clean()
        if not self.skill_id and not self.label:
            raise ValidationError({"skill": "Choose a tool, or write its name."})


class RolePay(Pay, SectionRow):
    """The pay one profile shows: a shared band, or amounts of its own, with the exact words readers see."""

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="salary_bands")
    band = models.ForeignKey(
        SalaryBand,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="role_pay",
        verbose_name="Salary band",
        help_text="A shared band gives all the figures. Leave it empty to give figures of this profile's own.",
    )
    display_text = models.CharField(
        "Shown as",
        max_length=200,
        blank=True,
        help_text="Exactly as readers see it, such as $135K–$190K. Left empty, it is written from the figures.",
    )
    note = RichTextField(help_text="What readers should know about the figures.")

    class Meta:
        verbose_name = "pay"
        verbose_name_plural = "pay"
        ordering = ["profile", "position", "pk"]
        constraints = [
            *Pay.constraints_for("rolepay"),
            models.CheckConstraint(
                name="rolepay_band_or_own_amounts",
                condition=Q(band__isnull=True) | Q(**{f"{name}__isnull": True for name in AMOUNTS}),
                violation_error_message="Either choose a salary band or give figures, not both.",
            ),
        ]

    def __str__(self) -> str:
        return self.display_text or str(self.band or self.get_component_display())

    def clean(self) -> None:
        super().clean()
        if self.band_id and self.has_amounts():
            raise ValidationError({"band": "Either choose a salary band or give figures, not both."})

    def figures(self) -> Pay:
        """The record that holds the amounts: the shared band, or this row itself."""
        return self.band or self


class Question(SectionRow):
    """A question with its answer: from visitors, for an interview, or as a mock assessment."""

    class Kind(models.TextChoices):
        FAQ = "faq", "Question and answer"
        INTERVIEW = "interview", "Interview question"
        MOCK = "mock", "Mock assessment"

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.FAQ)
    number = models.CharField(
        max_length=30, blank=True, help_text="Shown before it, such as “1.” or “Question 1:”."
    )
    question = RichTextField(blank=False, help_text="The question, or the title of a mock assessment.")
    category = models.CharField(max_length=120, blank=True, help_text="Such as technical or behavioural.")
    answer = RichTextField(help_text="The answer, the standard answer, or what the mock assessment is about.")
    assessment_points = LinesField("What it assesses", help_text="One point per line.")
    pitfalls = LinesField(help_text="What goes wrong in weak answers, one per line.")
    follow_ups = LinesField("Follow-up questions", help_text="One question per line.")
    example = RichTextField("Example question", help_text="For a mock assessment.")
    count_text = models.CharField(
        "Number of questions",
        max_length=120,
        blank=True,
        help_text="For a mock assessment: “3 to 5 targeted questions”.",
    )

    class Meta:
        ordering = ["profile", "position", "pk"]

    def __str__(self) -> str:
        return self.question[:60]


class SampleDocument(SectionRow):
    """A text to start from, such as a cover letter, with the places its user fills in."""

    class Kind(models.TextChoices):
        COVER_LETTER = "cover_letter", "Cover letter"
        CV = "cv", "CV or resume"
        OTHER = "other", "Other"

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="sample_documents")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.COVER_LETTER)
    title = models.CharField(max_length=200, blank=True)
    salutation = models.CharField(max_length=200, blank=True)
    body = RichTextField(blank=False)
    closing = models.TextField(blank=True, help_text="How the letter ends, with the name.")
    placeholders = PlaceholdersField(help_text="One per line: [Company] = the employer's name.")

    class Meta:
        ordering = ["profile", "position", "pk"]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class Contribution(SectionRow):
    """Who wrote, reviewed or approved the text, as the page names them."""

    class Role(models.TextChoices):
        AUTHOR = "author", "Author"
        REVIEWER = "reviewer", "Reviewer"
        APPROVER = "approver", "Approver"

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="contributions")
    person = models.CharField("Name", max_length=200)
    job_title = models.CharField(max_length=200, blank=True)
    role = models.CharField("Did what", max_length=8, choices=Role, default=Role.AUTHOR)
    on = PartialDateField("When", help_text="2025, 2025-07 or 2025-07-14.")
    statement = models.CharField(max_length=300, blank=True, help_text="Such as “Reviewed for accuracy by”.")

    class Meta:
        ordering = ["profile", "position", "pk"]

    def __str__(self) -> str:
        return self.person


class Reference(SectionRow):
    """A work the page refers to."""

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="references")
    title = models.CharField(max_length=500)
    author = models.CharField(max_length=200, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    url = models.URLField("Link", max_length=500, blank=True)
    accessed_on = PartialDateField("Read on", help_text="2025, 2025-07 or 2025-07-14.")

    class Meta:
        ordering = ["profile", "position", "pk"]

    def __str__(self) -> str:
        return self.title[:60]


# Browsers leave out line ends in an address and read “\\” as “/”, so that “/\\host” would lead to another site.
_LINK_TARGET = re.compile(r"(?:https?://|mailto:|tel:)[^\s\\]+|/(?:[^/\s\\][^\s\\]*)?")


class Link(SectionRow):
    """Somewhere to go next: a call to action, or a related article."""

    class Kind(models.TextChoices):
        ACTION = "action", "Call to action"
        ARTICLE = "article", "Related article"
        SEE_ALL = "see_all", "“See all” link"

    profile = models.ForeignKey(RoleProfile, models.CASCADE, related_name="links")
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.ACTION)
    text = models.CharField("Words of the link", max_length=300)
    url = models.CharField(
        "Address",
        max_length=500,
        blank=True,
        help_text="A full web address, or a path on this site that starts with /.",
    )
    category = models.CharField(max_length=120, blank=True)
    blurb = RichTextField("Short text", help_text="Stands beside the link.")

    class Meta:
        ordering = ["profile", "position", "pk"]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        if self.url and not _LINK_TARGET.fullmatch(self.url):
            raise ValidationError(
                {"url": "Write a full web address, or a path on this site that starts with /."}
            )
