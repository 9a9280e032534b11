"""`python -m data.submit FILE`: check a file and store it as the next data version.

While the dashboard runs it owns the store, and is sent the file, which it checks and stores just so. Exit code 0 when
it was stored or waits for another person's approval, 1 when something must be fixed, nothing would change or it could
not be stored, 2 when the file cannot be read, 3 when the dashboard is running and cannot be asked.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from data import online
from data.actor import LOCAL_ADMINISTRATOR
from data.approvals import submit
from data.catalogue import load
from data.check import Outcome, as_text, cannot_be_opened, counted, outcome, print_any_letter, read_within
from data.errors import UserError
from data.findings import Finding, printable
from data.reading import Unreadable
from data.settings import Settings
from data.store import StoreLocked
from data.submission import prepare
from data.templates import TEMPLATES
from data.versions import Moment
from data.workspace import open_workspace

WAITS = "the file waits for another person’s approval; until then nothing of it counts"
UNCHANGED = ("already_stored", "nothing_to_change")
"""What the dashboard says of a file that is in order and brings nothing new."""


def main(arguments: list[str] | None = None) -> int:
    """Check one file and, where nothing must be fixed, store it."""
    options = _arguments(arguments)
    file = Path(options.file)
    print_any_letter()
    try:
        return _submit(file, options.template)
    except Unreadable as error:
        sys.stdout.write(as_text(Outcome(str(file), None, [error.finding])))
        return 2
    except OSError as error:
        sys.stderr.write(f"{cannot_be_opened(file, error)}\n")
        return 2
    except StoreLocked:
        return online.ask(lambda server: _send(server, file, options.template))
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _submit(file: Path, template: str | None) -> int:
    settings, catalogue = Settings.from_environment(), load()
    content = read_within(file, settings.upload_limit)
    connection = open_workspace(settings, catalogue)
    prepared = prepare(
        connection, LOCAL_ADMINISTRATOR, catalogue, content, file.name, template=template, limit=settings.upload_limit
    )
    found = outcome(file, prepared)
    sys.stdout.write(as_text(found))
    if found.code:
        return found.code
    stored = submit(connection, LOCAL_ADMINISTRATOR, catalogue, prepared, Moment.now())
    if stored.waiting:
        sys.stdout.write(f"{WAITS}\n")
        return 0
    sys.stdout.write(f"stored {counted(prepared.would_store, 'fact')} as data version {stored.version}\n")
    return 0


def _send(server: online.Server, file: Path, template: str | None) -> int:
    """Have the running dashboard check and store the file, and say of it what would be said here."""
    content = file.read_bytes()
    try:
        answer = online.answered(server, "POST", "/api/v1/submissions", content, file_name=file.name, template=template)
    except online.Refused as refusal:
        if "findings" not in refusal.problem:
            raise
        answer = refusal.problem
    found = _outcome(file, answer)
    sys.stdout.write(as_text(found))
    return found.code or _told(server, answer)


def _told(server: online.Server, answer: dict[str, Any]) -> int:
    """Say what became of an acceptable file: stored, waiting for approval, or nothing new in it."""
    stream = sys.stderr if answer["outcome"] in UNCHANGED else sys.stdout
    stream.write(f"{printable(str(answer['detail']))} ({server.address})\n")
    return int(answer["outcome"] in UNCHANGED)


def _outcome(file: Path, answer: dict[str, Any]) -> Outcome:
    """What the dashboard found, as if it had been found here."""
    return Outcome(
        str(file.with_name(str(answer["file"]))),
        answer["template"],
        [Finding.from_dict(one) for one in answer["findings"]],
        bool(answer["acceptable"]),
        answer.get("rows_read"),
        dict(answer.get("would_change", {})),
        answer.get("rows_read") is not None,
    )


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m data.submit", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--template", choices=sorted(TEMPLATES))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
