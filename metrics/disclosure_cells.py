"""Which cells of a table add up to which, and what a stranger could work out about the hidden ones.

A table is read as groups: cells that add up to a total. Areas add up to their region, regions to England, and the parts
of a breakdown to the row without a breakdown.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.columns import Bools, Codes, Floats, group_codes, has

BASE = 5.0
ROUNDED_BY = 2.0  # how far rounding to the nearest 5 moves a whole number at most
NO_BOUND = 1e12  # larger than any count, small enough that sums of it stay exact


@dataclass(frozen=True)
class Groups:
    """Parts and their totals, as row numbers: ``part[i]`` belongs to group ``group[i]`` with total ``total[group]``."""

    part: Codes
    group: Codes
    total: Codes

    def with_totals(self, known: Bools) -> "Groups":
        """Only the groups whose total is known."""
        kept = known[self.total]
        member = kept[self.group]
        return Groups(self.part[member], (np.cumsum(kept) - 1)[self.group[member]], self.total[kept])

    def sums(self, values: Floats) -> Floats:
        """The sum of the parts of each group."""
        return np.bincount(self.group, values[self.part], len(self.total)).astype(np.float64)


def find_groups(frame: pd.DataFrame, by: list[str]) -> Groups:
    """Pair every row with the rows of the same table that it is a part of."""
    rows = frame[[*by, "area_code"]].reset_index(drop=True).assign(row=np.arange(len(frame)))
    broken_down = has(frame, "breakdown_type", "breakdown")
    split = ["breakdown_type", "breakdown"] if broken_down else []
    rows = rows.assign(**{name: frame[name].to_numpy() for name in split})
    pairs = [region_pairs(rows, frame, [*by, *split])] if has(frame, "parent_code") else []
    pairs += [breakdown_pairs(rows, [*by, "area_code"])] if broken_down else []
    found = pd.concat([pd.DataFrame({"row": [], "total": [], "kind": []}, dtype="object"), *pairs], ignore_index=True)
    group, _ = group_codes(found, ["total", "kind"])
    total = found["total"][~found.duplicated(["total", "kind"])]
    return Groups(np.asarray(found["row"], dtype=np.int64), group, np.asarray(total, dtype=np.int64))


def region_pairs(rows: pd.DataFrame, frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Each row beside the row of its parent, with the same breakdown."""
    parts = rows.assign(parent=frame["parent_code"].to_numpy())
    parts = parts[parts["parent"].notna()]
    totals = rows.rename(columns={"row": "total", "area_code": "parent"})
    return parts.merge(totals, on=[*keys, "parent"])[["row", "total"]].assign(kind="areas")


def breakdown_pairs(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Each row of a breakdown beside the row of the same area without one."""
    parts, totals = rows[rows["breakdown"].notna()], rows[rows["breakdown"].isna()]
    pairs = parts.merge(totals[[*keys, "row"]].rename(columns={"row": "total"}), on=keys)
    return pairs[["row", "total"]].assign(kind=pairs["breakdown_type"].astype("str"))


def rounded(x: Floats) -> Floats:
    """Counts to the nearest 5; what is not zero does not become zero."""
    return np.where(x > 0, np.maximum(np.round(x / BASE) * BASE, BASE), x)


def first_bounds(x: Floats, hidden: Bools, threshold: Floats, least: Floats) -> tuple[Floats, Floats]:
    """What the table itself says of each cell: a shown count was rounded, a hidden one is at least ``least``."""
    shown = rounded(x)
    low = np.maximum(np.where(shown > BASE, shown - ROUNDED_BY, 0.0), threshold + 1)
    low, high = np.where(shown == 0, 0.0, low), np.where(shown == 0, 0.0, shown + ROUNDED_BY)
    low, high = np.where(hidden, least, low), np.where(hidden, NO_BOUND, high)
    # A cell that was not reported adds nothing to its total.
    return np.where(np.isnan(x), 0.0, low), np.where(np.isnan(x), 0.0, high)


def worked_out(groups: Groups, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """The bounds that follow from all totals together, as anybody could work them out."""
    low, high, before = low.copy(), high.copy(), None
    while before is None or not np.array_equal(before, low + high):
        before = low + high
        tighten(groups, low, high)
    return low, high


def tighten(groups: Groups, low: Floats, high: Floats) -> None:
    """One round: totals from their parts, then each part from its total and the other parts; changes both arrays."""
    np.maximum.at(low, groups.total, groups.sums(low))
    np.minimum.at(high, groups.total, groups.sums(high))
    others_low = groups.sums(low)[groups.group] - low[groups.part]
    others_high = groups.sums(high)[groups.group] - high[groups.part]
    total = groups.total[groups.group]
    part_high, part_low = high[total] - others_low, low[total] - others_high
    np.minimum.at(high, groups.part, part_high)
    np.maximum.at(low, groups.part, part_low)
