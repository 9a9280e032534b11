"""The words for files that hold figures, but none that can be read."""

from __future__ import annotations

from collections.abc import Sequence

from data.findings import Finding, shorten
from data.mapping.contents import Contents
from data.mapping.figures import Found
from data.mapping.measures import CHANGE
from data.mapping.model import PERIOD_USES, Column
from data.mapping.roles import several_measures
from data.mapping.view import View

HELD_HERE = "England, its regions and its police force areas"


def refusal(seen: View, found: Found, columns: Sequence[Column], rest: Sequence[Contents]) -> Finding | None:
    """Why a file of figures cannot be read; None when it can, or when it seems to hold no figures at all."""
    told = told_by(seen, found, columns)
    if told["number"] and (told["area"] or told["period"]) and _are_changes(seen, found):
        return changes(next((line for line in seen.lines if CHANGE.search(line)), ""))
    if told["area"] and told["number"] and not told["figure"]:
        return unclear("a count or a rate")
    if told["figure"] and not told["area"] and told["period"] != told["indicator"]:
        return unclear("an area")
    mixed = several_measures(rest) if told["area"] and told["figure"] and not told["indicator"] else None
    return several(mixed.title, mixed.distinct) if mixed else None


def told_by(seen: View, found: Found, columns: Sequence[Column]) -> dict[str, bool]:
    """What the file says of number, figure, area, period and indicator, by heading, column or title."""
    uses = {column.use for column in columns}
    return {
        "number": bool(found.figures or found.left_out),
        "figure": any(figure.fills in ("numerator", "value") for figure in found.figures),
        "area": bool(found.across.area or uses & {"area_code", "area_name"}),
        "period": bool(found.across.period or seen.period or uses & set(PERIOD_USES)),
        "indicator": bool(found.across.indicator or "indicator" in uses),
    }


def changes(line: str) -> Finding:
    """The refusal of a table of changes; `line` is the title that says so."""
    where = f" (“{shorten(line)}”)" if line else ""
    return Finding(
        "must_fix",
        "layout_not_figures",
        f"the file holds changes between two periods{where}, not the figures of a period",
        "upload the table of the figures themselves: numbers or rates",
    )


def unclear(what: str) -> Finding:
    """The refusal of a table in which something cannot be told."""
    return Finding(
        "must_fix",
        "layout_unclear",
        f"the file looks like a table of figures, but neither its headings nor its rows name {what} known here",
        "name areas by their ONS code or full name and periods such as 2024/25 or year ending June 2025, or copy the "
        "figures into a template from the Upload page",
    )


def other_places(columns: Sequence[Column]) -> Finding:
    """The refusal of a table about places that are not held here, such as local authorities."""
    named = " and ".join(f"“{column.title}”" for column in columns[:2])
    return Finding(
        "must_fix",
        "layout_other_places",
        f"no row is about a place held here: the places in {named} are none of {HELD_HERE}, or smaller parts of them",
        "upload the table by police force area, or add the figures of the smaller places up in your spreadsheet first",
    )


def several(title: str, measures: Sequence[str]) -> Finding:
    """The refusal of a table whose column of this title mixes measures of which none is an indicator held here."""
    named = ", ".join(f"“{shorten(text)}”" for text in measures[:3])
    more = " …" if len(measures) > 3 else ""
    return Finding(
        "must_fix",
        "layout_several_measures",
        f"the file holds {len(measures):,} measures in the column “{title}” ({named}{more}), and none is "
        "an indicator held here",
        "keep the rows of one measure only and upload the file again; you can then say which indicator it is",
    )


def _are_changes(seen: View, found: Found) -> bool:
    """A title that speaks of change is believed unless some headings tell figures from changes."""
    changed = [column for column in found.left_out if column.why.startswith("a change")]
    if any(CHANGE.search(line) for line in seen.lines):
        return not (changed and found.figures) and not any(
            figure.fills == "numerator" and figure.labelled for figure in found.figures
        )
    return bool(changed) and not found.figures
