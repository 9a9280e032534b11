"""The first parts of a pack: what it is of, the picture as a whole, what needs attention, and what was decided."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts import beside, evaluated
from charts.cells import Cell, Column
from charts.picture import STATES, picture_sentence
from charts.words import NOISE, NOT_CAUSE, day, plural
from data import PROGRAM_VERSION
from metrics.evaluation import gaps, kept_by
from reports import agenda, decided
from reports.pack import charts
from reports.pack.gathering import Facts, Line
from reports.pack.model import Block, Bullets, Figure, Heading, Text, table
from reports.reminders import KINDS

INVENTED = (
    "Demonstration workspace. Recorded crime and knife offences are real figures of the Office for National "
    "Statistics. Process measures, insights, targets, reviews, actions and adaptations are invented and say nothing "
    "of any real place, service or person."
)
FOR_WHOM = {
    "steering": (
        "For the steering group. It holds what people told us and what areas replied for this group alone: do not "
        "publish it. What areas keep to themselves is not in it, so voices can be fewer than an administrator sees."
    ),
    "public": (
        "For everybody. It holds only insights marked public, a quote only with consent, and neither quote nor number "
        "of people where fewer than 8 took part. Reasons, dissent, replies, actions and adaptations, which were "
        "written for the steering group, are counted or left out. Have a second person read it before it is published."
    ),
}
STATE_WORDS = {"open": "open", "closed": "closed", "called_off": "called off"}
AGENDA_STATES = {"worse": "worse", "worsening": "worsened", "dissonant": "dissonant", "silent": "silent"}
MOST_REMINDERS = 12


def front(facts: Facts) -> list[Block]:
    """What the pack is of, and for whom; before everything else, that rows are invented where they are."""
    notice: list[Block] = [Text(INVENTED, "notice")] if facts.demonstration else []
    rows = [[name, words] for name, words in _about(facts).items()]
    columns = [Column("About this pack"), Column("What it says")]
    return [*notice, table(columns, rows, f"What this pack is of: {facts.where}")]


def overview(facts: Facts) -> list[Block]:
    """Which commitments move, which do not, and where numbers and voices disagree."""
    counts, where = facts.picture, facts.where
    rows = [_commitment_row(line, facts) for line in counts.to_dict("records")]
    moved = f"{counts['improved'].sum():,} pairs improved, {counts['worsened'].sum():,} worsened since July 2025"
    columns = [*beside.COLUMNS, Column(f"Judgement of the {review_name(facts)}")]
    return [
        Heading("The ten commitments", new_page=True),
        Text(beside.headline(counts, where), "answer"),
        table(columns, rows, f"The ten commitments of July 2025, {where}"),
        Text(f"{beside.LEGEND} {NOISE} {NOT_CAUSE}", "quiet"),
        Figure(charts.picture(counts), moved, picture_sentence(counts)),
        table(
            [Column("Commitment"), *(Column(words, True) for words, _, _ in STATES.values()), Column("of", True)],
            [_moves_row(line) for line in counts.to_dict("records")],
            "Pairs of indicator and area since July 2025",
        ),
    ]


def attention(facts: Facts) -> list[Block]:
    """The agenda: exceptions in the order to speak about them, the rest counted."""
    items = facts.agenda
    listed = items[items["listed"].astype(bool)]
    rows = [_agenda_row(line, facts) for line in listed.to_dict("records")]
    caption = f"{len(listed)} of {plural(len(items), 'exception')}, in the order to speak about them"
    made: list[Block] = [Heading("What needs attention", new_page=True)]
    if not rows:
        return [*made, Text("No exception was found.")]
    made.append(table([Column("Item"), Column("Where"), Column("Why")], rows, caption))
    rest = agenda.counted(items)
    return [*made, *([Text(rest)] if rest else []), Text(agenda.RANKING, "quiet")]


def waiting(facts: Facts) -> list[Block]:
    """What is due, overdue or stale: the first of it, and how much there is of each kind."""
    found = facts.reminders
    made: list[Block] = [Heading("What is due, overdue or stale", 3)]
    if found.empty:
        return [*made, Text("Nothing is due, overdue or stale.")]
    counted = found["kind"].value_counts()
    kinds = [f"{words}: {counted[kind]:,}" for kind, words in KINDS.items() if kind in counted]
    first = found.head(MOST_REMINDERS).to_dict("records")
    rows = [[Cell(KINDS[line["kind"]]), line["area_name"], line["sentence"]] for line in first]
    caption = f"The first {len(rows)} of {plural(len(found), 'reminder')}, most overdue first"
    columns = [Column("Kind"), Column("Where"), Column("What, and what to do")]
    return [*made, Bullets(tuple(kinds)), table(columns, rows, caption)]


def kept(facts: Facts) -> list[Block]:
    """Whether the evaluation commitment itself is kept: the seven tests with strict denominators."""
    whole = gaps(facts.grid)
    full = int(facts.grid["kept"].sum())
    found = kept_by(facts.grid, by="commitment").to_dict("records")
    columns = [Column("Commitment"), Column("All seven", True)]
    columns += [Column(words.capitalize(), True) for words in evaluated.SHORT_WORDS.values()]
    rows = [_kept_row(line) for line in found]
    return [
        Heading("Is the evaluation commitment kept?", new_page=True),
        Text(evaluated.answer(whole, full, facts.where), "answer"),
        Text(evaluated.gap_sentence(whole, full).replace(f" marked {evaluated.MARKED}", "")),
        table(columns, rows, f"Areas that pass each of the seven tests, of {plural(len(facts.codes), 'area')}"),
        Bullets(tuple(f"{evaluated.TEST_WORDS[test]}: {by}" for test, by in evaluated.PASSED_BY.items())),
        Text(evaluated.STRICT, "quiet"),
    ]


def decisions(facts: Facts) -> list[Block]:
    """How many actions there are and what became of them, and what areas replied to the review as a whole."""
    actions, adapted = facts.recorded.actions, facts.recorded.adaptations
    late = len(decided.overdue(actions, facts.asked.as_of))
    states = actions["state"].value_counts()
    parts = ", ".join(f"{states[state]:,} {state}" for state in ("open", "done", "dropped") if state in states)
    told = f"{plural(len(actions), 'action')}: {parts}; {late:,} overdue." if len(actions) else "No action is recorded."
    adapting = f"{plural(len(adapted), 'adaptation')} recorded: what was changed because of evidence."
    made: list[Block] = [Heading("Decided and done", 3), Text(f"{told} {adapting}")]
    return made if facts.asked.public else [*made, *replies(facts, "")]


def replies(facts: Facts, commitment: str) -> list[Block]:
    """What areas replied on a commitment, or to the whole review."""
    found = facts.recorded.replies
    own = [] if found.empty else found[found["commitment"] == commitment].to_dict("records")
    rows = [[facts.catalogue.areas[line["area_code"]].label, line["reply"]] for line in own]
    caption = f"Replies of areas{f' on {commitment}' if commitment else ' to the review as a whole'}"
    return [table([Column("Area"), Column("Reply")], rows, caption)] if rows else []


def review_name(facts: Facts) -> str:
    """The review by whose it is: the national one, or the one of a region or an area."""
    return decided.review_name(facts.recorded.review, facts.catalogue)


def _about(facts: Facts) -> dict[str, str]:
    asked = facts.asked
    return {
        "Place": f"{facts.where}, {plural(len(facts.codes), 'area')}",
        "Data": f"Data version {asked.version}, as of {day(asked.as_of)}, stored on {day(asked.made_at)}",
        "Review": _review_words(facts),
        "Judgements, actions and adaptations": f"As recorded up to data version {facts.recorded.known_at}",
        "Filters": f"Place: {facts.where}. Every commitment, indicator, perspective and period; nothing else is chosen",
        "Who may read it": FOR_WHOM[asked.audience],
        "Made with": f"Program version {PROGRAM_VERSION}, catalogue {facts.catalogue.digest[:12]}",
    }


def _review_words(facts: Facts) -> str:
    """Which review the pack tells of; its title is a text of the group's own."""
    review = facts.recorded.review
    if review is None:
        return "No review has been closed yet"
    whose = review_name(facts)
    name = f"{whose[0].upper()}{whose[1:]}" if facts.asked.public else review["title"]
    state = STATE_WORDS[review["state"]]
    return f"{name}, {day(review['held_on'])}, {state}; it looked at data version {review['version']}"


