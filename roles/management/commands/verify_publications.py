"""Prove that what is public is what the editions say."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publications.models import Publication
from roles.publishing.verify import differences


class Command(BaseCommand):
    help = (
        "Builds every live publication again from its edition and reports each difference. Changes nothing."
    )

    def handle(self, **_: Any) -> None:
        found = 0
        for difference in differences():
            self.stdout.write(difference)
            found += 1
        checked = Publication.objects.live().count()
        if found:
            raise CommandError(f"{checked} publications checked: {found} differences.")
        self.stdout.write(f"{checked} publications checked: no difference.")
