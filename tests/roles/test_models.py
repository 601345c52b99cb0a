"""Role profiles and what stands in them: what can never be stored, and what editors are told."""

import json
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F

from publications.models import SlugRedirect
from roles.models import Edition, Event, RolePay
from roles.models.fields import validate_lines, validate_pairs
from roles.models.profile import taken_slugs, validate_locale
from tests.breaches import Breach
from tests.factories import PublicationFactory, SkillFactory
from tests.factories_editing import (
    AlternateTitleFactory,
    AttributionFactory,
    ContributionFactory,
    DutyFactory,
    EditionFactory,
    EventFactory,
    ExternalIdFactory,
    FactFactory,
    LinkFactory,
    LiveReferenceFactory,
    OccupationCodeFactory,
    OrganizationContactFactory,
    QualificationFactory,
    QuestionFactory,
    ReferenceFactory,
    RolePayFactory,
    RoleProfileFactory,
    RoleSkillFactory,
    RoleToolFactory,
    SalaryBandFactory,
    SampleDocumentFactory,
    SectionFactory,
    SectionItemFactory,
    UserFactory,
)


def same(*names):
    """These fields as the other record has them."""
    return {name: lambda other, name=name: getattr(other, name) for name in names}


BREACHES = [
    Breach("roleprofile_has_title", RoleProfileFactory, {"role_title": ""}, new={"slug": "another"}),
    Breach(
        "occupationcode_once_per_profile", OccupationCodeFactory, same("profile", "scheme", "version", "code")
    ),
    Breach("externalid_once_per_profile", ExternalIdFactory, same("profile", "scheme", "value")),
    Breach("section_one_anchor_per_profile", SectionFactory, same("profile", "anchor")),
    Breach("section_not_its_own_parent", SectionFactory, {"parent": F("pk")}),
    Breach("fact_minimum_le_maximum", FactFactory, {"minimum": 2, "maximum": 1}),
    Breach("fact_minimum_le_maximum", FactFactory, {"minimum": "0.0002", "maximum": "0.0001"}),
    Breach("fact_horizon_year_in_range", FactFactory, {"horizon_year": 1899}),
    Breach("fact_horizon_year_in_range", FactFactory, {"horizon_year": 2201}),
    Breach("duty_percent_time_0_to_100", DutyFactory, {"percent_time": "-0.01"}),
    Breach("duty_percent_time_0_to_100", DutyFactory, {"percent_time": "100.01"}),
    Breach("qualification_not_its_own_substitute", QualificationFactory, {"substitutes_for": F("pk")}),
    Breach("roleskill_is_named", RoleSkillFactory, {"skill": None, "label": ""}),
    Breach("roleskill_importance_0_to_5", RoleSkillFactory, {"importance": "-0.01"}),
    Breach("roleskill_importance_0_to_5", RoleSkillFactory, {"importance": "5.01"}),
    Breach("roletool_is_named", RoleToolFactory, {"skill": None, "label": ""}),
    Breach(
        "rolepay_band_or_own_amounts",
        RolePayFactory,
        {"band": lambda other: SalaryBandFactory()},
        given={"with_amounts": True},
    ),
    Breach("edition_one_per_number", EditionFactory, same("profile", "number")),
    Breach("livereference_once_per_role", LiveReferenceFactory, same("role_uuid", "kind", "target_uuid")),
]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_database_refuses(breach):
    breach.try_it()


@pytest.mark.parametrize(
    ("factory", "values"),
    [
        (FactFactory, {"minimum": 1, "maximum": 1}),
        (FactFactory, {"minimum": -5}),
        (FactFactory, {"horizon_year": 1900}),
        (FactFactory, {"horizon_year": 2200}),
        (FactFactory, {"value": ""}),
        (DutyFactory, {"percent_time": 0}),
        (DutyFactory, {"percent_time": 100}),
        (DutyFactory, {"essential": None}),
        (RoleSkillFactory, {"skill": None, "label": "Curiosity"}),
        (RoleSkillFactory, {"importance": 5}),
        (RolePayFactory, {"with_band": True}),
        (RolePayFactory, {"with_amounts": True, "in_section": True}),
        (RolePayFactory, {"display_text": "Competitive"}),
        (SectionFactory, {"heading": "", "anchor": "empty", "allow_empty": True}),
        (QuestionFactory, {"pitfalls": ["One", "Two = two"]}),
        (SampleDocumentFactory, {"placeholders": [{"token": "[Name]", "meaning": ""}]}),
    ],
)
def test_what_publishers_print_can_be_stored(factory, values):
    record = factory(**values)

    record.refresh_from_db()
    record.full_clean()


