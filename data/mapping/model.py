"""How a file with a layout of its own is read, as plain data: which column means what, and what its figures are of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

KINDS = {
    "areas_across": "a wide table: one column for each area",
    "periods_across": "a wide table: one column for each period",
    "indicators_across": "a wide table: one column for each indicator",
    "other_headings": "a long table: one figure in each row, under headings of its own",
    "fingertips": "a download of all data from Fingertips, the public health profiles",
}
PERIOD_USES = ("period", "period_start", "first_day", "last_day")
AREA_TYPES = ("police_force_area", "region", "country")


@dataclass(frozen=True)
class Column:
    """A column of the file that says what its rows are about.

    `place` counts from 0, `title` is its heading in one line. `use` is a column of the template, or `period_part` (a
    quarter or month beside a year), `first_day`, `last_day`, `status` (words such as “low reliability”) or `only` (rows
    are read where the cell is one of `keep`). `level` says of areas how fine they are: 0 country, 1 region, 2 force
    area, 3 smaller. `keep` of an indicator lists the texts that are known here, of a period one example; `areas` the
    types a name may stand for.
    """

    place: int
    title: str
    use: str
    level: int = 0
    keep: tuple[str, ...] = ()
    areas: tuple[str, ...] = AREA_TYPES


@dataclass(frozen=True)
class Figure:
    """A column whose cells are figures, and the template column they fill: numerator, denominator, value, lower, upper.

    Code of the area, period and indicator are given where the heading names them. `series` is what else the heading
    says, to tell two measures apart; `per` what a rate is for (1000, 100 for a percentage; 0 when it does not say);
    `labelled` whether the heading says that it is a count, a rate and so on.
    """

    place: int
    title: str
    fills: str
    series: str = ""
    per: float = 0
    labelled: bool = False
    area_code: str = ""
    area_name: str = ""
    period: str = ""
    indicator: str = ""

    @property
    def about(self) -> tuple[str, str, str]:
        """What the heading says the figure is of; figures about the same stand in one line."""
        return self.area_code, self.period, self.indicator


@dataclass(frozen=True)
class LeftOut:
    """A column that is not read, and why."""

    place: int
    title: str
    why: str


@dataclass(frozen=True)
class Mapping:
    """How a file is read. `indicator`, `period` and `area_code` hold for the whole file where no column says them."""

    kind: str
    heading_row: int
    columns: tuple[Column, ...]
    figures: tuple[Figure, ...]
    left_out: tuple[LeftOut, ...] = ()
    indicator: str = ""
    period: str = ""
    area_code: str = ""

    def used(self, *uses: str) -> tuple[Column, ...]:
        """The columns with one of these uses, in file order."""
        return tuple(column for column in self.columns if column.use in uses)


def series(mapping: Mapping) -> tuple[str, ...]:
    """The measures among which one must be chosen because their columns fill the same cells; empty when none do."""
    fills = Counter((figure.about, figure.fills) for figure in mapping.figures)
    again = {key for key, times in fills.items() if times > 1}
    found = dict.fromkeys(figure.series for figure in mapping.figures if (figure.about, figure.fills) in again)
    return tuple(found) if len(found) > 1 else ()


def missing(mapping: Mapping) -> tuple[str, ...]:
    """What a person must still choose before the file can be read: of figure, area, indicator and period."""
    said = {
        "figure": not series(mapping),
        "area": mapping.area_code or mapping.used("area_code", "area_name") or _all_say(mapping, "area_code"),
        "indicator": mapping.indicator or mapping.used("indicator") or _all_say(mapping, "indicator"),
        "period": mapping.period or mapping.used(*PERIOD_USES) or _all_say(mapping, "period"),
    }
    return tuple(name for name, found in said.items() if not found)


def chosen(
    mapping: Mapping,
    *,
    indicator: str | None = None,
    period: str | None = None,
    area: str | None = None,
    figure: str | None = None,
) -> Mapping:
    """The mapping with a person's choices: an indicator's key, a period, an area's code, one of `series(mapping)`.

    What columns or headings of the file say themselves is not overruled by a choice.
    """
    if figure is not None:
        mapping = _with_series(mapping, figure)
    return replace(
        mapping,
        indicator=mapping.indicator if indicator is None else indicator,
        period=mapping.period if period is None else period,
        area_code=mapping.area_code if area is None else area,
    )


def without(mapping: Mapping, places: Sequence[int], why: str = "left out by choice") -> Mapping:
    """The mapping with the columns at these places left out; other places are passed over."""
    parts: tuple[Column | Figure, ...] = (*mapping.columns, *mapping.figures)
    left = [*mapping.left_out, *(LeftOut(part.place, part.title, why) for part in parts if part.place in places)]
    return replace(
        mapping,
        columns=tuple(column for column in mapping.columns if column.place not in places),
        figures=tuple(figure for figure in mapping.figures if figure.place not in places),
        left_out=tuple(sorted(left, key=lambda column: column.place)),
    )


def _all_say(mapping: Mapping, name: str) -> bool:
    return bool(mapping.figures) and all(getattr(figure, name) for figure in mapping.figures)


def _with_series(mapping: Mapping, name: str) -> Mapping:
    kept = {(figure.about, figure.fills) for figure in mapping.figures if figure.series == name}
    others = [figure for figure in mapping.figures if figure.series != name]
    return without(mapping, [other.place for other in others if (other.about, other.fills) in kept], "not chosen")
