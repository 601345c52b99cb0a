"""The settings of production, with the floors added to the addresses and a folder of their own for files."""

import os

os.environ.setdefault("SECRET_KEY", "for-benchmarks-only-" + "x" * 50)
os.environ.setdefault("HTTPS", "0")
os.environ.setdefault("LOG_LEVEL", "ERROR")

from config.settings import *  # noqa: F403
from config.settings import VAR_DIR

ROOT_URLCONF = "benchmarks.urls"
STATIC_ROOT = VAR_DIR / "benchmarks" / "static"
