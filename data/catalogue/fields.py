"""Checks on single values: each takes what the file holds and gives back the typed value, or says what to mend.

A check raises `Fault` with the second half of a sentence; the record being read puts file and key before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import TypeVar

from data.errors import UserError

Record = TypeVar("Record")
Check = Callable[[object], object]


class Fault(Exception):
    """What is wrong with one value and how to mend it."""


def text(value: object) -> str:
    """A text with at least one visible character and no blank around it."""
    if not isinstance(value, str):
        raise Fault(f"is {shown(value)}, which is not a text; put it in quotes")
    if not value.strip():
        raise Fault("is empty; write a few words")
    if value != value.strip():
        raise Fault(f"is {shown(value)}; remove the blank before or after it")
    return value


def text_or_empty(value: object) -> str:
    """A text that may be empty."""
    return "" if value == "" else text(value)


def matching(pattern: str, example: str) -> Check:
    """A check for texts of one shape, such as a key or a code."""

    def check(value: object) -> str:
        found = text(value)
        if not re.fullmatch(pattern, found):
            raise Fault(f"is {shown(found)}; write it like {example}")
        return found

    return check


def one_of(allowed: Collection[str]) -> Check:
    """A check for texts out of a fixed list."""

    def check(value: object) -> str:
        if value not in allowed:
            raise Fault(f"is {shown(value)}; use one of {', '.join(allowed)}")
        return text(value)

    return check


def list_of(check_item: Check, least: int = 1) -> Check:
    """A check for a list without repeats, of at least `least` items that each pass `check_item`; gives a tuple."""

    def check(value: object) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise Fault(f"is {shown(value)}, which is not a list; put it in square brackets")
        items = tuple(check_item(item) for item in value)
        if len(items) < least:
            raise Fault("is empty; name at least one")
        if len(set(items)) < len(items):
            raise Fault("names the same thing twice; remove the repeat")
        return items

    return check


def yes_or_no(value: object) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Fault(f"is {shown(value)}; write true or false")
    return value


def whole(value: object) -> int:
    """A whole number of 1 or more."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise Fault(f"is {shown(value)}; write a whole number of 1 or more")
    return value


def positive(value: object) -> float:
    """A number above zero."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
        raise Fault(f"is {shown(value)}; write a number above 0")
    return float(value)


def day(value: object) -> date:
    """A date without a time."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Fault(f"is {shown(value)}, which is not a date; write it without quotes, like 2026-10-31")
    return value


def record(make: Callable[..., Record], raw: Mapping[str, object], checks: Mapping[str, Check], where: str) -> Record:
    """One record from one table or row of a file, its keys exactly those of `checks`.

    `where` names the file and the record. Raises UserError on an unknown key, a missing key or a wrong value.
    """
    for key in raw:
        _refuse_unknown(key, checks, where)
    for key in checks:
        _refuse_missing(key, raw, where)
    return make(**{key: _checked(check, raw[key], f"{where}: {key}") for key, check in checks.items()})


def shown(value: object) -> str:
    """A value as a message quotes it."""
    return f'"{value}"' if isinstance(value, str) else str(value)


def _refuse_unknown(key: str, checks: Mapping[str, Check], where: str) -> None:
    if key not in checks:
        near = get_close_matches(key, checks, n=1)
        cure = f"rename it to {near[0]}" if near and near[0] != key else "remove it"
        raise UserError(f"{where}: {key} is not a key that belongs here; {cure}.")


def _refuse_missing(key: str, raw: Mapping[str, object], where: str) -> None:
    if key not in raw:
        raise UserError(f"{where}: {key} is missing; add it.")


def _checked(check: Check, value: object, where: str) -> object:
    try:
        return check(value)
    except Fault as fault:
        raise UserError(f"{where} {fault}.") from None
