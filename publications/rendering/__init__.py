"""From a role document to its page.

`outline` puts sections and rows in order, `blocks` makes the rows of one kind ready for a template, `entries` says what
a row shows. Everything a template would have to work out is worked out there, so that templates only place it.
"""

from .role_page import render_role_page, role_page

__all__ = ["render_role_page", "role_page"]
