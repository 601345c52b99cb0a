"""The form of a role profile: what it shows, and what a save writes."""

import json

import pytest
from django.contrib import admin
from django.urls import reverse

from publications import richtext
from roles.admin.tabs import INLINES
from roles.admin.widgets import EDITOR_EXTENSIONS
from roles.models import Event, RoleProfile
from roles.publishing import delete_profile, record_edition
from tests.factories import JobFamilyFactory, ProficiencyLevelFactory, SkillFactory
from tests.factories_editing import (
    AttributionFactory,
    CareerMoveFactory,
    ContributionFactory,
    DutyFactory,
    ExternalIdFactory,
    FactFactory,
    LinkFactory,
    OccupationCodeFactory,
    QualificationFactory,
    QuestionFactory,
    ReferenceFactory,
    RolePayFactory,
    RoleProfileFactory,
    RoleSkillFactory,
    RoleToolFactory,
    SampleDocumentFactory,
    SectionFactory,
    SectionItemFactory,
    UserFactory,
)

from .pages import fields_of

pytestmark = pytest.mark.django_db


def url_of(profile):
    return reverse("admin:roles_roleprofile_change", args=[profile.pk])


def new_row(data, prefix, **values):
    """Add a row as the page's script does, in place of the spare row; returns its key."""
    total = int(data[f"{prefix}-INITIAL_FORMS"])
    while f"{prefix}-{total}-position" in data and f"{prefix}-{total}-typed" in data:
        total += 1
    key = f"{prefix}-{total}"
    data[f"{prefix}-TOTAL_FORMS"] = str(total + 1)
    spare = f"{prefix}-{data[f'{prefix}-INITIAL_FORMS']}-"
    for name, value in [(name, value) for name, value in data.items() if name.startswith(spare)]:
        data.setdefault(name.replace(spare, f"{key}-"), value)
    data[f"{key}-typed"] = "yes"
    data[f"{key}-position"] = str(total * 10 + 10)
    for name, value in values.items():
        data[f"{key}-{name}"] = value
    return key


@pytest.fixture
def editor(client):
    user = UserFactory(editor=True)
    client.force_login(user)
    return user


@pytest.fixture
def profile(editor):
    profile = RoleProfileFactory(role_title="Baker", slug="baker")
    record_edition(profile=profile, by=editor)
    profile.refresh_from_db()
    return profile


@pytest.fixture
def form(client, profile):
    """What the form of the profile holds, ready to be changed and sent."""
    return fields_of(client.get(url_of(profile))) | {"_continue": "1"}


def save(client, profile, data):
    return client.post(url_of(profile), data)


def told(response):
    return [str(message) for message in response.wsgi_request._messages]


def rows_of_every_kind(profile, number):
    """So many rows in each set, each with all it can refer to."""
    for _ in range(number):
        section = SectionFactory(profile=profile)
        in_section = {"profile": profile, "section": section}
        SectionItemFactory(**in_section)
        DutyFactory(**in_section)
        QualificationFactory(**in_section)
        FactFactory(**in_section)
        RoleSkillFactory(**in_section, proficiency=ProficiencyLevelFactory())
        RoleToolFactory(**in_section)
        RolePayFactory(**in_section, with_band=True)
        CareerMoveFactory(**in_section, to_a_profile=True)
        QuestionFactory(**in_section)
        SampleDocumentFactory(**in_section)
        ContributionFactory(**in_section)
        ReferenceFactory(**in_section)
        LinkFactory(**in_section)
        AttributionFactory(profile=profile)
        OccupationCodeFactory(profile=profile)
        ExternalIdFactory(profile=profile)


# What the form shows


def test_form_has_a_tab_for_every_kind_of_row(client, profile):
    page = client.get(url_of(profile)).content.decode()

    names = [str(inline.model._meta.get_field("profile").remote_field.related_name) for inline in INLINES]
    assert [name for name in names if f'id="{name}-rows"' not in page] == []


@pytest.mark.parametrize("number", [1, 20])
def test_form_query_count_does_not_grow_with_rows(client, profile, django_assert_max_num_queries, number):
    rows_of_every_kind(profile, number)

    with django_assert_max_num_queries(27):
        response = client.get(url_of(profile))

    assert response.status_code == 200


def test_every_field_has_a_label_and_says_what_it_is_for(rf, editor):
    request = rf.get("/")
    request.user = UserFactory(superuser=True)
    model_admin = admin.site._registry[RoleProfile]
    forms = {"profile": model_admin.get_form(request)}
    for inline in model_admin.get_inline_instances(request):
        forms[inline.model.__name__] = inline.get_formset(request).form

    offenders = [
        f"{name}.{field}"
        for name, form in forms.items()
        for field, described in form.base_fields.items()
        if field not in {"profile", "position", "lock_version"}
        and not (described.label and described.help_text)
    ]

    assert offenders == []


