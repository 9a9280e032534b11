"""`python -m data.check FILE …`: what is wrong with files, without storing anything.

A folder stands for the .csv, .txt, .tsv and .xlsx files in it. Exit code 0 when every file is acceptable, 1 when
something must be fixed, 2 when a file cannot be read: of several files, the gravest.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data import store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue, load
from data.errors import UserError
from data.findings import LEVEL_WORDS, Finding, printable
from data.lake import is_lake
from data.reading import Unreadable, refuse_size
from data.screening.redaction import REMOVED
from data.settings import Settings
from data.submission import Prepared, prepare
from data.templates import TEMPLATES

SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx")
HIDDEN = (".", "~$")
"""How the names of hidden files begin, and those that Excel puts beside a workbook that is open."""
NOT_COMPARED = "not compared with stored data"
RUNNING = (
    "the dashboard is running and owns the store; drop the file on its Upload page to see what would change, or stop "
    "the dashboard and check again"
)


@dataclass(frozen=True)
class Desk:
    """What files are checked with. `not_compared` says why stored data cannot be compared; empty when it can."""

    settings: Settings
    catalogue: Catalogue
    connection: store.Connection
    not_compared: str = ""


@dataclass(frozen=True)
class Outcome:
    """What there is to say of one file. `counts` is empty where it was not compared with what is stored."""

    file: str
    template: str | None
    findings: list[Finding]
    acceptable: bool = False
    rows_read: int | None = None
    counts: dict[str, int] = field(default_factory=dict)
    readable: bool = False

    @property
    def code(self) -> int:
        """The exit code: 0 acceptable, 1 something must be fixed, 2 cannot be read."""
        return (0 if self.acceptable else 1) if self.readable else 2


def main(arguments: list[str] | None = None) -> int:
    """Check files and print what was found in each."""
    options = _arguments(arguments)
    print_any_letter()
    files = [file for path in options.files for file in files_of(path)]
    several = len(options.files) > 1 or any(map(os.path.isdir, options.files))
    try:
        desk = open_desk()
    except UserError as error:
        return _without_desk(options, files, several, str(error))
    outcomes = (check(desk, file, options.template) for file in files)
    return (_write_json if options.json else _write_text)(outcomes, several)


def files_of(path: str) -> list[Path]:
    """The file itself, or those of a folder that could be checked, by name; a folder without any stands for itself."""
    try:
        entries = sorted(entry for entry in Path(path).iterdir() if entry.is_file())
    except OSError:
        return [Path(path)]
    chosen = [one for one in entries if one.suffix.lower() in SUFFIXES and not one.name.startswith(HIDDEN)]
    return chosen or [Path(path)]


def open_desk() -> Desk:
    """The settings, the catalogue, and the store for reading: an empty one in memory where it is not there or not free.

    Raises `UserError` when a setting or a file of the catalogue is wrong.
    """
    settings, catalogue = Settings.from_environment(), load()
    if not is_lake(settings.database) and not Path(settings.database).is_file():
        reason = f"there is no store at {settings.database} yet; nothing to mend in the file"
    else:
        try:
            return Desk(settings, catalogue, store.connect(settings.database, read_only=True))
        except store.StoreLocked:
            reason = RUNNING
        except UserError as error:
            reason = str(error)
    return Desk(settings, catalogue, store.connect(":memory:"), reason)


def check(desk: Desk, file: Path, template: str | None) -> Outcome:
    """Screen a file and, where that can be done, compare it with what is stored."""
    limit = desk.settings.upload_limit
    try:
        content = read_within(file, limit)
        prepared = prepare(
            desk.connection, LOCAL_ADMINISTRATOR, desk.catalogue, content, file.name, template=template, limit=limit
        )
    except Unreadable as error:
        return Outcome(str(file), None, [error.finding, *_not_compared(desk)], rows_read=0)
    except OSError as error:
        fix = "check the name and that you may read the file"
        return _refused(file, template, cannot_be_opened(file, error), "file_unreadable", fix)
    except UserError as error:
        return _refused(file, template, str(error), "file_not_checked", "then check the file again")
    prepared.staged.close()
    return outcome(file, prepared, desk)


def read_within(file: Path, limit: int) -> bytes:
    """The bytes of a file; raises `Unreadable` before they are in memory when it has more than `limit` of them."""
    with file.open("rb") as stream:
        refuse_size(os.fstat(stream.fileno()).st_size, limit)
        return stream.read(limit + 1)


def cannot_be_opened(file: Path, error: OSError) -> str:
    """The sentence for a file that is not there, may not be read, or is a folder with nothing to check."""
    if file.is_dir() and not isinstance(error, PermissionError):
        return f"{file} holds no file to check: none ends in {', '.join(SUFFIXES)}."
    return f"{file} cannot be opened ({error.strerror})."


def outcome(file: Path, prepared: Prepared, desk: Desk | None = None) -> Outcome:
    """What there is to say of a prepared file; `desk` says whether it was compared."""
    screening = prepared.screening
    more = _not_compared(desk) if desk else []
    return Outcome(
        str(file.with_name(REMOVED) if prepared.file_name == REMOVED else file),
        screening.template.key if screening.template else None,
        [*screening.findings, *more],
        screening.acceptable,
        screening.rows_read,
        {} if more else prepared.counts,
        screening.sheet is not None,
    )


def as_dict(outcome: Outcome) -> dict[str, Any]:
    """The outcome as plain values, in the order that `--json` prints them."""
    findings = [finding.as_dict() for finding in outcome.findings]
    values = {"file": outcome.file, "template": outcome.template, "acceptable": outcome.acceptable}
    return values | {"findings": findings}


def as_text(outcome: Outcome) -> str:
    """The outcome as lines for a person."""
    verdict = "acceptable" if outcome.acceptable else "not acceptable"
    lines = [f"{outcome.file}: {counted(outcome.rows_read or 0, 'row')} read, {verdict}"]
    lines += [_line(finding) for finding in outcome.findings]
    if outcome.counts:
        lines.append("would change: " + ", ".join(f"{number:,} {state}" for state, number in outcome.counts.items()))
    return "".join(f"{printable(line)}\n" for line in lines)


def counted(number: int, noun: str) -> str:
    """A number with its noun, such as `1 row` or `1,204 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def print_any_letter() -> None:
    """Print a letter that the terminal's encoding lacks as a question mark rather than fail on it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m data.check", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", metavar="FILE", nargs="+", help="a file, or a folder with files")
    parser.add_argument("--template", choices=sorted(TEMPLATES))
    parser.add_argument("--json", action="store_true", help="one JSON object, or an array of them for several files")
    return parser.parse_args(arguments)


def _not_compared(desk: Desk) -> list[Finding]:
    return [Finding("note", "not_compared", NOT_COMPARED, desk.not_compared)] if desk.not_compared else []


def _refused(file: Path, template: str | None, message: str, code: str, fix: str) -> Outcome:
    return Outcome(str(file), template, [Finding("must_fix", code, message, fix)])


def _without_desk(options: argparse.Namespace, files: list[Path], several: bool, message: str) -> int:
    """Where a setting is wrong nothing is checked, and it is said once, or once for each file in JSON."""
    if not options.json:
        sys.stderr.write(f"{message}\n")
        return 2
    fix = "correct the setting; the file was not looked at"
    return _write_json([_refused(file, options.template, message, "setting_wrong", fix) for file in files], several)


def _write_json(outcomes: Iterable[Outcome], several: bool) -> int:
    found = list(outcomes)
    written = [as_dict(one) for one in found]
    sys.stdout.write(json.dumps(written if several else written[0], indent=2) + "\n")
    return max(one.code for one in found)


def _write_text(outcomes: Iterable[Outcome], several: bool) -> int:
    codes = []
    for one in outcomes:
        if one.rows_read is None:
            sys.stderr.write(f"{one.findings[0].message}\n")
        else:
            sys.stdout.write(as_text(one))
        codes.append(one.code)
    if several:
        sys.stdout.write(_summary(codes))
    return max(codes)


def _summary(codes: list[int]) -> str:
    words = ("acceptable", "with something that must be fixed", "that cannot be read")
    parts = [f"{codes.count(code):,} {word}" for code, word in enumerate(words) if codes.count(code)]
    return f"{counted(len(codes), 'file')}: {', '.join(parts)}\n"


def _line(finding: Finding) -> str:
    rows = f"row {finding.row}" if finding.rows else "file"
    more = f" and {finding.row_count - 1:,} more alike" if finding.row_count > 1 else ""
    column = f", {finding.column}" if finding.column else ""
    value = f" “{finding.value}”" if finding.value else ""
    return f"  {LEVEL_WORDS[finding.level]}: {rows}{more}{column}{value}: {finding.words}"


if __name__ == "__main__":
    sys.exit(main())
