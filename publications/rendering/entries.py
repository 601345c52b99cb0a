"""One entry of a list, table, sentence or card, whatever kind of row it comes from.

Each array of the document has one method here, so the templates know a single shape: a label, a text, and properties
that say more about it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from ..partial_dates import say
from ..pay import say_band
from . import words
from .locales import locale_of, place_name, say_number, say_percent
from .markup import EMPTY, item, phrase, plain, safe, safe_url

Row = dict[str, Any]


class Property(NamedTuple):
    """Something said about an entry beside its text, such as “How often: daily”."""

    name: str
    value: str
    tone: str = ""


class Meter(NamedTuple):
    """A share that is also drawn: `width` is its part of a hundred."""

    name: str
    value: str
    width: str


@dataclass(slots=True)
class Entry:
    """What a template shows of one row; `text` is safe HTML, all other texts are plain unless marked safe."""

    label: str = ""
    text: SafeString = EMPTY
    before: str = ""
    url: str = ""
    value: str = ""
    kind: str = ""
    # Stands between a label and a text on the same line.
    joint: str = ""
    # Stands for a note that is written elsewhere.
    sign: str = ""
    # What neighbours often have in common, such as “Must have”: said once above them, or on each.
    shared: Property | None = None
    meter: Meter | None = None
    marks: list[Property] = field(default_factory=list)
    notes: list[Property] = field(default_factory=list)
    # Only a table has room for these.
    extras: list[Property] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing but a label and what stands on the same line."""
        return bool(self.label) and not (self.text or self.notes or self.value or self.before)

    @property
    def is_silent(self) -> bool:
        """Whether a label stands here with nothing behind it, as publishers do print it."""
        return not (self.value or self.text)

    @property
    def everything_said(self) -> Iterator[Property | Meter]:
        """All that is said beside label, value and text, for the columns of a table."""
        if self.before:
            yield Property("Part", self.before)
        if self.shared:
            yield self.shared
        if self.meter:
            yield self.meter
        yield from self.marks
        yield from self.notes
        yield from self.extras

    @property
    def asides(self) -> list[str]:
        """What a sentence would put in brackets."""
        said = [self.shared, self.meter, *self.marks, *self.notes]
        return [each.value for each in said if each and each.value]

    def in_words(self, *, with_asides: bool = False) -> SafeString:
        """The entry as part of a sentence: “Ruff (replaces black)”, “Base pay: £45,000 a year”."""
        name = " ".join(filter(None, (safe(self.before), link(self.label, self.url))))
        what = " ".join(filter(None, (safe(self.value), phrase(self.text))))
        # The sentence has a stop of its own.
        said = ": ".join(filter(None, (name, what.removesuffix("."))))
        asides = "; ".join(safe(aside) for aside in self.asides) if with_asides else ""
        return SafeString(f"{said} ({asides})" if asides else said)


def link(text: str, url: str) -> SafeString:
    """Plain text, as a link where there is somewhere to go."""
    url = safe_url(url)
    return SafeString(f'<a href="{safe(url)}">{safe(text or url)}</a>') if url else safe(text)


def _properties(*pairs: tuple[str, str]) -> list[Property]:
    return [Property(name, value) for name, value in pairs if value]


