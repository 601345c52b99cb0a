"""Finished pages, kept so that a reader's request need only fetch one."""

import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from .models import Publication, PublicationPage
from .release import template_release
from .rendering import render_role_page

# Rendered and locked together: few enough that nobody who publishes waits for long.
BATCH = 25


def page_of(publication: Publication, document: dict[str, Any]) -> PublicationPage:
    """The page of a publication in this release of the templates, not saved."""
    return PublicationPage(
        publication=publication,
        language=publication.language,
        release=template_release(),
        document_hash=publication.document_hash,
        html=render_role_page(
            document, published_at=publication.published_at, edition_number=publication.edition_number
        ),
    )


def outdated() -> QuerySet[Publication]:
    """Live publications without a page of this release."""
    current = PublicationPage.objects.filter(
        publication=OuterRef("pk"), document_hash=OuterRef("document_hash"), release=template_release()
    )
    return Publication.objects.live().filter(~Exists(current)).order_by("pk")


def render_outdated(progress: Callable[[int], Any] = lambda done: None) -> int:
    """Render what is outdated, and return how many pages that were. It may be stopped and run again at any time.

    `progress` is called with how many more are done.
    """
    total = last = 0
    while True:
        with transaction.atomic():
            batch = list(outdated().select_for_update(of=("self",)).filter(pk__gt=last)[:BATCH])
            PublicationPage.objects.bulk_create(
                [page_of(publication, json.loads(publication.document)) for publication in batch],
                update_conflicts=True,
                unique_fields=["publication", "language"],
                update_fields=["release", "document_hash", "html"],
            )
        if not batch:
            return total
        last = batch[-1].pk
        total += len(batch)
        progress(len(batch))
