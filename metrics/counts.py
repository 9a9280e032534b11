"""Numerator and denominator: which rows can be used, and in words why the others cannot."""

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from metrics.columns import Bools, Floats, Rule, check_above_zero, choose, first_rule, no_reasons, numbers, require

KINDS = ("proportion", "rate")


def read_counts(frame: pd.DataFrame, kind: str) -> tuple[Floats, Floats, Bools, ExtensionArray]:
    """Numerator and denominator, which rows keep the rules, and the reason for those that do not.

    Rows that break a rule come back as NaN in both, so that no method can make a number of them.
    """
    require(frame, "numerator", "denominator")
    x, n = numbers(frame, "numerator"), numbers(frame, "denominator")
    usable = (x >= 0) & (n > 0) & (n < np.inf) & ((x <= n) if kind == "proportion" else (x < np.inf))
    if usable.all():
        return x, n, usable, no_reasons(len(x))
    reason = first_rule(broken_rules(x, n, kind), len(x))
    return np.where(usable, x, np.nan), np.where(usable, n, np.nan), usable, reason


def broken_rules(x: Floats, n: Floats, kind: str) -> list[Rule]:
    """The rules of a count over a denominator, each with the sentence for a row that breaks it."""
    rules = [
        (np.isnan(x), "the numerator is missing"),
        (np.isnan(n), "the denominator is missing"),
        (np.isinf(x), "the numerator is not a finite number"),
        (np.isinf(n), "the denominator is not a finite number"),
        (x < 0, "the numerator is below zero"),
        (n < 0, "the denominator is below zero"),
        (n == 0, "the denominator is zero"),
    ]
    return rules + ([(x > n, "the numerator is above the denominator")] if kind == "proportion" else [])


def check_kind(kind: str, multiplier: float) -> None:
    """Raise unless the kind is known and the multiplier usable."""
    choose(kind, KINDS, "kind")
    check_above_zero(multiplier, "multiplier")
