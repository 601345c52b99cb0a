"""Which release of O*NET a folder holds, and how its licence wants it named."""

import re
from dataclasses import dataclass
from uuid import UUID

from roles.exchange.tables import Tables

# Of all that is made from O*NET: the same code is the same role, however often it is imported, and everywhere.
NAMESPACE = UUID("0c7e1b0a-6f0e-5c1d-9a57-2f3b8d4e6a91")

READ_ME = "Read Me.txt"
URL = "https://www.onetcenter.org/database.html"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True)
class Release:
    """A release of the database: its number, and its month where the folder says it."""

    number: str
    month: str = ""

    @property
    def name(self) -> str:
        return f"O*NET {self.number} Database"

    def attribution(self, changed_by: str) -> dict[str, str]:
        """What the licence asks to be shown, as a row of a role document (https://www.onetcenter.org/license_db.html)."""
        return {
            "source": "O*NET Database",
            "release": self.number,
            "statement": (
                f"This page includes information from the {self.name} by the U.S. Department of Labor, Employment and "
                "Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of "
                f"USDOL/ETA. {changed_by} has modified all or some of this information. USDOL/ETA has not approved, "
                "endorsed, or tested these modifications."
            ),
            "url": URL,
            "licence": "CC BY 4.0",
            "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        }


def read_release(tables: Tables, number: str = "") -> Release:
    """The release a folder holds, by its “Read Me.txt”, unless `number` says so."""
    path = tables.path(READ_ME)
    text = path.read_bytes().decode("utf-8", errors="replace") if path and path.suffix != ".gz" else ""
    stated = re.search(r"O\*NET (\d+(?:\.\d+)*) Database", text)
    published = re.search(rf"({'|'.join(_MONTHS)}) (\d{{4}}) Release", text)
    if not number and stated is None:
        tables.problem(
            READ_ME, "It does not say which release this is. Give it with --release, such as 29.2."
        )
    # A month belongs to the number it stands with.
    is_stated = stated is not None and number in {"", stated[1]}
    month = f"{published[2]}-{_MONTHS.index(published[1]) + 1:02}" if published and is_stated else ""
    return Release(number or (stated[1] if stated else ""), month)
