"""Small numbers hidden, by each indicator's own rule, before a figure reaches a page, a tooltip or a download."""

from __future__ import annotations

import pandas as pd

from data.catalogue import Catalogue
from metrics.columns import translated
from metrics.disclosure import protect, thresholds


def protected(everywhere: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Figures of every place with small numbers hidden and the rest rounded, as `metrics.disclosure.protect` says.

    `everywhere` is as `metrics.places.every_place` leaves it; where it has `smallest_before`, the smallest count above
    zero of an earlier version, what that version hid stays hidden. Figures of indicators that the catalogue does not
    know any more are left out: nobody can say which rule they follow. Comments, which may repeat a count, are left out
    where a rule applies.
    """
    strangers = set(everywhere["indicator"].unique()) - set(catalogue.indicators)
    known = everywhere[~everywhere["indicator"].isin(list(strangers))] if strangers else everywhere
    rules = {key: item.disclosure for key, item in catalogue.indicators.items()}
    parents = {code: area.parent or None for code, area in catalogue.areas.items()}
    ruled = known.assign(
        disclosure=translated(known["indicator"], rules), parent_code=translated(known["area_code"], parents)
    )
    if "smallest_before" in ruled:
        ruled = ruled.assign(hidden_before=ruled["smallest_before"].le(thresholds(ruled)).fillna(False))
    shown = protect(ruled, by=("indicator", "period_start", "period_end"))
    if "comment" in shown:
        shown = shown.assign(comment=shown["comment"].mask(thresholds(shown) > 0))
    return shown.drop(columns=["smallest_before", "hidden_before"], errors="ignore")