class Entries:
    """Makes entries of the rows of one document."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.tag: str = document["locale"]

    def make(self, key: str, row: Row) -> Entry:
        """The entry for a row of one array of the document."""
        return getattr(self, f"_{key}")(row)

    def _items(self, row: Row) -> Entry:
        label, text = row["label"], item(row["text"])
        return Entry(
            label=label,
            joint=":" if label and text and label[-1] not in ".:!?–—" else "",
            text=text,
            shared=Property("Answers", words.FACETS[row["facet"]]),
        )

    def _facts(self, row: Row) -> Entry:
        return Entry(
            label=row["label"],
            value=row["value"] or self._range(row),
            text=item(row["text"]),
            kind=row["kind"],
            marks=_properties(
                ("Until", f"Until {row['horizon_year']}" if row["horizon_year"] else ""),
                ("Place", row["place"]),
                ("Code", " ".join(filter(None, (row["scheme"], row["code"])))),
                ("As of", f"As of {self._day(row['as_of'])}" if row["as_of"] else ""),
            ),
            notes=_properties(("Source", link(row["source_title"], row["source_url"]))),
        )

    def _range(self, row: Row) -> str:
        """The figures of a fact, for one that does not say in words how they are shown."""
        stated = [row[name] for name in ("minimum", "maximum") if row[name] is not None]
        numbers = "–".join(say_number(value, self.tag) for value in dict.fromkeys(stated))
        separator = "" if row["unit"] == "%" else " "
        return f"{numbers}{separator}{row['unit']}" if numbers else ""

    def _duties(self, row: Row) -> Entry:
        essential = words.ESSENTIAL[row["essential"]]
        return Entry(
            text=plain(row["text"]),
            shared=Property("Essential", essential, "strong" if row["essential"] else ""),
            meter=self._share_of_time(row["percent_time"]),
            marks=_properties(("How often", words.FREQUENCIES[row["frequency"]])),
            notes=_properties(("Why it is essential", plain(row["rationale"]))),
        )

    def _share_of_time(self, percent: float | None) -> Meter | None:
        if percent is None:
            return None
        return Meter("Share of time", f"{say_percent(percent, self.tag)} of time", f"{percent:g}")

    def _qualifications(self, row: Row) -> Entry:
        strength = row["strength"]
        return Entry(
            text=plain(row["text"]),
            shared=Property("Strength", words.QUALIFICATION_STRENGTHS[strength], words.TONES[strength]),
            notes=_properties(("May stand in for", self._substituted(row["substitutes_for"]))),
            extras=_properties(
                ("Kind", words.QUALIFICATION_KINDS[row["kind"]]),
                ("Degree or certificate", row["credential_category"]),
                ("Months of experience", str(row["months_experience"] or "")),
            ),
        )

    @cached_property
    def _qualification_texts(self) -> dict[str, str]:
        return {row["uuid"]: row["text"] for row in self.document["qualifications"]}

    def _substituted(self, uuid: str | None) -> SafeString:
        return plain(self._qualification_texts.get(uuid, "")) if uuid else EMPTY

    def _skills(self, row: Row) -> Entry:
        skill, proficiency, strength = row["skill"] or {}, row["proficiency"] or {}, row["strength"]
        importance = row["importance"]
        return Entry(
            label=row["label"] or skill.get("label", ""),
            text=item(row["explanation"]),
            shared=Property("Strength", words.STRENGTHS[strength], words.TONES[strength]),
            meter=None if importance is None else self._importance(importance),
            marks=_properties(("How well", proficiency.get("label", ""))),
            notes=_properties(("For example", "; ".join(row["examples"]))),
        )

    def _importance(self, importance: float) -> Meter:
        return Meter("Importance", f"{say_number(importance, self.tag)} of 5", f"{importance * 20:g}")

    def _tools(self, row: Row) -> Entry:
        skill = row["skill"] or {}
        return Entry(
            label=row["label"] or skill.get("label", ""),
            marks=_properties(("Version", row["version_note"])),
            notes=_properties(("Note", row["note"])),
        )

    def _salary_bands(self, row: Row) -> Entry:
        return Entry(
            label=words.PAY_COMPONENTS[row["component"]],
            value=say_band(row, self.tag),
            text=item(row["note"]),
            marks=_properties(
                ("Place", place_name(row["region"], self.tag)),
                ("Where the work is done", words.WORK_ARRANGEMENTS[row["work_arrangement"]]),
                ("As of", f"As of {self._day(row['as_of'])}" if row["as_of"] else ""),
            ),
            notes=_properties(("Source", link(row["source_title"], row["source_url"]))),
        )

    def _career_moves(self, row: Row) -> Entry:
        to = row["to"] or {}
        return Entry(
            label=row["label"] or to.get("title", ""),
            url=safe_url(to.get("url", "")),
            kind=row["kind"],
            text=item(row["blurb"]),
            shared=Property("Kind of move", words.MOVES[row["kind"]]),
            marks=_properties(("Pay", row["pay_text"])),
            notes=_properties(("What it takes", item(row["condition"]))),
        )

    def _contributions(self, row: Row) -> Entry:
        return Entry(
            before=row["statement"] or words.CONTRIBUTIONS[row["role"]],
            label=row["person"],
            text=safe(row["job_title"]),
            marks=_properties(("When", self._day(row["on"]))),
        )

    def _references(self, row: Row) -> Entry:
        return Entry(
            label=row["title"],
            url=safe_url(row["url"]),
            text=safe(", ".join(filter(None, (row["author"], row["publisher"])))),
            marks=_properties(
                ("Read on", f"Read on {self._day(row['accessed_on'])}" if row["accessed_on"] else "")
            ),
        )

    def _links(self, row: Row) -> Entry:
        return Entry(
            label=row["text"],
            url=safe_url(row["url"]),
            text=item(row["blurb"]),
            kind=row["kind"],
            marks=_properties(("Category", row["category"])),
        )

    def _day(self, partial_date: str) -> str:
        return say(partial_date, str(locale_of(self.tag)))