# What editors are told


def messages_of(record):
    with pytest.raises(ValidationError) as error:
        record.full_clean()
    return error.value.message_dict


def test_rows_that_contradict_themselves_are_refused_in_words():
    profile = RoleProfileFactory()
    told = [
        messages_of(factory.build(profile=profile, **values))
        for factory, values in [
            (FactFactory, {"minimum": 2, "maximum": 1}),
            (RoleSkillFactory, {"skill": None}),
            (RoleToolFactory, {"skill": None}),
            (RolePayFactory, {"with_amounts": True, "band": SalaryBandFactory()}),
            (RolePayFactory, {"currency": "GBP", "minimum": 2, "maximum": 1}),
            (QuestionFactory, {"question": "<p> </p>"}),
        ]
    ]

    assert told == [
        {"minimum": ["The first number is more than the second."]},
        {"skill": ["Choose a skill, or write its name."]},
        {"skill": ["Choose a tool, or write its name."]},
        {"band": ["Either choose a salary band or give figures, not both."]},
        {"minimum": ["“From” (2) is more than “To” (1)."]},
        {"question": ["This field cannot be blank."]},
    ]


@pytest.mark.parametrize(
    "factory",
    [
        SectionItemFactory,
        FactFactory,
        DutyFactory,
        QualificationFactory,
        RoleSkillFactory,
        RoleToolFactory,
        RolePayFactory,
        QuestionFactory,
        SampleDocumentFactory,
        ContributionFactory,
        ReferenceFactory,
        LinkFactory,
    ],
)
def test_row_in_a_section_of_another_profile_is_refused_in_words(factory):
    row = factory(in_section=True)
    row.full_clean()

    row.section = SectionFactory()

    assert messages_of(row) == {"section": ["This section belongs to another profile."]}


def test_row_in_a_section_that_is_not_saved_yet_is_no_mistake():
    profile = RoleProfileFactory()

    DutyFactory.build(profile=profile, section=SectionFactory.build(profile=profile)).clean()


def test_section_below_itself_is_refused_in_words():
    section = SectionFactory()
    section.parent = section

    assert messages_of(section)["parent"] == ["A section cannot be a sub-section of itself."]


def test_section_below_a_sub_section_is_refused_in_words():
    section = SectionFactory()
    below = SectionFactory(profile=section.profile, parent=section)

    assert messages_of(SectionFactory.build(profile=section.profile, parent=below)) == {
        "parent": ["A sub-section cannot have sub-sections of its own."]
    }


def test_section_with_sub_sections_cannot_become_one():
    section = SectionFactory()
    SectionFactory(profile=section.profile, parent=section)
    section.parent = SectionFactory(profile=section.profile)

    assert messages_of(section) == {"parent": ["This section has sub-sections, so it cannot become one."]}


def test_section_below_one_of_another_profile_is_refused_in_words():
    section = SectionFactory.build(profile=RoleProfileFactory(), parent=SectionFactory())

    assert messages_of(section) == {"parent": ["This section belongs to another profile."]}


def test_qualification_for_one_of_another_profile_is_refused_in_words():
    other = QualificationFactory()

    QualificationFactory(profile=other.profile, substitutes_for=other).full_clean()
    assert messages_of(QualificationFactory.build(profile=RoleProfileFactory(), substitutes_for=other)) == {
        "substitutes_for": ["This qualification belongs to another profile."]
    }


@pytest.mark.parametrize(
    "url",
    ["", "https://example.org/apply?a=1#b", "http://example.org", "mailto:jobs@example.org", "tel:+441915550100", "/",
     "/roles/?family=web"],
)  # fmt: skip
def test_link_leads_to_a_web_address_or_a_path(url):
    LinkFactory(url=url).full_clean()


