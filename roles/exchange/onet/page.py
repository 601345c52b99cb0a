"""What all parts of an occupation's page are made from, and made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from roles.exchange.vocabulary import Reference
from roles.exchange.wages import Wage, Wages

from .database import Database
from .release import NAMESPACE, URL


@dataclass(frozen=True)
class Context:
    """All that documents are made from: the tables, and how to refer to what they name."""

    database: Database
    wages: Wages | None
    slugs: Mapping[UUID, str]
    families: Mapping[str, Reference]
    skills: Mapping[tuple[str, str], Reference]
    # Who has changed the text, for the statement that the licence asks for.
    changed_by: str

    def wage(self, code: str) -> Wage | None:
        """The wage of the occupation of the SOC that an O*NET occupation is part of."""
        wage = self.wages.by_code.get(code[:7]) if self.wages else None
        return wage if wage and wage.is_known else None

    def source(self) -> dict[str, str]:
        # Without the release, which the attribution names: a new one is no reason to change every fact.
        return {"source_title": "O*NET Database", "source_url": URL}


@dataclass(frozen=True)
class Part:
    """One section of the page, and the rows that stand in it, by the array they belong to."""

    section: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]]


def profile_uuid(code: str) -> UUID:
    """The permanent identity of the role of an O*NET-SOC code."""
    return uuid5(NAMESPACE, f"occupation/{code}")


def section(anchor: str, kind: str, heading: str, **others: str) -> dict[str, Any]:
    return {"anchor": anchor, "kind": kind, "heading": heading, **others}


def plain(text: str) -> str:
    """Plain text as rich text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
