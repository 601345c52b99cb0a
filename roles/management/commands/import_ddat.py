"""`manage.py import_ddat DIR`: the ladders of the UK Government Digital and Data framework as role profiles."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from roles.exchange.ddat import import_ddat

from ._importing import add_import_arguments, run_import


class Command(BaseCommand):
    help = (
        "Creates or changes a role profile for each role and level of the UK Government Digital and Data Profession "
        "Capability Framework (roles.csv and skills.csv). See docs/importing.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_import_arguments(parser)

    def handle(self, *, directory: Path, **options: Any) -> None:
        run_import(self, lambda **shared: import_ddat(directory, **shared), options)
