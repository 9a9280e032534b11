"""One indicator in one place over time: which figures may stand beside each other, and whether they moved."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.series import series_sentence
from charts.words import CHANGE_WORDS, NOISE, decimals_for, interval, listed, number, plural, signed, with_unit
from components import html
from components.caveats import OVERLAP
from components.controls import View
from components.pictures import kept, places, with_gaps
from data.catalogue import Indicator
from metrics import movement
from metrics.movement import TOO_FEW_AREAS
from metrics.overlap import overlapping
from metrics.trend import SIGNIFICANT, Trend, recent_trend
from reports.figure_cells import difference_unit, figure_cell

TRENDS = {
    "getting_better": ("improved", "getting better"),
    "getting_worse": ("worsened", "getting worse"),
    "no_significant_change": ("no_clear_change", "no significant change"),
    "cannot_be_calculated": ("cannot_be_calculated", "cannot be calculated"),
}
TREND_COLUMNS = [
    html.Column("Recent trend"),
    html.Column("From", numeric=True),
    html.Column("To", numeric=True),
    html.Column("Years with a figure", numeric=True),
]
TREND_METHOD = (
    "The last five years in a row: Cochran–Armitage for shares, a weighted straight line otherwise. A direction is "
    "given when chi-squared is beyond its 99.8 % point and leaving out any one year keeps the direction. A gap is "
    "never bridged."
)
RESTS_ON = {
    "control": (
        "The answer rests on the control chart’s own limits, which come from the steps of the series itself. The "
        "change since July 2025 and the figure’s own limits rest on 95 % limits for counting noise."
    ),
    "trend": f"The answer rests on a test at 99.8 % over five years. {NOISE}",
    "rolling": f"The answer rests on 95 % limits of the change between separate years. {NOISE}",
}
Line = dict[Any, Any]


def series_of(view: View, item: Indicator, area: str) -> pd.DataFrame:
    """The series of an indicator in an area, oldest first, with an empty row for each gap, and `coverage` in words."""

    def make() -> pd.DataFrame:
        everywhere = places(view)
        own = everywhere[(everywhere["indicator"] == item.key) & (everywhere["area_code"] == area)]
        series = with_gaps(own.sort_values("period_end"), item)
        return series.assign(coverage=[_coverage(line) for line in series.to_dict("records")])

    return kept(view, "series", make, item.key, area)


def comparable(series: pd.DataFrame, measure: str) -> pd.Series[bool]:
    """Which figures may be joined to the others of their series, as `metrics.movement.comparable` says."""
    return movement.comparable(_one(series, measure), "series")


def judged(series: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The series without the figures that may not stand beside the others; their reason says so."""
    return movement.judged(_one(series, measure), "series")[series.columns]


def _one(series: pd.DataFrame, measure: str) -> pd.DataFrame:
    """A series whose empty rows, too, say what it is."""
    return series.assign(measure=measure, series=0)


