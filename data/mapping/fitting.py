"""A mapping made to fit the indicator: which of count, denominator and rate the indicator is kept by."""

from __future__ import annotations

from dataclasses import replace

from data.catalogue import RESIDENT_POPULATION, Indicator
from data.findings import Finding
from data.mapping.model import Figure, Mapping, without
from data.mapping.words import Words

FILLED_IN = "the program fills in the resident population itself"


def fitted(mapping: Mapping, words: Words) -> Mapping:
    """The mapping with the figures that its indicators need; the same when no indicator is known yet."""
    mapping = replace(mapping, figures=tuple(_as_value(figure, mapping, words) for figure in mapping.figures))
    spare = [
        figure for figure in mapping.figures if _resident(figure, mapping, words) and figure.fills == "denominator"
    ]
    mapping = without(mapping, [figure.place for figure in spare], FILLED_IN)
    beside = [figure for figure in mapping.figures if _counted(figure, mapping) and _misfits(figure, mapping, words)]
    return without(mapping, [figure.place for figure in beside], "the rate is made from the count")


def misfits(mapping: Mapping, words: Words) -> list[Finding]:
    """A must-fix for rates per another number of people than the indicator's, where no count stands beside them."""
    found = [figure for figure in mapping.figures if _misfits(figure, mapping, words)]
    if not found:
        return []
    item = definitions(found[0], mapping, words)[0]
    return [
        Finding(
            "must_fix",
            "rate_per_another_number",
            f"the rates under “{found[0].title}” are per {found[0].per:,.0f}, but {item.name} is kept {item.unit}",
            "choose the indicator they belong to, leave the column out, or upload a table of counts",
            column=found[0].title,
        )
    ]


def definitions(figure: Figure, mapping: Mapping, words: Words) -> list[Indicator]:
    """The definitions of the indicators that a figure may be of; none when nothing says so yet."""
    texts = [text for column in mapping.used("indicator") for text in column.keep]
    keys = [figure.indicator or mapping.indicator] if not texts else list(map(words.indicator, texts))
    return [words.catalogue.indicators[key] for key in keys if key in words.catalogue.indicators]


def computed(figure: Figure, mapping: Mapping, words: Words) -> bool:
    """Whether a value or limit is left out of the rows that have a count, because the program makes the rate itself."""
    return (
        figure.fills in ("value", "lower", "upper") and _counted(figure, mapping) and _resident(figure, mapping, words)
    )


def _resident(figure: Figure, mapping: Mapping, words: Words) -> bool:
    items = definitions(figure, mapping, words)
    return bool(items) and all(item.denominator == RESIDENT_POPULATION for item in items)


def _counted(figure: Figure, mapping: Mapping) -> bool:
    return any(other.about == figure.about and other.fills == "numerator" for other in mapping.figures)


def _as_value(figure: Figure, mapping: Mapping, words: Words) -> Figure:
    """Whole numbers under a heading that says nothing are counts, unless a count alone would need a denominator."""
    items = definitions(figure, mapping, words)
    own = bool(items) and all(item.denominator not in ("", RESIDENT_POPULATION) for item in items)
    beside = any(other.about == figure.about and other.fills == "denominator" for other in mapping.figures)
    unsure = figure.fills == "numerator" and not figure.labelled
    return replace(figure, fills="value") if own and unsure and not beside else figure


def _misfits(figure: Figure, mapping: Mapping, words: Words) -> bool:
    items = definitions(figure, mapping, words)
    return (
        figure.fills == "value" and bool(figure.per and items) and all(item.multiplier != figure.per for item in items)
    )
