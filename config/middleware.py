"""What a request passes through, kept short for the public site.

The public site is the same for everyone: no session, no cookie, no `Vary: Cookie`. Django's middlewares run
for every request, whether a page needs them or not, and a public page would pay for each. Sessions, CSRF
protection, sign-in and messages are Django's here too, but step aside outside the admin. They are subclasses,
so that Django's checks still see that the admin has what it needs.
"""

from typing import cast

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.deprecation import MiddlewareMixin

ADMIN_PATH = "/admin/"


class AdminOnly(MiddlewareMixin):
    """Passes a request straight on unless it is for the admin."""

    def __call__(self, request):
        if request.path_info.startswith(ADMIN_PATH):
            return super().__call__(request)
        return self.get_response(request)


class AdminSession(AdminOnly, SessionMiddleware):
    pass


class AdminCsrf(AdminOnly, CsrfViewMiddleware):
    # Django calls this hook by itself, not through __call__.
    def process_view(self, request, callback, callback_args, callback_kwargs):
        if request.path_info.startswith(ADMIN_PATH):
            return super().process_view(request, callback, callback_args, callback_kwargs)
        return None


class AdminAuthentication(AdminOnly, AuthenticationMiddleware):
    pass


class AdminMessages(AdminOnly, MessageMiddleware):
    pass


class ContentSecurityPolicy(CSPMiddleware):
    """The policy of django-csp, composed once for the public pages instead of once for each response.

    Composing it takes as long as all that Django itself does for a constant page. Nonces exist in the admin
    only; the decorators of django-csp work everywhere.
    """

    async_capable = False
    SET_BY_DECORATORS = {"_csp_exempt", "_csp_config", "_csp_update", "_csp_replace"}

    def __init__(self, get_response):
        super().__init__(get_response)
        self.public_policy = build_policy()

    def __call__(self, request):
        if request.path_info.startswith(ADMIN_PATH):
            return super().__call__(request)
        response = cast(HttpResponse, self.get_response(request))
        if not self.SET_BY_DECORATORS.isdisjoint(vars(response)):
            return self.process_response(request, response)
        # Django's own error pages for developers have inline styles.
        if not (settings.DEBUG and response.status_code in {404, 500}):
            response.headers.setdefault(HEADER, self.public_policy)
        return response
