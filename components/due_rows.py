"""What is due in words and rows: the sentences, cells and table rows of `components.due`, without a page.

Frames are as `pictures.due` gives them. Only figures whose due date lies in the twelve months to the as-of date count
as fallen due, here or overdue, so that what is asked for stays short enough to be worked through.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from charts.words import day, listed, plural
from components import html
from components.controls import View
from data import periods
from data.catalogue import Catalogue, Indicator
from metrics.completeness import coverage
from metrics.evaluation import since

AWAITED = "awaited from ONS"
WAITING_COLUMNS = [
    html.Column("Due"),
    html.Column("Indicator"),
    html.Column("Figures", numeric=True),
    html.Column("Periods"),
]
AREA_COLUMNS = [
    html.Column("Area"),
    html.Column("Fell due", numeric=True),
    html.Column("Here", numeric=True),
    html.Column("Overdue", numeric=True),
    html.Column("Longest overdue"),
    html.Column("Falls due next", numeric=True),
]
INDICATOR_COLUMNS = [
    html.Column("Indicator"),
    html.Column("Latest period that fell due"),
    html.Column("Here from", numeric=True),
    html.Column("Not here, of 12 months"),
    html.Column("Next"),
]
LATE_COLUMNS = [
    html.Column("Area"),
    html.Column("Indicator"),
    html.Column("Figures", numeric=True),
    html.Column("Due"),
    html.Column("Periods"),
]
TAKEN_AWAY = ["area_code", "area_name", "indicator", "period_start", "period_end", "due_date", "state", "sent_by"]
SENT_BY = {True: "the area", False: "national publication"}
Rows = list[list[str | html.Cell]]


def fell_due(frame: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The figures that fell due in the twelve months to the day: received, or overdue."""
    recent = since(frame, "due_date", as_of)
    return recent[recent["state"].isin(["received", "overdue"])]


