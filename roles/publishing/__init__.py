"""Changes with a rule behind them: save, publish, withdraw, and what follows from them.

The admin, imports and commands all come through here, so each leaves the same trace.
"""

from .live import NotPublishable
from .publish import delete_profile, preview, publish, publish_many, withdraw
from .saving import StaleSave, claim, record_edition
from .sources import SavedRole, SaveReport, save_sources

__all__ = [
    "NotPublishable",
    "SaveReport",
    "SavedRole",
    "StaleSave",
    "claim",
    "delete_profile",
    "preview",
    "publish",
    "publish_many",
    "record_edition",
    "save_sources",
    "withdraw",
]
