"""What a profile is made of, as its form shows it: which fields stand side by side, and what is folded away."""

from typing import Any

from careers.models import CareerMove
from roles.models import (
    Attribution,
    Contribution,
    Duty,
    ExternalId,
    Fact,
    Link,
    OccupationCode,
    Qualification,
    Question,
    Reference,
    RolePay,
    RoleSkill,
    RoleTool,
    SampleDocument,
    Section,
    SectionItem,
)

from .formsets import SectionFormSet
from .rows import RowInline

PLACE: Any = ("Where it stands", {"fields": [("section", "group")]})


def more(title: str, *fields: str | tuple[str, ...]) -> Any:
    """Fields that are seldom needed, folded away."""
    return title, {"fields": list(fields), "classes": ["more"]}


class SectionInline(RowInline):
    model = Section
    formset = SectionFormSet
    verbose_name_plural = "Sections"
    title_fields = ("heading_number+heading", "kind")
    chip_fields = ("kind",)
    help_text = "The headings of the page, from top to bottom. Everything else stands under one of them."
    empty_text = "The page has no headings yet."
    help_texts = {"body": "Stands between the opening text and the list."}
    fieldsets = [
        (None, {"fields": [("heading_number", "heading"), ("kind", "render_as"), "lead", "body", "trail"]}),
        more("More about this section", ("parent", "anchor"), ("separator", "allow_empty")),
    ]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "anchor":
            field.required = False
        elif db_field.name == "separator":
            # The space after a semicolon is what it is about.
            field.strip = False
        return field


class SectionItemInline(RowInline):
    model = SectionItem
    verbose_name = "point"
    verbose_name_plural = "Points"
    title_fields = ("label", "text")
    bulk_field = "text"
    section_kinds = ("overview", "essay", "custom", "outlook", "story", "cta")
    help_text = "Bullets, steps and themes: whatever stands in a section and is nothing more special."
    empty_text = "No section has points of its own."
    help_texts = {
        "facet": "Where a list takes what, why and how in turn.",
        "text": "What the point says.",
    }
    fieldsets = [(None, {"fields": [("label", "facet"), "text"]}), PLACE]


class DutyInline(RowInline):
    model = Duty
    verbose_name_plural = "Duties"
    title_fields = ("text",)
    bulk_field = "text"
    section_kinds = ("duties",)
    help_text = "What the holder answers for, one duty in each row."
    empty_text = "No duties yet."
    help_texts = {
        "frequency": "Only if the page says so.",
        "rationale": "Why the role cannot be held without it. Needed where essential duties must be told from others.",
    }
    fieldsets = [
        (None, {"fields": ["text", ("essential", "percent_time", "frequency")]}),
        PLACE,
        more("Why it is essential", "rationale"),
    ]


class QualificationInline(RowInline):
    model = Qualification
    verbose_name_plural = "Qualifications"
    title_fields = ("text",)
    chip_fields = ("strength", "section", "group")
    bulk_field = "text"
    section_kinds = ("qualifications",)
    help_text = "Education, experience and certificates asked for, and how strongly."
    empty_text = "No qualifications yet."
    help_texts = {
        "kind": "What sort of qualification it is.",
        "strength": "How firmly it is asked for.",
    }
    fieldsets = [
        (None, {"fields": ["text", ("kind", "strength", "months_experience")]}),
        PLACE,
        more("More about this qualification", ("credential_category", "substitutes_for")),
    ]


class RoleSkillInline(RowInline):
    model = RoleSkill
    verbose_name = "skill"
    verbose_name_plural = "Skills"
    title_fields = ("label", "skill")
    chip_fields = ("strength", "proficiency", "section", "group")
    section_kinds = ("skills",)
    create_url_names = {"skill": "admin:skills_skill_create_in_place"}
    help_text = "Skills come from the library, so that readers can search by them. You may show each in your own words."
    empty_text = "No skills yet."
    help_texts = {"strength": "How firmly the skill is asked for."}
    fieldsets = [
        (None, {"fields": [("skill", "label"), ("strength", "proficiency"), "explanation", "examples"]}),
        PLACE,
        more("From a survey", "importance"),
    ]


