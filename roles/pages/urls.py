"""The addresses of the public pages of roles."""

from django.urls import path

from .detail import role_detail
from .directory import role_list
from .home import home

app_name = "roles"

urlpatterns = [
    path("", home, name="home"),
    path("roles/", role_list, name="list"),
    path("roles/<slug:slug>/", role_detail, name="detail"),
]
