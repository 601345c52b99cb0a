"""What the commands that import other people's role data have in common."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from roles.documents.problems import DocumentError
from roles.exchange.importing import ImportReport


def add_import_arguments(parser: CommandParser) -> None:
    """The arguments of every such command."""
    parser.add_argument("directory", type=Path, metavar="DIR", help="The folder with the published files.")
    parser.add_argument("--publish", action="store_true", help="Publish the profiles as well.")
    parser.add_argument(
        "--overwrite", action="store_true", help="Also replace profiles that were changed here since."
    )
    parser.add_argument("--dry-run", action="store_true", help="Do all of it, print it, and take it back.")


@transaction.atomic
def run_import(command: BaseCommand, run: Callable[..., ImportReport], options: dict[str, Any]) -> None:
    """Run an import, print what it did, and turn what is wrong with the files into an error of the command."""
    try:
        report = run(publish=options["publish"], overwrite=options["overwrite"])
    except DocumentError as error:
        problems = "\n".join(str(problem) for problem in error.problems)
        raise CommandError(f"{problems}\nNothing was imported.") from error
    except ValidationError as error:
        raise CommandError("\n".join([*error.messages, "Nothing was imported."])) from error
    for line in report.lines(details=options["dry_run"] or options["verbosity"] > 1):
        command.stdout.write(line)
    if options["dry_run"]:
        transaction.set_rollback(True)
        command.stdout.write("Dry run: nothing was kept.")
