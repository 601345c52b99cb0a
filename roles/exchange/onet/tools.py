"""Technology and tools: under the heading of their kind, what employers ask for first."""

from collections.abc import Callable, Iterable
from typing import Any

from .database import Example, Occupation
from .page import Context, Part, section


def technology(occupation: Occupation, context: Context) -> Part:
    examples = context.database.technologies.get(occupation.code, ())
    lead = ""
    if any(example.hot or example.in_demand for example in examples):
        lead = (
            "<p>What employers often ask for is marked: a hot technology in job advertisements of all kinds, one in "
            "demand in those for this occupation.</p>"
        )
    return Part(
        section("technology", "tools", "Technology", lead=lead),
        {"tools": _tools(examples, "technology", context, lambda example: example.commodity_title)},
    )


def equipment(occupation: Occupation, context: Context) -> Part:
    examples = context.database.tools.get(occupation.code, ())
    families = context.database.commodity_families
    return Part(
        section("tools", "tools", "Tools and equipment"),
        {
            "tools": _tools(
                examples,
                "tool",
                context,
                lambda example: families.get(example.commodity, example.commodity_title),
            )
        },
    )


def _tools(
    examples: Iterable[Example], type_: str, context: Context, group_of: Callable[[Example], str]
) -> list[dict[str, Any]]:
    """Tools under the heading of their kind; what employers ask for first, kinds as well as tools."""
    groups: dict[str, dict[str, Example]] = {}
    for example in examples:
        groups.setdefault(group_of(example), {}).setdefault(example.name.lower(), example)

    def wanted(some: Iterable[Example]) -> tuple[int, int]:
        counted = list(some)
        return -sum(example.in_demand for example in counted), -sum(example.hot for example in counted)

    return [
        {"group": group[:200], "skill": context.skills[example.name.lower(), type_], "note": _demand(example)}
        for group, members in sorted(groups.items(), key=lambda item: (wanted(item[1].values()), item[0]))
        for example in sorted(members.values(), key=lambda example: (wanted([example]), example.name.lower()))
    ]


def _demand(example: Example) -> str:
    words = ("Hot technology" if example.hot else "", "in demand" if example.in_demand else "")
    said = ", ".join(word for word in words if word)
    return said[:1].upper() + said[1:]
