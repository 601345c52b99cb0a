"""Importing the UK Government Digital and Data Profession Capability Framework (DDaT).

A real ladder: each role at each of its levels becomes a role profile. `framework` reads the two tables, `ladder` ranks
the levels and finds the moves between them, `convert` makes the source documents, `load` brings all of them in. See
docs/importing.md for what becomes what.
"""

from .load import import_ddat

__all__ = ["import_ddat"]
