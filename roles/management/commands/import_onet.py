"""`manage.py import_onet DIR`: every occupation of an O*NET release as a role profile."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from roles.exchange.onet import import_onet

from ._importing import add_import_arguments, run_import


class Command(BaseCommand):
    help = (
        "Creates or changes a role profile for each occupation in a folder of O*NET tables (tab-separated text as "
        "published, plain or .gz). See docs/importing.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_import_arguments(parser)
        parser.add_argument(
            "--wages",
            type=Path,
            metavar="CSV",
            help="A national table of the OEWS, for the pay of each occupation.",
        )
        parser.add_argument(
            "--wages-as-of",
            default="",
            metavar="MONTH",
            help="The month of that table (2024-05), if its name lacks it.",
        )
        parser.add_argument(
            "--release", default="", help="The release (29.2), if there is no “Read Me.txt” that says it."
        )

    def handle(
        self, *, directory: Path, wages: Path | None, wages_as_of: str, release: str, **options: Any
    ) -> None:
        run_import(
            self,
            lambda **shared: import_onet(
                directory, wages=wages, wages_as_of=wages_as_of, release=release, **shared
            ),
            options,
        )
