"""`python -m data.submit FILE`: check a file and store it as the next data version.

Exit code 0 when it was stored, 1 when something must be fixed, nothing would change or it could not be stored, 2 when
the file cannot be read, 3 when the running dashboard owns the store.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import load
from data.check import Outcome, as_text, cannot_be_opened, counted, outcome, print_any_letter, read_within
from data.errors import UserError
from data.reading import Unreadable
from data.settings import Settings
from data.store import StoreLocked
from data.submission import confirm, prepare
from data.templates import TEMPLATES
from data.versions import Moment
from data.workspace import open_workspace

RUNNING = (
    "The dashboard is running and owns the store. Drop the file on its Upload page, or stop the dashboard and submit "
    "again. Nothing was stored.\n"
)


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
        sys.stderr.write(RUNNING)
        return 3
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
    version = confirm(LOCAL_ADMINISTRATOR, prepared, Moment.now())
    sys.stdout.write(f"stored {counted(prepared.would_store, 'fact')} as data version {version}\n")
    return 0


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m data.submit", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--template", choices=sorted(TEMPLATES))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