def partial(series: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The sums to be marked: those that may not be joined, and where all areas once reported those of fewer."""
    included, expected = (series[name].astype("float64") for name in ("areas_included", "areas_expected"))
    complete = bool(included.max() >= expected.max())
    fewer = included < included.max() if complete else ~comparable(series, measure)
    return series.loc[fewer]


def sentence(item: Indicator, where: str, series: pd.DataFrame) -> str:
    """The first and the latest figure that may stand beside each other, what is missing, and sums of fewer areas."""
    own = series[comparable(series, item.measure)]
    told = series_sentence(own, area=where, indicator=item.name, unit=item.unit, decimals=decimals_for(item.measure))
    return f"{told} {coverage_sentence(series, item.measure)}".strip()


def coverage_sentence(series: pd.DataFrame, measure: str) -> str:
    """How many sums hold fewer areas than the fullest, and how many of them are left out of what is judged."""
    fewer = partial(series, measure)
    if fewer.empty:
        return ""
    worst = fewer.iloc[int(fewer["areas_included"].astype("float64").argmin())]
    apart = int((~comparable(series, measure)).sum())
    text = (
        f"{plural(len(fewer), 'period rests', 'periods rest')} on fewer areas than the fullest, "
        f"{worst['period_label']} on {worst['coverage']}: hollow in the chart. That is a gap, not a fall."
    )
    rule = "a count grows with its areas" if measure == "count" else "it holds less than nine tenths of the most areas"
    them = plural(apart, "of them is", "of them are")
    left = f" {them} not joined to the line and not judged, because {rule}." if apart else ""
    return text + left


def kind_of(item: Indicator, series: pd.DataFrame) -> str:
    """How a series may be judged: `rolling` (only separate years), `trend` (yearly) or `control` (shorter)."""
    dated = series.dropna(subset=["indicator"])
    if item.period_type == "rolling_year" or overlapping(dated[["period_start", "period_end"]]).any():
        return "rolling"
    return "trend" if item.frequency == "yearly" else "control"


def why_neither(item: Indicator) -> str:
    """Why a series whose periods overlap carries no trend and no control chart."""
    if item.period_type == "rolling_year":
        return OVERLAP
    return (
        "Some of its periods overlap, so they carry no trend and no control chart: the same events would count twice. "
        "A change is only calculated between periods that share no month."
    )


def trend_of(item: Indicator, series: pd.DataFrame) -> Trend:
    """The recent trend of a yearly series as `judged` leaves it."""
    return recent_trend(series.dropna(subset=["indicator"]), item.measure, item.polarity)


def last_five(series: pd.DataFrame) -> pd.DataFrame:
    """The last five periods of a series, without the empty rows of its gaps."""
    return series.dropna(subset=["indicator"]).tail(5)


def trend_cell(trend: Trend) -> html.Cell:
    """The recent trend as a mark, a word and its statistic or reason."""
    way = {"increasing": "rising", "decreasing": "falling"}.get(trend.direction, "")
    if trend.meaning == "no_judgement":
        return html.Cell(f"{way}, no judgement", "higher" if way == "rising" else "lower", detail=_statistic(trend))
    state, words = TRENDS[trend.meaning]
    return html.Cell(", ".join(filter(None, [way, words])), state, detail=_statistic(trend))


def trend_row(item: Indicator, trend: Trend, series: pd.DataFrame) -> list[str | html.Cell]:
    """The recent trend with the first and the last of the five years that it looks at."""
    dated = last_five(series)
    ends = [_year(item, line) for line in dated.iloc[[0, -1]].to_dict("records")]
    return [trend_cell(trend), *ends, str(int(dated["value"].notna().sum()))]


def trend_finding(trend: Trend, series: pd.DataFrame) -> str:
    """Whether the last five years moved by more than chance, for the answer at the top."""
    if trend.direction == "cannot_be_calculated":
        recent = last_five(series)
        without = list(recent.loc[recent["value"].isna(), "period_label"])
        named = f" in {listed(without, len(without))}" if without else ""
        return f"a recent trend cannot be calculated ({trend.reason}{named})"
    cell = trend_cell(trend)
    if trend.direction == "no_significant_change":
        return f"no, not by more than chance: no significant change over the last five years ({cell.detail})"
    return f"yes, by more than chance: {cell.text} over the last five years ({cell.detail})"


def moved_words(item: Indicator, line: Line | None) -> str:
    """A change with its limits, or why there is none."""
    if line is None:
        return "cannot be calculated, because there is no figure before and after it to compare"
    if line["change"] == "cannot_be_calculated":
        return str(line["reason"]) if isinstance(line["reason"], str) else "cannot be calculated"
    decimals = decimals_for(item.measure)
    limits = interval(line["difference_lower"], line["difference_upper"], decimals)
    amount = with_unit(signed(line["difference"], decimals), difference_unit(item))
    return f"{CHANGE_WORDS[line['change']]}, {amount} {limits}"


def title_words(item: Indicator, line: Line | None) -> str:
    """What moved since July 2025, as the title of a chart says it."""
    if line is None:
        return "no change since July 2025 to be told yet"
    if line["change"] == "cannot_be_calculated":
        return f"change since July 2025: {moved_words(item, line)}"
    return f"{CHANGE_WORDS[line['change']]} since July 2025"


def latest_words(item: Indicator, series: pd.DataFrame) -> str:
    """The newest figure of a series as `judged` leaves it; says so where newer ones may not stand beside the others."""
    known = series.dropna(subset=["value"])
    if known.empty:
        return f"Latest: no figure can be shown ({listed(list(dict.fromkeys(series['reason'].dropna())), 3)})"
    last, decimals = known.iloc[-1], decimals_for(item.measure)
    newer = (series["reason"] == TOO_FEW_AREAS) & (series["period_end"] > last["period_end"])
    limits = interval(last["lower"], last["upper"], decimals)
    head = "Latest with enough areas" if newer.any() else "Latest"
    return f"{head}: {with_unit(number(last['value'], decimals), item.unit)} {limits} in {last['period_label']}"


def _year(item: Indicator, line: Line) -> html.Cell:
    return figure_cell(item, line, line["period_label"])


def _statistic(trend: Trend) -> str:
    if pd.isna(trend.statistic):
        return trend.reason or "no statistic"
    beyond = "more" if trend.statistic > SIGNIFICANT else "not more"
    return f"chi-squared {number(trend.statistic, 1)}, {beyond} than {SIGNIFICANT:.4f}, the 99.8 % point"


def _coverage(line: Line) -> str:
    if pd.isna(line["areas_included"]):
        return ""
    return f"{int(line['areas_included'])} of {int(line['areas_expected'])} areas"
