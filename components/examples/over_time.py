"""How figures move: change, trend, control chart and progress to a target."""

from __future__ import annotations

import pandas as pd

from charts.words import CHANGE_WORDS, interval, number
from components.examples.example import (
    INVENTED,
    Example,
    Rows,
    around,
    beside,
    cannot,
    counted,
    figure,
    moved,
    plain,
    share,
)
from metrics.change import difference, difference_in_change
from metrics.control import summary, xmr
from metrics.progress import towards_target
from metrics.targets import against_target, against_target_limits
from metrics.trend import SIGNIFICANT, recent_trend

SAME_HALF_YEAR = {
    "period_start": "2024-07-01",
    "period_end": "2025-06-30",
    "earlier_period_start": "2024-01-01",
    "earlier_period_end": "2024-12-31",
}
YES = [100, 110, 120, 130, 140]
RATES = [10.0, 12.0, 14.0, 16.0, 18.0]
MONTHS = pd.date_range("2025-01-31", periods=12, freq="ME")
STEADY = [50.0, 52.0, 50.0, 52.0, 50.0, 52.0, 50.0, 52.0, 50.0, 52.0, 50.0]
VARIATION = {
    "special_cause_improvement": "special cause, an improvement",
    "special_cause_concern": "special cause, a concern",
    "special_cause_neutral_high": "special cause, higher",
    "special_cause_neutral_low": "special cause, lower",
    "common_cause": "common cause, nothing out of the ordinary",
}
ASSURANCE = {
    "consistent_pass": "met as a matter of course",
    "consistent_fail": "missed as a matter of course",
    "inconsistent": "sometimes met, sometimes missed",
}
DATES = {"baseline_date": "2025-06-30", "latest_date": "2026-06-30", "target_date": "2027-06-30"}


def _changed(frame: pd.DataFrame) -> str:
    line = frame.iloc[0]
    word = CHANGE_WORDS[line["change"]]
    return f"{moved(frame, 'difference')}: {word}" if pd.isna(line["reason"]) else cannot(line["reason"])


def _change_rows() -> Rows:
    later, earlier, many, before = share(54, 86), share(43, 84), share(540, 860), share(430, 840)
    return [
        (INVENTED, f"{counted(earlier)} people felt heard, a year later {counted(later)}; higher is better"),
        ("Earlier share, with 95 % limits", figure(earlier)),
        ("Later share", figure(later)),
        ("Change", _changed(difference(beside(later, earlier)))),
        (f"Ten times as many: {counted(before)}, then {counted(many)}", _changed(difference(beside(many, before)))),
        ("Years that share six months", _changed(difference(beside(later, earlier).assign(**SAME_HALF_YEAR)))),
    ]


def _apart(own: float, other: float, half: float = 7) -> str:
    changes = {"difference": around(own, half), "other_difference": around(other, half)}
    named = [frame.set_axis([name, f"{name}_lower", f"{name}_upper"], axis=1) for name, frame in changes.items()]
    found = difference_in_change(pd.concat(named, axis=1).assign(polarity="higher_is_better"))
    return f"{moved(found, 'difference_in_change')}: {plain(found['contrast'].iloc[0])}"


def _difference_in_change_rows() -> Rows:
    return [
        (INVENTED, "changes of three areas in percentage points, each ± 7: A +20, B +2, C +12; higher is better"),
        ("A against B", _apart(20, 2)),
        ("A against C", _apart(20, 12)),
        ("B against A", _apart(2, 20)),
    ]


def _trend(frame: pd.DataFrame, measure: str, polarity: str) -> str:
    found = recent_trend(frame, measure, polarity)
    if found.reason is not None:
        return cannot(found.reason)
    words = dict.fromkeys((plain(found.direction), plain(found.meaning)))
    return f"{', '.join(words)}: chi-squared {number(found.statistic, 1)}"


def _years(shift: int = 12) -> pd.DataFrame:
    ends = pd.Series([pd.Timestamp("2020-12-31") + pd.DateOffset(months=shift * place) for place in range(len(YES))])
    return pd.DataFrame({"period_start": ends - pd.DateOffset(years=1, days=-1), "period_end": ends})


def _trend_rows() -> Rows:
    many = _years().assign(numerator=YES, denominator=400)
    few = many.assign(numerator=many["numerator"] / 10, denominator=40)
    rates = pd.concat([_years(), pd.concat([around(rate, 1.96) for rate in RATES], ignore_index=True)], axis=1)
    rolling = _years(shift=6).assign(numerator=YES, denominator=400)
    return [
        (INVENTED, f"yes from {', '.join(map(str, YES))} of 400 people in five years; higher is better"),
        (
            f"Trend, clear where chi-squared is above {number(SIGNIFICANT, 2)}",
            _trend(many, "proportion", "higher_is_better"),
        ),
        ("The same shares of 40 people", _trend(few, "proportion", "higher_is_better")),
        ("Rates of 10, 12, 14, 16 and 18, each ± 1.96; lower is better", _trend(rates, "rate", "lower_is_better")),
        ("Four years only", _trend(many.tail(4), "proportion", "higher_is_better")),
        ("Rolling years, six months apart", _trend(rolling, "proportion", "higher_is_better")),
    ]


def _chart(values: list[float], **periods: pd.DatetimeIndex) -> pd.DataFrame:
    months = pd.DataFrame({"period_end": MONTHS[: len(values)], "value": values})
    return xmr(months.assign(**periods), "higher_is_better", target=45)


