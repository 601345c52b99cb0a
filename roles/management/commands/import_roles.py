"""Bring role documents from files into the library."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from roles.documents import DocumentError
from roles.exchange.json_files import FileError
from roles.exchange.source_files import SourceFile
from roles.publishing import SaveReport, publish_many, save_sources


class Command(BaseCommand):
    help = (
        "Creates or changes role profiles from role documents: JSON (one document or an array) or JSON lines (.jsonl). "
        "Each file is taken as a whole or not at all."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--publish", action="store_true", help="Publish the profiles as well.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Do all of it, print it, and take it back."
        )

    def handle(self, *, files: list[Path], publish: bool, dry_run: bool, **_: Any) -> None:
        refused = 0
        for path in files:
            file = SourceFile(path)
            try:
                self.take(file, publish=publish, dry_run=dry_run)
            except FileError as error:
                self.stderr.write(str(error))
                refused += 1
            except DocumentError as error:
                for problem in error.problems:
                    self.stderr.write(f"{file.place(problem.role)}: {problem}")
                refused += 1
            except ValidationError as error:
                for message in error.messages:
                    self.stderr.write(f"{path}: {message}")
                refused += 1
        if refused:
            raise CommandError(f"{refused} of {len(files)} files refused; nothing of them was written.")

    @transaction.atomic
    def take(self, file: SourceFile, *, publish: bool, dry_run: bool) -> None:
        report = save_sources(sources=file, note=f"Imported from {file.path.name}")
        published = publish_many(profiles=report.profiles()) if publish else 0
        self.tell(file.path, report, published, dry_run)
        if dry_run:
            transaction.set_rollback(True)

    def tell(self, path: Path, report: SaveReport, published: int, dry_run: bool) -> None:
        for role in report.created:
            self.stdout.write(f"+ {role.slug}: {role.title}")
        for role in report.changed:
            self.stdout.write(f"~ {role.slug}: {role.title}")
            for change in role.changes:
                self.stdout.write(f"    {change}")
        self.stdout.write(
            f"{path}: {len(report.created)} created, {len(report.changed)} changed, {len(report.unchanged)} unchanged"
            + (f", {published} pages changed" if published else "")
            + (" (dry run: nothing was kept)" if dry_run else "")
        )
