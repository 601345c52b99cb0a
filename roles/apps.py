from django.apps import AppConfig


class RolesConfig(AppConfig):
    """Role profiles: how they are written, checked, published and exchanged."""

    name = "roles"
    label = "roles"
    verbose_name = "Role profiles"
