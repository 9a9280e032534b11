"""`python -m data.check FILE`: what is wrong with a file, without storing anything.

Exit code 0 when the file is acceptable, 1 when something must be fixed, 2 when the file cannot be read.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path

from data import store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import load
from data.errors import UserError
from data.findings import LEVEL_WORDS, Finding
from data.settings import Settings
from data.submission import Prepared, prepare
from data.templates import TEMPLATES

NOT_COMPARED = "not compared with stored data"


def main(arguments: list[str] | None = None) -> int:
    """Check one file and print its findings."""
    options = _arguments(arguments)
    print_any_letter()
    try:
        content = Path(options.file).read_bytes()
    except OSError as error:
        return _cannot_be_read(options, f"{options.file} cannot be opened ({error.strerror}).")
    try:
        prepared = check(content, Path(options.file).name, options.template)
    except UserError as error:
        return _cannot_be_read(options, str(error), "setting_wrong", "correct the setting; the file was not looked at")
    sys.stdout.write(as_json(options.file, prepared) if options.json else as_text(options.file, prepared))
    if prepared.screening.sheet is None:
        return 2
    return 0 if prepared.screening.acceptable else 1


def check(content: bytes, name: str, template: str | None) -> Prepared:
    """Screen a file with the catalogue and, where the store is there and free, compare it with what is stored."""
    settings = Settings.from_environment()
    connection, comparable = _connection(settings)
    prepared = prepare(
        connection, LOCAL_ADMINISTRATOR, load(), content, name, template=template, limit=settings.upload_limit
    )
    if not comparable:
        prepared.screening.findings.append(Finding("note", "not_compared", NOT_COMPARED, "nothing to mend in the file"))
    return prepared


def as_json(file: str, prepared: Prepared) -> str:
    """The findings as one JSON object."""
    screening = prepared.screening
    return _json(file, screening.template.key if screening.template else None, screening.acceptable, screening.findings)


def as_text(file: str, prepared: Prepared) -> str:
    """The findings as lines for a person."""
    screening, counts = prepared.screening, prepared.counts
    verdict = "acceptable" if screening.acceptable else "not acceptable"
    lines = [f"{file}: {counted(screening.rows_read, 'row')} read, {verdict}"]
    lines += [_line(finding) for finding in screening.findings]
    if counts and not any(finding.code == "not_compared" for finding in screening.findings):
        lines.append("would change: " + ", ".join(f"{number:,} {state}" for state, number in counts.items()))
    return "\n".join(lines) + "\n"


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
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--template", choices=sorted(TEMPLATES))
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    return parser.parse_args(arguments)


def _connection(settings: Settings) -> tuple[store.Connection, bool]:
    """The store for reading, or an empty one in memory where there is none or it cannot be opened."""
    if settings.database != ":memory:" and Path(settings.database).exists():
        try:
            return store.connect(settings.database, read_only=True), True
        except UserError:
            pass
    return store.connect(":memory:"), False


def _cannot_be_read(
    options: argparse.Namespace,
    message: str,
    code: str = "file_unreadable",
    fix: str = "check the name and that you may read the file",
) -> int:
    if options.json:
        finding = Finding("must_fix", code, message, fix)
        sys.stdout.write(_json(options.file, options.template, False, [finding]))
    else:
        sys.stderr.write(f"{message}\n")
    return 2


def _json(file: str, template: str | None, acceptable: bool, findings: list[Finding]) -> str:
    body = {
        "file": file,
        "template": template,
        "acceptable": acceptable,
        "findings": [item.as_dict() for item in findings],
    }
    return json.dumps(body, indent=2) + "\n"


def _line(finding: Finding) -> str:
    rows = f"row {finding.row}" if finding.rows else "file"
    more = f" and {len(finding.rows) - 1} more alike" if len(finding.rows) > 1 else ""
    column = f", {finding.column}" if finding.column else ""
    value = f" “{finding.value}”" if finding.value else ""
    return f"  {LEVEL_WORDS[finding.level]}: {rows}{more}{column}{value}: {finding.words}"


if __name__ == "__main__":
    sys.exit(main())
