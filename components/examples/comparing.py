"""How areas and regions compare: with England, with their average, with one another."""

from __future__ import annotations

import pandas as pd

from charts.words import COMPARISON_WORDS, interval, listed, number
from components.examples.example import INVENTED, Example, Rows, around, cannot, counted, figure, moved, plain, share
from metrics.comparison import (
    against_benchmark,
    funnel,
    overdispersion,
    overdispersion_of_changes,
    quantile_bounds,
    quantile_group,
)
from metrics.spread import narrowing, spread

ENGLAND = 71.5
POSITIONS = {
    "low_998": "low beyond 99.8 %",
    "low_95": "low beyond 95 %",
    "within": "within",
    "high_95": "high beyond 95 %",
    "high_998": "high beyond 99.8 %",
}
SEEN = pd.DataFrame({"area": list("ABCD"), "numerator": [5, 50, 20, 50], "denominator": [400, 400, 400, 800]})
EVENTS = pd.DataFrame({"numerator": [60, 80, 90, 100, 100, 110, 120, 140, 150, 250], "denominator": 1000})
CHANGES = pd.DataFrame({"difference": [-1.0, 0.0, 1.0, 10.0]})
SHARES = pd.Series([41.0, 44, 47, 52, 52, 55, 58, 61, 66, 70])
DEVIATION = ["standard_deviation", "standard_deviation_lower", "standard_deviation_upper"]
REGIONS = ["North", "Middle", "South"]


def _word(frame: pd.DataFrame, polarity: str = "higher_is_better", **codes: str) -> str:
    line = against_benchmark(frame.assign(benchmark=ENGLAND, polarity=polarity, **codes)).iloc[0]
    word = COMPARISON_WORDS[line["comparison"]]
    return word if pd.isna(line["reason"]) else f"{word}: {line['reason']}"


def _benchmark_rows() -> Rows:
    few, many = share(54, 86), share(540, 860)
    return [
        (INVENTED, f"England {ENGLAND} %; area A {counted(few)}, area B {counted(many)}; higher is better"),
        (f"Area A: {figure(few)}", _word(few)),
        (f"Area B: {figure(many)}", _word(many)),
        ("Area B, where no judgement is made", _word(many, "no_judgement")),
        ("England beside itself", _word(many, area_code="England", benchmark_area_code="England")),
    ]


def _funnel_limits(line: pd.Series[float]) -> str:
    inner, outer = (interval(line[f"lower_{level}"], line[f"upper_{level}"]) for level in ("95", "998"))
    return f"95 % {inner}, 99.8 % {outer}"


def _funnel_rows() -> Rows:
    found = funnel(SEEN, "proportion", 100)
    areas = [f"{name} {counted(SEEN[SEEN['area'] == name])}" for name in SEEN["area"]]
    places = [f"{area} {POSITIONS[place]}" for area, place in zip(found["area"], found["position"], strict=True)]
    return [
        (INVENTED, f"people who waited too long: {listed(areas, 4)}"),
        ("Average of all areas: sum over sum", f"{number(found['average'].iloc[0], 2)} %"),
        ("Limits for an area of 400 people", _funnel_limits(found.iloc[0])),
        ("Limits for an area of 800 people", _funnel_limits(found.iloc[3])),
        ("Where the areas lie, by their own limits", listed(places, 4)),
    ]


def _usual_changes() -> str:
    half = 2.0
    limits = {f"difference_{end}": CHANGES["difference"] + side for end, side in (("lower", -half), ("upper", half))}
    found = overdispersion_of_changes(CHANGES.assign(**limits))
    usual = interval(found["adjusted_lower_998"].iloc[0], found["adjusted_upper_998"].iloc[0])
    return f"{_beyond(found['attention'], ['low', 'high'])} beyond {usual}"


def _beyond(places: pd.Series[str], words: list[str]) -> str:
    return f"{int(places.isin(words).sum())} of {len(places)}"


def _overdispersion_rows() -> Rows:
    noise, usual = funnel(EVENTS, "rate", 1000), overdispersion(EVENTS, "rate", 1000)
    counting, adjusted = noise.iloc[0], usual.iloc[0]
    plain_limits = interval(counting["lower_998"], counting["upper_998"])
    wider = interval(adjusted["adjusted_lower_998"], adjusted["adjusted_upper_998"])
    flagged = _beyond(noise["position"], ["low_998", "high_998"])
    return [
        (INVENTED, f"events in ten areas of 1,000 residents: {', '.join(map(number, EVENTS['numerator']))}"),
        (f"Beyond counting noise, 99.8 % limits {plain_limits}", flagged),
        ("How much areas vary (1 is counting noise alone)", number(adjusted["dispersion"], 2)),
        (f"Beyond the usual variation, adjusted limits {wider}", _beyond(usual["attention"], ["low", "high"])),
        ("The same for changes of −1, 0, +1 and +10 points (each ± 2)", _usual_changes()),
    ]


