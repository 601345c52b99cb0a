"""Runs the whole suite on SQLite, then on PostgreSQL: `python tests/on_databases.py [arguments of pytest]`.

PostgreSQL is looked for at TEST_DATABASE_URL, where the tests make databases of their own and remove them.
Where no server answers, that half is left out, but not in CI: there it is a failure.
"""

import os
import subprocess
import sys

import psycopg

POSTGRESQL_URL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")


def why_not_reachable():
    """Say why PostgreSQL does not answer, or nothing where it does."""
    try:
        # The named database need not exist, and Django too makes its test databases from this one.
        psycopg.connect(POSTGRESQL_URL, dbname="postgres", connect_timeout=5).close()
    except psycopg.Error as error:
        return str(error).strip()
    return ""


def run_suite(title, environment):
    print(f"\n== Tests on {title}\n", flush=True)
    return subprocess.run([sys.executable, "-m", "pytest", *sys.argv[1:]], env=environment).returncode


def main():
    without = {"DATABASE_URL", "DATABASE_REPLICA_URL", "CACHE_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in without}
    unreachable = why_not_reachable()
    if unreachable and os.environ.get("CI") == "true":
        return f"PostgreSQL must be tested in CI, and no server answers: {unreachable}"
    if unreachable:
        print(f"PostgreSQL is skipped, because no server answers: {unreachable}")
        print("Name one in TEST_DATABASE_URL to test on it too.")

    outcome = run_suite("SQLite", environment)
    if outcome == 0 and not unreachable:
        outcome = run_suite("PostgreSQL", environment | {"DATABASE_URL": POSTGRESQL_URL})
    return outcome


if __name__ == "__main__":
    sys.exit(main())
