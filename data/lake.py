"""The store on several machines: DuckLake, with PostgreSQL for catalogue and transactions and Parquet in shared files.

The extensions of DuckDB come as pinned packages and are never downloaded. A password is kept out of every address from
the first line on: `concealed` puts a file in its place that PostgreSQL's library reads and only this user can.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import random
import re
import shutil
import tempfile
import time
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import duckdb

from data.errors import UserError

PREFIX = "ducklake:postgres:"
EXTENSIONS = ("ducklake", "postgres_scanner")
URI = re.compile(r"postgres(?:ql)?://", re.IGNORECASE)
IN_USER = re.compile(r"(?<=//)(?P<user>[^:/?#@]*):(?P<password>[^/?#@]*)@")
IN_QUERY = re.compile(r"(?<=[?&])password=(?P<password>[^&#]*)&?")
IN_WORDS = re.compile(
    r"(?:^|(?<=\s))password\s*=\s*(?P<password>'(?:[^'\\]|\\.)*'|(?:[^\s'\\]|\\.)*)\s*", re.IGNORECASE
)
GONE = (
    "server closed the connection", "Unable to connect to Postgres", "could not connect", "connection to server",
    "terminating connection", "no connection to the server", "SSL connection has been closed", "connection not open",
    "Connection refused", "Failed to get data file list", "Failed to prepare COPY",
)  # fmt: skip
MAKERS = 5
NEW = "data_path is not set"
CONFLICTS = ("Transaction conflict", "duplicate key", "Exceeded the maximum retry", "could not serialize", "deadlock")
NO_ANSWER = (
    "The PostgreSQL server of the store does not answer. Whoever runs the program should look whether it is running "
    "and can be reached. What was stored is safe; try again in a moment."
)


def is_lake(database: str) -> bool:
    """Whether an address is that of a DuckLake; any other is the path of a DuckDB file."""
    return database.startswith(PREFIX)


def apart(database: str) -> tuple[str, str]:
    """The address without its password, and the password; a path, or an address without one, stays as it is."""
    if not is_lake(database):
        return database, ""
    address = database.removeprefix(PREFIX)
    bare, password = _apart_uri(address) if URI.match(address) else _apart_words(address)
    return PREFIX + bare, password


def _apart_uri(address: str) -> tuple[str, str]:
    found = IN_USER.search(address) or IN_QUERY.search(address)
    bare = IN_QUERY.sub("", IN_USER.sub(r"\g<user>@", address)).rstrip("?&")
    return bare, unquote(found["password"]) if found else ""


def _apart_words(address: str) -> tuple[str, str]:
    found = IN_WORDS.search(address)
    if found is None:
        return address, ""
    written = found["password"]
    quoted = written[1:-1] if written.startswith("'") else written
    return IN_WORDS.sub("", address).strip(), re.sub(r"\\(.)", r"\1", quoted)


def concealed(database: str) -> str:
    """The address with a file in the place of its password, which PostgreSQL's library reads when it connects.

    A path, or an address without a password, stays as it is.
    """
    bare, password = apart(database)
    if not password:
        return database
    path = own_folder() / f"pass-{sha256(password.encode()).hexdigest()[:16]}"
    escaped = re.sub(r"([:\\])", r"\\\1", password)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(f"*:*:*:*:{escaped}\n")
    if URI.match(bare.removeprefix(PREFIX)):
        return f"{bare}{'&' if '?' in bare else '?'}passfile={path}"
    return f"{bare} passfile='{path}'"


def connect(database: str, files: str = "", *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a DuckLake, and make an empty one in a database of PostgreSQL that has none, unless only to read.

    Cursors of the connection have the lake as their database. `files` is where its Parquet files are: a folder or an
    s3:// address, needed to make one. Raises `UserError` where it cannot be opened.
    """
    address = concealed(database)
    try:
        connection = _opened(address, files, read_only)
        connect_files(connection, files)
    except duckdb.Error as error:
        raise _not_opened(error) from None
    if files and _kept_in(connection).rstrip("/") != _folder(files).rstrip("/"):
        connection.close()
        raise UserError(
            f"CONSENSUS_FILES is {files}, but the store keeps its files elsewhere. Set it to the same place as on the "
            "machine that made the store, with the same path."
        )
    return connection


def both(source: str, target: str, files: str) -> duckdb.DuckDBPyConnection:
    """A connection that has two stores attached, files or lakes, as `source`, to read only, and `target`.

    Raises as `connect`, and `duckdb.Error` for a file.
    """
    config = _config() if is_lake(source) or is_lake(target) else {}
    connection = duckdb.connect(":memory:", config=config)
    try:
        connect_files(connection, files)
        for name, database in (("source", source), ("target", target)):
            statement = _text(f"copies/attach_{name}").replace("$path", quoted(concealed(database)))
            connection.execute(statement)
    except duckdb.Error as error:
        connection.close()
        raise _not_opened(error) from None
    return connection


