"""Set up and start the dashboard, or run the tests, with nothing but Python.

python3 run.py                 start the dashboard on http://localhost:8501
python3 run.py --port 8600     start it on another port (or set CONSENSUS_PORT)
python3 run.py test [...]      run the tests; what follows "test" goes to pytest
"""

import sys

# An older Python must get a sentence, not a traceback. So the grammar of this whole file stays that of Python 3.6,
# and this comes before anything else that an older Python would stumble over.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(f"This needs Python 3.11 or newer, and this is Python {sys.version_info[0]}.{sys.version_info[1]}.")

import argparse
import errno
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent
DEFAULT_PORT = "8501"
# Test files are shared out over one process more than there are cores, because a browser test waits half of its time;
# each file whole: its tests share what they set up. Not over more than four, as each may hold a dashboard and a browser
# in memory.
SIDE_BY_SIDE = ("-n", str(min((os.cpu_count() or 1) + 1, 4)), "--dist", "loadfile")

# Left behind when making or filling the environment was cut short: what is there then cannot be trusted.
UNFINISHED = "unfinished"

NO_VENV = (
    "This Python lacks the part that makes virtual environments (venv and ensurepip): "
    "on Debian or Ubuntu, install it with 'sudo apt install python3-venv' and run this again."
)


class Stop(Exception):
    """What prevents the start, in one sentence for the person at the keyboard."""


def python_in(venv: Path, system: str = os.name) -> Path:
    """The environment's own Python, wherever this operating system keeps it."""
    return venv / ("Scripts/python.exe" if system == "nt" else "bin/python")


def digest(requirements: Path) -> str:
    """Changes with the file's content, and with the Python that the packages were chosen for."""
    version = ".".join(map(str, sys.version_info[:2]))
    return hashlib.sha256(requirements.read_bytes() + version.encode()).hexdigest()


def stamp_of(venv: Path, requirements: Path) -> Path:
    return venv / f"installed-{requirements.stem}.sha256"


def is_installed(venv: Path, requirements: Path) -> bool:
    stamp = stamp_of(venv, requirements)
    return (
        python_in(venv).exists()
        and not (venv / UNFINISHED).exists()
        and stamp.exists()
        and stamp.read_text() == digest(requirements)
    )


def is_whole(venv: Path) -> bool:
    """Whether the environment was made to the end, by this program or by hand."""
    if (venv / UNFINISHED).exists() or not python_in(venv).exists():
        return False
    return call(python_in(venv), "-m", "pip", "--version").returncode == 0


def call(program: Path | str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(program), *arguments], capture_output=True, text=True, errors="replace", check=False)


def last_line(output: str) -> str:
    """The last line that says anything, an error before anything else."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["no reason was given"])[-1]


def make(venv: Path) -> None:
    """Make the environment, in place of whatever half-made one is there."""
    if any(importlib.util.find_spec(module) is None for module in ("venv", "ensurepip")):
        raise Stop(NO_VENV)
    print(f"Making the virtual environment {venv.name}.", flush=True)
    shutil.rmtree(venv, ignore_errors=True)
    venv.mkdir(exist_ok=True)
    (venv / UNFINISHED).touch()
    # The base Python, because the one that runs this may be the one in the folder just removed.
    done = call(getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(venv))
    if done.returncode != 0:
        raise Stop(f"Could not make the virtual environment {venv.name} ({last_line(done.stdout + done.stderr)}).")


def install(venv: Path, requirements: Path) -> None:
    """Install what the file pins, and note that it was done."""
    print(f"Installing the packages in {requirements.name}; the first time this takes a minute or two.", flush=True)
    (venv / UNFINISHED).touch()
    quietly = ("--quiet", "--disable-pip-version-check", "--no-input")
    done = call(python_in(venv), "-m", "pip", "install", *quietly, "--requirement", str(requirements))
    if done.returncode >= 0:  # Below zero, pip was killed, and may have left anything.
        (venv / UNFINISHED).unlink()
    if done.returncode != 0:
        raise Stop(why_not_installed(requirements.name, done.stderr))
    stamp_of(venv, requirements).write_text(digest(requirements))


def why_not_installed(name: str, output: str) -> str:
    signs_of_no_network = ("connection broken", "from versions: none")
    if any(sign in output.lower() for sign in signs_of_no_network):
        why = " because no package index answered: check the network, or the proxy, and run this again"
    else:
        why = ""
    return f"Could not install the packages in {name}{why} (pip's last line: {last_line(output)})."


def ready(root: Path, requirements: str) -> str:
    """The Python of an environment in which the file's packages are installed."""
    venv, file = root / ".venv", root / requirements
    if not is_installed(venv, file):
        if not is_whole(venv):
            make(venv)
        install(venv, file)
    return str(python_in(venv))


def wanted_port(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", default=os.environ.get("CONSENSUS_PORT") or DEFAULT_PORT)
    text = str(parser.parse_args(arguments).port)
    if not (text.isdecimal() and 1 <= int(text) <= 65535):
        raise Stop(f'A port is a whole number from 1 to 65535, and "{text}" is not.')
    return int(text)


def refuse_taken(port: int) -> None:
    """Stop if the server could not listen on this port."""
    for family, kind, protocol, _, address in socket.getaddrinfo("localhost", port, type=socket.SOCK_STREAM):
        try:
            with socket.socket(family, kind, protocol) as trial:
                listen(trial, address)
        except OSError as error:
            # Other errors say that the machine lacks this kind of address, IPv6 for one, and are no concern of ours.
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise Stop(why_no_port(port, error.errno)) from None


def listen(trial: socket.socket, address: tuple[Any, ...]) -> None:
    # Elsewhere this lets a port be used again right after a server ended; on Windows it would hide a running one.
    if os.name != "nt":
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    trial.bind(address)
    trial.listen()


def why_no_port(port: int, code: int) -> str:
    why = "is already in use, perhaps by a dashboard that is running" if code == errno.EADDRINUSE else "may not be used"
    other = port + 1 if 1024 < port < 65535 else int(DEFAULT_PORT)
    return f"Port {port} {why}: choose another, for example with --port {other}."


def command(root: Path, arguments: list[str]) -> list[str]:
    """What to run once everything it needs is there."""
    if arguments[:1] == ["test"]:
        return [ready(root, "requirements-dev.txt"), "-m", "pytest", *SIDE_BY_SIDE, *arguments[1:]]
    port = wanted_port(arguments)
    refuse_taken(port)
    return [ready(root, "requirements.txt"), "-m", "streamlit", "run", "--server.port", str(port), "server.py"]


def become(program: list[str]) -> NoReturn:
    """Let the program take this process's place, so that every signal reaches it and not a parent of it."""
    sys.stdout.flush()
    os.execv(program[0], program)


def run_and_wait(program: list[str]) -> int:
    """Run the program as a child: Windows cannot put it in this process's place."""
    child = subprocess.Popen(program)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # Ctrl-C reached the child as well, and it ends by itself.


def main(arguments: list[str], root: Path = ROOT) -> int:
    os.chdir(root)
    try:
        program = command(root, arguments)
        return run_and_wait(program) if os.name == "nt" else become(program)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(f"Could not start ({error}).", file=sys.stderr)
    except Stop as reason:
        print(reason, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
