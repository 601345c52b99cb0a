"""Write role documents to a file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser

from publications.models import Publication
from roles.exchange.source_files import write_sources, write_to
from roles.models import Edition, RoleProfile


class Command(BaseCommand):
    help = "Writes the latest editions of role profiles as role documents that import_roles reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="Which profiles; all if none is named.")
        parser.add_argument(
            "--to",
            required=True,
            metavar="PATH",
            help="A .jsonl file gets one document a line, a folder one file each, another file an array; - prints it.",
        )
        parser.add_argument("--live", action="store_true", help="The editions that are public now, instead.")

    def handle(self, *, slugs: list[str], to: str, live: bool, **_: Any) -> None:
        profiles = RoleProfile.objects.order_by("slug")
        if slugs:
            profiles = profiles.filter(slug__in=slugs)
            if missing := set(slugs) - set(profiles.values_list("slug", flat=True)):
                raise CommandError(f"There is no profile {', '.join(sorted(missing))}.")
        if to == "-":
            write_to(_sources(profiles, live), cast(TextIO, self.stdout), lines=False)
            return
        target = Path(to)
        if not target.is_dir() and not target.parent.is_dir():
            raise CommandError(f"There is no folder {target.parent}.")
        count = write_sources(_sources(profiles, live), target)
        self.stdout.write(f"{count} role documents written to {target}.")


def _sources(profiles: Any, live: bool) -> Iterator[dict[str, Any]]:
    """The documents of profiles, a few in memory at a time."""
    if live:
        public = Publication.objects.live().values("edition_uuid")
        editions = Edition.objects.filter(uuid__in=public, profile__in=profiles).order_by("profile__slug")
    else:
        editions = Edition.objects.filter(pk__in=profiles.order_by().values("edition")).order_by(
            "profile__slug"
        )
    for text in editions.values_list("source", flat=True).iterator(chunk_size=50):
        yield json.loads(text)
