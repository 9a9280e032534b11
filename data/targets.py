"""Targets: set, changed and ended by people, with who agreed them and why. The program never makes one itself.

A target is an indicator, an area (or all of them), a value and a date. Each act begins a new data version, and the rows
that stood before stay readable in the versions before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from data import store
from data.actor import ENGLAND, Actor
from data.catalogue import RESIDENT_POPULATION, Area, Catalogue, Indicator
from data.errors import UserError
from data.periods import day
from data.texts import checked, checked_reason
from data.versions import Moment, audit, current_version, raise_version

BASELINE_END = date(2025, 7, 31)
LONGEST_NAME = 200
LOWEST = {"proportion": 0.0, "count": 0.0, "rate": 0.0, "mean": 0.0}


@dataclass(frozen=True)
class Target:
    """What people agreed: a value in the indicator's unit by a day, of one area or, with None, of every force area."""

    indicator: str
    area: str | None
    value: float
    due: date
    agreed_by: str
    reason: str


@dataclass(frozen=True)
class Standing:
    """One target that stands: there is one at most for an indicator, an area (None: every one) and a day.

    `from_version` is that of the target as the person saw it, so that a change by somebody else is noticed.
    """

    indicator: str
    area: str | None
    due: date
    from_version: int


def may_set(actor: Actor, area: str | None) -> bool:
    """Whether this person may set, change and end targets of an area, or with None those of every area."""
    return actor.may_review(ENGLAND) if area is None else actor.may_write_for(area)


@store.retrying
def set_target(connection: store.Connection, actor: Actor, catalogue: Catalogue, target: Target, moment: Moment) -> int:
    """Set a target, and return the data version from which on it stands.

    Raises `UserError` unless the actor may, the value and the day are possible for the indicator, who agreed and why
    are said, and no target stands for the same indicator, area and day.
    """
    _must(actor, target.area)
    target = _checked(catalogue, target)
    _check_day(target.due, moment)
    with store.transaction(connection):
        before = current_version(connection)
        _check_free(connection, target)
        version = raise_version(connection, actor, moment, f"Target set: {named(catalogue, target)}")
        _insert(connection, actor, target, version)
        audit(connection, actor, moment, "target set", _subject(target), (before, version))
    return version


@store.retrying
def change(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    standing: Standing,
    target: Target,
    moment: Moment,
) -> int:
    """Have a target end and another of the same indicator and area stand instead, in one data version; return it.

    `target.reason` says why; a day that was agreed before may stay, also when it has passed by now. Raises `UserError`
    as `set_target` does, and when nothing would be another; `TryAgain` when somebody else changed it in the meantime.
    """
    _must(actor, standing.area)
    if (target.indicator, target.area) != (standing.indicator, standing.area):
        raise UserError("A target keeps its indicator and area. End it and set another. Nothing was changed.")
    target = _checked(catalogue, target)
    if target.due != standing.due:
        _check_day(target.due, moment)
    with store.transaction(connection):
        before, former = current_version(connection), _found(connection, standing)
        if (former["value"], former["due"]) == (target.value, target.due):
            raise UserError("The value and the day are those that stand already. Nothing was changed.")
        if target.due != standing.due:
            _check_free(connection, target)
        version = raise_version(connection, actor, moment, f"Target changed: {named(catalogue, target)}")
        _close(connection, actor, standing, f"Changed: {target.reason}", version)
        _insert(connection, actor, target, version)
        audit(connection, actor, moment, "target changed", _subject(target), (before, version))
    return version


@store.retrying
def end(
    connection: store.Connection, actor: Actor, catalogue: Catalogue, standing: Standing, reason: str, moment: Moment
) -> int:
    """End a target, and return the data version from which on it stands no longer.

    Raises `UserError` unless the actor may, it stands, and the reason is a real one; `TryAgain` when somebody else
    changed it in the meantime.
    """
    _must(actor, standing.area)
    reason = checked_reason(reason)
    with store.transaction(connection):
        before, former = current_version(connection), _found(connection, standing)
        ended = Target(standing.indicator, standing.area, former["value"], standing.due, "", "")
        version = raise_version(connection, actor, moment, f"Target ended: {named(catalogue, ended)}")
        _close(connection, actor, standing, reason, version)
        audit(connection, actor, moment, "target ended", _subject(ended), (before, version))
    return version


def named(catalogue: Catalogue, target: Target) -> str:
    """A target in words, such as `Robbery, Norfolk: 50 per 100,000 residents by 31 March 2027`."""
    item = catalogue.indicators.get(target.indicator)
    name, unit = (item.name, item.unit) if item else (target.indicator, "")
    where = _where(catalogue, target.area)
    return f"{name}, {where}: {f'{target.value:,.10g} {unit}'.strip()} by {day(target.due)}"


