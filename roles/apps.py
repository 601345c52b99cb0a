from django.apps import AppConfig


class RolesConfig(AppConfig):
    name = "roles"
    verbose_name = "Role profiles"

    def ready(self) -> None:
        # Renames of shared records are followed from here on.
        from roles.publishing import names  # noqa: F401
