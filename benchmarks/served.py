"""The dashboard as people start it, for the benchmarks: `run.py` in a process of its own, on a store of its own."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HEALTH = "/_stcore/health"
QUIET = {
    "SERVER_ADDRESS": "localhost",
    "SERVER_HEADLESS": "true",
    "SERVER_FILE_WATCHER_TYPE": "none",
    "BROWSER_GATHER_USAGE_STATS": "false",
    "LOGGER_LEVEL": "error",
}


@contextmanager
def dashboard(database: Path) -> Iterator[str]:
    """Start `run.py` on a store and give the address at once; it is not listening yet."""
    port = free_port()
    settings = {"CONSENSUS_DATABASE": str(database), "CONSENSUS_START": "demonstration"}
    with running([sys.executable, "run.py", "--port", str(port)], ROOT, settings):
        yield f"http://localhost:{port}"


@contextmanager
def bare_streamlit(folder: Path) -> Iterator[str]:
    """Start Streamlit alone, with a page that holds a title and nothing else."""
    port = free_port()
    page = folder / "empty_page.py"
    page.write_text("import streamlit\n\nstreamlit.title('Nothing')\n")
    with running([sys.executable, "-m", "streamlit", "run", "--server.port", str(port), page.name], folder, {}):
        yield f"http://localhost:{port}"


@contextmanager
def running(command: list[str], folder: Path, settings: dict[str, str]) -> Iterator[None]:
    """A server as a process of its own, ended when it is no longer needed."""
    quiet = {f"STREAMLIT_{name}": value for name, value in QUIET.items()}
    process = subprocess.Popen(
        command, cwd=folder, env=os.environ | settings | quiet, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )
    try:
        yield
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


def send(address: str, secret: str, content: bytes) -> tuple[int, dict[str, Any]]:
    """Send a file by the HTTP API: the status, and the answer."""
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "text/csv"}
    asked = urllib.request.Request(
        f"{address}/api/v1/submissions?file_name=figures.csv", content, headers, method="POST"
    )
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except OSError as error:
        return 0, {"error": str(error)}
