"""The dashboard as people start it, for the benchmarks: `run.py` in a process of its own, on a store of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEALTH = "/_stcore/health"


@contextmanager
def dashboard(database: Path) -> Iterator[str]:
    """Start `run.py` on a store and give the address at once; it is not listening yet."""
    address = f"http://localhost:{free_port()}"
    settings = {"CONSENSUS_DATABASE": str(database), "CONSENSUS_START": "demonstration"}
    quiet = {"STREAMLIT_SERVER_HEADLESS": "true", "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none"}
    command = [sys.executable, "run.py", "--port", address.rpartition(":")[2]]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings | quiet, stdout=subprocess.DEVNULL)
    try:
        yield address
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("localhost", 0))
        return int(trial.getsockname()[1])


def wait_until_it_answers(address: str, seconds: float = 120) -> None:
    """Ask again and again until the server is there."""
    end = time.monotonic() + seconds
    while not answers(address):
        if time.monotonic() > end:
            sys.exit(f"The dashboard did not answer within {seconds:.0f} seconds.")
        time.sleep(0.02)


def answers(address: str) -> bool:
    """Whether the server is there."""
    try:
        with urllib.request.urlopen(address + HEALTH, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