def test_editor_offers_no_tag_that_would_be_cleaned_away():
    from django_prose_editor.config import allowlist_from_extensions

    offered = allowlist_from_extensions(EDITOR_EXTENSIONS)

    assert set(offered["tags"]) <= richtext.TAGS


def test_somebody_who_may_only_look_sees_no_fields_to_type_in(client, profile):
    DutyFactory(profile=profile, text="Bakes bread")
    RoleSkillFactory(profile=profile, explanation="<p>It <em>rises</em></p>", examples=["rye", "wheat"])
    client.force_login(UserFactory(is_staff=True, may=["view_roleprofile"]))

    page = client.get(url_of(profile)).content.decode()

    assert "Bakes bread" in page
    assert "<p>It <em>rises</em></p>" in page
    assert "rye<br>wheat" in page
    assert 'name="role_title"' not in page
    assert 'name="duties-0-text"' not in page
    assert "Save draft" not in page


@pytest.mark.parametrize(("trait", "is_there"), [("editor", False), ("publisher", True)])
def test_publish_button_is_there_for_those_who_may(client, profile, trait, is_there):
    client.force_login(UserFactory(**{trait: True}))

    page = client.get(url_of(profile)).content.decode()

    assert ('name="_publish"' in page) is is_there


# Saving


def test_saving_without_a_change_makes_no_edition_and_says_so(client, profile):
    rows_of_every_kind(profile, 2)
    record_edition(profile=profile, by=None)
    SectionFactory(profile=profile, lead="<p>Two\nlines</p>", separator="; ")
    record_edition(profile=profile, by=None)
    before = RoleProfile.objects.values().get(pk=profile.pk)
    data = fields_of(client.get(url_of(profile))) | {"_continue": "1"}

    response = save(client, profile, data)

    assert told(response) == ["You changed nothing, so there was nothing to save."]
    assert RoleProfile.objects.values().get(pk=profile.pk) == before
    assert profile.editions.count() == 3


def test_save_leaves_an_edition_with_its_author_and_note(client, profile, form, editor):
    response = save(client, profile, form | {"role_title": "Master baker", "edition_note": "New name"})

    edition = profile.editions.first()
    assert response.status_code == 302
    assert told(response) == ["Saved as edition 2."]
    assert (edition.number, edition.created_by, edition.note) == (2, editor, "New name")
    assert json.loads(edition.source)["role_title"] == "Master baker"


def test_owner_is_saved_although_no_edition_holds_it(client, profile, form, editor):
    save(client, profile, form | {"owner": str(editor.pk)})

    profile.refresh_from_db()
    assert profile.owner == editor
    assert profile.editions.count() == 1


def test_new_profile_is_written_in_one_go(client, editor):
    family = JobFamilyFactory()
    skill = SkillFactory()
    data = fields_of(client.get(reverse("admin:roles_roleprofile_add")))
    data |= {
        "role_title": "Baker",
        "slug": "baker",
        "job_family": str(family.pk),
        "other_titles": "Miller\r\nCook",
    }
    section = new_row(data, "sections", heading="What you do", kind="duties")
    new_row(data, "duties", text="Bakes bread", section=section)
    new_row(data, "skills", skill=str(skill.pk), examples="rye\r\n\r\nwheat")

    response = client.post(reverse("admin:roles_roleprofile_add"), data | {"_continue": "1"})

    profile = RoleProfile.objects.get()
    assert response.url == url_of(profile)
    assert profile.job_family == family
    assert [str(title) for title in profile.alternate_titles.all()] == ["Miller", "Cook"]
    assert profile.duties.get().section == profile.sections.get()
    assert profile.skills.get().examples == ["rye", "wheat"]
    assert Event.objects.get().verb == Event.Verb.CREATED


def test_spare_rows_of_browsers_without_script_are_no_rows(client, profile, form):
    save(client, profile, form | {"role_title": "Master baker"})

    assert profile.sections.count() == profile.duties.count() == profile.skills.count() == 0


def test_spare_row_that_was_filled_in_is_a_row(client, profile, form):
    save(client, profile, form | {"duties-0-text": "Bakes bread"})

    assert profile.duties.get().text == "Bakes bread"


def test_new_row_that_only_the_page_filled_in_is_no_row(client, profile, form):
    section = SectionFactory(profile=profile)
    new_row(form, "duties", section=str(section.pk), group="Daily")

    save(client, profile, form | {"lock_version": "0", "role_title": "Master baker"})

    assert profile.duties.count() == 0