@pytest.mark.parametrize(
    "url",
    ["example.org", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\n/evil.example", "/\t/evil.example",
     "javascript:alert(1)", "JavaScript:alert(1)", " https://example.org", "https://", "https://a b", "mailto:",
     "data:text/html,x", "https:/\\evil.example", "#top"],
)  # fmt: skip
def test_link_that_leads_elsewhere_is_refused_in_words(url):
    assert messages_of(LinkFactory.build(profile=RoleProfileFactory(), url=url)) == {
        "url": ["Write a full web address, or a path on this site that starts with /."]
    }


# Addresses of profiles


def test_address_of_another_role_that_is_or_was_public_is_refused_in_words():
    PublicationFactory(slug="live")
    PublicationFactory(slug="gone", withdrawn=True)
    SlugRedirect.objects.create(old_slug="old", role_uuid=uuid.uuid4())

    for slug in ["live", "gone", "old"]:
        assert messages_of(RoleProfileFactory.build(slug=slug)) == {
            "slug": ["Another role is or was public at this address."]
        }


def test_profile_keeps_and_takes_back_its_own_addresses():
    profile = RoleProfileFactory(slug="now")
    PublicationFactory(uuid=str(profile.uuid), slug="now")
    SlugRedirect.objects.create(old_slug="before", role_uuid=profile.uuid)

    profile.full_clean()
    profile.slug = "before"
    profile.full_clean()


@pytest.mark.parametrize("count", [1, 500])
def test_taken_slugs_asks_little_however_many_are_wanted(django_assert_max_num_queries, count):
    wanted = {f"slug-{number}": uuid.uuid4() for number in range(count)}

    with django_assert_max_num_queries(4):
        assert taken_slugs(wanted) == set()


# Validators


@pytest.mark.parametrize(
    "tag",
    [
        "en",
        "en-GB",
        "EN-gb",
        "fr",
        "de-CH",
        "zh-Hant-TW",
        "sr-Latn",
        "es-419",
        "fil",
        "ca-ES-valencia",
        "de-DE-1996",
    ],
)
def test_validate_locale_accepts(tag):
    validate_locale(tag)


@pytest.mark.parametrize(
    "tag",
    ["", "e", "en_GB", "en-", "en--GB", "-en", "en-GB\n", "en-GB\x00", " en", "en.UTF-8", "en-GB.utf8", "en@euro",
     "eng", "iw", "und", "root", "english", "deutsch", "x-klingon", "en-GB-x-a", "tlh", "qqq", "ｅｎ", "en–GB", None],
)  # fmt: skip
def test_validate_locale_refuses(tag):
    with pytest.raises(ValidationError) as error:
        validate_locale(tag)

    assert error.value.code == "invalid_locale"
    assert error.value.messages == [
        f"“{tag}” is not a language. Use a tag of BCP 47, such as en, en-GB or fr."
    ]


@pytest.mark.parametrize("value", [[], ["One"], ["One", "Two = two, “three”; 4"], ["🚀"], ["a\tb"]])
def test_validate_lines_accepts(value):
    validate_lines(value)


@pytest.mark.parametrize(
    "value",
    [None, "One", {}, {"One": 1}, [None], [1], [""], ["  "], [["One"]], ["One\nTwo"], ["One\n"], ["One\rTwo"],
     ["One\u2028Two"], ["One\x00"], ("One",), True],
)  # fmt: skip
def test_validate_lines_refuses(value):
    with pytest.raises(ValidationError) as error:
        validate_lines(value)

    assert error.value.code == "invalid_lines"
    assert error.value.messages == ["Write one text per line."]


@pytest.mark.parametrize(
    "value",
    [[], [{"token": "[Company]", "meaning": "the employer's name"}], [{"token": "{x}", "meaning": ""}]],
)
def test_validate_pairs_accepts(value):
    validate_pairs(value)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "[Company] = x",
        {"token": "x", "meaning": "y"},
        ["[Company]"],
        [None],
        [{"token": "x"}],
        [{"meaning": "x"}],
        [{"token": "x", "meaning": "y", "more": "z"}],
        [{"token": "", "meaning": "y"}],
        [{"token": " ", "meaning": "y"}],
        [{"token": "x", "meaning": None}],
        [{"token": 1, "meaning": "y"}],
        [{"token": "x\ny", "meaning": "z"}],
        [{"token": "x", "meaning": "y\nz"}],
        [{"token": "x=y", "meaning": "z"}],
        [{"token": "x\x00", "meaning": "z"}],
    ],
)
def test_validate_pairs_refuses(value):
    with pytest.raises(ValidationError) as error:
        validate_pairs(value)

    assert error.value.code == "invalid_pairs"
    assert error.value.messages == ["Write one per line: the token, an equals sign, what to put there."]


