"""Every address of the site: the public pages, the API, and the editors' desk."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    # Public pages, then /api/v1/. None of them may need a session: see config/middleware.py.
    path("", include("roles.pages.urls")),
    path("api/v1/", include("config.api")),
    # The editors' desk. The one place with sessions, so everything that needs a sign-in lives below it.
    path("admin/", admin.site.urls),
]

handler400 = "config.api.bad_request"
handler500 = "config.api.server_error"