def test_posted_order_becomes_positions_in_steps_of_ten(client, profile):
    first, second, third = (DutyFactory(profile=profile, position=n) for n in (3, 4, 5))
    data = fields_of(client.get(url_of(profile)))
    data |= {
        "duties-0-position": "30",
        "duties-1-position": "10",
        "duties-2-position": "20",
        "_continue": "1",
    }
    new_row(data, "duties", text="Sweeps the floor", position="15")

    save(client, profile, data)

    new = profile.duties.get(text="Sweeps the floor")
    assert list(profile.duties.values_list("pk", "position")) == [
        (second.pk, 10),
        (new.pk, 20),
        (third.pk, 30),
        (first.pk, 40),
    ]


def test_saving_one_row_of_many_writes_that_row_alone(client, profile, django_assert_max_num_queries):
    rows_of_every_kind(profile, 12)
    data = fields_of(client.get(url_of(profile))) | {"_continue": "1", "duties-3-text": "Bakes bread"}

    with django_assert_max_num_queries(125):
        save(client, profile, data)

    assert profile.duties.filter(text="Bakes bread").count() == 1


# Sections


def test_section_without_a_short_name_gets_one_of_its_own(client, profile, form):
    new_row(form, "sections", heading="What you do")
    new_row(form, "sections", heading="What you do")
    new_row(form, "sections", heading="", kind="faq")

    save(client, profile, form)

    assert list(profile.sections.values_list("anchor", flat=True)) == ["what-you-do", "what-you-do-2", "faq"]


def test_two_sections_of_one_short_name_are_refused(client, profile, form):
    SectionFactory(profile=profile, anchor="duties")
    form = fields_of(client.get(url_of(profile)))
    new_row(form, "sections", heading="Duties", anchor="duties")

    response = save(client, profile, form)

    assert response.status_code == 200
    assert "Another section of this profile has that short name." in response.content.decode()


def test_sub_section_of_a_section_that_is_new_too(client, profile, form):
    # The sub-section stands first in the form, and after its section on the page.
    new_row(form, "sections", heading="Part", position="10")
    parent = new_row(form, "sections", heading="Whole", position="20")
    form["sections-0-parent"] = parent
    new_row(form, "sections", heading="Other", position="30")

    save(client, profile, form)

    whole, part, other = profile.sections.all()
    assert (whole.heading, part.heading, other.heading) == ("Whole", "Part", "Other")
    assert part.parent == whole


def test_sub_section_cannot_have_sub_sections(client, profile):
    whole = SectionFactory(profile=profile)
    part = SectionFactory(profile=profile, parent=whole)
    data = fields_of(client.get(url_of(profile)))
    new_row(data, "sections", heading="Detail", parent=str(part.pk))

    response = save(client, profile, data)

    assert response.status_code == 200
    assert profile.sections.count() == 2


def test_deleting_a_section_keeps_what_stands_in_it(client, profile):
    section = SectionFactory(profile=profile)
    part = SectionFactory(profile=profile, parent=section)
    duty = DutyFactory(profile=profile, section=section)
    data = fields_of(client.get(url_of(profile))) | {"sections-0-DELETE": "on", "_continue": "1"}

    save(client, profile, data)

    part.refresh_from_db()
    duty.refresh_from_db()
    assert list(profile.sections.all()) == [part]
    assert part.parent is None
    assert duty.section is None


def test_row_cannot_stand_in_a_section_of_another_profile(client, profile, form):
    elsewhere = SectionFactory()
    new_row(form, "duties", text="Bakes bread", section=str(elsewhere.pk))

    response = save(client, profile, form)

    assert response.status_code == 200
    assert profile.duties.count() == 0


def test_row_cannot_stand_in_a_section_that_was_left_empty(client, profile, form):
    new_row(form, "duties", text="Bakes bread", section="sections-0")

    response = save(client, profile, form)

    assert "Fill in the row you chose here, or choose another." in response.content.decode()


def test_qualification_stands_in_for_one_that_is_new_too(client, profile, form):
    other = new_row(form, "qualifications", text="A degree")
    new_row(form, "qualifications", text="Ten years of baking", substitutes_for=other)

    save(client, profile, form)

    degree, years = profile.qualifications.all()
    assert years.substitutes_for == degree


# What is typed


