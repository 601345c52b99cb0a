"""Requests as fast as the server answers them: by wrk where it is installed, else by processes of ours.

wrk costs far less for each request, so the server has more of the machine and the ratios are finer. Ours shows the
same order of things, with every ratio nearer to 1.
"""

import multiprocessing
import re
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from typing import BinaryIO

CONNECTIONS = 8


@dataclass(frozen=True)
class Rate:
    """How many requests were answered, how many a second, and within how many milliseconds 99 of 100 were."""

    count: int
    per_second: float
    p99: float


def generator() -> str:
    return "wrk" if shutil.which("wrk") else "our own client (wrk is not installed)"


def measure(port: int, path: str, headers: dict[str, str], status: int, seconds: int) -> Rate:
    """Ask for one address over keep-alive connections, and refuse to count any answer but the one expected."""
    headers = {"Host": f"localhost:{port}", **headers}
    if shutil.which("wrk"):
        return _by_wrk(port, path, headers, seconds)
    return _by_ourselves(port, path, headers, status, seconds)


def _by_wrk(port: int, path: str, headers: dict[str, str], seconds: int) -> Rate:
    command = f"wrk --threads 1 --connections {CONNECTIONS} --duration {seconds}s --latency".split()
    for name, value in headers.items():
        command += ["--header", f"{name}: {value}"]
    run = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    )
    if "Non-2xx" in run.stdout or "Socket errors" in run.stdout:
        raise SystemExit(f"{path} was not answered as expected:\n{run.stdout}")
    count = re.search(r"(\d+) requests in", run.stdout)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", run.stdout)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", run.stdout)
    if count is None or rate is None or p99 is None:
        raise SystemExit(f"wrk said something new:\n{run.stdout}")
    return Rate(int(count[1]), float(rate[1]), float(p99[1]) * {"us": 0.001, "ms": 1, "s": 1000}[p99[2]])


def _by_ourselves(port: int, path: str, headers: dict[str, str], status: int, seconds: int) -> Rate:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode()
    with multiprocessing.Pool(CONNECTIONS) as pool:
        found = pool.starmap(_ask, [(port, request, status, seconds)] * CONNECTIONS)
    times = sorted(milliseconds for one in found for milliseconds in one)
    return Rate(len(times), len(times) / seconds, times[int(len(times) * 0.99)])


def _ask(port: int, request: bytes, status: int, seconds: int) -> list[float]:
    """Send the request again and again over one connection; how long each answer took."""
    times = []
    with socket.create_connection(("127.0.0.1", port)) as connection:
        answers = connection.makefile("rb")
        end = time.perf_counter() + seconds
        while (start := time.perf_counter()) < end:
            connection.sendall(request)
            _read_answer(answers, status)
            times.append((time.perf_counter() - start) * 1000)
    return times


def _read_answer(answers: BinaryIO, status: int) -> None:
    first = answers.readline()
    if int(first.split()[1]) != status:
        raise SystemExit(f"The answer was {first.decode().strip()}, not {status}.")
    length = 0
    while (line := answers.readline()) != b"\r\n":
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    answers.read(length)
