"""What a review should speak about: exceptions found by rules, ranked by one rule, at most so many of them.

Each kind of exception is found by a function of its own, which returns what it found with ``kind``, ``tier`` (lower
comes first) and ``size`` (larger comes first). ``ranked`` puts them in one order.
"""

from collections.abc import Sequence

import pandas as pd

from metrics.changed import WAS, compared, concerning, latest_beside
from metrics.changed import ranked as ranked_by_distance
from metrics.columns import numbers, require
from metrics.counts import KINDS as COUNTED
from metrics.variation import attention, overdispersion_of_changes

MOST = 15
KINDS = ["worse", "worsening", "dissonant", "newly_changed", "action", "overdue", "silent"]
# A figure, or a commitment in a place, that is an exception in several ways is one item.
OF_ONE_SUBJECT = ["worse", "worsening", "dissonant", "newly_changed"]
SUBJECT = ["commitment", "indicator", "area_code"]
PAIR = ["indicator", "area_code"]
MOVED = ["worsened", "improved"]
NO_CHANGE = "cannot_be_calculated"


def worse(figures: pd.DataFrame, everyone: Sequence[str], codes: Sequence[str], benchmark: str) -> pd.DataFrame:
    """Latest figures beyond the usual variation between areas, on the side that is worse.

    Parameters
    ----------
    figures : every place's figures, as ``places.every_place`` returns them.
    everyone : the areas between which the usual variation is measured.
    codes : those of them that the review is about.
    benchmark : the ``area_code`` of the figure in the middle of the limits.

    Returns
    -------
    One row per indicator and area, as ``variation.attention`` makes them, with ``distance`` as ``size``.

    Notes
    -----
    99.8 % limits adjusted for overdispersion. An indicator on which no judgement is made has no worse side.
    """
    latest = latest_beside(figures, everyone, benchmark, same_period=True)
    found = ranked_by_distance(attention(latest[latest["measure"].isin(COUNTED)], by="indicator"))
    kept = found[concerning(found) & found["area_code"].isin(codes).to_numpy(dtype=bool)]
    return _item(kept, "worse", kept["distance"])


