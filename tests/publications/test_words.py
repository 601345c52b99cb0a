"""Pages have a word for every code that the editing tables know."""

import pytest

from careers.models import CareerMove, Level, Pay, WorkArrangement
from publications.pay import AMOUNTS
from publications.rendering import words
from publications.rendering.outline import KEYS
from roles.documents.format import ROWS
from roles.models import Contribution, Duty, Qualification, RoleSkill, SampleDocument, SectionItem


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        (RoleSkill.Strength, words.STRENGTHS),
        (Qualification.Strength, words.QUALIFICATION_STRENGTHS),
        (Qualification.Kind, words.QUALIFICATION_KINDS),
        (Duty.Frequency, words.FREQUENCIES),
        (SectionItem.Facet, words.FACETS),
        (Pay.Component, words.PAY_COMPONENTS),
        (Pay.Period, words.PERIODS),
        (WorkArrangement, words.WORK_ARRANGEMENTS),
        (CareerMove.Kind, words.MOVES),
        (Level.Track, words.TRACKS),
        (Contribution.Role, words.CONTRIBUTIONS),
        (SampleDocument.Kind, words.LETTERS),
    ],
)
def test_every_choice_has_a_word(choices, said):
    assert set(said) == set(choices.values)


def test_every_strength_has_a_tone():
    assert set(words.TONES) == {*RoleSkill.Strength.values, *Qualification.Strength.values}


def test_every_amount_has_a_word():
    assert tuple(words.AMOUNTS) == AMOUNTS


def test_every_kind_of_row_is_shown_and_has_a_heading_of_its_own():
    keys = {rows.key for rows in ROWS if rows.stands_in_section}

    assert set(KEYS) == keys
    assert set(words.UNPLACED) == keys
