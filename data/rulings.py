"""Rulings: what a person says of one of the seven tests of the evaluation commitment, with a reason.

Either that a test is not applicable to an area and a commitment, which takes the place of a failure and stays in the
denominator, or that the evidence needs no action, which passes the test "acted upon" for twelve months. A ruling
changes no figure, so no new data version begins; it rests on the newest data version of its day and bears its as-of
date.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from data import store
from data.actor import Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.texts import checked_reason
from data.versions import Moment, audit

NOT_APPLICABLE, NO_ACTION_NEEDED = KINDS = ("not_applicable", "no_action_needed")
ACTED_UPON = "acted_upon"
TESTS = ("numbers", "provider_voice", "user_voice", "on_time", "shared_measure", "person_centred", ACTED_UPON)
STANDING, ENDED = "standing", "ended"


@dataclass(frozen=True)
class Subject:
    """What a ruling is about: a police force area, a commitment, one of `TESTS`, and one of `KINDS`."""

    area: str
    commitment: str
    test: str
    kind: str


@store.retrying
def rule(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    about: Subject,
    reason: str,
    moment: Moment,
    *,
    seen: datetime | None = None,
    invented: bool = False,
) -> None:
    """Rule that a test is not applicable, or that no action is needed; one that stands is replaced.

    `seen` is when the newest saving that the person saw was made, None where there was none. Raises `UserError` unless
    the actor may, the subject is known and the reason is a real one, and `TryAgain` when somebody ruled in between.
    """
    actor.must(actor.may_write_for(about.area), f"rule on {_name(catalogue, about.area)}")
    _check(catalogue, about)
    reason = checked_reason(reason)
    with store.transaction(connection):
        before = _newest(connection, about, seen)
        _save(connection, actor, about, moment, before, reason=reason, state=STANDING, invented=invented)


@store.retrying
def end(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    about: Subject,
    reason: str,
    moment: Moment,
    *,
    seen: datetime | None,
) -> None:
    """End a ruling: from now on the test counts as the data says.

    Raises `UserError` unless the actor may, it stands and the reason is a real one, and `TryAgain` when somebody
    changed it since the person saw it.
    """
    actor.must(actor.may_write_for(about.area), f"rule on {_name(catalogue, about.area)}")
    reason = checked_reason(reason)
    with store.transaction(connection):
        before = _newest(connection, about, seen)
        if before is None or before["state"] != STANDING:
            raise UserError("This ruling does not stand, or no longer. Choose one from the list. Nothing was changed.")
        _save(connection, actor, about, moment, before, reason=reason, state=ENDED, invented=False)


def _check(catalogue: Catalogue, about: Subject) -> None:
    """Raise `UserError` unless each part of the subject is one that a ruling can be about."""
    area = catalogue.areas.get(about.area)
    if area is None or area.type != "police_force_area" or area.comparator_only:
        raise UserError("A ruling is about one police force area of England. Choose one. Nothing was changed.")
    if about.commitment not in catalogue.commitments:
        raise UserError("This commitment is not known here. Choose one from the list. Nothing was changed.")
    if about.test not in TESTS or about.kind not in KINDS:
        raise UserError("This test or ruling is not known here. Choose one from the list. Nothing was changed.")
    if about.kind == NO_ACTION_NEEDED and about.test != ACTED_UPON:
        raise UserError("That no action is needed can be said of the test “acted upon” only. Nothing was changed.")


def _newest(connection: store.Connection, about: Subject, seen: datetime | None) -> dict[str, Any] | None:
    """The newest saving about a subject, inside the open transaction; raises `TryAgain` when it is not the one seen."""
    found = store.row(connection, "rulings/newest", **asdict(about))
    if (found["made_at"] if found else None) != seen:
        raise store.TryAgain(
            "Somebody else ruled on this in the meantime. Nothing of yours was stored; read it and try again."
        )
    return found


def _save(
    connection: store.Connection,
    actor: Actor,
    about: Subject,
    moment: Moment,
    before: dict[str, Any] | None,
    **values: Any,
) -> None:
    newest = store.rows(connection, "current_version")[0]
    version = int(newest["version"])
    # Later than what it replaces, whatever the clock says, because the newest saving counts.
    made_at = max(moment.at, before["made_at"] + timedelta(microseconds=1)) if before else moment.at
    own = {"ruled_on": newest["as_of"], "made_by": actor.name, "made_at": made_at, "version": version}
    store.run(connection, "rulings/insert_ruling", **asdict(about), **own, **values)
    deed = "ruling made" if values["state"] == STANDING else "ruling ended"
    subject = f"{about.area} {about.commitment} {about.test} {about.kind}"
    audit(connection, actor, moment, deed, subject, (version, version))


def _name(catalogue: Catalogue, code: str) -> str:
    return catalogue.areas[code].name if code in catalogue.areas else code
