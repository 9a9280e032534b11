"""Parts of the page What changed: the sentences that matter most, and a table with its CSV for each kind of change."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from charts.changed import STATES, by_indicator, changed_chart, changed_finding, changed_sentence
from charts.words import day, plural
from components import changed_rows, changed_states, changed_words, charts, due_rows, html, pictures, session
from components.changed import Changed, asked_by
from components.changed_rows import named
from components.changed_states import Rows
from components.controls import View
from components.ready import Chart, drawn_for
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


@dataclass(frozen=True)
class Table:
    """One kind of change: the first rows of it, all of it as it is taken away, and what is said where there is none."""

    columns: Sequence[html.Column]
    rows: Rows
    data: pd.DataFrame
    key: str
    caption: str
    method: str = ""
    none: str = ""


@dataclass(frozen=True)
class Sections:
    """Everything that the page says and shows of the changes of one place, for those who see the same."""

    answer: str
    more: str
    matters: Rows
    rest: int
    counts: Chart | None
    figures: Table
    statuses: Table
    standing: Table
    fits: Table
    attention: Table
    insights: Table
    settled: str
    overdue: Table
    others: Rows
    files: Table


def sections(found: Changed) -> Sections:
    """What the page shows, worked out once: it may hold texts of people, and links."""
    asked = *asked_by(found.then), *drawn_for(found.now)
    return pictures.kept_whole(found.now, "what changed", lambda: _sections(found), *asked)


def _sections(found: Changed) -> Sections:
    every = changed_words.matters(found)
    return Sections(
        changed_words.answer(found),
        changed_words.more(found),
        changed_words.matter_rows(every),
        sum(matter.changes for matter in every[changed_words.MOST :]),
        _counts(found),
        **_tables(found),
        settled=_settled(found),
        others=changed_rows.other_rows(found.targets, found.agreements, found.definitions, found.populations),
    )


def show_matters(made: Sections) -> None:
    """A sentence for each change that matters most, and how many more there are."""
    if not made.matters:
        html.sentence("No word, fit or rank changed in a way that needs a sentence; the tables below have the figures.")
        return
    html.table(MATTER_COLUMNS, made.matters, "What matters most, gravest first")
    if made.rest:
        verb = "is" if made.rest == 1 else "are"
        html.quiet(f"{plural(made.rest, 'more change')} of these kinds {verb} in the tables below.")


def show_figures(made: Sections, view: View) -> None:
    """How many figures differ, and each with what it was and is."""
    if made.counts:
        made.counts.show(view)
    show_table(made.figures, view)
    if len(made.figures.data) >= LINES:
        html.quiet(f"Only the first {LINES:,} figures are listed, corrections and withdrawals first; all count.")


def show_attention(made: Sections, view: View) -> None:
    """Who moved among those beyond the usual variation between areas."""
    html.quiet(RANKED)
    show_table(made.attention, view)


def show_overdue(made: Sections, view: View) -> None:
    """How many figures became overdue, how many are no longer, and which areas they are of."""
    html.sentence(made.settled)
    show_table(made.overdue, view)


def show_others(made: Sections, found: Changed) -> None:
    """Targets, agreed indicators, definitions and estimates of residents that differ."""
    rows = made.others
    if not rows:
        html.sentence("No target, definition or population estimate is another.")
        return
    html.table(changed_rows.OTHER_COLUMNS, rows[:SHOWN], _total("Targets, definitions and populations", len(rows)))
    for name in ("targets", "agreements", "definitions", "populations"):
        frame = getattr(found, name)
        if len(frame):
            charts.download(frame, found.now, f"changed-{name}")


def show_table(made: Table, view: View) -> None:
    """A table of changes, behind a click where it is long, with the CSV of all of them; or the sentence `none`."""
    count = len(made.data)
    if not count:
        html.sentence(made.none) if made.none else None
        return
    total = _total(made.caption, count)
    with st.expander(total) if count > OPEN else nullcontext():
        html.table(made.columns, made.rows, total)
        charts.download(made.data, view, f"changed-{made.key}", made.method)


def _counts(found: Changed) -> Chart | None:
    """The bars of figures that differ, by indicator; nothing where there are none to draw."""
    names = {key: item.name for key, item in session.catalogue().indicators.items()}
    counts = found.counts
    wide = by_indicator(counts.assign(name=counts["indicator"].map(names).fillna(counts["indicator"])))
    if wide.empty:
        return None
    rows = [[line["name"], *(f"{line[state]:,}" for state in COUNTED)] for line in wide.to_dict("records")]
    figure = changed_chart(wide, charts.colours(), changed_finding(wide))
    return Chart(changed_sentence(wide), figure, key="changed", columns=COUNT_COLUMNS, rows=rows, data=wide,
                 method=HOW_COUNTED)  # fmt: skip


def _tables(found: Changed) -> dict[str, Table]:
    figures, insights, files = found.figures, found.insights, found.files
    own, told = _of_words(found), session.catalogue()
    late = found.overdue[found.overdue["state"].notna()]
    return own | {
        "figures": Table(
            changed_rows.FIGURE_COLUMNS, changed_rows.figure_rows(figures.head(SHOWN), found.now),
            named(figures, told), "figures", "Figures that differ", HOW_COUNTED,
            "No figure is new, corrected or withdrawn.",
        ),
        "insights": Table(
            changed_rows.INSIGHT_COLUMNS, changed_rows.insight_rows(insights.head(SHOWN)), named(insights, told),
            "insights", "Insights that differ", none="No insight is new, corrected or withdrawn.",
        ),
        "overdue": Table(
            due_rows.LATE_COLUMNS, due_rows.late_rows(late, told, found.now)[:SHOWN], named(late, told), "overdue",
            "Figures newly overdue",
        ),
        "files": Table(
            changed_rows.FILE_COLUMNS, changed_rows.file_rows(files.head(SHOWN)), named(files, told), "files",
            "What happened to files", none="No file that you may see came or went.",
        ),
    }  # fmt: skip


def _of_words(found: Changed) -> dict[str, Table]:
    """The words, fits and ranks that are others now."""
    statuses, standing, fits, attention = found.statuses, found.standing, found.fits, found.attention
    told, view = session.catalogue(), found.now
    return {
        "statuses": Table(
            changed_states.STATUS_COLUMNS, changed_states.status_rows(statuses.head(SHOWN), view),
            named(statuses, told), "words", "Words that differ", BY_MOVER,
            "No word of change since July 2025 is another.",
        ),
        "standing": Table(
            changed_states.STANDING_COLUMNS, changed_states.standing_rows(standing.head(SHOWN), view),
            named(standing, told), "england", "Latest figures that stand otherwise against England", AGAINST,
            "No latest figure stands otherwise against England.",
        ),
        "fits": Table(
            changed_states.FIT_COLUMNS, changed_states.fit_rows(fits.head(SHOWN), view), named(fits, told), "fits",
            "How numbers and voices fit, where it differs", FITTED, "Numbers and voices fit as they did.",
        ),
        "attention": Table(
            changed_states.RANK_COLUMNS, changed_states.rank_rows(attention.head(SHOWN), view),
            named(attention, told), "attention", "Ranks that differ", RANKED,
            "No area moved in or out of the limits, and no rank changed.",
        ),
    }  # fmt: skip


def _settled(found: Changed) -> str:
    late = int(found.overdue["state"].notna().sum())
    settled = len(found.overdue) - late
    return (
        f"{plural(late, 'figure')} became overdue by {day(found.now.as_of)}; {settled:,} overdue before "
        f"{'is' if settled == 1 else 'are'} no longer: they came, or fell due more than 12 months ago."
    )


def _total(caption: str, count: int) -> str:
    return f"{caption}: the first {SHOWN} of {count:,}" if count > SHOWN else f"{caption}: {count:,}"
