"""Importing the O*NET database: every occupation of the United States becomes a role profile.

`database` reads the published tables, `convert` makes a source document of one occupation, `load` brings all of them
in. See docs/importing.md for what becomes what.
"""

from .load import import_onet

__all__ = ["import_onet"]
