"""`python -m reports.pack --scope CODE`: make the review pack of a place and a data version as files.

Exit code 0 when the files were written, 1 when the pack or a file cannot be made, 3 when the running dashboard owns the
store. What is wrong with an argument itself is code 2.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from uuid import UUID

from data import queries, store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import load
from data.check import print_any_letter
from data.errors import UserError
from data.lake import is_lake
from data.settings import Settings
from reports.expected import ENGLAND
from reports.pack.content import content
from reports.pack.files import FORMS, file_name
from reports.pack.model import Pack

RUNNING = (
    "The dashboard is running and owns the store. Make the pack with the button on its Reviews page, or stop the "
    "dashboard and try again. Nothing was made.\n"
)


def main(arguments: list[str] | None = None) -> int:
    """Make one pack and write it to a folder in each form that is asked for."""
    options = _arguments(arguments)
    print_any_letter()
    try:
        for path in write(_pack(options), options.forms, Path(options.out)):
            sys.stdout.write(f"{path}\n")
    except store.StoreLocked:
        sys.stderr.write(RUNNING)
        return 3
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def write(pack: Pack, forms: list[str], folder: Path) -> list[Path]:
    """Write the pack to the folder, which is made where it is missing; `UserError` where that cannot be done."""
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for form in forms:
            path = folder / file_name(pack, form)
            path.write_bytes(FORMS[form].write(pack))
            written.append(path)
    except OSError as error:
        raise UserError(f"Nothing can be written to {folder} ({error.strerror}). Name another folder.") from None
    return written


def _pack(options: argparse.Namespace) -> Pack:
    database = Settings.from_environment().database
    if not is_lake(database) and not Path(database).exists():
        raise UserError(f"There is no store at {database} yet. Start the dashboard once, or set CONSENSUS_DATABASE.")
    catalogue = load()
    with closing(store.connect(database, read_only=True)) as connection:
        version = options.version or int(queries.current(connection)["version"])
        return content(
            connection,
            LOCAL_ADMINISTRATOR,
            catalogue,
            options.scope,
            version,
            review=options.review,
            audience=options.audience,
        )


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m reports.pack", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scope", default=ENGLAND, help="the code of England (the default), a region or an area")
    parser.add_argument("--version", type=int, help="the data version; the newest where none is given")
    parser.add_argument("--review", type=UUID, help="the identifier of a review; else the newest closed one is shown")
    parser.add_argument("--as", dest="forms", type=_forms, default=list(FORMS), help="html,pdf,word, or some of them")
    parser.add_argument("--audience", choices=["steering", "public"], default="steering", help="who may read it")
    parser.add_argument("--out", default=".", help="the folder to write to")
    return parser.parse_args(arguments)


def _forms(text: str) -> list[str]:
    forms = [form.strip() for form in text.split(",")]
    unknown = [form for form in forms if form not in FORMS]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no form {', '.join(unknown)}; choose among {', '.join(FORMS)}")
    return forms


if __name__ == "__main__":
    sys.exit(main())
