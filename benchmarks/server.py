"""The production server, on a port of its own, for as long as it is measured."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


def environment(database_url: str) -> dict[str, str]:
    ours = {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "benchmarks.settings", "DEBUG": "0"}
    return os.environ | ours


@contextmanager
def serving(database_url: str, port: int) -> Iterator[None]:
    """Start granian as `make run` does, wait until it answers, and stop it at the end."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise SystemExit(f"Port {port} is taken. Name another with --port.")
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(WORKERS)]
    command += [
        "--blocking-threads",
        "1",
        "--log-level",
        "warning",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    server = subprocess.Popen([*command, "config.wsgi:application"], cwd=ROOT, env=environment(database_url))
    try:
        _wait_until_it_answers(server, port)
        yield
    finally:
        server.terminate()
        server.wait()


def _wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise SystemExit("The server stopped at its start.")
        try:
            get(port, "/benchmarks/constant/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not answer within 30 seconds.")


def get(port: int, path: str, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
    """One request, with its answer read."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Host": f"localhost:{port}", **(headers or {})})
    response = connection.getresponse()
    response.content = response.read()  # type: ignore[attr-defined]
    connection.close()
    return response