def _control_rows() -> Rows:
    chart, short = _chart([*STEADY, 60.0]), _chart(STEADY)
    overlapping = _chart(STEADY, period_start=MONTHS[:11] - pd.DateOffset(years=1))
    last, words = chart.iloc[-1], summary(chart)
    drawn = f"{number(last['centre'], 1)} % {interval(last['lower_limit'], last['upper_limit'])}"
    return [
        (INVENTED, "eleven months at 50 or 52 % in turn, then 60 %; higher is better"),
        ("Mean and limits", drawn),
        ("Last month", f"{plain(last['cause'])}: {VARIATION[str(words.variation)]}"),
        ("Against a target of 45 %", ASSURANCE[str(words.assurance)]),
        ("Without the last month", f"{VARIATION[str(summary(short).variation)]}{_provisional(short)}"),
        ("Rolling years, one month apart", cannot(overlapping["reason"].iloc[0])),
    ]


def _provisional(chart: pd.DataFrame) -> str:
    return "; provisional, fewer than 12 points" if chart["provisional"].all() else ""


def _progress(latest: float, target: float | None = 60) -> pd.DataFrame:
    changed = difference(beside(around(latest, 5), around(40, 5)))
    return towards_target(changed.assign(baseline=40.0, latest=latest, target=target, **DATES))


def _status(frame: pd.DataFrame) -> str:
    line = frame.iloc[0]
    if pd.isna(line["pace"]):
        return f"no status: {line['reason']}"
    way, time = (f"{number(100 * line[name])} %" for name in ("progress", "expected"))
    return f"{plain(line['status'])}: {way} of the way in {time} of the time, pace {number(line['pace'], 2)}"


def _progress_rows() -> Rows:
    slow = _progress(45)
    return [
        (INVENTED, "40 % in June 2025, to be 60 % by June 2027; every figure ± 5; higher is better"),
        ("45 % in June 2026", _status(slow)),
        ("The change beside it", _changed(difference(slow))),
        ("50 % in June 2026", _status(_progress(50))),
        ("30 % in June 2026", _status(_progress(30))),
        ("No target agreed", _status(_progress(45, None))),
    ]


def _target(value: float) -> str:
    frame = around(value, 5).assign(target=60.0, polarity="higher_is_better")
    met, sure = (function(frame)["comparison"].iloc[0] for function in (against_target, against_target_limits))
    words = {"better": "met", "worse": "not met", "similar": "too close to tell"}
    return f"{words[met]}; allowing for counting noise, {words[sure]}"


def _target_rows() -> Rows:
    return [
        (INVENTED, "the agreed target is 60 %; every figure ± 5; higher is better"),
        ("70 %", _target(70)),
        ("62 %", _target(62)),
        ("50 %", _target(50)),
    ]


OVER_TIME = (
    Example(
        "Change: whether it is more than noise",
        "The change is the later figure minus the earlier one, with limits made from the 95 % limits of both for "
        "counting noise; where they include zero there is no clear change. Between periods that overlap it cannot be "
        "calculated, because they share events. A before-and-after difference does not show that the consensus caused "
        "it.",
        "MOVER: Newcombe, Stat Med 1998;17:873, method 10; Zou and Donner, Stat Med 2008;27:1693.",
        _change_rows,
    ),
    Example(
        "Difference in change: whether one area changed more than another",
        "The change of one area minus the change of another, with limits made from the limits of both changes "
        "(counting noise at 95 %). It cannot be calculated where either change cannot. It describes; that one area "
        "changed more does not show that the consensus, or anything done there, caused it.",
        "MOVER applied to two changes: Zou and Donner, Stat Med 2008;27:1693.",
        _difference_in_change_rows,
    ),
    Example(
        "Recent trend: where yearly figures are going",
        "The last five years in a row show a trend where chance alone would do so once in 500 times (99.8 %, counting "
        "noise) and no single year decides the direction. With fewer years, a gap, or years that overlap it cannot be "
        "calculated. A trend does not show what caused it.",
        "Cochran–Armitage test: Armitage, Biometrics 1955;11:375, with the rules of Fingertips, Office for Health "
        "Improvement and Disparities; weighted regression for rates and means.",
        _trend_rows,
    ),
    Example(
        "Control chart: whether a monthly or quarterly series is stable",
        "The limits come from how much the series moves from one period to the next, not from counting noise. A point "
        "beyond them, or a run that chance rarely makes, is a special cause: something may be different, and the chart "
        "does not say what. Periods that overlap have no chart, and with fewer than 12 points it is provisional.",
        "XmR chart: NHS England, Making Data Count; NHSRplotthedots 0.2.2, 2025.",
        _control_rows,
    ),
    Example(
        "Progress to target: whether an area is on its way",
        "The way covered is compared with the time used up, on a straight line from baseline to target; moving away is "
        "only said where the change is clearly for the worse, by 95 % limits for counting noise. Without an agreed "
        "target there is no status, only the change. Progress does not show that the consensus caused it.",
        "Rule of this project, 2026; on track from a pace of 0.95 and behind from 0.60 as in Statistics Canada’s "
        "measure in Open SDG.",
        _progress_rows,
    ),
    Example(
        "Against a target: whether the figure meets it",
        "A value that reaches the agreed target meets it. Where the target lies inside the value’s 95 % limits for "
        "counting noise it is too close to tell. Without an agreed target there is nothing to meet, and the product "
        "never invents one.",
        "Fingertips technical guidance, comparison with goals (Office for Health Improvement and Disparities, 2025).",
        _target_rows,
    ),
)
