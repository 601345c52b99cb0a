"""The sign-ins of the demo, and the check that none of them works outside it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error, Tags, register
from django.db import DatabaseError


@dataclass(frozen=True)
class Account:
    username: str
    password: str
    first_name: str
    last_name: str
    about: str
    may_publish: bool = False
    is_superuser: bool = False


ACCOUNTS = (
    Account("admin", "admin-demo", "Ada", "Admin", "may do everything", may_publish=True, is_superuser=True),
    Account("editor", "editor-demo", "Edda", "Editor", "writes profiles, may not publish"),
    Account("publisher", "publisher-demo", "Paul", "Publisher", "writes, publishes and withdraws", may_publish=True),
)


class NoDemoAccounts:
    """An authentication backend's guard: with debug off, a demo account signs in nobody."""


@register(Tags.security, Tags.database, deploy=True)
def check_no_demo_accounts(databases: Any = None, **_: Any) -> list[Error]:
    """Outside the demo, no account may still have a password that everybody knows."""
    if settings.DEBUG:
        return []
    try:
        users = {user.get_username(): user for user in get_user_model().objects.filter(username__in=[a.username for a in ACCOUNTS])}
        known = [a.username for a in ACCOUNTS if a.username in users and users[a.username].check_password(a.password)]
    except DatabaseError:
        return []
    return [
        Error(
            f"The demo account “{name}” still has its public password.",
            hint=f"Delete it or run: manage.py changepassword {name}",
            id="roles.E001",
        )
        for name in known
    ]
