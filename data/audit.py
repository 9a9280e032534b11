"""The audit trail: who may read it, whether it is whole, and `python -m data.audit verify`, which asks just that.

    python -m data.audit verify [--head LINES:CHAIN]

Exit code 0 when the trail is whole, 1 when it is broken, with the first broken line and what is wrong, 2 when the store
cannot be read, 3 when the dashboard is running and owns it: then its page Audit trail says the same.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data import chain, store, versions
from data.actor import LOCAL_ADMINISTRATOR
from data.chain import Head
from data.check import counted, print_any_letter
from data.errors import UserError
from data.settings import Settings
from data.tombstones import BEGINS
from data.versions import Moment

CHAINED = "earlier lines chained"
"""The deed of the line after those that an earlier release wrote without a chain; its subject is how many they were."""
NOTED = re.compile(r"(\d{1,9}):([0-9a-f]{64})")
RUNNING = (
    "The dashboard is running and owns the store. Its page Audit trail says whether the trail is whole; or end the "
    "dashboard (Ctrl-C where it was started) and check again.\n"
)
Line = dict[str, Any]


@dataclass(frozen=True)
class Checked:
    """What checking the trail found. `fault` says what is wrong with line `broken`, the first that is; empty: whole.

    `names` and `subjects` count lines whose name or subject was erased and can no longer be held against the chain;
    the first `chained_later` lines were written before there was a chain.
    """

    head: Head
    lines: int
    broken: int = 0
    fault: str = ""
    names: int = 0
    subjects: int = 0
    chained_later: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.fault


def head(connection: store.Connection) -> Head:
    """Where the trail ends: to be noted somewhere else, so that a trail made anew as a whole is found out, too."""
    return versions.head(connection)


def verify(connection: store.Connection, noted: Head | None = None) -> Checked:
    """Check every line against the chain, the end of the trail, and a head that was `noted` earlier.

    100,000 lines take less than a second. Whoever may change every row of the store may also write a whole new chain:
    only a head noted elsewhere tells that. Outside a transaction, because lines and end have to be of one moment.
    """
    with store.transaction(connection):
        ends = store.rows(connection, "audit/head")
        trail = store.run(connection, "audit/trail", tombstone=BEGINS, chained=CHAINED).to_arrow_table()
        lines = trail.to_pylist()
    return _checked(lines, [Head(**end) for end in ends], noted)


def _checked(lines: list[Line], ends: list[Head], noted: Head | None) -> Checked:
    end = ends[0] if len(ends) == 1 else Head(0, chain.START)
    broken, fault = next(_faults(lines, ends, noted), (0, ""))
    return Checked(
        end,
        len(lines),
        broken,
        fault,
        sum(line["nameless"] for line in lines),
        sum(line["subjectless"] for line in lines),
        next((line["chained_later"] for line in lines if line["chained_later"]), 0),
    )


def _faults(lines: list[Line], ends: list[Head], noted: Head | None) -> Iterator[tuple[int, str]]:
    """What is wrong, with the number of the line, the first line first."""
    last = Head(0, chain.START)
    for line in lines:
        fault = _fault(line, last)
        if fault:
            yield last.lines + 1, fault
        last = Head(last.lines + 1, line["chain"] or "")
        if noted and noted.lines == last.lines and noted.chain != last.chain:
            yield last.lines, "it has another chain value than the one that was noted"
    yield from _faults_at_end(last, ends)
    if noted and noted.lines > last.lines:
        yield last.lines + 1, f"it is missing: a head of {counted(noted.lines, 'line')} was noted"


def _faults_at_end(last: Head, ends: list[Head]) -> Iterator[tuple[int, str]]:
    if len(ends) != 1:
        yield last.lines, f"the store names {len(ends)} ends of the trail, not one"
    elif ends[0].lines > last.lines:
        yield last.lines + 1, f"it is missing: the trail has {counted(last.lines, 'line')} of {ends[0].lines:,}"
    elif ends[0].lines < last.lines:
        yield ends[0].lines + 1, f"it was added past the end: the trail has {counted(ends[0].lines, 'line')}"
    elif ends[0] != last:
        yield last.lines, "it is not the last line that was written"


def _fault(line: Line, before: Head) -> str:
    """What is wrong with a line, the first thing; empty when nothing is."""
    if line["number"] is None:
        return "a line that has no number was put in"
    if line["number"] > before.lines + 1:
        return "it is missing"
    if line["number"] <= before.lines:
        return f"a second line with the number {line['number']:,} was put in"
    if not line["name_is_own"]:
        return "the name of who did it was changed"
    if not line["subject_is_own"]:
        return "what it was done to was changed"
    return "" if line["chain"] == _value(line, before) else "its time, deed, versions or place in the trail was changed"


def _value(line: Line, before: Head) -> str:
    names = ("number", "happened_at", "name_digest", "deed", "subject_digest", "from_version", "to_version")
    return chain.value(before.chain, *(line[name] for name in names))


def chain_unchained(connection: store.Connection) -> int:
    """Chain the lines that an earlier release wrote without one, inside the open transaction; how many they were.

    Does nothing once there is a chain: a line without a number beside it was put in from outside.
    """
    store.run(connection, "audit/insert_head")
    earlier = store.rows(connection, "audit/unchained")
    if not earlier or head(connection).lines:
        return 0
    store.run(connection, "audit/forget_unchained")
    _insert(connection, earlier)
    versions.audit(connection, LOCAL_ADMINISTRATOR, Moment.now(), CHAINED, str(len(earlier)))
    return len(earlier)


def _insert(connection: store.Connection, earlier: list[Line]) -> None:
    end, made = Head(0, chain.START), []
    for line in earlier:
        made.append(chain.line(end, line))
        end = Head(end.lines + 1, made[-1]["chain"])
    connection.register("chained_lines", pd.DataFrame(made))
    store.run(connection, "audit/insert_chained")
    connection.unregister("chained_lines")
    store.run(connection, "audit/advance", number=end.lines, chain=end.chain)


def main(arguments: list[str] | None = None) -> int:
    """Say whether the trail is whole, and where it ends."""
    options = _arguments(arguments)
    print_any_letter()
    settings = Settings.from_environment()
    try:
        with store.connect(settings.database, read_only=True, files=settings.files) as connection:
            found = verify(connection, options.head)
    except store.StoreLocked:
        sys.stderr.write(RUNNING)
        return 3
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    (sys.stdout if found.whole else sys.stderr).write(f"{words(found)}\nHead: {found.head}\n")
    return 0 if found.whole else 1


def words(found: Checked) -> str:
    """What was found, in sentences."""
    if not found.whole:
        return f"The audit trail is broken at line {found.broken:,}: {found.fault}."
    return " ".join([f"The audit trail is whole: {counted(found.lines, 'line')}.", *_beside(found)])


def _beside(found: Checked) -> Iterator[str]:
    if found.chained_later:
        yield (
            f"Lines up to number {found.chained_later:,} are from a release without a chain and were chained later: "
            "what happened to them before that, nobody can tell."
        )
    if found.names:
        yield f"The name was erased in {counted(found.names, 'line')}, where it can no longer be checked."
    if found.subjects:
        yield f"What it was done to was erased in {counted(found.subjects, 'line')}, where it can no longer be checked."


def noted_head(text: str) -> Head:
    """A head as it is printed, `LINES:CHAIN`; raises `argparse.ArgumentTypeError`, which is told in words."""
    found = NOTED.fullmatch(text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(
            "write it as it was printed: the number of lines, a colon, 64 digits and letters"
        )
    return Head(int(found[1]), found[2])


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m data.audit", description=(__doc__ or "").splitlines()[0])
    deeds = parser.add_subparsers(dest="deed", required=True)
    verifying = deeds.add_parser("verify", help="check that no line is missing or was changed")
    verifying.add_argument("--head", type=noted_head, metavar="LINES:CHAIN", help="a head that was noted earlier")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