def _commitment_row(line: Line, facts: Facts) -> list[str | Cell]:
    key = line["commitment"]
    judged = decided.judgement_cell(facts.recorded.judgements.get(key))
    return [f"{key} {facts.catalogue.commitments[key].title}", *beside.cells(line), judged]


def _moves_row(line: Line) -> list[str | Cell]:
    return [line["commitment"], *(f"{line[state]:,}" for state in STATES), f"{line['pairs']:,}"]


def _agenda_row(line: Line, facts: Facts) -> list[str | Cell]:
    item = facts.catalogue.indicators.get(line["indicator"])
    subject = item.name if item else line["commitment"]
    words = ": ".join(filter(None, (agenda.KIND_WORDS[line["kind"]], subject)))
    head = Cell(f"{line['place']}. {words}", AGENDA_STATES.get(line["kind"], ""))
    return [head, facts.catalogue.areas[line["area_code"]].label, line["sentence"]]


def _kept_row(line: dict[Any, Any]) -> list[str | Cell]:
    counts = (line["kept"], *(line[test] for test in evaluated.TEST_WORDS))
    return [line["commitment"], *(f"{count:,} of {line['pairs']:,}" for count in counts)]


def of_commitment(frame: pd.DataFrame, commitment: str) -> pd.DataFrame:
    """The rows of one commitment."""
    return frame[frame["commitment"] == commitment]
