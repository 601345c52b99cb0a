"""What an O*NET release says, in memory: only the columns and rows that profiles show."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from .release import Release


class Occupation(NamedTuple):
    code: str
    title: str
    description: str


class Task(NamedTuple):
    id: str
    text: str
    type: str


class Rating(NamedTuple):
    element: str
    importance: Decimal


class Example(NamedTuple):
    """A technology or tool, and the commodity of the UNSPSC that it is an example of."""

    name: str
    commodity: str
    commodity_title: str
    hot: bool = False
    in_demand: bool = False


class Share(NamedTuple):
    """How many in the occupation named a category of education, experience or training, in percent."""

    scale: str
    category: str
    percent: Decimal
    as_of: str


class Zone(NamedTuple):
    name: str
    experience: str
    education: str
    training: str
    svp_range: str


class Relation(NamedTuple):
    place: int
    code: str
    tier: str


@dataclass
class Database:
    """What a release says, by O*NET-SOC code where it is about an occupation."""

    release: Release
    occupations: dict[str, Occupation] = field(default_factory=dict)
    titles: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    tasks: dict[str, list[Task]] = field(default_factory=lambda: defaultdict(list))
    emerging_tasks: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    skills: dict[str, list[Rating]] = field(default_factory=lambda: defaultdict(list))
    knowledge: dict[str, list[Rating]] = field(default_factory=lambda: defaultdict(list))
    technologies: dict[str, list[Example]] = field(default_factory=lambda: defaultdict(list))
    tools: dict[str, list[Example]] = field(default_factory=lambda: defaultdict(list))
    shares: dict[str, list[Share]] = field(default_factory=lambda: defaultdict(list))
    job_zones: dict[str, str] = field(default_factory=dict)
    related: dict[str, list[Relation]] = field(default_factory=lambda: defaultdict(list))
    # Reference tables, by their own keys.
    elements: dict[str, tuple[str, str]] = field(default_factory=dict)
    categories: dict[tuple[str, str], str] = field(default_factory=dict)
    zones: dict[str, Zone] = field(default_factory=dict)
    commodity_families: dict[str, str] = field(default_factory=dict)
