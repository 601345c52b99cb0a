"""Job families as the public sees them: those that live roles are in, how they nest, and how many roles each has.

All of it comes from the link rows of publications, in one query.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from publications.models import Publication, PublicationFamily


@dataclass
class Family:
    """A family with the number of live roles in it and below it."""

    slug: str
    label: str
    count: int = 0
    children: list["Family"] = field(default_factory=list)

    def branch(self) -> Iterator["Family"]:
        yield self
        for child in self.children:
            yield from child.branch()


def family_tree(**conditions: Any) -> list[Family]:
    """The widest families by name, each with those below it; `conditions` are on publications."""
    rows = (
        PublicationFamily.objects.filter(
            publication__state=Publication.State.LIVE,
            **{f"publication__{name}": value for name, value in conditions.items()},
        )
        .values_list("publication__family_slug", "depth", "slug", "label")
        .annotate(count=Count("pk"))
        .order_by("publication__family_slug", "-depth")
    )
    families: dict[str, Family] = {}
    below: dict[str, str] = {}
    previous: tuple[str, str] = ("", "")
    for own, _, slug, label, count in rows:
        family = families.setdefault(slug, Family(slug, label))
        family.count += count
        # Rows of one branch follow each other from the widest family down.
        if previous[0] == own:
            below[slug] = previous[1]
        previous = (own, slug)
    return _nested(families, below)


def _nested(families: dict[str, Family], below: dict[str, str]) -> list[Family]:
    children: dict[str, list[Family]] = defaultdict(list)
    for family in sorted(families.values(), key=lambda family: family.label.casefold()):
        children[below.get(family.slug, "")].append(family)
    for family in families.values():
        family.children = children[family.slug]
    return children[""]
