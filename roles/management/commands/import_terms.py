"""`manage.py import_terms FILE…`: bring the vocabulary in line with vocabulary files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from roles.documents.problems import DocumentError
from roles.exchange.json_files import read_json
from roles.exchange.terms import load_terms


class Command(BaseCommand):
    help = (
        "Read job families, levels, proficiency levels, skills, salary bands and publishers from vocabulary files. "
        "What is missing is created and what differs is changed; nothing is deleted. All files, or none."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="A vocabulary file (JSON).")
        parser.add_argument("--dry-run", action="store_true", help="Only tell what would happen.")

    @transaction.atomic
    def handle(self, *, files: list[Path], dry_run: bool, **options: Any) -> None:
        for path in files:
            try:
                report = load_terms(read_json(path), name=path.name)
            except DocumentError as error:
                raise CommandError("\n".join(map(str, error.problems))) from error
            self.stdout.write(f"{path.name}")
            for line in report.lines(details=dry_run or options["verbosity"] > 1):
                self.stdout.write(f"  {line}")
        if dry_run:
            transaction.set_rollback(True)
            self.stdout.write("Dry run: nothing was written.")
