"""Proof that what is public is what the editions say."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.forms.models import model_to_dict

from publications.batches import batches
from publications.facets import facets, links
from publications.models import Publication
from roles.documents import DocumentError, build, canonical
from roles.documents.terms import Resolver
from roles.models import Edition

from .live import BATCH


def differences(progress: Callable[[int], Any] | None = None) -> Iterator[str]:
    """Build every live publication again from its edition, and tell each way in which what is stored differs."""
    keys = list(Publication.objects.live().order_by("seq").values_list("pk", flat=True))
    for some in batches(keys, BATCH):
        publications = list(
            Publication.objects.filter(pk__in=some).prefetch_related("families", "skills", "moves")
        )
        yield from _check(publications)
        if progress:
            progress(len(some))
    for publication in Publication.objects.exclude(state="live"):
        for relation in ("families", "skills", "moves", "pages"):
            if getattr(publication, relation).exists():
                yield f"{publication.slug}: withdrawn, but still has {relation}."


def _check(publications: list[Publication]) -> Iterator[str]:
    editions = {
        edition.uuid: edition
        for edition in Edition.objects.filter(
            uuid__in=[publication.edition_uuid for publication in publications]
        )
    }
    sources = {
        publication.pk: json.loads(editions[publication.edition_uuid].source)
        for publication in publications
        if publication.edition_uuid in editions
    }
    terms = Resolver().resolve(list(sources.values()))
    for publication in publications:
        if publication.pk not in sources:
            yield f"{publication.slug}: its edition {publication.edition_uuid} is missing."
            continue
        try:
            document = build(sources[publication.pk], terms)
        except DocumentError as error:
            yield f"{publication.slug}: cannot be built: {error}"
            continue
        yield from _compare(publication, document)


def _compare(publication: Publication, document: dict[str, Any]) -> Iterator[str]:
    if canonical(document) != publication.document:
        stored = json.loads(publication.document)
        names = sorted(name for name in {*document, *stored} if document.get(name) != stored.get(name))
        yield f"{publication.slug}: the document differs in {', '.join(names)}."
    for name, value in facets(document).items():
        if getattr(publication, name) != value:
            yield f"{publication.slug}: {name} is {getattr(publication, name)!r}, and should be {value!r}."
    for model, expected in links(publication, document).items():
        relation = {"PublicationFamily": "families", "PublicationSkill": "skills", "PublicationMove": "moves"}
        name = relation[model.__name__]
        if _plain(getattr(publication, name).all()) != _plain(expected):
            yield f"{publication.slug}: the rows of {name} differ."


def _plain(rows: Any) -> list[list[tuple[str, str]]]:
    """Rows as comparable values, without their keys."""
    return sorted(
        sorted(
            (name, str(value))
            for name, value in model_to_dict(row).items()
            if name not in {"id", "publication"}
        )
        for row in rows
    )
