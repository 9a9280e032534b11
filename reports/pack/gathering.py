"""What a pack is made from: the frames of the pages, as the people whom the pack is for may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pandas as pd

from data import agreements, queries
from data.actor import Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.store import Connection
from data.workspace import workspace_kind
from reports import agenda, evaluation, evidence, reminders
from reports.decided import last_closed
from reports.expected import ENGLAND, areas_of, areas_within, memberships, places_within
from reports.pack.model import Audience
from reports.places import figures, figures_from

Line = dict[Any, Any]


@dataclass(frozen=True)
class Asked:
    """Of what a pack is: a place, a data version with its day, whom it is for, and perhaps one review."""

    scope: str
    version: int
    as_of: date
    made_at: datetime
    audience: Audience
    review: UUID | None = None

    @property
    def public(self) -> bool:
        """Whether everybody may read it."""
        return self.audience == "public"


@dataclass(frozen=True)
class Recorded:
    """What people recorded, as it was known at the data version `known_at`."""

    known_at: int
    review: Line | None
    judgements: dict[str, Line]
    replies: pd.DataFrame
    actions: pd.DataFrame
    adaptations: pd.DataFrame


@dataclass(frozen=True)
class Facts:
    """Everything that the parts of a pack are written from."""

    asked: Asked
    catalogue: Catalogue
    demonstration: bool
    where: str
    codes: list[str]
    figures: pd.DataFrame
    changed: pd.DataFrame
    here: dict[str, Line]
    latest: dict[str, Line]
    heard: pd.DataFrame
    picture: pd.DataFrame
    joint: pd.DataFrame
    statuses: dict[str, str]
    recorded: Recorded
    agenda: pd.DataFrame
    reminders: pd.DataFrame
    grid: pd.DataFrame


def asked_for(
    connection: Connection,
    actor: Actor,
    catalogue: Catalogue,
    scope: str,
    version: int,
    as_of: date | None,
    review: UUID | None,
    audience: Audience,
) -> Asked:
    """What is asked for, checked. `UserError` where there is no such place, version or review, or it is not for the
    person who asks."""
    area = catalogue.areas.get(scope)
    if area is None or area.comparator_only:
        raise UserError(f"There is no place {scope} to make a pack of. Use the code of England, a region or an area.")
    must_see(actor, scope, audience)
    line = next((line for line in queries.data_versions(connection) if line["version"] == version), None)
    if line is None:
        raise UserError(f"There is no data version {version}. Choose one from the list of data versions.")
    return Asked(scope, version, as_of or line["as_of"], line["made_at"], audience, review)


def reader(catalogue: Catalogue, asked: Asked) -> Actor:
    """The person for whom a pack is written: one of the steering group of its own place, or anybody."""
    if asked.public:
        return Actor("The public", "viewer")
    return Actor("Steering group", "steering", catalogue.inside(asked.scope))


def must_see(actor: Actor, scope: str, audience: Audience) -> None:
    """Raise `UserError` unless this person may see what a pack of that place for that audience holds."""
    if audience == "steering" and not actor.sees_steering_of(scope):
        raise UserError(f"{actor.name} may not make the pack of a steering group. Ask for the public one.")


def gather(connection: Connection, catalogue: Catalogue, asked: Asked) -> Facts:
    """Ask the store for everything, once."""
    codes = areas_within(catalogue, asked.scope)
    everywhere = figures(connection, catalogue, asked.version, memberships(areas_of(catalogue)))
    changed = evidence.changes(everywhere, catalogue, asked.as_of)
    heard = evidence.insights(connection, reader(catalogue, asked), catalogue, asked.version, asked.scope)
    due = evidence.due(everywhere, catalogue, asked.as_of)
    recorded = _recorded(connection, catalogue, asked)
    latest = evidence.latest(everywhere, asked.scope)
    joint = evidence.joint_displays(changed, heard, catalogue, asked.scope)
    picture = evidence.picture(changed, heard, catalogue, asked.scope, joint)
    of_agenda = agenda.Evidence(everywhere, changed, due, picture, joint)
    return Facts(
        asked=asked,
        catalogue=catalogue,
        demonstration=workspace_kind(connection) == "demonstration",
        where=catalogue.areas[asked.scope].label,
        codes=codes,
        figures=everywhere,
        changed=changed,
        here=_changes_here(changed, catalogue, asked.scope),
        latest={line["indicator"]: line for line in latest.to_dict("records")},
        heard=heard,
        picture=picture,
        joint=joint,
        statuses=agreements.statuses(connection, catalogue, asked.version),
        recorded=recorded,
        agenda=_agenda(connection, catalogue, asked, of_agenda, recorded),
        reminders=_reminders(connection, catalogue, asked, due),
        grid=_grid(connection, catalogue, asked, codes),
    )


def _changes_here(changed: pd.DataFrame, catalogue: Catalogue, scope: str) -> dict[str, Line]:
    """Change in the place itself, by indicator: an area's own, or the sum over a region's areas."""
    single = catalogue.areas[scope].type == "police_force_area"
    found = changed if single else evidence.changes_of_sums(changed, catalogue)
    return {line["indicator"]: line for line in found[found["area_code"] == scope].to_dict("records")}


def _recorded(connection: Connection, catalogue: Catalogue, asked: Asked) -> Recorded:
    """What was judged and decided. A review looks back at its version, so what it recorded is of a later one."""
    known_at = int(queries.current(connection)["version"]) if asked.review else asked.version
    review = _review(connection, asked, known_at)
    of_review = None if review is None else (connection, reader(catalogue, asked), known_at, review["id"])
    places = places_within(catalogue, asked.scope)
    actions, adapted = queries.actions(connection, known_at), queries.adaptations(connection, known_at)
    return Recorded(
        known_at,
        review,
        {line["commitment"]: line for line in queries.judgements(*of_review).to_dict("records")} if of_review else {},
        queries.replies(*of_review) if of_review else pd.DataFrame(),
        actions[actions["area_code"].isin(places)],
        adapted[adapted["area_code"].isin(places)],
    )


def _review(connection: Connection, asked: Asked, known_at: int) -> Line | None:
    """The review asked for; else the newest closed one of the place, or of England."""
    found = queries.reviews(connection, known_at)
    if asked.review is not None:
        own = found[(found["id"].astype(str) == str(asked.review)) & (found["area_code"] == asked.scope)]
        if own.empty:
            raise UserError(f"There is no review {asked.review} of this place. Choose one on the Reviews page.")
        return dict(own.iloc[0])
    return last_closed(found, asked.scope) or last_closed(found, ENGLAND)


def _agenda(
    connection: Connection, catalogue: Catalogue, asked: Asked, now: agenda.Evidence, recorded: Recorded
) -> pd.DataFrame:
    """The agenda as a review had it when it closed, or as it is now; nothing that people wrote reaches the public."""
    review = recorded.review
    if review is not None and asked.review is not None and not asked.public:
        kept = queries.review_agenda(connection, review["id"])
        if len(kept):
            return kept
    former = _former(connection, asked, recorded)
    before = None if former is None else _changes_at(connection, catalogue, former, asked, now.figures)
    found = agenda.exceptions(catalogue, asked.scope, now, before)
    if asked.public or former is None:
        return agenda.agenda(found)
    day = asked.as_of if asked.review is None or review is None else review["held_on"].date()
    actions = recorded.actions
    own = actions[actions["review"].astype(str) == str(former["id"])]
    return agenda.agenda(found, agenda.of_actions(own, day))


def _former(connection: Connection, asked: Asked, recorded: Recorded) -> Line | None:
    """The review before: the last closed one, or the one before that which the pack is of."""
    if asked.review is None:
        return recorded.review
    found = queries.reviews(connection, recorded.known_at)
    return last_closed(found[found["id"].astype(str) != str(asked.review)], asked.scope)


def _changes_at(
    connection: Connection, catalogue: Catalogue, review: Line, asked: Asked, now: pd.DataFrame
) -> pd.DataFrame:
    """The changes at the version that an earlier review looked at."""
    then = int(review["version"])
    if then >= asked.version:
        earlier = now
    else:
        areas = memberships(areas_of(catalogue))
        earlier = figures_from(connection, catalogue, then, areas, (asked.version, now))
    return evidence.changes(earlier, catalogue, review["as_of"].date())


def _reminders(connection: Connection, catalogue: Catalogue, asked: Asked, due: pd.DataFrame) -> pd.DataFrame:
    """What is due or overdue; what is said of actions is for those who decided them."""
    what = reminders.known(connection, asked.version, due)
    found = reminders.reminders(what, catalogue, asked.scope, asked.as_of)
    return found[~found["kind"].str.startswith("action")] if asked.public else found


def _grid(connection: Connection, catalogue: Catalogue, asked: Asked, codes: list[str]) -> pd.DataFrame:
    known = evaluation.gather(connection, catalogue, asked.version, asked.as_of)
    found = evaluation.grid(known, asked.as_of)
    return found[found["area_code"].isin(codes)]
