"""Taking turns: only so many pages are worked out at the same moment, and who came first is served first.

Python runs one thread at a time. Fifty pages begun at once hand it to one another in the middle of everything, which
takes more of the processor than the pages themselves, and each is ready only when nearly all are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, local

AT_ONCE = max(2, os.cpu_count() or 1)
PATIENCE = 30.0
"""Seconds after which a page is worked out without a turn, so that some that hang do not keep everybody out."""

_turns = BoundedSemaphore(AT_ONCE)
_mine = local()


@contextmanager
def one_turn() -> Iterator[None]:
    """Wait for a turn, and have it until the end."""
    _take()
    try:
        yield
    finally:
        _give_back()


@contextmanager
def aside() -> Iterator[None]:
    """Let others have this page's turn while something long is done, such as the writing of a file."""
    had = getattr(_mine, "turn", False)
    _give_back()
    try:
        yield
    finally:
        if had:
            _take()


def _take() -> None:
    _mine.turn = _turns.acquire(timeout=PATIENCE)


def _give_back() -> None:
    if getattr(_mine, "turn", False):
        _mine.turn = False
        _turns.release()
