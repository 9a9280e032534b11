"""Only so many pages are worked out at once, what is long steps aside, and nothing keeps everybody out."""

from collections.abc import Iterator
from threading import BoundedSemaphore, Event, Thread

import pytest

from components import turns


@pytest.fixture(autouse=True)
def two_turns(monkeypatch: pytest.MonkeyPatch) -> Iterator[BoundedSemaphore]:
    """Two turns, none of them taken, and all given back at the end."""
    there = BoundedSemaphore(2)
    monkeypatch.setattr(turns, "_turns", there)
    yield there
    assert [there.acquire(blocking=False) for _ in range(3)] == [True, True, False]


class Page(Thread):
    """A page that is worked out until it is told to end."""

    def __init__(self, aside: bool = False) -> None:
        super().__init__(daemon=True)
        self.begun, self.may_end, self.aside = Event(), Event(), aside
        self.start()

    def run(self) -> None:
        with turns.one_turn():
            if self.aside:
                with turns.aside():
                    self._work()
            else:
                self._work()

    def _work(self) -> None:
        self.begun.set()
        self.may_end.wait(10)

    def end(self) -> None:
        self.may_end.set()
        self.join(10)
        assert not self.is_alive()


def test_a_third_page_waits_until_one_of_two_has_ended() -> None:
    first, second = Page(), Page()
    assert first.begun.wait(5) and second.begun.wait(5)
    third = Page()
    assert not third.begun.wait(0.2)
    first.end()
    assert third.begun.wait(5)
    second.end()
    third.end()


def test_what_is_long_lets_others_go_first() -> None:
    long, second = Page(aside=True), Page()
    assert long.begun.wait(5) and second.begun.wait(5)
    third = Page()
    assert third.begun.wait(5)
    for page in (second, third, long):
        page.end()


def test_pages_that_hang_do_not_keep_everybody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = Page(), Page()
    assert all(page.begun.wait(5) for page in hanging)
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    third = Page()
    assert third.begun.wait(5)
    for page in (third, *hanging):
        page.end()


def test_a_page_that_fails_gives_its_turn_back(two_turns: BoundedSemaphore) -> None:
    for _ in range(3):
        with pytest.raises(ValueError, match="of a page"), turns.one_turn():
            raise ValueError("of a page")


def test_what_is_done_without_a_turn_takes_none(two_turns: BoundedSemaphore) -> None:
    with turns.aside():
        assert [two_turns.acquire(blocking=False) for _ in range(2)] == [True, True]
    two_turns.release(2)
