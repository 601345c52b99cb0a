"""The form of a profile in a real browser, as HR staff use it. Any complaint of the browser fails a test (`page`)."""

import pytest
from playwright.sync_api import expect

from publications.models import Publication
from roles.models import RoleProfile
from roles.publishing import record_edition
from skills.models import Skill
from tests.factories import SkillFactory
from tests.factories_editing import (
    DutyFactory,
    RoleProfileFactory,
    RoleSkillFactory,
    SectionFactory,
    UserFactory,
)

PASSWORD = "correct horse battery"
LIST = "/admin/roles/roleprofile/"


@pytest.fixture
def desk(live_server):
    """The address of the site, with somebody who may do everything."""
    UserFactory(username="dana", superuser=True)
    return live_server.url


def sign_in(tab, desk, path):
    tab.goto(f"{desk}/admin/login/?next=/admin/password_change/")
    tab.fill("#id_username", "dana")
    tab.fill("#id_password", PASSWORD)
    tab.click("[type=submit]")
    tab.goto(f"{desk}{path}")


def profile_with_duties(*texts):
    profile = RoleProfileFactory(role_title="Baker", slug="baker")
    for index, text in enumerate(texts):
        DutyFactory(profile=profile, text=text, position=(index + 1) * 10)
    record_edition(profile=profile, by=None)
    return profile


def titles(tab, prefix="duties"):
    return tab.locator(f"#{prefix}-rows .row-title").all_inner_texts()


def save(tab):
    tab.click("[name=_continue]")
    tab.wait_for_selector(".messagelist")


def test_profile_is_written_from_nothing_and_published(page, desk):
    SkillFactory(label="Baking bread")
    sign_in(page, desk, f"{LIST}add/")

    page.keyboard.type("Master Baker")
    expect(page.locator("#id_slug")).to_have_value("master-baker")
    page.click(".field-summary [contenteditable]")
    page.keyboard.type("Bakes before dawn.")

    page.click("#tab-page-sections")
    page.click("#sections-rows .add")
    page.keyboard.press("Tab")
    page.keyboard.type("What you will do")
    page.select_option("[name=sections-0-kind]", "duties")

    page.click("#tab-page-duties")
    page.click("#duties-rows >> text=Add several")
    page.fill("#several", "Mixes dough\n- Shapes loaves\n• Sweeps the floor")
    page.click("dialog [type=submit]")
    page.click("#duties-2 [data-do=up]")
    assert titles(page) == ["Mixes dough", "Sweeps the floor", "Shapes loaves"]
    assert page.locator("[data-count=page-duties]").inner_text() == "3"

    page.click("#tab-page-skills")
    page.click("#skills-rows .add")
    page.keyboard.type("bread")
    page.click("#skills-0 [role=option] >> text=Baking bread")
    page.click("#skills-rows .add")
    page.keyboard.type("Sifting")
    page.click("text=Create “Sifting”")
    page.click("dialog [type=submit]")
    expect(page.locator("#id_skills-1-skill")).to_have_value("Sifting")

    page.click("[name=_publish]")
    page.wait_for_selector(".messagelist >> text=Published.")

    profile = RoleProfile.objects.get(slug="master-baker")
    assert profile.summary == "<p>Bakes before dawn.</p>"
    section = profile.sections.get()
    assert [(duty.text, duty.section) for duty in profile.duties.all()] == [
        ("Mixes dough", section),
        ("Sweeps the floor", section),
        ("Shapes loaves", section),
    ]
    assert [row.skill for row in profile.skills.all()] == [
        Skill.objects.get(label="Baking bread"),
        Skill.objects.get(label="Sifting"),
    ]
    assert Publication.objects.get().title == "Master Baker"


def test_rows_are_put_in_order_by_drag_button_and_position(page, desk):
    profile = profile_with_duties("One", "Two", "Three", "Four")
    sign_in(page, desk, f"{LIST}{profile.pk}/change/#duties")

    grip = page.locator("#duties-0 .row-handle").bounding_box()
    to = page.locator("#duties-2 .row-handle").bounding_box()
    page.mouse.move(grip["x"] + 10, grip["y"] + 20)
    page.mouse.down()
    page.mouse.move(grip["x"] + 12, grip["y"] + 40, steps=4)
    page.mouse.move(to["x"] + 10, to["y"] + 30, steps=8)
    page.mouse.up()
    # How far it got depends on how fast the machine draws.
    expect(page.locator("#duties-rows .row-title").first).to_have_text("Two")

    page.click("#duties-3 [data-do=more]")
    page.fill("#row-menu-to", "1")
    page.keyboard.press("Enter")
    page.click("#duties-0 [data-do=more]")
    page.click(".row-menu >> text=Move to the end")
    page.click("#duties-1 [data-do=down]")
    assert titles(page) == ["Four", "Three", "Two", "One"]

    page.click("#duties-2 [data-do=more]")
    page.click(".row-menu >> text=Delete")
    expect(page.locator("#duties-2 .row-gone")).to_contain_text("Goes when you save")
    save(page)

    assert list(profile.duties.values_list("text", "position")) == [("Four", 10), ("Two", 20), ("One", 30)]


