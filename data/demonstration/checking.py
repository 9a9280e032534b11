"""The invented check of the demonstration's public texts: an invented second person has agreed to each."""

from __future__ import annotations

from data import store
from data.actor import Actor
from data.versions import Moment, audit

SECOND_READER = Actor("Invented second reader", "administrator")


def load_public_checks(connection: store.Connection, sender: Actor, moment: Moment) -> None:
    """Agree to every public text of the demonstration's own files that nobody has checked; of other files to none."""
    unchecked = store.rows(connection, "demonstration/unchecked", sent_by=sender.name)
    if not unchecked:
        return
    places = {f"{name}s": [line[name] for line in unchecked] for name in ("submission", "submission_row")}
    with store.transaction(connection):
        made = {"made_by": SECOND_READER.name, "made_at": moment.at}
        store.run(connection, "demonstration/insert_public_checks", **places, **made)
        audit(connection, SECOND_READER, moment, "public text agreed", f"{len(unchecked):,} texts of the demonstration")