def worsening(changes: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Changes since the baseline that worsened, and by more than areas' changes usually vary.

    Parameters
    ----------
    changes : every pair of indicator and area, as ``baseline.change_since`` returns them.
    codes : the areas that the review is about.

    Returns
    -------
    One row per pair with the columns of ``variation.overdispersion_of_changes``; ``size`` is the distance from the
    average change in half widths of the limits.

    Notes
    -----
    Both are asked for: the change's own 95 % limits lie on the worse side of zero, and the change lies beyond the
    99.8 % limits adjusted for overdispersion.
    """
    found = overdispersion_of_changes(changes[changes["change"] != NO_CHANGE], by="indicator")
    beyond = concerning(found) & (found["change"] == "worsened").to_numpy(dtype=bool)
    kept = found[beyond & found["area_code"].isin(codes).to_numpy(dtype=bool)]
    half = kept["adjusted_upper_998"] - kept["average_change"]
    return _item(kept, "worsening", (kept["difference"] - kept["average_change"]).abs() / half)


def newly_changed(before: pd.DataFrame, after: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Changes that are called worsened or improved now and were not at an earlier version; worsened ones first.

    ``before`` and ``after`` are as ``changes`` of ``worsening``. Returned are the columns of ``after``, and those of
    ``before`` after ``was_``; ``size`` is the difference in widths of its own 95 % limits.
    """
    keys = [*PAIR, "change"]
    now = after[after["area_code"].isin(codes)]
    found = compared(before[before["area_code"].isin(codes)][keys], now, PAIR, "change")
    found = found[found["change"].isin(MOVED)].fillna({f"{WAS}change": NO_CHANGE})
    size = found["difference"].abs() / (found["difference_upper"] - found["difference_lower"])
    return _item(found, "newly_changed", size, (found["change"] == "improved").astype("int64"))


def dissonant(fits: pd.DataFrame, whole: str) -> pd.DataFrame:
    """Commitments whose numbers and voices disagree: in the place as a whole first, then in its areas.

    Parameters
    ----------
    fits : ``commitment``, ``area_code``, ``fit``, ``improved``, ``worsened``, ``well``, ``badly``, one row per pair.
    whole : the ``area_code`` of the place as a whole.

    Returns
    -------
    The rows that are dissonant; ``size`` is the smaller of the two sides' leads, so that one strong side is not enough.
    """
    kept = fits[fits["fit"] == "dissonant"]
    leads = kept.assign(numbers_lead=kept["improved"] - kept["worsened"], voices_lead=kept["well"] - kept["badly"])
    size = leads[["numbers_lead", "voices_lead"]].abs().min(axis=1)
    return _item(kept, "dissonant", size, (kept["area_code"] != whole).astype("int64"))


def silent(fits: pd.DataFrame, whole: str) -> pd.DataFrame:
    """Commitments on which numbers, voices or both are missing in some of the areas.

    Parameters
    ----------
    fits : ``commitment``, ``area_code``, ``fit`` and ``silent_side``, one row per commitment and area.
    whole : the ``area_code`` that the items are of.

    Returns
    -------
    One row per commitment: ``silent`` areas, those with ``no_numbers`` and with ``no_voices``, ``areas`` in all;
    ``size`` is the number of silent areas.
    """
    sides = fits["silent_side"].astype("object").fillna("").str
    marked = fits[["commitment"]].assign(
        silent=fits["fit"] == "silent",
        no_numbers=sides.contains("numbers"),
        no_voices=sides.contains("voices"),
        areas=1,
    )
    counts = marked.groupby("commitment", sort=False).sum().astype("int64").reset_index()
    kept = counts[counts["silent"] > 0].assign(area_code=whole)
    return _item(kept, "silent", kept["silent"])


def overdue(fates: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Areas with figures that fell due in the twelve months and have not come.

    Parameters
    ----------
    fates : ``indicator``, ``area_code``, ``due_date``, ``state``, ``fell_due``, ``reported_by_area`` (false: it is
        taken from national publication, and no area can send it).
    codes : the areas that the review is about.

    Returns
    -------
    One row per area: ``figures`` overdue of how many that ``fell_due``, of how many ``indicators``, the longest
    ``since``; ``size`` is the number of figures.
    """
    asked = fates[fates["fell_due"] & fates["reported_by_area"] & fates["area_code"].isin(codes)]
    late = asked[asked["state"] == "overdue"].groupby("area_code")
    found = late.agg(figures=("indicator", "size"), indicators=("indicator", "nunique"), since=("due_date", "min"))
    found = found.assign(fell_due=asked["area_code"].value_counts().reindex(found.index)).reset_index()
    return _item(found, "overdue", found["figures"])


def ranked(items: pd.DataFrame, most: int = MOST) -> pd.DataFrame:
    """Put exceptions in one order, and mark those that are listed.

    Parameters
    ----------
    items : ``kind`` (one of ``KINDS``), ``commitment``, ``indicator``, ``area_code`` (each may be empty), ``tier``,
        ``size`` and ``sentence``.
    most : how many are listed.

    Returns
    -------
    One row per item: ``place`` (from 1), ``kind``, ``SUBJECT``, ``sentence``, ``listed`` (the rest is counted).

    Notes
    -----
    What is an exception in several ways is one item, of the first of its kinds, with its sentences one after another.
    Within a kind, what is an exception in more ways comes first, then the lower tier, then the larger size, then the
    keys. The kinds take turns in the order of ``KINDS``: the first of each, then the second of each, and so on.

    Examples
    --------
    >>> found = {"kind": ["worse", "worse", "silent"], "indicator": ["a", "b", ""], "area_code": ["X", "X", "E"]}
    >>> items = pd.DataFrame(found).assign(commitment="SYS-1", tier=0, size=[1.0, 2.0, 9.0], sentence="")
    >>> ranked(items, most=2)[["kind", "indicator", "listed"]].to_dict("list")
    {'kind': ['worse', 'silent', 'worse'], 'indicator': ['b', '', 'a'], 'listed': [True, True, False]}
    """
    require(items, "kind", *SUBJECT, "tier", "size", "sentence")
    placed = items.assign(order=items["kind"].map({kind: place for place, kind in enumerate(KINDS)}))
    found = _merged(placed.sort_values(["order", *SUBJECT], kind="stable", ignore_index=True))
    keys = ["order", "ways", "tier", "lead", *SUBJECT, "sentence"]
    found = found.assign(ways=-found["ways"], lead=-numbers(found, "size")).sort_values(keys, kind="stable")
    found = found.assign(turn=found.groupby("order").cumcount()).sort_values(["turn", "order"], ignore_index=True)
    place = pd.Series(range(1, len(found) + 1), dtype="int64")
    return found.assign(place=place, listed=place <= most)[["place", "kind", *SUBJECT, "sentence", "listed"]]


def _merged(items: pd.DataFrame) -> pd.DataFrame:
    """One row for each subject, of the first of its kinds, with how many ``ways`` it is an exception in."""
    subject = items["indicator"].where(items["indicator"] != "", items["commitment"]) + "|" + items["area_code"]
    alone = "item " + pd.Series(range(len(items)), index=items.index).astype("str")
    group = subject.where(items["kind"].isin(OF_ONE_SUBJECT), alone)
    several = items.groupby(group, sort=False).agg(ways=("kind", "nunique"), sentence=("sentence", " ".join))
    first = items[~group.duplicated()].reset_index(drop=True)
    return first.assign(ways=several["ways"].to_numpy(), sentence=several["sentence"].to_numpy())


def _item(frame: pd.DataFrame, kind: str, size: "pd.Series[float]", tier: "pd.Series[int] | int" = 0) -> pd.DataFrame:
    return frame.assign(kind=kind, tier=tier, size=size.astype("float64").fillna(0.0))
