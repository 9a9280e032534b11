"""Parts of the page What changed: the sentences that matter most, and a table with its CSV for each kind of change."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext

import pandas as pd
import streamlit as st

from charts.changed import STATES, by_indicator, changed_chart, changed_finding, changed_sentence
from charts.words import day, plural
from components import changed_rows, changed_states, changed_words, charts, due_rows, html, session
from components.changed import Changed
from components.changed_rows import named
from components.changed_states import Rows
from components.controls import View
from data.differences import LINES

SHOWN, OPEN = 100, 12
MATTER_COLUMNS = [html.Column("Where"), html.Column("What changed")]
COUNTED = [*STATES, "facts"]
COUNT_COLUMNS = [
    html.Column("Indicator"),
    *(html.Column(words, numeric=True) for words, _, _ in STATES.values()),
    html.Column("in all", numeric=True),
]
BY_MOVER = "Latest figure against the last period ending by 31 July 2025, by MOVER on 95 % limits, at both versions."
AGAINST = "Each area’s own 95 % limits against England’s figure for the same period, at both versions."
FITTED = "Improved against worsened indicators beside grades 4 and 5 against 1 and 2, at both versions."
RANKED = (
    "Ranked are areas beyond the 99.8 % limits adjusted for overdispersion, in the latest period of each rate or "
    "proportion, farthest first: 1 time the limit is at the limit. Ranks are among the areas of the place in view."
)
HOW_COUNTED = (
    "A figure is new, corrected or withdrawn if it holds at one of the two versions only, or with other numbers; one "
    "that was taken away and came back as it was is not counted. Counts of people are rounded to 5, so a small "
    "correction may not show."
)


def show_matters(found: Changed) -> None:
    """A sentence for each change that matters most, and how many more there are."""
    every = changed_words.matters(found)
    if not every:
        html.sentence("No word, fit or rank changed in a way that needs a sentence; the tables below have the figures.")
        return
    rest = sum(matter.changes for matter in every[changed_words.MOST :])
    html.table(MATTER_COLUMNS, changed_words.matter_rows(every), "What matters most, gravest first")
    if rest:
        html.quiet(f"{plural(rest, 'more change')} of these kinds {'is' if rest == 1 else 'are'} in the tables below.")


def show_counts(found: Changed) -> None:
    """The bars of figures that differ, by indicator; nothing where there are none to draw."""
    names = {key: item.name for key, item in session.catalogue().indicators.items()}
    counts = found.counts
    wide = by_indicator(counts.assign(name=counts["indicator"].map(names).fillna(counts["indicator"])))
    if wide.empty:
        return
    charts.show(
        charts.drawn(changed_chart, wide, charts.colours(), changed_finding(wide)),
        changed_sentence(wide),
        found.now,
        key="changed",
        columns=COUNT_COLUMNS,
        rows=[[line["name"], *(f"{line[state]:,}" for state in COUNTED)] for line in wide.to_dict("records")],
        data=wide,
        method=HOW_COUNTED,
    )


def show_figures(found: Changed) -> None:
    """How many figures differ, and each with what it was and is."""
    show_counts(found)
    rows = changed_rows.figure_rows(found.figures.head(SHOWN), found.now)
    show_table(changed_rows.FIGURE_COLUMNS, rows, found.figures, found.now, key="figures",
               caption="Figures that differ", method=HOW_COUNTED,
               none="No figure is new, corrected or withdrawn.")  # fmt: skip
    if len(found.figures) >= LINES:
        html.quiet(f"Only the first {LINES:,} figures are listed, corrections and withdrawals first; all count.")


def show_statuses(found: Changed) -> None:
    """Words of change that are others now."""
    rows = changed_states.status_rows(found.statuses.head(SHOWN), found.now)
    show_table(changed_states.STATUS_COLUMNS, rows, found.statuses, found.now, key="words",
               caption="Words that differ", method=BY_MOVER,
               none="No word of change since July 2025 is another.")  # fmt: skip


def show_standing(found: Changed) -> None:
    """Words against England that are others now."""
    rows = changed_states.standing_rows(found.standing.head(SHOWN), found.now)
    show_table(changed_states.STANDING_COLUMNS, rows, found.standing, found.now, key="england",
               caption="Latest figures that stand otherwise against England", method=AGAINST,
               none="No latest figure stands otherwise against England.")  # fmt: skip


def show_fits(found: Changed) -> None:
    """Commitments whose numbers and voices fit otherwise: in the place itself first, then in its areas."""
    rows = changed_states.fit_rows(found.fits.head(SHOWN), found.now)
    show_table(changed_states.FIT_COLUMNS, rows, found.fits, found.now, key="fits",
               caption="How numbers and voices fit, where it differs", method=FITTED,
               none="Numbers and voices fit as they did.")  # fmt: skip


def show_attention(found: Changed) -> None:
    """Who moved among those beyond the usual variation between areas."""
    frame = found.attention
    html.quiet(RANKED)
    rows = changed_states.rank_rows(frame.head(SHOWN), found.now)
    show_table(changed_states.RANK_COLUMNS, rows, frame, found.now, key="attention", caption="Ranks that differ",
               method=RANKED, none="No area moved in or out of the limits, and no rank changed.")  # fmt: skip


def show_insights(found: Changed) -> None:
    """What people told that is new, corrected or withdrawn, as far as the person asking may see it."""
    rows = changed_rows.insight_rows(found.insights.head(SHOWN))
    show_table(changed_rows.INSIGHT_COLUMNS, rows, found.insights, found.now, key="insights",
               caption="Insights that differ", none="No insight is new, corrected or withdrawn.")  # fmt: skip


def show_overdue(found: Changed) -> None:
    """How many figures became overdue, how many are no longer, and which areas they are of."""
    late = found.overdue[found.overdue["state"].notna()]
    settled = len(found.overdue) - len(late)
    html.sentence(
        f"{plural(len(late), 'figure')} became overdue by {day(found.now.as_of)}; {settled:,} overdue before "
        f"{'is' if settled == 1 else 'are'} no longer: they came, or fell due more than 12 months ago."
    )
    rows = due_rows.late_rows(late, session.catalogue(), found.now)[:SHOWN]
    show_table(due_rows.LATE_COLUMNS, rows, late, found.now, key="overdue", caption="Figures newly overdue")


def show_others(found: Changed) -> None:
    """Targets, agreed indicators, definitions and estimates of residents that differ."""
    frames = {
        "targets": found.targets,
        "agreements": found.agreements,
        "definitions": found.definitions,
        "populations": found.populations,
    }
    rows = changed_rows.other_rows(*frames.values())
    if not rows:
        html.sentence("No target, definition or population estimate is another.")
        return
    html.table(changed_rows.OTHER_COLUMNS, rows[:SHOWN], _total("Targets, definitions and populations", len(rows)))
    for name, frame in frames.items():
        if len(frame):
            charts.download(frame, found.now, f"changed-{name}")


def show_files(found: Changed) -> None:
    """Files that came, went or were replaced between the two versions."""
    rows = changed_rows.file_rows(found.files.head(SHOWN))
    show_table(changed_rows.FILE_COLUMNS, rows, found.files, found.now, key="files",
               caption="What happened to files", none="No file that you may see came or went.")  # fmt: skip


def show_table(
    columns: Sequence[html.Column],
    rows: Rows,
    frame: pd.DataFrame,
    view: View,
    *,
    key: str,
    caption: str,
    method: str = "",
    none: str = "",
) -> None:
    """A table of changes, behind a click where it is long, with the CSV of all of them; or the sentence `none`."""
    if frame.empty:
        html.sentence(none) if none else None
        return
    total = _total(caption, len(frame))
    with st.expander(total) if len(frame) > OPEN else nullcontext():
        html.table(columns, rows, total)
        charts.download(named(frame, session.catalogue()), view, f"changed-{key}", method)


def _total(caption: str, count: int) -> str:
    return f"{caption}: the first {SHOWN} of {count:,}" if count > SHOWN else f"{caption}: {count:,}"
