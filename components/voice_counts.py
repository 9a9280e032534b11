"""What the Voices page counts of the insights that its choices leave, made once for all who see the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.words import PERSPECTIVE_WORDS
from components import hearing, pictures, voice_words
from components.controls import View
from components.voice_filters import Asked
from metrics.insight import themes
from reports.evidence import grade_counts


@dataclass(frozen=True)
class Counted:
    """Sentences and counts of insights; nobody changes them.

    `whole` : the first row of `gaps`, or nothing where nobody was heard.
    `graded` : as `reports.evidence.grade_counts`; `sides`, `gaps`, `quarters` and `methods` as `components.hearing`.
    `unheard`, `silent`, `areas` : as `hearing.missing`.
    `barriers`, `enablers`, `not_heard` : as `named`.
    """

    answer: str
    behind: str
    whole: dict[Any, Any]
    graded: pd.DataFrame
    sides: pd.DataFrame
    gaps: pd.DataFrame
    quarters: pd.DataFrame
    methods: pd.DataFrame
    unheard: pd.DataFrame
    silent: list[str]
    areas: int
    barriers: pd.DataFrame
    enablers: pd.DataFrame
    not_heard: pd.DataFrame


def counted(view: View, asked: Asked) -> Counted:
    """What is counted of `hearing.heard`; words to find make no difference to it."""
    choices = asked.commitment, asked.perspective, asked.sector
    return pictures.kept_whole(view, "voices", lambda: _counted(view, asked), *choices, pictures.heard(view))


def named(heard: pd.DataFrame, column: str) -> pd.DataFrame:
    """How many insights name each theme, most often named first: theme, insights, people, a column per perspective."""
    found, each = themes(heard, column), themes(heard, column, "perspective")
    keys = zip(each["perspective"], each["theme"].str.casefold(), strict=True)
    counts = dict(zip(keys, each["insights"], strict=True))
    places = list(found["theme"].str.casefold())
    return found.assign(
        **{
            perspective: pd.Series([counts.get((perspective, place), 0) for place in places], dtype="int64")
            for perspective in PERSPECTIVE_WORDS
        }
    )


def _counted(view: View, asked: Asked) -> Counted:
    heard = hearing.heard(view, asked)
    gaps, (unheard, silent, areas) = hearing.gaps(heard), hearing.missing(heard, view)
    whole = dict(gaps.iloc[0]) if len(gaps) else {}
    return Counted(
        answer=voice_words.answer(heard, whole, silent, areas, voice_words.about(view, asked)),
        behind=voice_words.behind(heard, whole),
        whole=whole,
        graded=grade_counts(heard),
        sides=hearing.of_sides(heard),
        gaps=gaps,
        quarters=hearing.by_quarter(heard),
        methods=hearing.by_method(heard),
        unheard=unheard,
        silent=silent,
        areas=areas,
        barriers=named(heard, "barriers"),
        enablers=named(heard, "enablers"),
        not_heard=named(heard, "not_heard"),
    )