class RoleToolInline(RowInline):
    model = RoleTool
    verbose_name = "tool"
    verbose_name_plural = "Tools"
    title_fields = ("label", "skill")
    chip_fields = ("group", "section")
    section_kinds = ("tools",)
    create_url_names = {"skill": "admin:skills_skill_create_in_place"}
    help_text = (
        "Programs, technologies and equipment. The group heading is the category a tool is listed under."
    )
    empty_text = "No tools yet."
    fieldsets = [
        (None, {"fields": [("skill", "label"), ("version_note", "note")]}),
        PLACE,
    ]


class FactInline(RowInline):
    model = Fact
    verbose_name_plural = "Facts"
    title_fields = ("label+value",)
    chip_fields = ("kind", "section", "group")
    section_kinds = ("glance", "industries", "outlook")
    help_text = "Facts at a glance, statistics with their source, industries, and what pay depends on."
    empty_text = "No facts yet."
    help_texts = {
        "kind": "Decides how the fact is shown.",
        "source_url": "Where to read it.",
        "minimum": "For a single number, this one alone.",
        "maximum": "Only for a range.",
    }
    fieldsets = [
        (None, {"fields": [("kind", "label"), "value", "text"]}),
        PLACE,
        more("Source", ("source_title", "source_url"), ("as_of", "place")),
        more("In numbers", ("minimum", "maximum", "unit"), ("horizon_year", "key")),
        more("Code of the industry", ("scheme", "code")),
    ]


class RolePayInline(RowInline):
    model = RolePay
    verbose_name = "pay"
    verbose_name_plural = "Pay"
    title_fields = ("display_text", "band", "component")
    chip_fields = ("section", "group")
    section_kinds = ("salary",)
    help_text = "Choose a shared salary band, or give figures of this profile’s own."
    empty_text = "Nothing is said about pay yet."
    help_texts = {
        "component": "Which part of the pay the figures are.",
        "period": "What the figures are paid for.",
        "minimum": "The least that is paid, in whole units: 45000.",
        "maximum": "The most that is paid.",
        "median": "Half are paid less, half more.",
        "work_arrangement": "Where the figures depend on where the work is done.",
        "percentile_10": "One in ten is paid less.",
        "percentile_25": "One in four is paid less.",
        "percentile_75": "One in four is paid more.",
        "percentile_90": "One in ten is paid more.",
        "source_url": "Where to read it.",
    }
    fieldsets = [
        (None, {"fields": [("band", "display_text")]}),
        (
            "Figures of this profile’s own",
            {
                "fields": [
                    ("component", "currency", "period"),
                    ("minimum", "maximum", "median"),
                    ("region", "work_arrangement", "as_of"),
                ],
                "classes": ["own-figures"],
                "description": "Only without a salary band, which gives all of these.",
            },
        ),
        (None, {"fields": ["note"]}),
        PLACE,
        more("Percentiles", ("percentile_10", "percentile_25"), ("percentile_75", "percentile_90")),
        more("Source", ("source_title", "source_url")),
    ]


class CareerMoveInline(RowInline):
    model = CareerMove
    verbose_name = "career move"
    verbose_name_plural = "Career moves"
    title_fields = ("label", "to")
    chip_fields = ("kind", "section", "group")
    section_kinds = ("career", "related")
    help_text = (
        "Where the role leads, and roles that are close to it. A role without a profile is named in words."
    )
    empty_text = "No career moves yet."
    help_texts = {
        "kind": "How the two roles are related.",
        "band": "What the other role pays, as a shared band. Readers see “Pay shown”.",
    }
    fieldsets = [
        (None, {"fields": ["kind", ("to", "label"), "condition", "blurb", ("pay_text", "band")]}),
        PLACE,
    ]


class QuestionInline(RowInline):
    model = Question
    verbose_name_plural = "Questions"
    title_fields = ("number+question",)
    chip_fields = ("kind", "section", "group")
    section_kinds = ("faq", "interview", "mock")
    help_text = "Questions of visitors, questions for an interview, and mock assessments."
    empty_text = "No questions yet."
    help_texts = {"kind": "Decides which of the fields below are asked for."}
    fieldsets = [
        (None, {"fields": [("kind", "number", "category"), "question", "answer"]}),
        (
            "For an interview",
            {
                "fields": ["assessment_points", "pitfalls", "follow_ups"],
                "classes": ["when-kind-interview"],
            },
        ),
        ("For a mock assessment", {"fields": ["example", "count_text"], "classes": ["when-kind-mock"]}),
        PLACE,
    ]


