"""Who may sign in."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from roles.demo.accounts import is_demo_sign_in

logger = logging.getLogger(__name__)


class RefuseDemoAccounts(ModelBackend):
    """Django's own sign-in, except that the public demo passwords open nothing when debug is off."""

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, **kwargs: Any
    ):
        if not settings.DEBUG and is_demo_sign_in(username, password):
            logger.warning(
                "The demo account %s was refused: its password is public. Change or delete it.", username
            )
            return None
        return super().authenticate(request, username=username, password=password, **kwargs)
