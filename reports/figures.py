"""Every figure of a data version as it may leave the program: small numbers hidden, then compared and set in time.

`rules` are the indicators of the version with `key`, `disclosure` and what the methods need; `areas` its areas.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from metrics.baseline import change_of_sums, change_since
from metrics.comparison import against_benchmark
from metrics.counts import KINDS
from metrics.disclosure import protect, thresholds
from metrics.places import benchmarks, every_place
from metrics.remainders import with_remainders
from metrics.values import evaluate
from metrics.variation import ATTENTION, attention
from reports.evidence import COUNTS_DIFFER, PERIOD
from reports.expected import ENGLAND, expected_pairs, forces, memberships

PART = ["breakdown_type", "breakdown", "organisation"]
FACT = [*PERIOD, "area_code", *PART]
FIGURES = ["numerator", "denominator", "value", "lower", "upper"]
NO_SPREAD = "attention is for shares and rates of police force areas of England"
MOVER = "mover"


def protected(totals: pd.DataFrame, parts: pd.DataFrame, rules: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Every figure after disclosure control: areas, the sums of regions and England, and the parts of areas.

    `totals` are as `data.queries.observations` returns them; `parts` are those rows of
    `data.publication.observations` that have a breakdown or an organisation; an organisation is a part of its area.
    Totals are protected by themselves, as pages show them. Then the parts beside them, so that no part can be worked
    out from a total: parts give way, since a total that only one of the two hid could be read from the other.
    """
    whole = every_place(evaluate(totals), memberships(areas)).assign(breakdown_type="", breakdown="", organisation="")
    whole = _ruled(whole, rules, areas)
    shown = protect(whole, by=PERIOD)
    if parts.empty:
        return shown.assign(**dict.fromkeys(PART, ""))
    settled = whole.assign(settled=shown["hidden"])
    both = pd.concat([settled, _ruled(evaluate(parts), rules, areas)], ignore_index=True)
    shown = protect(with_remainders(both, by=PERIOD), by=PERIOD).head(len(both))
    own = both["area_code"].str.replace(r"\|.*", "", regex=True)
    return shown.assign(area_code=own, **{name: both[name].fillna("") for name in PART}).drop(columns="settled")


def _ruled(both: pd.DataFrame, rules: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """The figures with their rule, what each is a part of, and whether an earlier version hid it."""
    of_organisation = both["organisation"] != ""
    own = both["area_code"] + "|" + both["organisation"]
    larger = both["area_code"].map(areas.set_index("code")["parent"])
    ruled = both.assign(
        disclosure=both["indicator"].map(rules.set_index("key")["disclosure"]),
        parent_code=larger.mask(of_organisation, both["area_code"]),
        area_code=both["area_code"].mask(of_organisation, own),
        part_of_area=of_organisation | (both["breakdown"] != ""),
        **{name: both[name].mask(both[name] == "") for name in ("breakdown_type", "breakdown")},
    )
    return ruled.assign(hidden_before=(both["smallest_before"] <= thresholds(ruled)).fillna(False))


def totals_of(found: pd.DataFrame) -> pd.DataFrame:
    """The figures of whole areas, regions and England."""
    return found[(found[PART] == "").all(axis=1)].reset_index(drop=True)


def reported(raw: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The facts as they were reported, their small numbers hidden and the others rounded where their indicator asks it.

    `raw` are all facts of `data.publication.observations`. Where a rule applies, value and limits are made from the
    rounded counts, and comments, which may repeat a count, are left out.
    """
    shown = found[[*FACT, *FIGURES, "disclosure", "hidden"]]
    both = raw.drop(columns=FIGURES).merge(shown, on=FACT, how="left", validate="one_to_one")
    ruled = pd.Series(thresholds(both) > 0, index=both.index)
    told = raw[FIGURES].reset_index(drop=True)
    numbered = told["numerator"].notna() | told["value"].notna()
    kept = {name: told[name].where(~ruled, both[name].where(numbered)) for name in FIGURES}
    kept |= {name: kept[name].where(told[name].notna()) for name in ("numerator", "denominator")}
    return both.assign(**kept, comment=both["comment"].mask(ruled), hidden=both["hidden"].eq(True))


def results(totals: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Value, limits and method of every place and period, beside England, and the areas that ask for attention."""
    beside = _beside_england(totals, ENGLAND)
    noted = _attention(beside, forces(areas)["code"])
    sums = noted["areas_included"].notna()
    invented = noted["invented"].eq(True).groupby([noted[name] for name in PERIOD]).transform("max")
    return noted.assign(
        origin=noted["origin"].mask(sums, "sum of areas"), invented=noted["invented"].eq(True).mask(sums, invented)
    )


def _beside_england(totals: pd.DataFrame, country: str) -> pd.DataFrame:
    """The figures with England's for the same period and the word between them; one area is not all of England."""
    of_all = benchmarks(totals[totals["measure"] != "count"], country)[[*PERIOD, "value"]]
    beside = totals.merge(of_all.rename(columns={"value": "benchmark"}), on=PERIOD, how="left")
    compared = against_benchmark(beside.assign(benchmark_area_code=country))
    why = compared["reason"].mask(beside["measure"] == "count", COUNTS_DIFFER)
    return compared.drop(columns="benchmark_area_code").assign(reason=beside["reason"], comparison_reason=why)


def _attention(totals: pd.DataFrame, codes: pd.Series[str]) -> pd.DataFrame:
    """The limits adjusted for the usual variation between areas, one set for each indicator and period."""
    own = totals["area_code"].isin(codes) & totals["measure"].isin(KINDS)
    made = attention(totals[own], by=PERIOD)
    why = totals["reason"].fillna(made["reason"]).where(own, NO_SPREAD)
    return totals.join(made[ATTENTION]).assign(attention_reason=why)


def changes(totals: pd.DataFrame, rules: pd.DataFrame, areas: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Change since July 2025 of every expected pair of indicator and area, and of the sums over regions and England."""
    own = totals[totals["areas_included"].isna()]
    of_areas = change_since(own, expected_pairs(rules, areas), as_of)
    both = pd.concat([of_areas, change_of_sums(of_areas, memberships(areas))], ignore_index=True)
    invented = totals["invented"].eq(True).groupby(totals["indicator"]).max()
    method = pd.Series(MOVER, index=both.index).where(both["difference_lower"].notna())
    return both.assign(invented=both["indicator"].map(invented).eq(True), method=method)