def _groups(values: pd.Series[float]) -> str:
    found = quantile_group(values)
    return "no group: fewer areas than groups" if found.isna().all() else ", ".join(map(str, found))


def _quantile_rows() -> Rows:
    bounds = [number(bound, 2) for bound in quantile_bounds(SHARES)]
    return [
        (INVENTED, f"shares of ten areas: {', '.join(map(number, SHARES))} %"),
        ("Fifths, the lowest shares first", _groups(SHARES)),
        ("Lowest, quarter, half, three quarters, highest", ", ".join(bounds)),
        ("Three areas in five groups", _groups(SHARES.head(3))),
    ]


def _regions(*values: float) -> pd.DataFrame:
    return pd.concat([around(value, 4) for value in values]).assign(area_code=REGIONS[: len(values)])


def _size(found: pd.DataFrame, name: str) -> str:
    line = found.iloc[0]
    return f"{number(line[name], 1)} points {interval(line[f'{name}_lower'], line[f'{name}_upper'])}"


def _spread_rows() -> Rows:
    now, before = spread(_regions(40, 50, 60)), spread(_regions(30, 50, 70))
    narrowed = narrowing(now.assign(**{f"earlier_{name}": before[name] for name in DEVIATION}))
    word, move = plain(narrowed["narrowing"].iloc[0]), moved(narrowed, "spread_change", "points")
    return [
        (INVENTED, "three regions at 40, 50 and 60 %, each ± 4; a year before at 30, 50 and 70 %"),
        ("Spread (standard deviation), 95 % limits", _size(now, "standard_deviation")),
        ("Width of the middle half (interquartile range)", _size(now, "interquartile_range")),
        ("Lowest and highest, named and not tested", f"{now['lowest'].iloc[0]} and {now['highest'].iloc[0]}"),
        ("Against the year before", f"{word}: {move}"),
        ("With two regions", cannot(spread(_regions(40, 60))["reason"].iloc[0])),
    ]


COMPARING = (
    Example(
        "Comparison with England: whether an area is better, worse or similar",
        "When England’s figure lies inside an area’s limits the area is similar; outside, it is better or worse where "
        "one direction is better, and higher or lower where no judgement is made. The word rests on 95 % limits for "
        "counting noise and is for information. An area without limits, or beside itself, is not compared.",
        "Technical guide: RAG rating indicator values, Public Health England, 2017.",
        _benchmark_rows,
    ),
    Example(
        "Funnel: which areas differ from the average by more than counting noise",
        "The limits around the average are wide for small areas and narrow for large ones. Where an area lies is read "
        "from its own 95 % and 99.8 % limits for counting noise against the average, not from the drawn line. An area "
        "without a usable count has no place and is left out of the average.",
        "Spiegelhalter, Stat Med 2005;24:1185; technical guide: funnel plots, Public Health England, 2017.",
        _funnel_rows,
    ),
    Example(
        "Usual variation between areas: which areas call for attention",
        "Police counts differ between areas far more than counting noise, so plain limits would flag most areas and "
        "say nothing. Attention therefore rests on 99.8 % limits adjusted for the usual variation between areas, for "
        "figures and for changes. Without variation to measure, as with an average of zero, there are no such limits.",
        "Overdispersion: Spiegelhalter, Stat Med 2005;24:1185, and Qual Saf Health Care 2005;14:347.",
        _overdispersion_rows,
    ),
    Example(
        "Groups of equal size: where an area stands among all",
        "Areas are put in order and cut into groups of equal size, such as fifths; areas with the same figure share a "
        "group. A place in a group rests on no limits, so neighbours in two groups may differ by noise alone. Missing "
        "figures have no group, and with fewer areas than groups there are none.",
        "Technical guide: assigning deprivation categories, Public Health England, 2017.",
        _quantile_rows,
    ),
    Example(
        "Spread between regions: whether they differ less than before",
        "One number says how far regions lie apart, with 95 % limits for counting noise, and a change of that number "
        "says whether the gap narrows. The lowest and highest are named and not tested, because picking the extremes "
        "makes them look further apart. With fewer than three regions it cannot be calculated.",
        "Limits by the delta method: Oehlert, Am Stat 1992;46:27. Change by MOVER: Zou and Donner, Stat Med "
        "2008;27:1693.",
        _spread_rows,
    ),
)
