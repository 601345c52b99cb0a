"""How levels rank by their titles, and where each leads."""

import pytest

from roles.exchange.ddat.framework import RoleLevel
from roles.exchange.ddat.ladder import alike, moves_up, step


def level(title, role="Software maker", family="Building"):
    return RoleLevel(family, role, "", title, "", "")


@pytest.mark.parametrize(
    ("title", "role", "label", "rank"),
    [
        ("Apprentice developer", "Software developer", "Apprentice", 1),
        ("Trainee data scientist", "Data scientist", "Trainee", 2),
        ("Junior content designer", "Content designer", "Junior", 3),
        ("Associate content designer", "Content designer", "Associate", 4),
        ("Service desk analyst", "Service desk manager", "Analyst", 5),
        ("Senior service desk analyst", "Service desk manager", "Senior analyst", 6),
        ("Service desk manager", "Service desk manager", "Mid-level", 7),
        ("Developer", "Software developer", "Mid-level", 7),
        ("Data analyst", "Data analyst", "Mid-level", 7),
        ("Senior data analyst", "Data analyst", "Senior", 8),
        ("Major incident manager", "Incident manager", "Senior", 8),
        ("Lead developer", "Software developer", "Lead", 9),
        ("Data ethics lead", "Data ethicist", "Lead", 9),
        ("Principal developer", "Software developer", "Principal", 10),
        ("Head of data ethics", "Data ethicist", "Head", 11),
        ("Chief data architect", "Data architect", "Chief", 12),
        ("Leadership coach", "Leadership coach", "Mid-level", 7),
    ],
)
def test_step(title, role, label, rank):
    found = step(level(title, role))

    assert (found.label, found.rank, found.track) == (label, rank, "any")


def test_step_of_managers():
    found = step(level("Lead developer - management"))

    assert (found.label, found.rank, found.track, found.slug) == (
        "Lead, management", 9, "management", "ddat-lead-management",
    )  # fmt: skip


def test_role_without_levels_stands_on_no_step():
    assert step(level("")) is None
    assert moves_up(level(""), [level("Senior maker")]) == []


LADDER = [
    level(title)
    for title in (
        "Junior maker",
        "Maker",
        "Senior maker",
        "Senior maker - management",
        "Lead maker",
        "Lead maker - management",
    )
]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        # Over a rank that the role does not have.
        ("Junior maker", [("next", "Maker")]),
        ("Maker", [("next", "Senior maker"), ("manage", "Senior maker - management")]),
        (
            "Senior maker",
            [
                ("next", "Lead maker"),
                ("manage", "Lead maker - management"),
                ("manage", "Senior maker - management"),
            ],
        ),
        ("Senior maker - management", [("next", "Lead maker - management"), ("lateral", "Senior maker")]),
        ("Lead maker", [("manage", "Lead maker - management")]),
        ("Lead maker - management", [("lateral", "Lead maker")]),
    ],
)
def test_moves_up(title, expected):
    here = next(one for one in LADDER if one.level == title)

    assert [(kind, other.title) for kind, other in moves_up(here, LADDER)] == expected


def test_next_level_may_be_on_the_other_track_only():
    manager, head = level("Senior maker - management"), level("Head of making")

    assert moves_up(manager, [manager, head]) == [("next", head)]


def test_alike_are_other_roles_on_the_same_step():
    others = [
        level("Senior tester", "Tester"),
        level("Lead tester", "Tester"),
        level("Senior coach", "Coach"),
    ]

    assert [other.title for other in alike(level("Senior maker"), [*LADDER, *others])] == [
        "Senior coach",
        "Senior tester",
    ]
