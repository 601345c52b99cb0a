"""Who may do what to a profile."""

from typing import Any

from django.core.exceptions import PermissionDenied


def require(by: Any | None, permission: str, what: str) -> None:
    """Refuse unless `by` has the permission; None is the system itself (a command, an import)."""
    if by is not None and not by.has_perm(permission):
        raise PermissionDenied(f"You may not {what}. Ask somebody who may, or an administrator.")