class SampleDocumentInline(RowInline):
    model = SampleDocument
    verbose_name = "sample text"
    verbose_name_plural = "Sample letters and texts"
    title_fields = ("title", "kind")
    section_kinds = ("letter",)
    help_text = (
        "Texts to start from, such as a cover letter. Mark the places to fill in like this: [Company]."
    )
    empty_text = "No sample texts yet."
    help_texts = {
        "kind": "What sort of text it is.",
        "title": "Shown above the text.",
        "salutation": "Such as “Dear [Hiring manager],”.",
        "body": "The text itself, with its placeholders.",
    }
    fieldsets = [
        (None, {"fields": [("kind", "title"), "salutation", "body", "closing", "placeholders"]}),
        PLACE,
    ]


class LinkInline(RowInline):
    model = Link
    verbose_name_plural = "Links"
    title_fields = ("text",)
    chip_fields = ("kind", "category", "section")
    section_kinds = ("cta", "related")
    help_text = "Calls to action, related articles, and “see all” links."
    empty_text = "No links yet."
    help_texts = {
        "kind": "Decides how the link is shown.",
        "category": "Shown above an article’s link, such as Hiring.",
        "text": "What readers click on.",
    }
    fieldsets = [
        (None, {"fields": [("kind", "category"), ("text", "url"), "blurb"]}),
        PLACE,
    ]


class ContributionInline(RowInline):
    model = Contribution
    verbose_name = "person"
    verbose_name_plural = "Authors and reviewers"
    title_fields = ("person",)
    chip_fields = ("role", "on", "section")
    section_kinds = ("authorship",)
    help_text = "Who wrote, reviewed or approved the text, as the page names them."
    empty_text = "Nobody is named yet."
    help_texts = {
        "person": "As it stands on the page.",
        "job_title": "What the person does, if the page says so.",
        "role": "What the person did for this page.",
    }
    fieldsets = [
        (None, {"fields": [("person", "job_title"), ("role", "on"), "statement"]}),
        PLACE,
    ]


class ReferenceInline(RowInline):
    model = Reference
    verbose_name_plural = "References"
    title_fields = ("title",)
    chip_fields = ("publisher", "section", "group")
    section_kinds = ("references",)
    help_text = "Works the page refers to. The group heading is the topic a work is listed under."
    empty_text = "No references yet."
    help_texts = {
        "title": "The title of the work.",
        "author": "Who wrote it.",
        "publisher": "Who brought it out.",
        "url": "Where to read it.",
    }
    fieldsets = [
        (None, {"fields": ["title", ("author", "publisher"), ("url", "accessed_on")]}),
        PLACE,
    ]


class AttributionInline(RowInline):
    model = Attribution
    verbose_name = "required credit"
    verbose_name_plural = "Required credits"
    title_fields = ("source+release",)
    chip_fields = ("licence",)
    help_text = "Sources whose licence asks to be named on the page."
    empty_text = "No source asks to be named."
    help_texts = {
        "url": "The source’s own page.",
        "licence_url": "The text of the licence.",
    }
    fieldsets = [
        (None, {"fields": [("source", "release"), "statement", "url", ("licence", "licence_url")]}),
    ]


class OccupationCodeInline(RowInline):
    model = OccupationCode
    verbose_name_plural = "Occupation codes"
    title_fields = ("scheme+code",)
    chip_fields = ("version", "label")
    help_text = "The role’s code in public classifications, for partners and statistics."
    empty_text = "No codes yet."
    help_texts = {
        "label": "What the classification calls the occupation.",
        "uri": "The address that stands for the code, if it has one.",
    }
    fieldsets = [(None, {"fields": [("scheme", "version", "code"), ("label", "uri")]})]


class ExternalIdInline(RowInline):
    model = ExternalId
    verbose_name = "identifier"
    verbose_name_plural = "Identifiers in other systems"
    title_fields = ("scheme+value",)
    chip_fields = ()
    is_compact = True
    help_text = "What your other systems call this role."
    empty_text = "No identifiers yet."
    help_texts = {"value": "What the role is called there."}
    fieldsets = [(None, {"fields": [("scheme", "value")]})]
