"""`manage.py export_terms --to PATH`: write the vocabulary as a file that `import_terms` reads."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from roles.exchange.json_files import write_json
from roles.exchange.terms import dump_terms


class Command(BaseCommand):
    help = (
        "Write all job families, levels, proficiency levels, skills, salary bands and publishers to one file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to", required=True, type=Path, metavar="PATH", help="The file to write (JSON)."
        )

    def handle(self, *, to: Path, **options: Any) -> None:
        terms = dump_terms()
        try:
            write_json(to, terms)
        except OSError as error:
            raise CommandError(f"{to} cannot be written: {error.strerror}.") from error
        counts = ", ".join(f"{len(records)} {key.replace('_', ' ')}" for key, records in terms.items())
        self.stdout.write(f"{to}: {counts}")
