"""The vocabulary file: shared records that role documents refer to by slug, as one JSON file.

A role document names its skills, its family and its levels and does not define them. This file does: job families,
levels, proficiency levels, skills, salary bands and publishers, in the order in which they refer to each other.
"""

from .dump import dump_terms
from .load import load_terms
from .report import TermsReport

__all__ = ["TermsReport", "dump_terms", "load_terms"]