def overdue(frame: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """What areas should have sent and have not, of what fell due in the twelve months; longest overdue first."""
    late = fell_due(frame, as_of)
    return _in_order(late[late["reported_by_area"] & (late["state"] == "overdue")])


def falls_due(frame: pd.DataFrame) -> pd.DataFrame:
    """What areas have still to send for periods that have ended, soonest due first."""
    return _in_order(frame[frame["reported_by_area"] & (frame["state"] == "due")])


def taken_away(frame: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """A row per figure whose due date lies in the twelve months or after the day, as it is downloaded."""
    recent, later = since(frame, "due_date", as_of), frame[frame["due_date"] > pd.Timestamp(as_of)]
    rows = pd.concat([recent, later])
    awaited = ~rows["reported_by_area"] & rows["state"].isin(["overdue", "due"])
    found = rows.assign(state=rows["state"].mask(awaited, AWAITED), sent_by=rows["reported_by_area"].map(SENT_BY))
    return _in_order(found)[TAKEN_AWAY]


def sentence(where: str, frame: pd.DataFrame, as_of: date) -> str:
    """How much of what fell due is here, how much is overdue where and since when, and what falls due next."""
    fell = fell_due(frame[frame["reported_by_area"]], as_of)
    parts = [_how_many_are_here(fell, as_of), _how_many_are_overdue(fell), _what_falls_due(falls_due(frame))]
    return f"{where}: {'; '.join(filter(None, parts))}."


def published_sentence(frame: pd.DataFrame, as_of: date, catalogue: Catalogue) -> str:
    """What is awaited from national publication, which no area can send; nothing where nothing is."""
    published = frame[~frame["reported_by_area"]]
    fell = fell_due(published, as_of)
    late, coming = fell[fell["state"] == "overdue"], published[published["state"] == "due"]
    names = listed(sorted(catalogue.indicators[key].name for key in late["indicator"].unique()))
    asked = plural(len(fell), "figure")
    parts = [
        f"{len(late):,} of {asked} that fell due in these 12 months {_are(late)} {AWAITED} ({names})"
        if len(late)
        else "",
        f"{len(coming):,} {_are(coming)} not yet published, due from ONS by {_last_day(coming)}" if len(coming) else "",
    ]
    said = "; ".join(filter(None, parts))
    return f"From national publication, not for areas to send: {said}." if said else ""


def waiting_rows(frame: pd.DataFrame, catalogue: Catalogue, view: View) -> Rows:
    """One row per indicator that is overdue, longest first, then one per indicator that falls due next."""
    waiting = pd.concat([overdue(frame, view.as_of), falls_due(frame)])
    return [
        [_due_cell(group), _name(item, view), f"{len(group):,}", _periods(group, item)]
        for _, group in waiting.groupby(["state", "indicator"], sort=False)
        for item in [_item(group, catalogue)]
    ]


def late_rows(late: pd.DataFrame, catalogue: Catalogue, view: View) -> Rows:
    """One row per area and indicator of what `overdue` found, area by area."""
    return [
        [_area(group.iloc[0], view), item.name, f"{len(group):,}", _due_cell(group), _periods(group, item)]
        for _, group in late.groupby(["area_name", "indicator"])
        for item in [_item(group, catalogue)]
    ]


def area_rows(frame: pd.DataFrame, view: View) -> Rows:
    """One row per area with something overdue, most first."""
    found = coverage(fell_due(frame[frame["reported_by_area"]], view.as_of), by=["area_code", "area_name"])
    found = found[found["overdue"] > 0].sort_values(["overdue", "area_name"], ascending=[False, True])
    longest = overdue(frame, view.as_of).groupby("area_code")["due_date"].min()
    coming = falls_due(frame).groupby("area_code").size()
    return [
        [
            _area(line, view),
            f"{line['received'] + line['overdue']:,}",
            f"{line['received']:,}",
            html.Cell(f"{line['overdue']:,}", "worsened"),
            f"since {day(longest[line['area_code']])}",
            f"{coming.get(line['area_code'], 0):,}",
        ]
        for line in found.to_dict("records")
    ]


def indicator_row(item: Indicator, frame: pd.DataFrame, view: View) -> list[str | html.Cell]:
    """One indicator: its latest period that fell due, how many areas it is here from, what is not here, what is next.

    `frame` holds this indicator's rows only.
    """
    fell = fell_due(frame, view.as_of)
    latest = fell[fell["period_end"] == fell["period_end"].max()]
    if latest.empty:
        return [_name(item, view), "nothing fell due in the 12 months", "", "", _next(frame)]
    line, count = latest.iloc[0], coverage(latest, by="indicator").iloc[0]
    period = html.Cell(_label(line, item), detail=f"due {day(line['due_date'])}")
    areas = f"{count['areas_included']} of {plural(int(count['areas_expected']), 'area')}"
    return [_name(item, view), period, areas, _late_cell(fell), _next(frame)]


def commitment_cells(frame: pd.DataFrame, as_of: date, catalogue: Catalogue) -> dict[str, html.Cell]:
    """By commitment, how many of the figures that fell due and inform it are here."""
    found = coverage(fell_due(frame, as_of), by=["indicator", "reported_by_area"]).to_dict("records")
    return {
        key: _commitment_cell([line for line in found if key in catalogue.indicators[line["indicator"]].commitments])
        for key in catalogue.commitments
    }


def example(frame: pd.DataFrame, item: Indicator) -> str:
    """The latest period of an indicator that has ended, and by when it is due; nothing before one has."""
    ended = frame[(frame["indicator"] == item.key) & (frame["state"] != "not_yet_due")]
    if ended.empty:
        return ""
    line = ended.sort_values("period_end").iloc[-1]
    return f"{_label(line, item)} by {day(line['due_date'])}"


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(["due_date", "area_name", "indicator", "period_end"])


def _how_many_are_here(fell: pd.DataFrame, as_of: date) -> str:
    if fell.empty:
        return f"no figure fell due in the 12 months to {day(as_of)}"
    received = int((fell["state"] == "received").sum())
    verb = "is" if received == 1 else "are"
    text = f"{received:,} of {plural(len(fell), 'figure')} that fell due in the 12 months to {day(as_of)} {verb} here"
    return f"{text}, and nothing is overdue" if received == len(fell) else text


def _how_many_are_overdue(fell: pd.DataFrame) -> str:
    late, areas = fell[fell["state"] == "overdue"], fell["area_code"].nunique()
    if late.empty:
        return ""
    place = f" in {late['area_code'].nunique()} of {areas} areas" if areas > 1 else ""
    longest = "" if len(late) == 1 else ", the longest"
    return f"{len(late):,} {_are(late)} overdue{place}{longest} since {day(late['due_date'].min())}"


def _what_falls_due(coming: pd.DataFrame) -> str:
    if coming.empty:
        return ""
    first, last = day(coming["due_date"].min()), _last_day(coming)
    first_by = "" if first == last else f", the first by {first}"
    return f"{len(coming):,} {'falls' if len(coming) == 1 else 'fall'} due by {last}{first_by}"


def _last_day(rows: pd.DataFrame) -> str:
    return "" if rows.empty else day(rows["due_date"].max())


def _are(rows: pd.DataFrame) -> str:
    return "is" if len(rows) == 1 else "are"


def _item(group: pd.DataFrame, catalogue: Catalogue) -> Indicator:
    return catalogue.indicators[str(group["indicator"].iat[0])]


def _area(line: Any, view: View) -> html.Cell:
    return html.Cell(line["area_name"], href=view.link("area", area=line["area_code"]))


def _name(item: Indicator, view: View) -> html.Cell:
    return html.Cell(item.name, href=view.link("methods", indicator=item.key))


def _due_cell(group: pd.DataFrame) -> html.Cell:
    first = day(group["due_date"].min())
    if group["state"].iat[0] == "overdue":
        return html.Cell(f"overdue since {first}", "worsened")
    return html.Cell(f"due by {first}", "silent")


def _label(line: Any, item: Indicator) -> str:
    return periods.label(line["period_start"].date(), line["period_end"].date(), item.period_type)


def _periods(group: pd.DataFrame, item: Indicator) -> str:
    """The periods in words, or the first and the last of more than three."""
    lines = group.sort_values("period_end").to_dict("records")
    if len(lines) > 3:
        return f"{len(lines)}, the first {_label(lines[0], item)}, the last {_label(lines[-1], item)}"
    return listed([_label(line, item) for line in lines])


def _late_cell(fell: pd.DataFrame) -> html.Cell | str:
    late = fell[fell["state"] == "overdue"]
    if late.empty:
        return "none"
    figures, longest = plural(len(late), "figure"), f"since {day(late['due_date'].min())}"
    if not late["reported_by_area"].iat[0]:
        return html.Cell(AWAITED, "absent", detail=f"{figures}, {longest}")
    areas = plural(late["area_code"].nunique(), "area")
    return html.Cell(f"{len(late):,} overdue", "worsened", detail=f"in {areas}, the longest {longest}")


def _next(frame: pd.DataFrame) -> html.Cell | str:
    """What falls due next of one indicator: for the period that has ended, or else for the one that runs."""
    coming = frame[frame["state"] == "due"]
    if len(coming):
        return html.Cell(f"{len(coming):,} by {day(coming['due_date'].min())}", "silent")
    running = frame.loc[frame["state"] == "not_yet_due", "due_date"]
    return "" if running.empty else f"not yet due, by {day(running.min())}"


def _commitment_cell(lines: list[dict[Any, Any]]) -> html.Cell:
    """How much of what areas send is here; what is overdue, and what is awaited from national publication, apart."""
    own = [line for line in lines if line["reported_by_area"]]
    received, late = (sum(line[state] for line in own) for state in ("received", "overdue"))
    waiting = {"overdue": late, AWAITED: sum(line["overdue"] for line in lines) - late}
    detail = ", ".join(f"{count:,} {words}" for words, count in waiting.items() if count)
    text = f"{received:,} of {received + late:,}" if own else "nothing fell due"
    return html.Cell(text, detail=detail)
