"""The editor's desk: how HR staff see role profiles, and what they can do with them."""

from . import history, organizations, profile

__all__ = ["history", "organizations", "profile"]
