from django.contrib.staticfiles.apps import StaticFilesConfig


class PublicStaticFiles(StaticFilesConfig):
    """Collects what some page of ours uses.

    Compressing the rest took half a minute of each release: the second of two viewers for the API's description,
    and the styles of REST framework's browsable pages, which are switched off.
    """

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc", "rest_framework"]
