"""Sample texts to start from, with the places their user fills in."""

from typing import NamedTuple

from django.utils.safestring import SafeString

from . import words
from .entries import Row
from .markup import blocks, mark_tokens, plain


class Letter(NamedTuple):
    """A sample text as the page shows it."""

    title: str
    salutation: SafeString
    body: SafeString
    closing: SafeString
    placeholders: list[dict[str, str]]


def letter(row: Row) -> Letter:
    tokens = [placeholder["token"] for placeholder in row["placeholders"]]
    return Letter(
        title=row["title"] or words.LETTERS[row["kind"]],
        salutation=mark_tokens(plain(row["salutation"]), tokens),
        body=mark_tokens(blocks(row["body"]), tokens),
        closing=mark_tokens(plain(row["closing"]), tokens),
        placeholders=row["placeholders"],
    )
