from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    """What the public reads: one finished document for each role that has been published."""

    name = "publications"
    label = "publications"
    verbose_name = "Published pages"