def test_other_titles_keep_their_identity(client, profile):
    data = fields_of(client.get(url_of(profile))) | {
        "other_titles": "Miller\r\nCook\r\nChef",
        "_continue": "1",
    }
    save(client, profile, data)
    miller, _, chef = profile.alternate_titles.all()

    data = fields_of(client.get(url_of(profile))) | {"other_titles": "Chef\r\nPastry cook", "_continue": "1"}
    save(client, profile, data)

    assert list(profile.alternate_titles.values_list("title", "uuid")) == [
        ("Chef", chef.uuid),
        ("Pastry cook", miller.uuid),
    ]


def test_placeholders_are_typed_one_per_line(client, profile, form):
    new_row(
        form,
        "sample_documents",
        body="<p>Dear [Name]</p>",
        placeholders="[Name] = who reads it\r\n[Day]=when",
    )

    save(client, profile, form)

    assert profile.sample_documents.get().placeholders == [
        {"token": "[Name]", "meaning": "who reads it"},
        {"token": "[Day]", "meaning": "when"},
    ]


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        ("sample_documents", {"body": "x", "placeholders": "[Name]"}, "“[Name]” has no meaning."),
        ("references", {"title": "x", "accessed_on": "2025-13"}, "“2025-13” is not a date."),
        ("salary_bands", {"minimum": "5", "maximum": "4", "currency": "EUR"}, "is more than"),
        ("salary_bands", {"minimum": "5", "currency": "XYZ"}, "“XYZ” is not a currency code."),
        ("skills", {"strength": "must"}, "Choose a skill, or write its name."),
        ("links", {"text": "x", "url": "www.example.org"}, "Write a full web address"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_nothing_is_saved(client, profile, form, kind, values, message):
    new_row(form, kind, **values)

    response = save(client, profile, form | {"role_title": "Master baker"})

    page = response.content.decode()
    profile.refresh_from_db()
    assert response.status_code == 200
    assert message in page
    assert f'href="#id_{kind}-0-' in page
    assert profile.role_title == "Baker"
    assert profile.lock_version == 0


def test_codes_may_be_typed_in_small_letters(client, profile, form):
    save(client, profile, form | {"region": "gb"})

    profile.refresh_from_db()
    assert profile.region == "GB"


def test_hostile_markup_is_cleaned(client, profile, form):
    save(client, profile, form | {"summary": "<p>Bakes</p><script>alert(1)</script>"})

    profile.refresh_from_db()
    assert profile.summary == "<p>Bakes</p>"


# Two people at once


def test_stale_save_writes_nothing_and_keeps_what_was_typed(client, profile, form, editor):
    duty = DutyFactory(profile=profile, text="Bakes bread")
    form = fields_of(client.get(url_of(profile))) | {"_continue": "1"}
    somebody = UserFactory(editor=True, first_name="Dana", last_name="Miller")
    client.force_login(somebody)
    save(client, profile, form | {"role_title": "Theirs"})

    client.force_login(editor)
    new_row(form, "duties", text="Mine: sweeps the floor")
    response = save(client, profile, form | {"role_title": "Mine", "duties-0-text": "Mine: bakes rolls"})

    page = response.content.decode()
    profile.refresh_from_db()
    duty.refresh_from_db()
    assert response.status_code == 409
    assert "Dana Miller saved this profile while you were editing it" in page
    assert 'value="Mine"' in page
    assert "Mine: bakes rolls</textarea>" in page
    assert "Mine: sweeps the floor</textarea>" in page
    assert (profile.role_title, profile.lock_version, duty.text) == ("Theirs", 1, "Bakes bread")
    assert profile.duties.count() == 1
    assert profile.editions.count() == 2


def test_stale_save_keeps_rows_that_somebody_else_deleted(client, profile):
    for text in ("Bakes bread", "Bakes rolls"):
        DutyFactory(profile=profile, text=text)
    mine = fields_of(client.get(url_of(profile))) | {"_continue": "1"}
    save(client, profile, mine | {"duties-1-DELETE": "on"})

    response = save(client, profile, mine | {"duties-1-text": "Mine: bakes rolls"})

    assert response.status_code == 409
    assert "Mine: bakes rolls</textarea>" in response.content.decode()


def test_save_of_a_deleted_profile_keeps_what_was_typed(client, profile, form):
    delete_profile(profile=profile, by=None)

    response = save(client, profile, form | {"role_title": "Mine"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Somebody deleted this profile" in page
    assert 'value="Mine"' in page


@pytest.mark.parametrize("version", ["", "-1", "7", "next", "9" * 40])
def test_save_that_does_not_say_which_version_it_is_of_is_stale(client, profile, form, version):
    response = save(client, profile, form | {"lock_version": version, "role_title": "Mine"})

    assert response.status_code == 409
