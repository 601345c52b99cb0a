"""JSON files, read so that a mistake in one is found by its line."""

import json
from pathlib import Path
from typing import Any

from roles.documents.problems import DocumentError, Problem


def read_json(path: Path) -> Any:
    """The content of a JSON file in UTF-8. Raises `DocumentError` that names the file, and the line where it can."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_each_key_once, parse_constant=_no_constant)
    except OSError as error:
        raise _refused(path, f"It cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise _refused(path, f"Line {line} is not UTF-8. Save the file in that encoding.") from error
    except json.JSONDecodeError as error:
        raise _refused(path, f"Line {error.lineno}, column {error.colno}: {error.msg}.") from error
    except ValueError as error:
        raise _refused(path, str(error)) from error
    except RecursionError as error:
        raise _refused(path, "It is nested too deeply.") from error


def write_json(path: Path, data: Any) -> None:
    """Write `data` for people and for version control: indented, characters as they are."""
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _refused(path: Path, message: str) -> DocumentError:
    return DocumentError([Problem(path.name, message)])


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"The key “{twice}” stands twice in one object, so one of its values would be lost.")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number in JSON.")
