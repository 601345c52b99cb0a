"""The sign-ins of the demo. Their passwords are public, so `config.authentication` refuses them outside debug."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """One demo sign-in, and what it is there to show."""

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
    Account(
        "publisher",
        "publisher-demo",
        "Paul",
        "Publisher",
        "writes, publishes and withdraws",
        may_publish=True,
    ),
)


def is_demo_sign_in(username: str | None, password: str | None) -> bool:
    """Whether these are a demo account and the password that everybody knows."""
    return any((username, password) == (account.username, account.password) for account in ACCOUNTS)
