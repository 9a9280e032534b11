"""What the computer lacks, said in plain words: faults of DuckDB that are no fault of the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from data import lake
from data.errors import UserError

# How DuckDB says that the operating system let it write no more; the reason that follows is the system's own.
CANNOT_WRITE = ("Could not write", "No space left", "Could not fsync", "Could not truncate")
WRITING = (duckdb.IOException, duckdb.TransactionException, OSError)
DURABLE = "COMMIT succeeded and is durable"


class DiskFull(UserError):
    """The disk took no more; the transaction, if there was one, leaves nothing."""


class MemoryFull(UserError):
    """The work needs more memory than there is, and more than the disk may take in its place."""


class RestartNeeded(UserError):
    """DuckDB gave the store up after a fault and answers nothing more until it is opened anew."""


class NoAnswer(UserError):
    """PostgreSQL does not answer; the next query tries it again."""


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what the computer lacks into a `UserError`; any other error passes as it is."""
    try:
        yield
    except duckdb.Error as error:
        plain = in_words(error)
        if plain is None:
            raise
        raise plain from None


def in_words(error: Exception) -> UserError | None:
    """What to say of a fault of the computer; None when it is none."""
    if isinstance(error, duckdb.FatalException):
        return RestartNeeded(
            "The store had to be closed, most likely because the disk is full. What was stored is safe. Make room on "
            "the disk, then stop the program and start it again."
        )
    if lake.is_gone(error):
        return NoAnswer(lake.NO_ANSWER)
    if isinstance(error, duckdb.OutOfMemoryException):
        return MemoryFull(
            "This needs more memory than the computer has free. Nothing was stored. Close other programs, make room on "
            "the disk, or split the file by period or by area; then try again."
        )
    if isinstance(error, WRITING) and any(words in str(error) for words in CANNOT_WRITE):
        return DiskFull(
            "The disk is full or the file may not grow. Nothing was stored, and nothing stored before is lost. Make "
            "room on the disk, then try again."
        )
    return None


def commit(connection: duckdb.DuckDBPyConnection) -> None:
    """Commit. Where DuckDB did so but failed to tidy up, what was stored is safe; the next query says what to do."""
    try:
        connection.commit()
    except duckdb.FatalException as error:
        if DURABLE not in str(error):
            raise
