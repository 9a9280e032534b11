"""Parts that are not the whole of their total: what remains of it is a cell, too, and could be worked out.

An area may report one organisation of many, or women but not men. Disclosure control reads parts as all there is of
their total, so what remains must stand beside them; and parts that overlap, which come to more than their total, tell
nothing of one another.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.columns import Bools, Codes, Floats, as_names, require
from metrics.disclosure import protected_counts, thresholds
from metrics.disclosure_cells import Groups, find_groups

REST = "|rest"
COUNTS = ("numerator", "denominator")


def with_remainders(frame: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """Add a row for what remains of each total beside its parts, and part from their total those that exceed it.

    Parameters
    ----------
    frame : as for ``disclosure.protect``, with ``parent_code``, ``breakdown_type``, ``breakdown``, and
        ``part_of_area``: true on rows that an area reported as a part of its own figure.
    by : columns that tell separate tables apart.

    Returns
    -------
    The rows in their order, followed by those for what remains, on a new index. Only groups of parts of an area are
    looked at. To be given to ``disclosure.protect``; the rows added are nobody's figures and are dropped afterwards.

    Examples
    --------
    >>> row = {"area_code": ["A", "A"], "parent_code": None, "breakdown_type": [None, "sex"]}
    >>> row |= {"breakdown": [None, "female"], "numerator": [35.0, 31], "denominator": np.nan, "measure": "count"}
    >>> table = pd.DataFrame({**row, "disclosure": "threshold_7", "part_of_area": [False, True]})
    >>> with_remainders(table, by=())[["breakdown", "numerator"]].fillna("-")
      breakdown numerator
    0         -      35.0
    1    female      31.0
    2     |rest       4.0
    """
    require(frame, *COUNTS, "area_code", "parent_code", "breakdown_type", "breakdown", "part_of_area")
    rows = frame.reset_index(drop=True)
    groups = find_groups(rows, as_names(by))
    first = first_parts(groups)
    ours = rows["part_of_area"].to_numpy(dtype=bool)[first]
    rest = {name: left(groups, x) for name, x in protected_counts(rows, thresholds(rows)).items()}
    over = ours & np.any([x < 0 for x in rest.values()], axis=0)
    more = ours & ~over & np.any([x > 0 for x in rest.values()], axis=0)
    added = remainders(rows, groups.total[more], first[more], {name: x[more] for name, x in rest.items()})
    kept = parted(rows, groups, over)
    return pd.concat([kept, added], ignore_index=True) if more.any() else kept


def first_parts(groups: Groups) -> Codes:
    """The first part of each group, as a row number."""
    first = np.zeros(len(groups.total), dtype=np.int64)
    first[groups.group[::-1]] = groups.part[::-1]
    return first


def left(groups: Groups, x: Floats) -> Floats:
    """What remains of each total beside the parts that are known; missing where the total is not known."""
    return np.asarray(x[groups.total] - groups.sums(np.nan_to_num(x)))


def remainders(rows: pd.DataFrame, total: Codes, first: Codes, rest: dict[str, Floats]) -> pd.DataFrame:
    """A row for what remains of each total, of the same kind as the total's first part."""
    # What is settled of the total is not of what remains.
    whole = rows.iloc[total].drop(columns="settled", errors="ignore").reset_index(drop=True)
    part = rows.iloc[first].reset_index(drop=True)
    split = whole["area_code"] == part["area_code"]
    return whole.assign(
        **rest,
        area_code=whole["area_code"].where(split, whole["area_code"] + REST),
        parent_code=whole["area_code"].mask(split),
        breakdown_type=part["breakdown_type"],
        breakdown=part["breakdown"].mask(split, REST),
    )


def parted(rows: pd.DataFrame, groups: Groups, over: Bools) -> pd.DataFrame:
    """The rows, in which parts that exceed their total are no parts of it any more."""
    member = over[groups.group]
    part, total = groups.part[member], groups.total[groups.group[member]]
    code, parent = rows["area_code"].to_numpy(dtype=object).copy(), rows["parent_code"].to_numpy(dtype=object).copy()
    split = code[part] == code[total]
    parent[part] = None
    code[part[split]] = code[part[split]] + "|" + rows["breakdown_type"].to_numpy(dtype=object)[part[split]]
    return rows.assign(area_code=code, parent_code=parent)
