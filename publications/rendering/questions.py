"""Questions: from visitors, for an interview, or as a mock assessment."""

from typing import NamedTuple

from django.utils.safestring import SafeString

from .entries import Row
from .markup import blocks, phrase


class Points(NamedTuple):
    """One of the lists of an interview question."""

    label: str
    points: list[str]


class Question(NamedTuple):
    """A question as the page shows it."""

    kind: str
    number: str
    question: SafeString
    marks: list[str]
    answer_label: str
    answer: SafeString
    lists: list[Points]
    example: SafeString


def question(row: Row) -> Question:
    lists = (
        Points("What it assesses", row["assessment_points"]),
        Points("Where answers go wrong", row["pitfalls"]),
        Points("Follow-up questions", row["follow_ups"]),
    )
    return Question(
        kind=row["kind"],
        number=row["number"],
        question=phrase(row["question"]),
        marks=[mark for mark in (row["category"], row["count_text"]) if mark],
        answer_label="A good answer" if row["kind"] == "interview" else "",
        answer=blocks(row["answer"]),
        lists=[each for each in lists if each.points],
        example=blocks(row["example"]),
    )
