"""What a person writes in a field: checked before it is kept, because others can read it."""

from __future__ import annotations

from data.errors import UserError
from data.screening.personal import kinds

LONGEST = 2_000
LONGEST_REASON = 1_000
SHORTEST_REASON = 10


def checked(text: str | None, what: str, *, most: int = LONGEST, required: bool = True) -> str:
    """The text without blanks around it; `what` names the field, as in "the reason".

    Raises `UserError` when it is blank though required, longer than `most` characters, or holds personal data.
    """
    text = (text or "").strip()
    if required and not text:
        raise UserError(f"Write {what}: it is needed, so that others understand it later. Nothing was changed.")
    if len(text) > most:
        long = f"{_capital(what)} has {len(text):,} characters; at most {most:,} are kept."
        raise UserError(f"{long} Shorten it. Nothing was changed.")
    if personal := ", ".join(kinds(text)):
        raise UserError(
            f"{_capital(what)} looks as if it held personal data ({personal}). Others can read it, and it is kept, so "
            "write it without. Nothing was changed."
        )
    return text


def checked_reason(reason: str | None, what: str = "the reason", *, shortest: int = SHORTEST_REASON) -> str:
    """As `checked`, and long enough to be understood later."""
    text = checked(reason, what, most=LONGEST_REASON, required=False)
    if not text:
        raise UserError("Say why: a reason is needed, so that others understand later what happened.")
    if len(text) < shortest:
        short = f"{_capital(what)} “{text}” is too short to understand later."
        raise UserError(f"{short} Say it in a few words. Nothing was changed.")
    return text


def _capital(what: str) -> str:
    return what[:1].upper() + what[1:]
