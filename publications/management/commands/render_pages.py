from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from publications.stored_pages import outdated, render_outdated


class Command(BaseCommand):
    """Run after a release: until then, pages of the one before are rendered when they are first read."""

    help = "Render the stored pages of roles again that were made by an earlier release of the templates."

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = None if options["verbosity"] else True
        with tqdm(total=outdated().count(), unit="page", disable=quiet, file=self.stderr) as bar:
            rendered = render_outdated(progress=bar.update)
        if options["verbosity"]:
            self.stdout.write(f"Pages rendered: {rendered}")
