"""From a source to the finished document: a pure function of the source and of the names as they are."""

from typing import Any

from .format import PROFILE, ROWS, Column
from .problems import DocumentError, Problem
from .schema import problems_with
from .terms import Terms


def build(source: dict[str, Any], terms: Terms) -> dict[str, Any]:
    """The document that is published for `source`, with names written in; valid against the document schema.

    No clock and no database: the same source and terms give the same document. Raises `DocumentError` naming each
    reference that does not lead anywhere; nothing is left out silently.
    """
    problems: list[Problem] = []
    document: dict[str, Any] = {"schema": source["schema"], "url": f"/roles/{source['slug']}/"}
    for column in PROFILE:
        document[column.name] = _written_in(column, source, column.name, terms, problems)
    for rows in ROWS:
        document[rows.key] = [
            {
                column.name: _written_in(column, row, f"{rows.key}[{index}].{column.name}", terms, problems)
                for column in rows.columns
            }
            for index, row in enumerate(source[rows.key])
        ]
    _name_moves(document, source, terms, problems)
    if not problems:
        problems += problems_with(document, "document")
    if problems:
        raise DocumentError(
            [Problem(problem.path, problem.message, role=source["slug"]) for problem in problems]
        )
    return document


def _written_in(
    column: Column, record: dict[str, Any], path: str, terms: Terms, problems: list[Problem]
) -> Any:
    value = record[column.name]
    if column.kind != "reference" or value is None:
        return value
    found = terms.find(column.term_kind, value)
    if found is None and column.term_kind != "role":
        problems.append(
            Problem(path, f"There is no {column.term_kind.replace('_', ' ')} “{value['slug']}” any more.")
        )
    return found


def _name_moves(
    document: dict[str, Any], source: dict[str, Any], terms: Terms, problems: list[Problem]
) -> None:
    """A move to a role that is not public shows the words written for it, else the title it last was public under."""
    for index, (move, written) in enumerate(
        zip(document["career_moves"], source["career_moves"], strict=True)
    ):
        if move["to"] is not None or move["label"]:
            continue
        former = terms.find("former_role", written["to"])
        if former is not None:
            move["label"] = former["title"]
            continue
        message = (
            f"The role “{written['to']['slug']}” is not public. Write how this move is shown until it is."
        )
        problems.append(Problem(f"career_moves[{index}].label", message))
