"""What is due, overdue or stale in a place, as data: one row for each thing that somebody there can do something about.

The frames that it starts from are those of the pages: `reports.evidence.due` and the queries of one data version. The
day is the as-of date of that version, never the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd

from charts.words import day, listed, plural
from data import periods, queries, store
from data.catalogue import Catalogue, Indicator
from metrics.evaluation import since
from reports.expected import ENGLAND, areas_within, places_within

# A month ahead is time enough to ask for a figure or to finish an action.
SOON_DAYS = 30
# Most figures come each quarter and are sent within two months: after six months two new quarters can be looked at, and
# what one review decided can be followed up while it still matters.
REVIEW_EVERY_MONTHS = 6
# A definition is read again once a year, as often as the figures that come least often.
DEFINITION_EVERY_MONTHS = 12
# Voices count for the twelve months that the evaluation commitment looks at.
VOICES_MONTHS = 12
EARLIEST = date(1900, 1, 1)
# Each kind in words and the order in which equals stand.
KINDS = {
    "figure_overdue": "Figures overdue",
    "action_overdue": "Actions overdue",
    "review_overdue": "Review overdue",
    "target_passed": "Target date passed",
    "voices_stale": "Nobody heard for a year",
    "definition_review": "Definition to be read again",
    "figure_due": "Figures due soon",
    "action_due": "Actions due soon",
}
COLUMNS = [
    "kind", "area_code", "area_name", "commitment", "indicator", "count", "due_date", "days_late", "sentence",
]  # fmt: skip
NEEDED = ["area_code", "indicator", "period_start", "period_end", "due_date"]
SIDES = {True: "no service provider", False: "no service user, family or community"}
Line = dict[Any, Any]


@dataclass(frozen=True)
class Known:
    """What is known at a data version: `reports.evidence.due`, and `queries.actions`, `voices_heard`, `reviews` and
    `targets` of everywhere."""

    due: pd.DataFrame
    actions: pd.DataFrame
    heard: pd.DataFrame
    reviews: pd.DataFrame
    targets: pd.DataFrame


@dataclass(frozen=True)
class Asked:
    """Of which place and day reminders are wanted."""

    catalogue: Catalogue
    area: str
    as_of: date

    @property
    def places(self) -> set[str]:
        """The codes of the place and of those within it."""
        return places_within(self.catalogue, self.area)

    def name(self, code: str) -> str:
        """The name of a place."""
        return self.catalogue.areas[code].label


def known(connection: store.Connection, version: int, due: pd.DataFrame) -> Known:
    """All that `reminders` needs of a data version, given what is due as `reports.evidence.due` says it."""
    return Known(
        due,
        queries.actions(connection, version),
        queries.voices_heard(connection, version, EARLIEST),
        queries.reviews(connection, version),
        queries.targets(connection, version),
    )


def reminders(what: Known, catalogue: Catalogue, area: str, as_of: date) -> pd.DataFrame:
    """What is overdue, stale or soon due in a place, most overdue first.

    Columns: `kind` (a key of `KINDS`), `area_code`, `area_name`, `commitment` (keys, a comma between), `indicator`
    (a key, or empty), `count` (how many figures, else 1), `due_date` (missing where there never was one), `days_late`
    (to the as-of date; below zero: still to come; missing without a due date) and `sentence`, which says what is the
    matter and what to do. What has no date stands after all that is late and before what is to come.
    """
    asked = Asked(catalogue, area, as_of)
    parts = (_figures(what.due, asked), _actions(what.actions, asked), _voices(what.heard, asked),
             _reviews(what.reviews, asked), _targets(what.targets, asked), _definitions(asked))  # fmt: skip
    rows = [row for part in parts for row in part]
    found = pd.DataFrame(rows, columns=[name for name in COLUMNS if name not in ("area_name", "days_late")])
    dates = pd.to_datetime(found["due_date"])
    late = (pd.Timestamp(as_of) - dates).dt.days.astype("Int64")
    names = found["area_code"].map(asked.name).astype("str")
    found = found.assign(due_date=dates, days_late=late, area_name=names, late=-late.fillna(0))
    found["place"] = found["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    order = ["late", "place", "area_name", "commitment", "indicator", "sentence"]
    return found.sort_values(order, ignore_index=True)[COLUMNS]


def _row(kind: str, area: str, due: Any, sentence: str, **more: Any) -> Line:
    usual = {"commitment": "", "indicator": "", "count": 1}
    return usual | {"kind": kind, "area_code": area, "due_date": due, "sentence": sentence} | more


def _figures(due: pd.DataFrame, asked: Asked) -> Iterable[Line]:
    """Figures that areas send themselves: a row per area and indicator for what is late, another for what comes."""
    own = due[due["reported_by_area"] & due["area_code"].isin(asked.places)]
    last = pd.Timestamp(asked.as_of) + pd.Timedelta(days=SOON_DAYS)
    late = own[own["fell_due"] & (own["state"] == "overdue")]
    soon = own[(own["state"] == "due") & (own["due_date"] <= last)]
    yield from _grouped(late, "figure_overdue", _overdue_words, asked)
    yield from _grouped(soon, "figure_due", _soon_words, asked)


def _grouped(
    rows: pd.DataFrame, kind: str, words: Callable[[list[Line], Indicator], str], asked: Asked
) -> Iterable[Line]:
    ordered = rows[NEEDED].sort_values(["area_code", "indicator", "period_end"]).to_dict("records")
    for (area, key), group in groupby(ordered, key=lambda line: (line["area_code"], line["indicator"])):
        item, lines = asked.catalogue.indicators[key], list(group)
        yield _row(
            kind,
            area,
            min(line["due_date"] for line in lines),
            f"{asked.name(area)}: {words(lines, item)}",
            commitment=", ".join(item.commitments),
            indicator=item.key,
            count=len(lines),
        )


def _overdue_words(lines: list[Line], item: Indicator) -> str:
    late = f"{plural(len(lines), 'figure is', 'figures are')} overdue ({_periods(lines, item)})"
    return f"{item.name}: {late}. Send {_them(lines)} with the template on Upload, or say there why there is no number."


def _soon_words(lines: list[Line], item: Indicator) -> str:
    last = max(line["due_date"] for line in lines)
    return f"{item.name} is due by {day(last)} ({_periods(lines, item)}). The template on Upload takes it."


def _them(lines: list[Line]) -> str:
    return "it" if len(lines) == 1 else "them"


def _periods(lines: list[Line], item: Indicator) -> str:
    labels = [periods.label(one["period_start"].date(), one["period_end"].date(), item.period_type) for one in lines]
    return f"first {labels[0]}, last {labels[-1]}" if len(labels) > 3 else listed(labels)


def _actions(actions: pd.DataFrame, asked: Asked) -> Iterable[Line]:
    """Open actions after their due date, and those due within the month."""
    today = pd.Timestamp(asked.as_of)
    open_ones = actions[(actions["state"] == "open") & actions["area_code"].isin(asked.places)]
    for line in open_ones[open_ones["due"] <= today + pd.Timedelta(days=SOON_DAYS)].to_dict("records"):
        late = line["due"] < today
        verb, advice = (
            ("was", "Record what was done, or agree a new date.") if late else ("is", "Record what was done.")
        )
        words = f"“{line['description']}” {verb} due on {day(line['due'])}, owner: {line['owner']}. {advice}"
        sentence = f"{asked.name(line['area_code'])}, {line['commitment']}: {words}"
        kind = "action_overdue" if late else "action_due"
        yield _row(kind, line["area_code"], line["due"], sentence, commitment=line["commitment"])


def _voices(heard: pd.DataFrame, asked: Asked) -> Iterable[Line]:
    """Force areas and commitments on which providers, or everybody else, were not heard in the twelve months."""
    here = heard.assign(provider=heard["perspective"] == "service_provider")
    here = here[pd.to_datetime(here["period_end"]) <= pd.Timestamp(asked.as_of)]
    keys = ["area_code", "commitment", "provider"]
    recent = set(since(here, "period_end", asked.as_of)[keys].itertuples(index=False, name=None))
    last = here.groupby(keys)["period_end"].max().to_dict()
    for area in areas_within(asked.catalogue, asked.area):
        for commitment in asked.catalogue.commitments:
            silent = [side for side in SIDES if (area, commitment, side) not in recent]
            if silent:
                yield _silence(area, commitment, {side: last.get((area, commitment, side)) for side in silent}, asked)


def _silence(area: str, commitment: str, last: dict[bool, Any], asked: Asked) -> Line:
    """A row of what is not heard; `last` says of each silent side when it was, or nothing."""
    ends = [pd.Timestamp(end) for end in last.values() if end is not None]
    before = {side: "never before" if end is None else f"last for the time to {day(end)}" for side, end in last.items()}
    who = " and ".join(f"{SIDES[side]} ({when})" for side, when in before.items())
    sentence = (
        f"{asked.name(area)}, {commitment}: {who} was heard in the {VOICES_MONTHS} months to {day(asked.as_of)}. "
        "Ask them, and send what they say with the insights template."
    )
    until = min(ends) + pd.DateOffset(months=VOICES_MONTHS) if ends else pd.NaT
    return _row("voices_stale", area, until, sentence, commitment=commitment)


def _reviews(reviews: pd.DataFrame, asked: Asked) -> Iterable[Line]:
    """Places whose last review is too old. England has to have one; other places need none, but go on once begun."""
    held = reviews[(reviews["state"] != "called_off") & reviews["area_code"].isin(asked.places)]
    last: dict[Any, Any] = held.groupby("area_code")["held_on"].max().to_dict()
    if asked.area == ENGLAND and ENGLAND not in last:
        yield _row("review_overdue", ENGLAND, pd.NaT, "England: no review was held yet. Open one on Reviews.")
    for area, held_on in last.items():
        until = pd.Timestamp(held_on) + pd.DateOffset(months=REVIEW_EVERY_MONTHS)
        if until < pd.Timestamp(asked.as_of):
            ago = f"the last review was on {day(held_on)}, more than {REVIEW_EVERY_MONTHS} months ago"
            yield _row("review_overdue", area, until, f"{asked.name(area)}: {ago}. Open the next one on Reviews.")


def _targets(targets: pd.DataFrame, asked: Asked) -> Iterable[Line]:
    """Targets that still stand after their date; one for every area is England's."""
    places = targets["area_code"].astype("object").where(targets["area_code"].notna(), ENGLAND)
    passed = targets.assign(place=places)[targets["due"] < pd.Timestamp(asked.as_of)]
    for line in passed[passed["place"].isin(asked.places)].to_dict("records"):
        item = asked.catalogue.indicators[line["indicator"]]
        words = f"the target of {line['value']:g} for {item.name} was set for {day(line['due'])}, which has passed"
        advice = "See on Over time whether it was met; then set the next one or end it."
        yield _row(
            "target_passed",
            line["place"],
            line["due"],
            f"{asked.name(line['place'])}: {words}. {advice}",
            commitment=", ".join(item.commitments),
            indicator=item.key,
        )


def _definitions(asked: Asked) -> Iterable[Line]:
    """Definitions that nobody has read again for too long, which is for England and not for an area to mend."""
    for item in asked.catalogue.indicators.values() if asked.area == ENGLAND else ():
        until = pd.Timestamp(item.reviewed_on) + pd.DateOffset(months=DEFINITION_EVERY_MONTHS)
        if until < pd.Timestamp(asked.as_of):
            words = f"the definition of {item.name} was last reviewed on {day(item.reviewed_on)}"
            advice = "Read it again, and put the day into its file."
            yield _row(
                "definition_review",
                ENGLAND,
                until,
                f"England: {words}. {advice}",
                commitment=", ".join(item.commitments),
                indicator=item.key,
            )
