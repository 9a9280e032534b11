"""One review as its page shows it: what it looks at, what the group concluded, and what was decided before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pandas as pd

from charts.words import day
from components import pictures, session
from components.controls import View
from components.review_agenda import made
from components.reviewing import judgements
from data import queries
from reports.decided import closed

NO_REVIEW = UUID(int=0)
Line = dict[Any, Any]


@dataclass(frozen=True)
class Held:
    """A review of the place in view. `pinned` is the view at its data version, `former` the one closed before it.

    `picture` and `agenda` are those that were `kept` when it closed, or are worked out. `history` has every judgement
    that was saved, `decided` the actions of the former review and then its own, in the order that their numbers follow.
    `readable`: judgements and replies are shown to the person asking, which before the end is for those who take part.
    """

    view: View
    pinned: View
    review: Line
    former: Line | None
    words: str
    former_words: str
    picture: pd.DataFrame
    agenda: pd.DataFrame
    judgements: dict[str, Line]
    former_judgements: dict[str, Line]
    history: pd.DataFrame
    decided: pd.DataFrame
    replies: pd.DataFrame
    kept: bool
    readable: bool

    @property
    def writable(self) -> bool:
        """Whether judgements, replies and decisions can be recorded."""
        return bool(self.review["state"] == "open") and self.newest

    @property
    def newest(self) -> bool:
        """Whether the page shows the newest data version: an earlier one is looked at, not written to."""
        return self.view.version == self.view.newest

    @property
    def own_actions(self) -> pd.DataFrame:
        """What this review decided."""
        return _only(self.decided, self.decided["review"] == self.review["id"])

    @property
    def former_actions(self) -> pd.DataFrame:
        """What the former review decided."""
        return _only(self.decided, self.decided["review"] != self.review["id"])

    def picture_of(self, commitment: str) -> Line:
        """The computed picture of one commitment."""
        return next(line for line in self.picture.to_dict("records") if line["commitment"] == commitment)

    def link(self, **chosen: str) -> str:
        """The address of this review on its page, with another commitment as `chosen` says."""
        return link(self.view, self.words, **chosen)


def link(view: View, review: str, **chosen: str) -> str:
    """The address of the page Reviews with one of its reviews, named by its words."""
    return view.link("reviews", {"review": review}, **chosen)


def named(reviews: pd.DataFrame) -> dict[str, str]:
    """The words of each review by its identifier, the open one first, those called off last; never two the same.

    Only the day and the data version are said: a title is a person's text, and words stay when a review closes.
    """
    order = reviews["state"].map({"open": 0, "closed": 1, "called_off": 2})
    lines = reviews.iloc[order.argsort(kind="stable")].to_dict("records")
    words = {str(line["id"]): f"{day(line['held_on'])}, data version {line['version']}" for line in lines}
    oldest_first = sorted(lines, key=lambda line: (line["recorded_at"], str(line["id"])))
    return {key: _numbered(key, words, [str(line["id"]) for line in oldest_first]) for key in words}


def held(view: View, reviews: pd.DataFrame, chosen: str) -> Held:
    """Everything that the page shows of one of the place's reviews."""
    lines: dict[str, Line] = {str(line["id"]): line for line in reviews.to_dict("records")}
    review = lines[chosen]
    former = _former(reviews, review)
    pinned = replace(view, version=int(review["version"]), as_of=review["as_of"].date())
    decided = [_actions(view, line) for line in (former, review)]
    picture, agenda = _kept(review)
    kept = not picture.empty
    if not kept:
        picture, agenda = pictures.picture(pinned), made(pinned, former, decided[0], review["held_on"].date())
    words = named(reviews)
    return Held(
        view,
        pinned,
        review,
        former,
        words[chosen],
        words[str(former["id"])] if former else "",
        picture,
        agenda,
        judgements(review, view),
        judgements(former, view),
        queries.judgements(session.cursor(), session.actor(), view.version, review["id"], every=True),
        pd.concat(decided, ignore_index=True),
        queries.replies(session.cursor(), session.actor(), view.version, review["id"]),
        kept,
        queries.review_reader(session.cursor(), session.actor(), view.version, review["id"])["shown"],
    )


def _kept(review: Line) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The picture, in the catalogue's order, and the agenda as they were kept when the review closed; else empty."""
    place = {key: place for place, key in enumerate(session.catalogue().commitments)}
    picture = queries.review_picture(session.cursor(), review["id"])
    order = picture["commitment"].map(place).to_numpy().argsort(kind="stable")
    return picture.iloc[order].reset_index(drop=True), queries.review_agenda(session.cursor(), review["id"])


def _actions(view: View, review: Line | None) -> pd.DataFrame:
    return queries.actions(session.cursor(), view.version, review=NO_REVIEW if review is None else review["id"])


def _only(frame: pd.DataFrame, rows: pd.Series[bool]) -> pd.DataFrame:
    return frame[rows]


def _former(reviews: pd.DataFrame, review: Line) -> Line | None:
    """The review of the place that was closed before this one."""
    before = [line for line in closed(reviews).to_dict("records") if _when(line) < _when(review)]
    return max(before, key=_when, default=None)


def _when(line: Line) -> tuple[Any, ...]:
    return line["held_on"], line["recorded_at"], str(line["id"])


def _numbered(key: str, words: dict[str, str], oldest_first: Iterable[str]) -> str:
    alike = [other for other in oldest_first if words[other] == words[key]]
    place = alike.index(key)
    return words[key] if place == 0 else f"{words[key]}, number {place + 1}"