def _opened(address: str, files: str, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(address, read_only=read_only, config=_config())
    except duckdb.Error as error:
        if NEW not in str(error) or not files or read_only:
            raise
    for attempt in range(MAKERS):
        try:
            _make(address, files)
            break
        except duckdb.Error:  # another machine is making it at this moment
            if attempt + 1 == MAKERS:
                raise
            time.sleep(random.uniform(0.1, 0.5))
    return duckdb.connect(address, config=_config())


def _make(address: str, files: str) -> None:
    """Make an empty lake in a database that has none."""
    with duckdb.connect(":memory:", config=_config()) as connection:
        connect_files(connection, files)
        made = _text("lake/make").replace("$address", quoted(address)).replace("$files", quoted(_folder(files)))
        connection.execute(made)


def _kept_in(connection: duckdb.DuckDBPyConnection) -> str:
    found = connection.execute(_text("lake/files")).fetchone()
    return str(found[0]) if found else ""


@cache
def _text(name: str) -> str:
    return (Path(__file__).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def connect_files(connection: duckdb.DuckDBPyConnection, files: str) -> None:
    """Let a connection reach an s3:// address with the credentials that the environment has; a folder needs nothing."""
    if not files.startswith("s3://"):
        return
    try:
        connection.execute("LOAD httpfs")
        connection.execute("LOAD aws")
        connection.execute("CREATE OR REPLACE SECRET consensus_files (TYPE s3, PROVIDER credential_chain)")
    except duckdb.Error:
        raise UserError(
            "CONSENSUS_FILES is an s3:// address, and DuckDB’s extensions httpfs and aws are not installed on this "
            "machine. Install the packages duckdb-extension-httpfs and duckdb-extension-aws of the same release as "
            "duckdb, or name a shared folder."
        ) from None


@cache
def own_folder() -> Path:
    """A folder of this process that only its user can read; it goes with the process."""
    folder = Path(tempfile.mkdtemp(prefix="consensus-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def extension_folder() -> Path:
    """A folder laid out as DuckDB looks for extensions, with those of the installed packages.

    Raises `UserError` where a package is missing. The home of the person who runs the program is not written to.
    """
    with duckdb.connect() as connection:
        row = connection.execute("PRAGMA platform").fetchone()
    folder = own_folder() / "extensions" / f"v{duckdb.__version__}" / (str(row[0]) if row else "")
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*EXTENSIONS, "httpfs", "aws"):
        if (packaged := _packaged(name)) is not None:
            _put(packaged, folder / packaged.name)
        elif name in EXTENSIONS:
            raise UserError(
                f"The package duckdb-extension-{name.replace('_', '-')} {duckdb.__version__} is not installed. Install "
                "what requirements.txt lists; without it a store on PostgreSQL cannot be opened."
            )
    return own_folder() / "extensions"


def _packaged(name: str) -> Path | None:
    found = importlib.util.find_spec(f"duckdb_extension_{name}")
    for place in (found.submodule_search_locations or ()) if found else ():
        path = Path(place) / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        if path.is_file():
            return path
    return None


def _put(packaged: Path, target: Path) -> None:
    if target.exists():
        return
    try:
        target.symlink_to(packaged)
    except OSError:  # Windows lets few people make links
        shutil.copy2(packaged, target)


def _config() -> dict[str, str | bool | int | float | list[str]]:
    return {
        "extension_directory": str(extension_folder()),
        "autoinstall_known_extensions": "false",
        "temp_directory": str(own_folder() / "spilled"),
    }


def _folder(files: str) -> str:
    return files if "://" in files else str(Path(files).absolute())


def quoted(text: str) -> str:
    """A text as SQL has it, for the few statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def _not_opened(error: duckdb.Error) -> UserError:
    reason = str(error)
    if NEW in reason:
        return UserError(
            "There is no store in this database of PostgreSQL yet. Set CONSENSUS_FILES to a folder that every machine "
            "shares, or to an s3:// address, for the files of a new one."
        )
    if "connection to server" in reason and "FATAL:" not in reason:
        return UserError(NO_ANSWER)
    return UserError(
        "The store on PostgreSQL cannot be opened. Check the address in CONSENSUS_DATABASE, that its database is "
        "there, and that its user may make tables in it."
    )


def is_gone(error: Exception) -> bool:
    """Whether an error says that PostgreSQL does not answer, or no longer."""
    return isinstance(error, duckdb.Error) and any(words in str(error) for words in GONE)


def lost_to_another(error: duckdb.Error) -> bool:
    """Whether a transaction failed because another writer was first: DuckLake has several classes for that."""
    reason = str(error)
    if any(words in reason for words in CONFLICTS):
        return True
    return isinstance(error, duckdb.TransactionException) and "Failed to flush changes" not in reason
