"""Reviews: opened for a scope and pinned to a data version, judged, answered by areas, and closed for good.

A review changes no figure, so no new data version begins. Each judgement and reply that is saved is a row of its own;
the newest one counts and the earlier ones are its history.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pandas as pd

from data import store
from data.actor import Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.periods import day
from data.texts import checked, checked_reason
from data.versions import Moment, audit, current_version

GRADES = ("no_evidence_available", "not_started", "limited", "substantial", "complete")
CONFIDENCES = ("low", "medium", "high")
LONGEST_TITLE = 120
LATEST = timedelta(days=366)
# The columns of the table that keeps what a review showed.
PICTURE = (
    "commitment improved worsened no_clear_change not_calculable not_judged pairs well middling badly not_asked "
    "numbers voices provider_voices user_voices fit silent_side evidence"
).split()
AGENDA = "place kind commitment indicator area_code sentence listed".split()
ENDED = {"closed": "was closed", "called_off": "was called off"}
Line = dict[str, Any]


@store.retrying
def open_review(
    connection: store.Connection, actor: Actor, area: str, title: str, held_on: date, version: int, moment: Moment
) -> UUID:
    """Open a review of an area, a region or England, pinned to a data version and its as-of date.

    Raises `UserError` unless the actor may, the scope and the version are known, the day is not before the as-of date
    of the version nor more than a year ahead, and no review of the scope is open.
    """
    actor.must(actor.may_review(area), "open a review")
    title = checked(title, "the title", most=LONGEST_TITLE)
    identifier = uuid4()
    with store.transaction(connection):
        newest = current_version(connection)
        place = in_scope(connection, area, "", newest)
        as_of = _as_of(connection, version)
        _check_day(held_on, as_of, moment)
        _check_none_open(connection, area, place["name"])
        values = {"title": title, "held_on": held_on, "pinned": version, "as_of": as_of}
        made = {"made_by": actor.name, "made_at": moment.at, "version": newest}
        store.run(connection, "reviews/insert_review", id=identifier, area=area, **values, **made)
        audit(connection, actor, moment, "review opened", str(identifier), (newest, newest))
    return identifier


@store.retrying
def call_off(connection: store.Connection, actor: Actor, review: UUID | str, reason: str, moment: Moment) -> None:
    """End a review that was opened by mistake: it is no longer shown among what was judged and decided.

    Raises `UserError` unless the actor may, the review is open, and the reason is a real one.
    """
    must_review(connection, actor, review, "call off a review")
    reason = checked_reason(reason)
    with store.transaction(connection):
        _end(connection, actor, opened(connection, review), "called_off", reason, moment)


@store.retrying
def judge(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    review: UUID | str,
    commitment: str,
    judgement: dict[str, str],
    moment: Moment,
    *,
    reason_rule: str | None,
    seen: datetime | None = None,
) -> None:
    """Save what the group concludes of a commitment; the former judgement stays as history.

    `judgement` has grade (one of `GRADES`), confidence (one of `CONFIDENCES`), reason and dissent. `reason_rule` is the
    rule of `metrics.judgement` that asks for a reason, or None; `seen` is when the judgement that the person saw was
    made, None if there was none. Raises `UserError` unless the actor may, the review is open and everything fits, and
    `TryAgain` when somebody else saved a judgement of the commitment in the meantime.
    """
    must_review(connection, actor, review, "record a judgement")
    values = _checked_judgement(judgement, reason_rule)
    _check_commitment(catalogue, commitment)
    with store.transaction(connection):
        found = opened(connection, review)
        newest = store.row(connection, "reviews/newest_judgement", review=found["id"], commitment=commitment)
        made_at = after(newest, seen, moment, f"a judgement of {commitment}")
        version = current_version(connection)
        made = {"made_by": actor.name, "made_at": made_at, "version": version}
        store.run(connection, "reviews/insert_judgement", review=found["id"], commitment=commitment, **values, **made)
        audit(connection, actor, moment, "judgement recorded", f"{found['id']} {commitment}", (version, version))


@store.retrying
def reply(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    review: UUID | str,
    area: str,
    commitment: str,
    text: str,
    moment: Moment,
    *,
    seen: datetime | None = None,
) -> None:
    """Save what an area in the review's scope answers to it: to one commitment, or to the whole when that is empty.

    Raises `UserError` unless the actor may write for the area and the review is open, and `TryAgain` when somebody else
    replied for the area in the meantime; `seen` is as for `judge`.
    """
    actor.must(actor.may_write_for(area), f"reply for {area}")
    text = checked(text, "the reply")
    if commitment:
        _check_commitment(catalogue, commitment)
    with store.transaction(connection):
        found, version = opened(connection, review), current_version(connection)
        in_scope(connection, area, found["area_code"], version)
        asked = {"review": found["id"], "area": area, "commitment": commitment}
        made_at = after(store.row(connection, "reviews/newest_reply", **asked), seen, moment, "a reply")
        made = {"made_by": actor.name, "made_at": made_at, "version": version}
        store.run(connection, "reviews/insert_reply", **asked, reply=text, **made)
        subject = " ".join(filter(None, (str(found["id"]), area, commitment)))
        audit(connection, actor, moment, "reply to a review", subject, (version, version))


@store.retrying
def close(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    review: UUID | str,
    picture: pd.DataFrame,
    agenda: pd.DataFrame,
    moment: Moment,
) -> None:
    """Close a review and keep the rows that it showed: `picture` with `PICTURE`, `agenda` with `AGENDA`.

    Raises `UserError` unless the actor may, the review is open, and every commitment has a judgement.
    """
    must_review(connection, actor, review, "close a review")
    with store.transaction(connection):
        found = opened(connection, review)
        judged = {line["commitment"] for line in store.rows(connection, "reviews/judged", review=found["id"])}
        if lacking := [key for key in catalogue.commitments if key not in judged]:
            raise UserError(
                f"Each commitment needs a judgement before the review closes; {', '.join(lacking)} "
                f"{'has' if len(lacking) == 1 else 'have'} none. Nothing was changed."
            )
        keep(connection, found["id"], picture, agenda)
        _end(connection, actor, found, "closed", None, moment)


def keep(connection: store.Connection, review: UUID, picture: pd.DataFrame, agenda: pd.DataFrame) -> None:
    """Store what a review showed, inside the open transaction."""
    for line in _plain(picture[PICTURE]):
        store.run(connection, "reviews/insert_picture", review=review, **line)
    rows = _plain(agenda[AGENDA])
    if rows:
        columns = {name: [line[name] for line in rows] for name in AGENDA}
        store.run(connection, "reviews/insert_agenda", review=review, **columns)


def must_review(connection: store.Connection, actor: Actor, review: UUID | str, deed: str) -> None:
    """Raise `UserError` unless there is such a review and the actor may hold reviews of its scope."""
    actor.must(actor.may_review(known(connection, review)["area_code"]), deed)


def opened(connection: store.Connection, review: UUID | str) -> Line:
    """The open review with this identifier; raises `UserError` when there is none or it has ended."""
    found = known(connection, review)
    if found["state"] != "open":
        raise UserError(
            f"This review {ENDED[found['state']]} on {day(found['ended_at'].date())} by {found['ended_by']}, so it is "
            "kept as it is. Nothing was changed."
        )
    return found


def known(connection: store.Connection, review: UUID | str) -> Line:
    """The review with this identifier; raises `UserError` when there is none."""
    missing = "There is no review with this identifier. Choose one from the list. Nothing was changed."
    return store.identified(connection, "reviews/review", review, missing)


def in_scope(connection: store.Connection, area: str, scope: str, version: int) -> Line:
    """The area as it holds at a version; raises `UserError` unless it is known and lies in the scope, if one is given.

    An area lies in itself, in its region and in England.
    """
    place = store.row(connection, "reviews/place", area=area, version=version)
    if place is None:
        raise UserError("This area is not known here. Choose another from the list. Nothing was changed.")
    if scope and scope not in _holders(connection, place, version):
        raise UserError(
            f"{place['name']} is not in the scope of this review. Choose another area. Nothing was changed."
        )
    return place


def after(newest: Line | None, seen: datetime | None, moment: Moment, what: str) -> datetime:
    """When the next row of a thing is made: later than its newest, also where clocks of two machines differ.

    Raises `TryAgain` when the newest row is not the one that the person saw.
    """
    made_at: datetime | None = newest["made_at"] if newest else None
    if newest and made_at != seen:
        raise store.TryAgain(
            f"{newest['made_by'] or 'Somebody'} saved {what} in the meantime. Nothing was changed: read it, and save "
            "yours again if it still holds."
        )
    return moment.at if made_at is None else max(moment.at, made_at + timedelta(microseconds=1))


def _holders(connection: store.Connection, place: Line, version: int) -> set[str]:
    """The area itself and everything that it is a part of."""
    found = {place["code"]}
    while place["parent"]:
        found.add(place["parent"])
        place = store.row(connection, "reviews/place", area=place["parent"], version=version) or {"parent": None}
    return found


def _end(
    connection: store.Connection, actor: Actor, found: Line, state: str, reason: str | None, moment: Moment
) -> None:
    version = current_version(connection)
    ended = {"ended_by": actor.name, "ended_at": moment.at, "reason": reason, "version": version}
    store.run(connection, "reviews/end_review", id=found["id"], state=state, **ended)
    audit(connection, actor, moment, f"review {state.replace('_', ' ')}", str(found["id"]), (version, version))


def _as_of(connection: store.Connection, version: int) -> date:
    found = store.row(connection, "reviews/as_of", version=version)
    if found is None:
        raise UserError(f"There is no data version {version}. Choose one from the list. Nothing was changed.")
    as_of: date = found["as_of"]
    return as_of


def _check_day(held_on: date, as_of: date, moment: Moment) -> None:
    if held_on < as_of:
        raise UserError(
            f"A review that is held on {day(held_on)} cannot look at data as of {day(as_of)}, which came later. Choose "
            "a later day or an earlier data version. Nothing was changed."
        )
    if held_on > max(as_of, moment.as_of) + LATEST:
        raise UserError(f"{day(held_on)} is more than a year ahead. Choose an earlier day. Nothing was changed.")


def _check_none_open(connection: store.Connection, area: str, name: str) -> None:
    if found := store.row(connection, "reviews/open_review", area=area):
        raise UserError(
            f"A review of {name} is open already: “{found['title']}”, opened by {found['recorded_by']} on "
            f"{day(found['recorded_at'].date())}. Close it or call it off first. Nothing was changed."
        )


def _checked_judgement(judgement: dict[str, str], reason_rule: str | None) -> dict[str, str | None]:
    grade, confidence = judgement.get("grade"), judgement.get("confidence")
    if grade not in GRADES or confidence not in CONFIDENCES:
        raise UserError("Choose a grade and how sure the group is. Nothing was changed.")
    reason = checked(judgement.get("reason"), "the reason", required=False)
    if reason_rule and not reason:
        raise UserError(f"A reason is needed, because {reason_rule}. Write it. Nothing was changed.")
    dissent = checked(judgement.get("dissent"), "the dissent", required=False)
    return {"grade": grade, "reason": reason, "confidence": confidence, "dissent": dissent or None}


def _check_commitment(catalogue: Catalogue, commitment: str) -> None:
    if commitment not in catalogue.commitments:
        raise UserError("This commitment is not known here. Choose one from the list. Nothing was changed.")


def _plain(frame: pd.DataFrame) -> list[Line]:
    """Rows as plain Python values, missing as None."""
    held = frame.astype(object)
    return [
        {str(name): value for name, value in line.items()} for line in held.where(held.notna(), None).to_dict("records")
    ]
