"""The release of what turns documents into pages and lists, so that what an earlier one stored is not served."""

import hashlib
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured

# What stored pages and lists depend on, below the root of the project.
_MADE_OF = (
    "templates/**/*.html",
    "publications/**/*.py",
    "*/pages/**/*.py",
    "*/pages.py",
    "*/api/**/*.py",
    "*/api.py",
)
_NOT_PUBLIC = (
    "templates/admin/",
    "publications/migrations/",
    "publications/management/",
    "publications/admin.py",
)
_STATIC_FILE = re.compile(r"""\{% static ["']([^"']+)["'] %\}""")


@cache
def template_release() -> str:
    """A short name of this release, computed once per process.

    It changes with the templates and the code of public pages and the API, with the names of the static files that
    pages load (which hold a hash of the content in production) and with the settings they show.
    """
    digest = hashlib.sha256()
    for value in (settings.SITE_NAME, settings.SITE_URL, settings.LANGUAGE_CODE, settings.TIME_ZONE):
        digest.update(f"{value}\n".encode())
    static_files: set[str] = set()
    for path in _files(Path(settings.BASE_DIR)):
        content = path.read_bytes()
        digest.update(content)
        if path.suffix == ".html":
            static_files.update(_STATIC_FILE.findall(content.decode()))
    for name in sorted(static_files):
        digest.update(_address(name).encode())
    return digest.hexdigest()[:16]


def _address(name: str) -> str:
    try:
        return staticfiles_storage.url(name)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"Pages name static files by their hash, and that of “{name}” is not known. "
            "Run `manage.py collectstatic` before anything is published or served."
        ) from error


def _files(root: Path) -> list[Path]:
    """Every file that public pages are made of, in a fixed order."""
    found = {path.relative_to(root).as_posix(): path for pattern in _MADE_OF for path in root.glob(pattern)}
    return [
        found[name] for name in sorted(found) if not name.startswith(_NOT_PUBLIC) and "/admin/" not in name
    ]