# What is added and never changed


def test_edition_is_never_changed():
    edition = EditionFactory()
    edition.note = "Other"

    with pytest.raises(TypeError, match="An edition is never changed"):
        edition.save()

    assert Edition.objects.get().note == ""


def test_event_is_never_changed():
    event = EventFactory()
    event.reason = "Other"

    with pytest.raises(TypeError, match="What happened is never changed"):
        event.save()

    assert Event.objects.get().reason == ""


def test_what_somebody_did_outlives_their_account():
    user = UserFactory()
    event, edition = EventFactory(by=user), EditionFactory(created_by=user)
    profile = RoleProfileFactory(owner=user)

    user.delete()

    for record in (event, edition, profile):
        record.refresh_from_db()
    assert event.by is edition.created_by is profile.owner is None


def test_pay_takes_its_figures_from_its_band():
    own, shared = RolePayFactory(with_amounts=True), RolePayFactory(with_band=True)

    assert own.figures() is own
    assert shared.figures() == shared.band
    assert (own.has_amounts(), shared.has_amounts()) == (True, False)


def test_sections_that_go_leave_their_rows():
    duty = DutyFactory(in_section=True)

    duty.section.delete()
    duty.refresh_from_db()

    assert duty.section is None


def test_json_fields_come_back_as_they_were():
    lines = ["“One” – 🚀", 'with "quotes" and \\', "tab\tin it"]
    question = QuestionFactory(pitfalls=lines)

    question.refresh_from_db()

    assert question.pitfalls == lines
    assert json.loads(json.dumps(question.pitfalls)) == lines


def test_records_are_called_by_what_editors_know_them_by():
    long = "x" * 100
    called = {
        str(RoleProfileFactory(role_title="Developer")): "Developer",
        str(AlternateTitleFactory(title="Coder")): "Coder",
        str(OccupationCodeFactory(scheme="ISCO-08", code="2512")): "ISCO-08 2512",
        str(ExternalIdFactory(scheme="payroll", value="7")): "payroll: 7",
        str(AttributionFactory(source="O*NET", release="29.2")): "O*NET 29.2",
        str(AttributionFactory(source="ESCO")): "ESCO",
        str(SectionFactory(heading="Duties", heading_number="1.")): "1. Duties",
        str(SectionFactory(heading="", anchor="x", kind="faq")): "Questions and answers",
        str(SectionItemFactory(label="Label")): "Label",
        str(SectionItemFactory(text=long)): long[:60],
        str(FactFactory(label="Education")): "Education",
        str(DutyFactory(text=long)): long[:60],
        str(QualificationFactory(text="A degree")): "A degree",
        str(RoleSkillFactory(skill=SkillFactory(label="Python"))): "Python",
        str(RoleSkillFactory(label="Python 3")): "Python 3",
        str(RoleToolFactory(skill=None, label="Pen")): "Pen",
        str(RolePayFactory(display_text="$1")): "$1",
        str(RolePayFactory(component=RolePay.Component.BONUS)): "Bonus",
        str(RolePayFactory(band=SalaryBandFactory(label="Band"))): "Band",
        str(QuestionFactory(question="Why?")): "Why?",
        str(SampleDocumentFactory()): "Cover letter",
        str(ContributionFactory(person="Ada Example")): "Ada Example",
        str(ReferenceFactory(title="A work")): "A work",
        str(LinkFactory(text="Apply")): "Apply",
        str(EditionFactory(number=3)): "Edition 3",
        str(LiveReferenceFactory(target_uuid=uuid.UUID(int=1))): f"skill {uuid.UUID(int=1)}",
        str(EventFactory(profile_title="Developer")): "Developer: Saved",
        str(OrganizationContactFactory(department="", phone="1")): "1",
    }

    assert list(called) == list(called.values())
