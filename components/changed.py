"""Two pictures of the same place compared: what is new, corrected or withdrawn, and which words are others now.

What takes longest is kept by itself; it holds no text from people, so that there is nothing in it to forget after an
erasure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from components import due, due_rows, session
from components.controls import View
from components.pictures import changes, changes_of_sums, heard, joint_displays, kept, kept_whole, picture, places
from data import differences
from metrics.changed import (
    LIMITS,
    cause,
    cause_of_figure,
    cause_of_rank,
    compared,
    figures_of_both,
    latest_beside,
    ranked,
)
from metrics.comparison import overdispersion_of_changes
from metrics.counts import KINDS
from metrics.disclosure import NOTHING_HIDDEN
from metrics.variation import attention as beyond_usual
from reports.expected import ENGLAND, FACT, areas_within, places_within

PAIR = ["indicator", "area_code"]
EITHER = ["period_start", "period_end", "numerator", "denominator", "value", "lower", "upper"]
STATUS = [
    *PAIR,
    "change",
    "polarity",
    "resident_population",
    "areas_included",
    *EITHER,
    *(f"earlier_{name}" for name in EITHER),
    "difference",
    "difference_lower",
    "difference_upper",
    "reason",
]
FIT = ["commitment", "area_code", "fit", "numbers", "voices"]
BESIDE = ["measure", "multiplier", "polarity", "resident_population", "benchmark", "comparison", "reason"]
COMPARED = [*PAIR, *EITHER, *BESIDE]
RANKED = [*COMPARED, "attention", "distance", "rank", *LIMITS]
OVERDUE = [*FACT, "area_name", "due_date", "state"]
NO_CHANGE = "cannot_be_calculated"
ORDER = {"worsened": 0, "improved": 1, "no_clear_change": 2}


@dataclass(frozen=True)
class Changed:
    """Everything that differs between an earlier and a later view of one place, a frame for each kind.

    `counts` and `figures` as `data.differences` finds them, with protected figures; `insights`, `targets`,
    `agreements`, `definitions`, `populations` and `files` likewise. `statuses`, `standing`, `fits`, `attention` and
    `overdue` are rows of `metrics.changed.compared`.
    """

    then: View
    now: View
    counts: pd.DataFrame
    figures: pd.DataFrame
    insights: pd.DataFrame
    statuses: pd.DataFrame
    standing: pd.DataFrame
    fits: pd.DataFrame
    attention: pd.DataFrame
    overdue: pd.DataFrame
    targets: pd.DataFrame
    agreements: pd.DataFrame
    definitions: pd.DataFrame
    populations: pd.DataFrame
    files: pd.DataFrame

    @property
    def nothing(self) -> bool:
        """Whether there is no difference of any kind."""
        return all(frame.empty for frame in vars(self).values() if isinstance(frame, pd.DataFrame))


def between(then: View, now: View) -> Changed:
    """What differs in the place in view between two data versions, as far as the person asking may see it."""
    asked = (now.area, then.version, now.version, then.as_of, now.as_of, heard(then), heard(now))
    moves = _moves(session.workspace().settings.database, asked, then, now)
    every = moves | _stored(then, now)
    return Changed(then, now, **{name: frame.copy(deep=False) for name, frame in every.items()})


def asked_by(then: View) -> tuple[object, ...]:
    """What tells apart what different readers are told of the change since a version, beside what they look at now.

    Whatever anybody writes ends it: a check of what is public, an erasure, a file that was taken back.
    """
    return then.version, then.as_of, session.audit_lines(), *session.actor().sees


@st.cache_resource(max_entries=16, show_spinner="Comparing the two versions …")
def _moves(database: str, asked: tuple[object, ...], _then: View, _now: View) -> dict[str, pd.DataFrame]:
    """The words and figures that differ. `asked` says for which place, versions, days and reader."""
    kinds = {
        "figures": figures,
        "statuses": statuses,
        "standing": standing,
        "fits": fits,
        "attention": attention,
        "overdue": overdue,
    }
    return {name: found(_then, _now) for name, found in kinds.items()}


def _stored(then: View, now: View) -> dict[str, pd.DataFrame]:
    """What differs as the store has it, texts of people among it."""
    return kept_whole(now, "changed in the store", lambda: _look_up(then, now), *asked_by(then))


def _look_up(then: View, now: View) -> dict[str, pd.DataFrame]:
    cursor, actor, span, codes = session.cursor(), session.actor(), (then.version, now.version), _codes(now)
    targets = differences.changed_targets(cursor, *span)
    return {
        "counts": differences.figure_counts(cursor, *span, codes),
        "insights": differences.changed_insights(cursor, actor, *span, codes),
        "targets": targets[targets["area_code"].isna() | targets["area_code"].isin(codes)],
        "agreements": differences.changed_agreements(cursor, *span),
        "definitions": differences.changed_definitions(cursor, *span),
        "populations": differences.changed_populations(cursor, *span, codes),
        "files": differences.files_between(cursor, actor, *span, codes),
    }


def _codes(view: View) -> list[str]:
    return sorted(places_within(session.catalogue(), view.area))


def figures(then: View, now: View) -> pd.DataFrame:
    """Facts that differ with both figures as they may be shown: one hidden at either version is hidden at both."""
    found = differences.changed_figures(session.cursor(), then.version, now.version, _codes(now))
    catalogue = session.catalogue()
    open_rules = [key for key, item in catalogue.indicators.items() if item.disclosure in NOTHING_HIDDEN]
    return figures_of_both(found, places(then), places(now), open_rules)


def statuses(then: View, now: View) -> pd.DataFrame:
    """Changes since July 2025 with another word than before, why, and whether beyond the usual variation (`beyond`)."""
    found = _both(then, now, _changes_here, PAIR, "change").fillna(dict.fromkeys(["change", "was_change"], NO_CHANGE))
    found = cause(found[found["change"] != found["was_change"]])
    known = changes(now)
    known = known[known["change"] != NO_CHANGE]
    beyond = overdispersion_of_changes(known, by="indicator").rename(columns={"attention": "beyond"})
    found = found.merge(beyond[[*PAIR, "beyond"]], on=PAIR, how="left")
    order = found["change"].map(ORDER).fillna(len(ORDER))
    return found.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def standing(then: View, now: View) -> pd.DataFrame:
    """Latest figures with another word against England than before, and why."""
    return cause_of_figure(_both(then, now, _beside_england, PAIR, "comparison"))


def fits(then: View, now: View) -> pd.DataFrame:
    """Commitments whose numbers and voices fit otherwise than before: in the place itself, and in each of its areas."""
    return _both(then, now, _fits, ["commitment", "area_code"], "fit")


def attention(then: View, now: View) -> pd.DataFrame:
    """Areas with another rank among those beyond the usual variation between areas, newcomers and leavers included."""
    moved = _both(then, now, _attention, PAIR, "rank").sort_values("rank", na_position="last", ignore_index=True)
    return cause_of_rank(moved)


def overdue(then: View, now: View) -> pd.DataFrame:
    """Figures that are overdue now and were not, or were and are not: `state` is missing in one of the two."""
    return _both(then, now, _overdue, FACT, "state")


def _both(then: View, now: View, of: Callable[[View], pd.DataFrame], keys: list[str], state: str) -> pd.DataFrame:
    earlier, later = (kept(view, f"one side: {of.__name__}", partial(of, view), heard(view)) for view in (then, now))
    return compared(earlier, later, keys, state)


def _changes_here(view: View) -> pd.DataFrame:
    """Changes of the place's areas, and of the place itself where it is a sum of them."""
    codes = areas_within(session.catalogue(), view.area)
    own, sums = changes(view), changes_of_sums(view)
    own, sums = own[own["area_code"].isin(codes)], sums[sums["area_code"] == view.area]
    return pd.concat([own.reindex(columns=STATUS), sums.reindex(columns=STATUS)], ignore_index=True)


def _beside_england(view: View) -> pd.DataFrame:
    """The latest figure of each indicator in each area of the place, with the word against England."""
    return latest_beside(places(view), areas_within(session.catalogue(), view.area), ENGLAND)[COMPARED]


def _fits(view: View) -> pd.DataFrame:
    here, codes = picture(view).assign(area_code=view.area)[FIT], areas_within(session.catalogue(), view.area)
    return here if codes == [view.area] else pd.concat([here, joint_displays(view)[FIT]], ignore_index=True)


def _attention(view: View) -> pd.DataFrame:
    """The areas of the place that are compared in each indicator's latest period, ranked if beyond the limits.

    The limits are those of all areas of England around its figure; the ranks are among the areas of the place.
    """
    catalogue = session.catalogue()
    latest = latest_beside(places(view), areas_within(catalogue, ENGLAND), ENGLAND, same_period=True)
    found = beyond_usual(latest[latest["measure"].isin(KINDS)], by="indicator")
    return ranked(found[found["area_code"].isin(areas_within(catalogue, view.area))])[RANKED]


def _overdue(view: View) -> pd.DataFrame:
    return due_rows.overdue(due.here(view))[OVERDUE]
