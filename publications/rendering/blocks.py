"""The rows of one kind in one section, made ready for the template that shows them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from .entries import Entries, Entry, Row
from .letters import letter
from .list_items import list_items, tool_items
from .markup import EMPTY, phrase, sentence
from .pay_figure import pay_figure
from .questions import question
from .tables import Table, table

# More categories of tools than this are folded: the imported classifications have hundreds.
CATEGORIES_SHOWN = 12
# A note that at least so many tools share is said once, with one of these signs on each tool.
SIGN_FROM = 4
SIGNS = "*†‡§"

# What a section's way to show its list means for each kind of row; each name is a template in templates/roles/.
_BY_RENDERING = {
    "bullets": "rows",
    "numbered": "rows",
    "cards": "rows",
    "prose": "sentence",
    "table": "table",
}
_BY_KEY: dict[str, dict[str, str]] = {
    "facts": {"bullets": "facts", "table": "facts"},
    "tools": {"bullets": "tools"},
    "salary_bands": dict.fromkeys(("bullets", "numbered", "table", "cards"), "pay"),
    "questions": dict.fromkeys(_BY_RENDERING, "questions"),
    "sample_documents": dict.fromkeys(_BY_RENDERING, "letters"),
    "links": {"bullets": "links", "cards": "links"},
}
# A sentence about these says what, and leaves how much and how often to a table below it.
_DETAILED = {"items", "duties", "qualifications", "skills"}


@dataclass(slots=True)
class Run:
    """Entries of a list under one label, such as “Must have”; most lists are one run without a label."""

    label: str
    tone: str
    start: int
    entries: list[Entry]

    @property
    def items(self) -> SafeString:
        return list_items(self.entries)

    @property
    def tools(self) -> SafeString:
        return tool_items(self.entries)


class Sentence(NamedTuple):
    """Entries as running text, and in a table where they say more than a sentence should hold."""

    text: SafeString
    details: Table | None


@dataclass(slots=True)
class Group:
    """Rows that stand together, under a group heading or none; the template knows what its content is."""

    heading: str
    content: Any


@dataclass(slots=True)
class Block:
    """What one template shows: the rows of one kind, in their groups."""

    key: str
    template: str
    render_as: str
    level: int
    groups: list[Group]
    folded: list[Group] = field(default_factory=list)
    # Nothing but short labels, which are set close together.
    is_compact: bool = False
    # The levels of proficiency that are named here, the lowest first.
    proficiencies: list[str] = field(default_factory=list)
    # Notes that many tools share, each with the sign that stands for it.
    signs: dict[str, str] = field(default_factory=dict)
    # Runs on into the first sentence: “In a normal week the holder will: …”
    opening: SafeString = EMPTY

    @property
    def list_tag(self) -> str:
        return "ol" if self.render_as == "numbered" else "ul"

    @property
    def heading_tag(self) -> str:
        return f"h{min(self.level, 6)}"

    @property
    def row_heading_tag(self) -> str:
        """The tag of rows with a heading of their own, which may stand below group headings."""
        below_groups = any(group.heading for group in self.groups)
        return f"h{min(self.level + below_groups, 6)}"

    def take_opening(self, lead: str) -> bool:
        """Let the first sentence begin with the section's opening text, if that leads into it."""
        opening = phrase(lead)
        if self.template != _template("sentence") or self.groups[0].heading or not opening.endswith(":"):
            return False
        self.opening = opening
        return True


def _template(name: str) -> str:
    return f"roles/_{name}.html"


@dataclass(slots=True)
class BlockMaker:
    """Makes the block for rows of one kind, shown as the section asks where that makes sense for the kind."""

    key: str
    render_as: str
    separator: str
    entries: Entries

    @property
    def name(self) -> str:
        return _BY_KEY.get(self.key, {}).get(self.render_as) or _BY_RENDERING[self.render_as]

    def make(self, rows: list[Row], level: int) -> Block:
        groups = [
            Group(heading, self._content(heading, list(members)))
            for heading, members in groupby(rows, key=lambda row: row["group"])
        ]
        block = Block(self.key, _template(self.name), self.render_as, level, groups)
        if self.name == "rows":
            block.is_compact = _is_compact(groups)
        if self.name == "tools":
            block.signs = _put_signs(groups)
            if len(groups) > CATEGORIES_SHOWN + 2:
                block.groups, block.folded = groups[:CATEGORIES_SHOWN], groups[CATEGORIES_SHOWN:]
        if self.key == "skills":
            block.proficiencies = _proficiencies(rows)
        return block

    def _content(self, heading: str, rows: list[Row]) -> Any:
        match self.name:
            case "questions":
                return [question(row) for row in rows]
            case "letters":
                return [letter(row) for row in rows]
            case "pay":
                return pay_figure(rows, self.entries)
        made = [self.entries.make(self.key, row) for row in rows]
        match self.name:
            case "sentence":
                return self._sentence(made)
            case "table":
                return table(self.key, made)
            case "links":
                return [
                    (kind, list(members)) for kind, members in groupby(made, key=lambda entry: entry.kind)
                ]
        return self._runs(heading, made)

    def _sentence(self, made: list[Entry]) -> Sentence:
        if self.key not in _DETAILED:
            return Sentence(
                sentence([entry.in_words(with_asides=True) for entry in made], self.separator), None
            )
        details = table(self.key, made) if any(any(entry.asides) for entry in made) else None
        return Sentence(sentence([entry.in_words() for entry in made], self.separator), details)

    def _runs(self, heading: str, made: list[Entry]) -> list[Run]:
        """Neighbours that say the same of themselves under one label, where it saves saying it on each."""
        found = [(mark, list(members)) for mark, members in groupby(made, key=lambda entry: entry.shared)]
        labels = [mark.value if mark else "" for mark, _ in found]
        if self.key == "career_moves" and len(found) == 1 and (heading or made[0].kind == "related"):
            # The publisher's own heading says where these moves lead.
            return [Run("", "", 1, made)]
        # A run without a label would seem to belong to the one before it; cards are read one by one.
        is_clear = len(set(labels)) == len(labels) and "" not in labels[1:]
        if is_clear and (self.render_as != "cards" or len(found) == 1):
            runs: list[Run] = []
            start = 1
            for mark, members in found:
                runs.append(Run(mark.value if mark else "", mark.tone if mark else "", start, members))
                start += len(members)
            return runs
        for entry in made:
            if entry.shared and entry.shared.value:
                entry.marks.insert(0, entry.shared)
        return [Run("", "", 1, made)]


def _entries(groups: list[Group]) -> list[Entry]:
    return [entry for group in groups for run in group.content for entry in run.entries]


def _put_signs(groups: list[Group]) -> dict[str, str]:
    """Put a sign in the place of each note that many tools share, and say what the signs mean."""
    noted = [entry for entry in _entries(groups) if entry.notes]
    common = Counter(entry.notes[0].value for entry in noted).most_common(len(SIGNS))
    signs = {note: sign for (note, count), sign in zip(common, SIGNS, strict=False) if count >= SIGN_FROM}
    for entry in noted:
        entry.sign = signs.get(entry.notes[0].value, "")
    return signs


def _is_compact(groups: list[Group]) -> bool:
    every = _entries(groups)
    return len(every) > 3 and all(entry.is_bare for entry in every)


def _proficiencies(rows: Iterable[Row]) -> list[str]:
    levels = {(row["proficiency"]["rank"], row["proficiency"]["label"]) for row in rows if row["proficiency"]}
    return [label for _, label in sorted(levels)]
