"""Where every target stands: its places one by one, each beside its baseline and its latest figure."""

from __future__ import annotations

import pandas as pd

from components import pictures, session
from components.controls import View
from data import queries
from data.catalogue import Catalogue
from metrics.progress import towards_target, wrong_side
from reports.expected import ENGLAND, areas_within

PAIR = ["indicator", "area_code"]
FIGURES = {
    "earlier_value": "baseline",
    "earlier_period_start": "baseline_start",
    "earlier_period_end": "baseline_date",
    "value": "latest",
    "period_start": "latest_start",
    "period_end": "latest_date",
    "lower": "latest_lower",
    "upper": "latest_upper",
    "change": "change",
}
NOT_KNOWN = "cannot_be_calculated"


def standing(view: View, indicator: str | None = None) -> pd.DataFrame:
    """The targets that stand at the view's version, with the version from which on they do, by indicator and day.

    The columns of `queries.target_history`; `number` tells them apart.
    """
    found = queries.target_history(session.cursor(), view.version, indicator)
    names = {key: item.name for key, item in session.catalogue().indicators.items()}
    found = found[found["standing"]].assign(name=found["indicator"].map(names).fillna(found["indicator"]))
    found = found.sort_values(["name", "area_code", "due"], na_position="first", ignore_index=True)
    return found.drop(columns="name").assign(number=range(len(found)))


def by_place(targets: pd.DataFrame, view: View) -> pd.DataFrame:
    """Each place that a target is for, with how far it has come: see `placed` and `metrics.progress.towards_target`."""
    kept = [*PAIR, *FIGURES]
    moved = pd.concat(
        [frame.reindex(columns=kept) for frame in (pictures.changes(view), pictures.changes_of_sums(view))]
    )
    beside = placed(targets, session.catalogue()).merge(moved.drop_duplicates(PAIR), on=PAIR, how="left")
    polarity = {key: item.polarity for key, item in session.catalogue().indicators.items()}
    return towards_target(
        beside.rename(columns=FIGURES).assign(
            change=beside["change"].fillna(NOT_KNOWN),
            polarity=beside["indicator"].map(polarity).fillna("no_judgement"),
            target_date=pd.to_datetime(beside["target_date"]),
        )
    )


def placed(targets: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """One row for each place that a target is for: `number`, indicator, area_code, target and target_date.

    A target for every area is each force area's own where it has none of the indicator besides, as
    `components.targeting.agreed` has it.
    """
    own = set(targets.dropna(subset=["area_code"])[PAIR].itertuples(index=False, name=None))
    every = areas_within(catalogue, ENGLAND)
    rows = [
        (line.number, line.indicator, code, line.value, line.due)
        for line in targets.itertuples()
        for code in ([line.area_code] if isinstance(line.area_code, str) else every)
        if isinstance(line.area_code, str) or (line.indicator, code) not in own
    ]
    return pd.DataFrame(rows, columns=["number", *PAIR, "target", "target_date"])


def beyond_already(indicator: str, area: str | None, value: float, view: View) -> tuple[int, int]:
    """In how many of how many places a target would be on the wrong side of the baseline."""
    later = pd.Timestamp(view.as_of) + pd.DateOffset(years=1)
    wanted = pd.DataFrame(
        {"number": [0], "indicator": [indicator], "area_code": [area], "value": [value], "due": [later]}
    )
    found = by_place(wanted.astype({"area_code": "object"}), view)
    return int(wrong_side(found).sum()), len(found)
