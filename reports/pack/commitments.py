"""One part of a pack for each commitment: numbers, numbers beside voices, what people told us, what was decided."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts import beside
from charts.cells import Cell
from charts.grades import grades_sentence
from charts.intervals import intervals_sentence
from charts.words import NOISE, NOT_CAUSE, POLARITY_WORDS, plural
from data.catalogue import Commitment, Indicator
from reports import decided
from reports.evidence import grade_counts, reading_order
from reports.figure_cells import (
    BY_AREA_COLUMNS,
    CHANGE_COLUMNS,
    STATES,
    by_area_rows,
    change_cells,
    changes_by_area,
    name_cell,
    title_of_changes,
)
from reports.pack import charts
from reports.pack.gathering import Facts, Line
from reports.pack.model import Block, Figure, Heading, Text, Voice, table
from reports.pack.overview import of_commitment, replies, review_name
from reports.voiced import COUNTED, GRADE_COLUMNS, THEME_COLUMNS, grade_rows, said, theme_rows, told_by

MOST_AREAS, MOST_VOICES = 15, 6
METHOD = "MOVER on 95 % limits, {}; the baseline ends by 31 July 2025."


def commitment(facts: Facts, one: Commitment) -> list[Block]:
    """Everything on one commitment."""
    line = of_commitment(facts.picture, one.key).to_dict("records")[0]
    heard = of_commitment(facts.heard, one.key)
    return [
        Heading(f"{one.key} {one.title}", new_page=True),
        Text(beside.answer(line, facts.where), "answer"),
        Text(one.summary),
        Text(beside.details(line), "quiet"),
        *_judged(facts, one.key),
        *_numbers(facts, one),
        *_joint(facts, one.key, heard),
        *_voices(facts, one.key, heard),
        *_decided(facts, one.key),
    ]


def _judged(facts: Facts, key: str) -> list[Block]:
    judgement = facts.recorded.judgements.get(key)
    if judgement is None:
        return [Text(f"No {review_name(facts)} has judged it yet.")]
    words = decided.graded(judgement) if facts.asked.public else decided.judgement_words(judgement)
    told = Text(f"The {review_name(facts)} judged it {words}")
    return [told] if facts.asked.public else [told, *replies(facts, key)]


def _numbers(facts: Facts, one: Commitment) -> list[Block]:
    items = [item for item in facts.catalogue.indicators.values() if one.key in item.commitments]
    own = facts.changed[facts.changed["area_code"].isin(facts.codes)]
    rows = [_indicator_row(facts, item, own) for item in items]
    caption = f"Indicators that inform {one.key}, {facts.where}: latest figure against the baseline, with 95 % limits"
    made: list[Block] = [Heading("What the numbers say", 3), table(CHANGE_COLUMNS, rows, caption)]
    made.append(Text(f"{NOISE} {NOT_CAUSE} Sums cover only areas with both periods.", "quiet"))
    shown = next((item for item in items if _known(facts, item) > 1), None)
    return made if shown is None else [*made, *_by_area(facts, shown)]


def _indicator_row(facts: Facts, item: Indicator, own: pd.DataFrame) -> list[str | Cell]:
    cells = change_cells(item, facts.latest.get(item.key), facts.here.get(item.key), own)
    name = name_cell(item)
    return [Cell(name.text, detail=name.detail.replace(item.status, facts.statuses[item.key])), *cells]


def _known(facts: Facts, item: Indicator) -> int:
    """How many areas have a change of the indicator."""
    return int(changes_by_area(facts.changed, item, facts.codes, facts.catalogue)["value"].notna().sum())


def _by_area(facts: Facts, item: Indicator) -> list[Block]:
    """The first indicator with figures before and after July 2025 in more than one area: as a chart and as a table."""
    by_area = changes_by_area(facts.changed, item, facts.codes, facts.catalogue)
    sentence = intervals_sentence(by_area, STATES, "change")
    return [
        Heading(f"{item.name}: change by area", 3),
        Figure(charts.changes(by_area, item), title_of_changes(by_area, item), sentence),
        table(BY_AREA_COLUMNS, by_area_rows(by_area, item), f"{item.name}: change since July 2025 by area"),
        Text(METHOD.format(POLARITY_WORDS[item.polarity]), "quiet"),
    ]


def _joint(facts: Facts, key: str, heard: pd.DataFrame) -> list[Block]:
    """Numbers beside voices by area, in the order of the page; at most so many, the rest counted by how they fit."""
    areas = reading_order(of_commitment(facts.joint, key), heard)
    if len(areas) < 2:
        return []
    names = {code: area.name for code, area in facts.catalogue.areas.items()}
    shown, rest = areas.head(MOST_AREAS), areas.iloc[MOST_AREAS:]
    rows = [[Cell(names[line["area_code"]]), *beside.area_cells(line)] for line in _lines(shown)]
    made: list[Block] = [
        Heading("Numbers beside voices, area by area", 3),
        Text(beside.read_first(areas, names)),
        table(beside.AREA_COLUMNS, rows, f"{key} in {len(shown)} of {len(areas)} areas, what to read first on top"),
    ]
    fits = ", ".join(f"{count:,} {fit}" for fit, count in rest["fit"].value_counts(sort=False).sort_index().items())
    return [*made, Text(f"Not listed: {plural(len(rest), 'more area')} ({fits}).")] if len(rest) else made


def _voices(facts: Facts, key: str, heard: pd.DataFrame) -> list[Block]:
    made: list[Block] = [Heading("What people told us", 3)]
    if heard.empty:
        return [*made, Text(f"Nobody has been heard on this commitment in {facts.where} yet.")]
    return [*made, *_graded(heard), *_themes(heard, key), *_told(heard, facts)]


def _graded(heard: pd.DataFrame) -> list[Block]:
    graded = grade_counts(heard)
    if graded.empty:
        return [Text("No insight has a grade.")]
    total = int(graded.drop(columns="perspective").to_numpy().sum())
    title = f"How well it works, according to {plural(total, 'graded insight')}"
    return [
        Figure(charts.grades(graded), title, grades_sentence(graded)),
        table(GRADE_COLUMNS, grade_rows(graded), "Insights by grade and perspective"),
        Text(COUNTED, "quiet"),
    ]


def _themes(heard: pd.DataFrame, key: str) -> list[Block]:
    """Barriers and enablers named most often, providers and everybody else apart."""
    rows = theme_rows(heard)
    return [table(THEME_COLUMNS, rows, f"What gets in the way and what helps, {key}: named most often")] if rows else []


def _told(heard: pd.DataFrame, facts: Facts) -> list[Block]:
    """The newest insights, those with a quote first; the rest is counted."""
    quoted = heard["quote"].map(said)
    shown = pd.concat([heard[quoted], heard[~quoted]]).head(MOST_VOICES)
    voices = [
        Voice(line["summary"], line["quote"] if said(line["quote"]) else "", who(line, facts)) for line in _lines(shown)
    ]
    more = len(heard) - len(shown)
    rest = [Text(f"{plural(more, 'more insight')} on the Voices page.", "quiet")] if more else []
    return [*voices, *rest]


def who(line: Line, facts: Facts) -> str:
    """Who told it, where, when and how."""
    told = told_by(line, facts.catalogue.areas[line["area_code"]].label)
    unheard = f". Not heard: {line['not_heard']}" if said(line["not_heard"]) else ""
    return f"{', '.join(told)}{unheard}"


def _decided(facts: Facts, key: str) -> list[Block]:
    """Actions and adaptations on the commitment; the public is told how many there are."""
    actions = of_commitment(facts.recorded.actions, key)
    adapted = of_commitment(facts.recorded.adaptations, key)
    late = decided.overdue(actions, facts.asked.as_of)
    counts = f"{plural(len(actions), 'action')}, {len(late):,} overdue; {plural(len(adapted), 'adaptation')}."
    made: list[Block] = [Heading("Decided and changed", 3), Text(counts)]
    if facts.asked.public:
        return made
    acts = [_action(facts, index, line, late) for index, line in actions.iterrows()]
    changed = [
        decided.adaptation_cells(line, facts.catalogue.areas[line["area_code"]].label) for line in _lines(adapted)
    ]
    made += [table(decided.ACTION_COLUMNS, acts, f"Actions on {key}")] if acts else []
    return made + ([table(decided.ADAPTATION_COLUMNS, changed, f"Adaptations on {key}")] if changed else [])


def _action(facts: Facts, index: Any, line: pd.Series[Any], late: pd.DataFrame) -> list[Cell]:
    return decided.action_cells(line, facts.catalogue.areas[line["area_code"]].label, index in late.index)


def _lines(frame: pd.DataFrame) -> list[Line]:
    return frame.to_dict("records")