def test_tabs_are_worked_by_keyboard_and_kept_in_the_address(page, desk):
    profile = profile_with_duties("One")
    sign_in(page, desk, f"{LIST}{profile.pk}/change/")

    page.focus("#tab-page-profile")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#tab-page-duties")).to_be_focused()
    expect(page.locator("#page-duties")).to_be_visible()
    expect(page.locator("#page-profile")).to_be_hidden()
    assert page.url.endswith("#duties")

    page.click("#duties-0 summary")
    page.fill("#id_duties-0-text", "Changed")
    expect(page.locator(".save-state")).to_have_text("Not saved yet")
    save(page)
    expect(page.locator("#page-duties")).to_be_visible()


def test_error_opens_its_tab_and_leads_to_its_field(page, desk):
    profile = profile_with_duties("One", "Two")
    sign_in(page, desk, f"{LIST}{profile.pk}/change/#duties")

    page.click("#duties-1 summary")
    page.fill("#id_duties-1-text", "")
    page.click("#tab-page-profile")
    page.click("[name=_continue]")

    expect(page.locator("#errors")).to_contain_text("Duties, row 2, Text")
    expect(page.locator("#tab-page-duties")).to_have_class("has-errors")
    expect(page.locator("#page-duties")).to_be_visible()
    page.click("#errors a")
    expect(page.locator("#id_duties-1-text")).to_be_focused()


def test_second_of_two_windows_loses_nothing(browser, desk):
    profile = profile_with_duties("One")
    context = browser.new_context()
    first, second = context.new_page(), context.new_page()
    sign_in(first, desk, f"{LIST}{profile.pk}/change/")
    second.goto(f"{desk}{LIST}{profile.pk}/change/#duties")
    first.fill("#id_role_title", "Theirs")
    save(first)

    second.click("#duties-0 summary")
    second.fill("#id_duties-0-text", "Mine, and long")
    second.click("#duties-rows .add")
    second.keyboard.type("Mine, and new")
    second.click("[name=_continue]")

    expect(second.locator("#stale")).to_contain_text("Nothing of yours was saved")
    assert titles(second) == ["Mine, and long", "Mine, and new"]
    assert profile.duties.get().text == "One"
    context.close()


def test_a_hundred_and_twenty_rows_fit_a_phone(page, desk):
    profile = RoleProfileFactory()
    for number in range(40):
        section = SectionFactory(profile=profile, lead="<p>Words</p>")
        DutyFactory(profile=profile, section=section, text=f"Duty {number} " + "with many words " * 10)
        RoleSkillFactory(profile=profile, section=section, explanation="<p>Because</p>")
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, desk, f"{LIST}{profile.pk}/change/#sections")

    assert page.locator("#sections-rows .row").count() == 40
    # Only what is seen becomes an editor: the summary on the first tab was not.
    assert page.locator(".prose-editor").count() == 0
    page.click("#sections-0 summary")
    page.wait_for_selector("#sections-0 .prose-editor")
    assert page.locator(".prose-editor").count() <= 3
    for tab in ("page-sections", "page-duties", "page-skills"):
        page.click(f"#tab-{tab}")
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_formatting_that_the_editor_does_not_know_is_left_alone(page, desk):
    table = "<table><tbody><tr><td>Rye</td></tr></tbody></table>"
    profile = RoleProfileFactory(summary=table)
    record_edition(profile=profile, by=None)
    sign_in(page, desk, f"{LIST}{profile.pk}/change/")

    expect(page.locator(".field-summary")).to_contain_text("formatting that the editor does not offer")
    page.fill("#id_page_title", "How to be a baker")
    save(page)

    profile.refresh_from_db()
    assert (profile.summary, profile.page_title) == (table, "How to be a baker")


def test_form_works_without_script(browser, desk):
    profile = profile_with_duties("One")
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    sign_in(tab, desk, f"{LIST}{profile.pk}/change/")

    expect(tab.locator("#page-profile")).to_be_visible()
    expect(tab.locator("#page-sources")).to_be_visible()
    tab.click("#duties-1 summary")
    tab.fill("#id_duties-1-text", "Two")
    tab.fill("[name=duties-1-position]", "5")
    tab.click("[name=_continue]")

    assert list(profile.duties.values_list("text", flat=True)) == ["Two", "One"]
    context.close()
