"""What is due in sentences, given frames as `pictures.due` makes them. See `components.due` for the rules."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from charts.words import day, listed, plural
from data import periods
from data.catalogue import Catalogue, Indicator

AWAITED = "awaited from ONS"


def sentence(where: str, frame: pd.DataFrame, as_of: date) -> str:
    """How much of what fell due is here, how much is overdue where and since when, and what falls due next."""
    own = frame[frame["reported_by_area"]]
    fell = own[own["fell_due"]]
    parts = [_how_many_are_here(fell, as_of), _how_many_are_overdue(fell), _what_falls_due(own[is_coming(own)])]
    return f"{where}: {'; '.join(filter(None, parts))}."


def published_sentence(frame: pd.DataFrame, catalogue: Catalogue) -> str:
    """What is awaited from national publication, which no area can send; nothing where nothing is."""
    published = frame[~frame["reported_by_area"]]
    late, coming = published[is_late(published)], published[is_coming(published)]
    parts = [_what_is_awaited(late, int(published["fell_due"].sum()), catalogue)] if len(late) else []
    if len(coming):
        parts.append(
            f"{len(coming):,} {_are(coming)} not yet published, due from ONS by {day(coming['due_date'].max())}"
        )
    return f"From national publication, not for areas to send: {'; '.join(parts)}." if parts else ""


def example(frame: pd.DataFrame, item: Indicator) -> str:
    """The latest period of an indicator that has ended, and by when it is due; nothing before one has."""
    ended = frame[(frame["indicator"] == item.key) & (frame["state"] != "not_yet_due")]
    if ended.empty:
        return ""
    line = ended.sort_values("period_end").iloc[-1]
    return f"{period(line, item)} by {day(line['due_date'])}"


def is_late(frame: pd.DataFrame) -> pd.Series[bool]:
    """Which of the expected figures fell due and have not come."""
    return frame["fell_due"] & (frame["state"] == "overdue")


def is_coming(frame: pd.DataFrame) -> pd.Series[bool]:
    """Which of the expected figures have still to come, for periods that have ended."""
    return frame["state"] == "due"


def period(line: Any, item: Indicator) -> str:
    """The period of an expected figure, as its indicator says it."""
    return periods.label(line["period_start"].date(), line["period_end"].date(), item.period_type)


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
    first, last = (day(when) for when in (coming["due_date"].min(), coming["due_date"].max()))
    first_by = "" if first == last else f", the first by {first}"
    return f"{len(coming):,} {'falls' if len(coming) == 1 else 'fall'} due by {last}{first_by}"


def _what_is_awaited(late: pd.DataFrame, fell: int, catalogue: Catalogue) -> str:
    names = listed(sorted(catalogue.indicators[key].name for key in late["indicator"].unique()))
    some = f"{len(late):,} of {plural(fell, 'figure')} that fell due in these 12 months"
    return f"{some} {_are(late)} {AWAITED} since {day(late['due_date'].min())} ({names})"


def _are(rows: pd.DataFrame) -> str:
    return "is" if len(rows) == 1 else "are"
