"""A role in memory: its profile and all rows, fetched in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from roles.models import RoleProfile

from .format import PROFILE, ROWS


@dataclass
class Role:
    """A profile with every row that belongs to it, by the key of the array that holds them."""

    profile: RoleProfile
    rows: dict[str, list[Any]] = field(default_factory=lambda: {rows.key: [] for rows in ROWS})


def fetch(profiles: Iterable[RoleProfile]) -> list[Role]:
    """The roles of `profiles`, in their order, with a number of queries that does not grow with them."""
    roles = {profile.pk: Role(profile) for profile in profiles}
    for rows in ROWS:
        found = rows.model._default_manager.filter(profile__in=list(roles))
        if references := [column.name for column in rows.references]:
            # Without names, select_related() would follow every relation there is.
            found = found.select_related(*references)
        row: Any
        for row in found.order_by("profile_id", "position", "pk"):
            roles[row.profile_id].rows[rows.key].append(row)
    for role in roles.values():
        _join(role)
    return list(roles.values())


def fetch_one(profile: RoleProfile) -> Role:
    """The role of one profile."""
    return fetch([profile])[0]


def with_references(queryset):
    """Profiles with the shared records that a dump names, ready for `fetch`."""
    return queryset.select_related(*[column.name for column in PROFILE if column.kind == "reference"])


def _join(role: Role) -> None:
    """Let rows hold the very sections and siblings of this role, so that nothing is fetched one by one."""
    by_pk: dict[str, dict[int, Any]] = defaultdict(dict)
    for rows in ROWS:
        siblings = [column.name for column in rows.columns if column.kind == "sibling"]
        if siblings:
            by_pk[rows.key] = {row.pk: row for row in role.rows[rows.key]}
        for row in role.rows[rows.key]:
            if rows.stands_in_section and row.section_id:
                row.section = by_pk["sections"][row.section_id]
            for name in siblings:
                if pk := getattr(row, f"{name}_id"):
                    setattr(row, name, by_pk[rows.key][pk])
