"""Fill an empty library with the demo content."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

import roles.demo
from roles.demo.accounts import ACCOUNTS
from roles.exchange.json_files import read_json
from roles.exchange.source_files import SourceFile
from roles.exchange.terms import load_terms
from roles.models import RoleProfile
from roles.publishing import publish_many, save_sources

FOLDER = Path(roles.demo.__file__).parent
OURS = ("publications", "roles", "skills", "careers")


class Command(BaseCommand):
    help = "Loads the demo vocabulary, profiles and sign-ins. Only with DEBUG on: the passwords are public."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Leave a library that has profiles as it is; print the sign-ins.",
        )

    def handle(self, *, if_empty: bool, **_: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The demo is for trying Rolebook with DEBUG=1: its passwords are known to everybody."
            )
        if not (if_empty and RoleProfile.objects.exists()):
            self.load()
        self.stdout.write("Demo sign-ins (user name / password):")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username} / {account.password}   {account.about}")

    @transaction.atomic
    def load(self) -> None:
        for path in sorted((FOLDER / "terms").glob("*.json")):
            load_terms(read_json(path), name=path.name)
        paths = sorted((FOLDER / "roles").glob("*.json"))
        report = save_sources(sources=_Files(paths), note="Demo content")
        publish_many(profiles=report.profiles())
        for account in ACCOUNTS:
            _create(account)
        self.stdout.write(f"Loaded {len(report.keys)} demo profiles.")


class _Files:
    """The sources of many files, one after the other, as often as asked."""

    def __init__(self, paths: list[Path]):
        self.paths = paths

    def __iter__(self) -> Any:
        for path in self.paths:
            yield from SourceFile(path)


def _create(account: Any) -> None:
    user, _ = get_user_model().objects.get_or_create(
        username=account.username,
        defaults={"is_staff": True, "is_superuser": account.is_superuser, "first_name": account.first_name,
                  "last_name": account.last_name, "email": f"{account.username}@example.com"},
    )  # fmt: skip
    user.set_password(account.password)
    user.save()
    permissions = Permission.objects.filter(content_type__app_label__in=OURS)
    if not account.may_publish:
        permissions = permissions.exclude(codename__in=["publish_roleprofile", "withdraw_roleprofile"])
    if not account.is_superuser:
        user.user_permissions.set(permissions)
