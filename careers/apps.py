from django.apps import AppConfig


class CareersConfig(AppConfig):
    """Job families, levels, salary bands, and the moves between roles."""

    name = "careers"
    label = "careers"
    verbose_name = "Career framework"