def why_none(item: Indicator) -> str:
    """Why an indicator may have no target; nothing when it may."""
    if item.polarity != "no_judgement":
        return ""
    return (
        f"{item.name} may have no target: nobody can say whether more of it or less is better, so no figure could be "
        "said to come nearer."
    )


def _must(actor: Actor, area: str | None) -> None:
    if not may_set(actor, area):
        raise UserError(f"{actor.name} may not set targets of {area or 'every area'}. Nothing was changed.")


def _checked(catalogue: Catalogue, target: Target) -> Target:
    """The target with its texts checked; raises `UserError` where it is not possible."""
    item = catalogue.indicators.get(target.indicator)
    if item is None:
        raise UserError("This indicator is not known here. Choose one from the list. Nothing was changed.")
    if why := why_none(item):
        raise UserError(f"{why} Nothing was changed.")
    if target.area is not None:
        _check_area(catalogue, item, target.area)
    _check_value(item, target.value)
    agreed_by = checked(target.agreed_by, "who agreed it", most=LONGEST_NAME)
    reason = checked_reason(target.reason)
    return Target(target.indicator, target.area, float(target.value), target.due, agreed_by, reason)


def _check_area(catalogue: Catalogue, item: Indicator, code: str) -> None:
    area = catalogue.areas.get(code)
    if area is None or area.comparator_only:
        raise UserError(
            "Targets are set for areas and regions of England. Choose one from the list. Nothing was changed."
        )
    if why := _no_figure(item, area):
        raise UserError(f"{why}, so a target could never be met or missed. Nothing was changed.")


def _no_figure(item: Indicator, area: Area) -> str:
    if area.type != "police_force_area" and not item.counts_add_up:
        return f"No figure of {item.name} is made for {area.name}, because the areas’ counts do not add up"
    if item.denominator == RESIDENT_POPULATION and not area.rates_given:
        return f"No rate is given for {area.name}, which has few residents"
    return ""


def _check_value(item: Indicator, value: float) -> None:
    least = LOWEST.get(item.measure, float("-inf"))
    most = float(item.multiplier) if item.measure == "proportion" else float("inf")
    if isfinite(value) and least <= value <= most:
        return
    limits = f"from {least:g} to {most:g}" if isfinite(most) else f"{least:g} or more" if isfinite(least) else "finite"
    raise UserError(f"{item.name} is in {item.unit}: the value has to be {limits}. Nothing was changed.")


def _check_day(due: date, moment: Moment) -> None:
    if due <= BASELINE_END:
        raise UserError(
            f"A target has to lie after the baseline, which ends on {day(BASELINE_END)}: progress is measured from "
            "there. Nothing was changed."
        )
    if due <= moment.as_of:
        raise UserError(f"{day(due)} is not to come: choose a day after today. Nothing was changed.")


def _check_free(connection: store.Connection, target: Target) -> None:
    made = store.row(connection, "targets/standing", indicator=target.indicator, area_code=target.area, due=target.due)
    if made:
        raise UserError(
            f"A target for {day(target.due)} stands there already, agreed by {made['agreed_by']}, from data version "
            f"{made['from_version']} on. Change or end that one. Nothing was changed."
        )


def _found(connection: store.Connection, standing: Standing) -> dict[str, Any]:
    """The row that stands, read inside the transaction: somebody else may have changed it in the meantime."""
    found = store.row(
        connection, "targets/standing", indicator=standing.indicator, area_code=standing.area, due=standing.due
    )
    if found is None:
        raise UserError("This target does not stand, or no longer. Choose one from the list. Nothing was changed.")
    if found["from_version"] != standing.from_version:
        raise store.TryAgain(
            "Somebody else changed this target in the meantime. Look at it again, then try again. Nothing was changed."
        )
    return found


def _insert(connection: store.Connection, actor: Actor, target: Target, version: int) -> None:
    store.run(
        connection,
        "targets/insert_target",
        indicator=target.indicator,
        area_code=target.area,
        value=target.value,
        due=target.due,
        agreed_by=target.agreed_by,
        reason=target.reason,
        set_by=actor.name,
        version=version,
    )


def _close(connection: store.Connection, actor: Actor, standing: Standing, reason: str, version: int) -> None:
    store.run(
        connection,
        "targets/close_target",
        indicator=standing.indicator,
        area_code=standing.area,
        due=standing.due,
        ended_by=actor.name,
        end_reason=reason,
        version=version,
    )


def _where(catalogue: Catalogue, area: str | None) -> str:
    if area is None or area not in catalogue.areas:
        return area or "every area"
    return catalogue.areas[area].label


def _subject(target: Target) -> str:
    return f"{target.indicator} {target.area or 'all'} {target.due.isoformat()}"
