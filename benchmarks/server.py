"""The production server, on a port of its own, for as long as it is measured."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


def environment(database_url: str) -> dict[str, str]:
    ours = {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "benchmarks.settings", "DEBUG": "0"}
    return os.environ | ours


@dataclass(frozen=True)
class Server:
    """The running server."""

    process: subprocess.Popen[bytes]
    port: int

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """One request: status, headers and content of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={"Host": f"localhost:{self.port}", **(headers or {})})
        response = connection.getresponse()
        answer = (
            response.status,
            {name.lower(): value for name, value in response.getheaders()},
            response.read(),
        )
        connection.close()
        return answer

    def processor_seconds(self) -> float | None:
        """How long the workers have kept a processor busy so far; None where the system does not say (not Linux)."""
        main = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        if not main.exists():
            return None
        ticks = 0
        for worker in main.read_text().split():
            # After the name, which may hold spaces: the 12th and 13th are user and system time.
            fields = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(database_url: str, port: int) -> Iterator[Server]:
    """Start granian as `make run` does, wait until it answers, and stop it at the end."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise SystemExit(f"Port {port} is taken. Name another with --port.")
    options = f"--interface wsgi --workers {WORKERS} --blocking-threads 1 --log-level warning"
    command = [sys.executable, "-m", "granian", *options.split(), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen([*command, "config.wsgi:application"], cwd=ROOT, env=environment(database_url))
    server = Server(process, port)
    try:
        _wait_until_it_answers(server)
        yield server
    finally:
        process.terminate()
        process.wait()


def _wait_until_it_answers(server: Server) -> None:
    for _ in range(300):
        if server.process.poll() is not None:
            raise SystemExit("The server stopped at its start.")
        try:
            server.get("/benchmarks/constant/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not answer within 30 seconds.")
