"""The role document: one format for editions, publications, the API, imports and exports."""

from .build import build
from .canonical import canonical, digest
from .diff import Change, diff
from .dump import dump
from .problems import DocumentError, Problem
from .rows import Role, fetch, fetch_one
from .schema import problems_with, schema

__all__ = [
    "Change",
    "DocumentError",
    "Problem",
    "Role",
    "build",
    "canonical",
    "diff",
    "digest",
    "dump",
    "fetch",
    "fetch_one",
    "problems_with",
    "schema",
]
