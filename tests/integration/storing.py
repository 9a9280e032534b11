"""Files to send and stores to look into, for the tests that write."""

import csv
import io
from datetime import date, datetime
from typing import Any

from data import public_checks
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.store import Connection
from data.submission import Prepared, confirm, prepare
from data.versions import Moment

NORFOLK, KENT, SUFFOLK = "E23000024", "E23000032", "E23000025"
NAMES = {NORFOLK: "Norfolk", KENT: "Kent", SUFFOLK: "Suffolk"}
INDICATOR, PERIOD = "s136_health_based_place", "2025/26 Q1"
MOMENT = Moment(datetime(2026, 11, 2, 9, 30), date(2026, 11, 2))


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    """A file with a column for each key of the rows."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def fact(area: str = NORFOLK, numerator: int = 54, denominator: int = 86, **more: Any) -> dict[str, Any]:
    """A row of the observations template."""
    row = {"area_code": area, "area_name": NAMES[area], "indicator": INDICATOR, "period": PERIOD}
    return row | {"numerator": numerator, "denominator": denominator} | more


def facts(*rows: dict[str, Any]) -> bytes:
    """A file of numbers, one fact for Norfolk unless told otherwise."""
    return as_csv(list(rows) or [fact()])


def voice(area: str = NORFOLK, **more: Any) -> dict[str, Any]:
    """A row of the insights template."""
    row = {"area_code": area, "area_name": NAMES[area], "commitment": "COM-1", "period": PERIOD}
    return row | {"perspective": "service_user", "summary": "People say that they are asked late"} | more


def send(
    connection: Connection, catalogue: Catalogue, content: bytes, actor: Actor = LOCAL_ADMINISTRATOR
) -> tuple[Prepared, int]:
    """Check a file and confirm it; the data version that it became."""
    prepared = prepare(connection, actor, catalogue, content, "figures.csv")
    return prepared, confirm(actor, prepared, MOMENT)


def everything(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every stored table, to see that nothing changed."""
    names = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY ALL").fetchall()
    return {name: sorted(connection.execute(f"FROM {name}").fetchall(), key=repr) for (name,) in names}


def trail(connection: Connection) -> list[tuple[Any, ...]]:
    """The audit trail in its order: when, who, what, to what, from which version, to which."""
    return rows(
        connection, "SELECT happened_at, actor, deed, subject, from_version, to_version FROM audit ORDER BY number"
    )


def rows(connection: Connection, question: str) -> list[tuple[Any, ...]]:
    """What the store holds, where no function of the program shows it."""
    return connection.execute(question).fetchall()


def held_facts(connection: Connection, version: int) -> dict[str, int]:
    """How many observations and insights hold at a version."""
    holds = "WHERE from_version <= ? AND (until_version IS NULL OR ? < until_version)"
    found = {}
    for table in ("observation", "insight"):
        row = connection.execute(f"SELECT count(*) FROM {table} {holds}", [version, version]).fetchone()
        found[f"{table}s"] = 0 if row is None else int(row[0])
    return found


def check_public(connection: Connection, at_most: int | None = None) -> None:
    """Have a second person agree to what is marked public and waits: to all of it, or the first so many."""
    second = Actor("Second reader", "administrator", email="second.reader@example.org")
    for text in public_checks.listed(connection, second, only_waiting=True)[:at_most]:
        place = text["submission"], text["submission_row"]
        public_checks.decide(connection, second, *place, public_checks.AGREED, "", MOMENT)


class Begun:
    """A connection whose transaction began before somebody else stored something: its next beginning is that one."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self.begins = connection, 0

    def begin(self) -> None:
        self.begins += 1
        if self.begins > 1:
            self.connection.begin()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


def begun(connection: Connection) -> Any:
    """The connection, for a write that is to find its first transaction begun."""
    return Begun(connection)
