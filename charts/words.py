"""The words and figures that charts, pages and packs share: marks for states, rounded numbers with units, dates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

CHANGE_WORDS = {
    "improved": "improved",
    "worsened": "worsened",
    "higher": "higher, no judgement",
    "lower": "lower, no judgement",
    "no_clear_change": "no clear change",
    "cannot_be_calculated": "cannot be calculated",
}
COMPARISON_WORDS = {
    "better": "better than England",
    "worse": "worse than England",
    "higher": "higher than England",
    "lower": "lower than England",
    "similar": "similar to England",
    "not_compared": "not compared",
}
MARKS = {
    "improved": "▲",
    "better": "▲",
    "positive": "▲",
    "worsened": "▼",
    "worse": "▼",
    "negative": "▼",
    "higher": "△",
    "lower": "▽",
    "no_clear_change": "▬",
    "similar": "▬",
    "neutral": "▬",
    "mixed": "▬",
    "cannot_be_calculated": "▨",
    "not_compared": "▨",
    "silent": "○",
    "absent": "▨",
    "convergent": "●",
    "complementary": "◇",
    "dissonant": "◆",
    "beyond": "◆",
    "passed": "●",
    "failed": "○",
    "not_applicable": "□",
}
TONES = {
    "improved": "good",
    "better": "good",
    "positive": "good",
    "worsened": "bad",
    "worse": "bad",
    "negative": "bad",
    "dissonant": "bad",
    "cannot_be_calculated": "missing",
    "not_compared": "missing",
    "silent": "missing",
    "absent": "missing",
    "passed": "good",
    "failed": "bad",
    "not_applicable": "missing",
}
GRADE_WORDS = {
    "no_evidence_available": "No evidence available",
    "not_started": "Not started",
    "limited": "Limited",
    "substantial": "Substantial",
    "complete": "Complete",
}
PERSPECTIVE_WORDS = {
    "service_provider": "Service providers",
    "service_user": "Service users",
    "carer_or_family": "Carers and families",
    "community": "Community",
}
POLARITY_WORDS = {
    "higher_is_better": "higher is better",
    "lower_is_better": "lower is better",
    "no_judgement": "no judgement is made",
}
# Marks that override or isolate the direction of writing: left out wherever text is shown, as they reach past it.
TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
NOT_CAUSE = (
    "A difference or a change does not show that the consensus caused it, and does not judge an area’s compliance."
)
NOISE = "Words rest on 95 % limits for counting noise."


def number(value: float | None, decimals: int = 0) -> str:
    """A rounded number with thousands separated, or a dash when missing."""
    if value is None or pd.isna(value):
        return "–"
    text = f"{value:,.{decimals}f}"
    return text.replace("-", "−") if float(text.replace(",", "")) != 0 else f"{0:.{decimals}f}"


def decimals_for(measure: str) -> int:
    """How many decimals an indicator's figures are shown with: none for counts, one for the rest."""
    return 0 if measure == "count" else 1


def with_unit(text: str, unit: str) -> str:
    """A figure with its unit, such as `54.2 %` or `1,012.3 per 100,000 residents`."""
    return f"{text} {unit}".strip()


def interval(lower: float | None, upper: float | None, decimals: int = 1) -> str:
    """Limits in brackets, such as `(48.0 to 60.1)`, or that there are none."""
    if lower is None or upper is None or pd.isna(lower) or pd.isna(upper):
        return "(no limits)"
    return f"({number(lower, decimals)} to {number(upper, decimals)})"


def signed(value: float | None, decimals: int = 1) -> str:
    """A difference with its sign."""
    if value is None or pd.isna(value):
        return "–"
    text = number(value, decimals)
    return f"+{text}" if value > 0 and text != number(0, decimals) else text


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun, such as `1 area` and `3 areas`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def day(value: date | Any) -> str:
    """A date in words, such as `31 July 2025`."""
    stamp = pd.Timestamp(value)
    return f"{stamp.day} {stamp.month_name()} {stamp.year}"


def shortened(text: str, most: int = 120) -> str:
    """The beginning of a text that is too long for a table, up to a word's end where there is one near, with a mark."""
    if len(text) <= most:
        return text
    return f"{text[: beginning(text, most)].rstrip()} …"


def beginning(text: str, most: int) -> int:
    """Where to cut a long text: after its last whole word of the first `most` characters, or in the midst of one."""
    space = text.rfind(" ", most // 2, most)
    return space if space > 0 else most


def listed(names: list[str], most: int = 3) -> str:
    """Names as a list for a sentence: `A, B and C`, or `A, B, C and 4 more`."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
