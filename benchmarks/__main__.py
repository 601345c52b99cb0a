"""`python -m benchmarks`: the commands are described in README.md here."""

import argparse
import os
import resource
import subprocess
import sys
import time

from .load import CONNECTIONS, generator
from .server import ROOT, WORKERS, environment, serving

FOLDER = ROOT / "var" / "benchmarks"


def main() -> None:
    options = read_options()
    os.environ.update(environment(options.database))
    (ROOT / "var").mkdir(exist_ok=True)
    FOLDER.mkdir(exist_ok=True)

    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    options.measure(options)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--roles", type=int, default=1016, help="how many made-up roles the library has")
    parser.add_argument("--database", help="an empty database, or one that was filled here before")
    commands = parser.add_subparsers()

    requests = commands.add_parser("requests", help="how many requests a second are answered (the default)")
    for taker in (parser, requests):
        taker.add_argument("--rounds", type=int, default=5)
        taker.add_argument(
            "--seconds", type=int, default=3, help="how long each request is measured in a round"
        )
        taker.add_argument("--port", type=int, default=8765)
        taker.add_argument(
            "--as-it-is", action="store_true", help="measure whatever roles the database holds"
        )
        taker.set_defaults(measure=measure_requests)

    publish = commands.add_parser("publish", help="how long it takes to publish one role among many")
    publish.add_argument("--times", type=int, default=30)
    publish.set_defaults(measure=measure_publishing)

    onet = commands.add_parser("onet", help="import and publish O*NET, with the time and memory it took")
    onet.add_argument("folder")
    onet.add_argument("--wages")
    onet.set_defaults(measure=measure_import)

    options = parser.parse_args()
    name = "onet" if options.measure is measure_import else options.roles
    options.database = options.database or f"sqlite:///{FOLDER / f'{name}.sqlite3'}"
    return options


def measure_requests(options: argparse.Namespace) -> None:
    from django.core.management import call_command

    from . import library, requests

    if not options.as_it_is:
        library.fill(options.roles)
    # Templates may have changed since the library was made.
    call_command("render_pages")
    with serving(options.database, options.port) as server:
        results = requests.run(server, requests.scenarios(), options.rounds, options.seconds)
    print(f"{about()}, granian with {WORKERS} workers")
    print(f"{options.rounds} rounds of {options.seconds} s, {CONNECTIONS} connections, by {generator()}\n")
    print(requests.table(results))


def measure_publishing(options: argparse.Namespace) -> None:
    from . import library
    from .publishing import publish_one

    library.fill(options.roles)
    took = publish_one(options.roles, options.times)
    print(f"{about()}; milliseconds, medians of {options.times}\n")
    print("| | by the clock | processor |\n| --- | --: | --: |")
    for what, (by_clock, processor) in took.items():
        print(f"| {what} | {by_clock:.1f} | {processor:.1f} |")


def measure_import(options: argparse.Namespace) -> None:
    command = [sys.executable, "manage.py", "import_onet", options.folder, "--publish"]
    command += ["--wages", options.wages] if options.wages else []
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=os.environ, check=True)
    seconds = time.perf_counter() - start
    # Kilobytes on Linux, bytes on macOS.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (
        2**20 if sys.platform == "darwin" else 2**10
    )
    print(about())
    print(f"import and publish O*NET: {seconds:.0f} s, {peak:.0f} MB at most")


def about() -> str:
    from django.db import connection

    from publications.models import Publication

    roles = Publication.objects.live().count()
    return f"\n{connection.display_name}, {roles:,} roles"


if __name__ == "__main__":
    main()
