"""The practice library in rows and sentences, without a page: what papers and areas tell, in one frame.

The frame has one row for each entry: `key`, `told_by` (`paper` or `area`), `title`, `place`, `areas` (codes), `began`,
`topics`, `themes` and `commitments` (lists of keys), `partners`, `done`, `reported`, `measured`, `strength` (a key),
`source` and `invented`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from charts.words import day, listed, plural
from components import html
from components.controls import View, area_label
from data.catalogue import Catalogue
from data.catalogue.practice import NO_RESULT, NOT_STATED, Entry, Library

PAPER, AREA = "paper", "area"
COLUMNS = [
    "key", "told_by", "title", "place", "areas", "began", "topics", "themes", "commitments", "partners", "done",
    "reported", "measured", "strength", "source", "invented",
]  # fmt: skip
SEARCHED = ["title", "place", "partners", "done", "reported", "measured", "source"]
ENTRY = [
    html.Column("What was tried"),
    html.Column("What was done"),
    html.Column("What was reported"),
    html.Column("How strong the evidence is"),
    html.Column("Speaks to"),
]
NOT_SHOWN_TO_WORK = (
    "That something is listed does not show that it works: how strong the evidence is stands beside it, on a scale of "
    "our own. Which commitments and themes a paper speaks to is our own judgement: the papers are older than the "
    "commitments. What they tell of may have ended since."
)
Line = dict[Any, Any]
Rows = list[list[str | html.Cell]]


@dataclass(frozen=True)
class Wanted:
    """Which entries are wanted; an empty text asks for all."""

    topic: str = ""
    theme: str = ""
    commitment: str = ""
    strength: str = ""
    find: str = ""


def library_frame(library: Library, own: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Every entry of the papers, in their order, and then those of areas; `own` is as `queries.practice` gives it."""
    entries = [_of_paper(entry, library) for entry in library.entries.values()]
    entries += [_of_area(line, catalogue) for line in own.to_dict("records")]
    return pd.DataFrame(entries, columns=COLUMNS)


def about(frame: pd.DataFrame, catalogue: Catalogue, area: str) -> pd.DataFrame:
    """The entries of a place, of the areas within it and of its region; for England every one, also without a place."""
    if catalogue.areas[area].type == "country":
        return frame
    within = {code for code, one in catalogue.areas.items() if one.parent == area}
    codes = {area, *within} | ({catalogue.areas[area].parent} if catalogue.areas[area].type != "region" else set())
    return frame.loc[[bool(codes & set(found)) for found in frame["areas"]]]


def wanted(frame: pd.DataFrame, asked: Wanted) -> pd.DataFrame:
    """The entries with the topic, theme, commitment and strength that are asked for, and every word to find."""
    for column, key in {"topics": asked.topic, "themes": asked.theme, "commitments": asked.commitment}.items():
        frame = frame.loc[[not key or key in keys for keys in frame[column]]]
    if asked.strength:
        frame = frame[frame["strength"] == asked.strength]
    words = normalised(asked.find).split()
    return frame.loc[[all(f" {word}" in text for word in words) for text in _texts(frame)]] if words else frame


def normalised(text: str) -> str:
    """Text as it is searched: small letters without accents, a blank before each word."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " " + " ".join(re.findall(r"\w+", bare))


def answer(frame: pd.DataFrame, catalogue: Catalogue, strengths: Mapping[str, str], where: str) -> str:
    """How many entries there are, on how many topics, how many report a result, and how strong the evidence is."""
    if frame.empty:
        return f"{where}: no entry of the practice library fits what is asked for."
    topics = len({topic for keys in frame["topics"] for topic in keys})
    told = int(frame["reported"].ne(NO_RESULT).sum())
    counts = frame["strength"].value_counts()
    parts = [f"{int(counts[key])} {name}" for key, name in reversed(list(strengths.items())) if key in counts]
    return (
        f"{where}: {plural(len(frame), 'entry', 'entries')} on {topics} of {plural(len(catalogue.topics), 'topic')}; "
        f"{told} {'reports' if told == 1 else 'report'} a result. Evidence: {listed(parts, len(parts))}."
    )


def entry_rows(frame: pd.DataFrame, library: Library, catalogue: Catalogue, view: View) -> Rows:
    """One row for each entry with all its facts, strongest evidence first."""
    ranks = {key: rank for rank, key in enumerate(library.strengths)}
    ordered = frame.assign(rank=frame["strength"].map(ranks)).sort_values("rank", ascending=False, kind="stable")
    return [_entry(line, library, catalogue, view) for line in ordered.to_dict("records")]


def strength_words(key: str, library: Library) -> str:
    """A strength as its place on the scale and its name."""
    place = list(library.strengths).index(key) + 1
    return f"{place} of {len(library.strengths)}: {library.strengths[key].name}"


def topic_rows(frame: pd.DataFrame, library: Library, catalogue: Catalogue) -> Rows:
    """One row for each topic with an entry: how many there are, and of each strength; one on two counts twice."""
    found = frame.explode("topics")
    counts = pd.crosstab(found["topics"], found["strength"])
    counts = counts.reindex(index=list(catalogue.topics), columns=list(library.strengths), fill_value=0)
    totals = counts.sum(axis=1)
    return [
        [catalogue.topics[str(key)].name, f"{totals[key]:,}", *(f"{count:,}" if count else "" for count in line)]
        for key, line in zip(counts.index, counts.to_numpy(), strict=True)
        if totals[key]
    ]


def topic_columns(library: Library) -> list[html.Column]:
    """The columns of `topic_rows`."""
    names = [item.name.capitalize() for item in library.strengths.values()]
    return [html.Column("Topic"), *(html.Column(name, numeric=True) for name in ["Entries", *names])]


def taken_away(frame: pd.DataFrame, library: Library) -> pd.DataFrame:
    """The entries as they are downloaded, with the strength in words."""
    return frame.assign(strength=[library.strengths[key].name for key in frame["strength"]])


def of_area(frame: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame:
    """The entries once for each of the areas that they lie in, in the column `area_code`."""
    found = frame.assign(area_code=frame["areas"]).explode("area_code")
    return found[found["area_code"].isin(codes)]


def _of_paper(entry: Entry, library: Library) -> dict[str, Any]:
    source = library.sources[entry.source]
    told = f"{source.title}, {source.publisher}, {source.published}: {entry.section}"
    return {**asdict(entry), "told_by": PAPER, "source": told, "invented": False}


def _of_area(line: Line, catalogue: Catalogue) -> dict[str, Any]:
    known = {name: line[name] for name in ("title", "partners", "done", "reported", "measured", "strength", "invented")}
    keys = {name: tuple(line[name]) for name in ("topics", "themes", "commitments")}
    place = area_label(catalogue, line["area_code"])
    return {
        **known,
        **keys,
        "key": str(line["id"]),
        "told_by": AREA,
        "place": place,
        "areas": (line["area_code"],),
        "began": NOT_STATED if pd.isna(line["started_on"]) else day(line["started_on"]),
        "source": f"Told by {place}: {line['source']}. {_saved(line)}",
    }


def _saved(line: Line) -> str:
    made = f"Recorded on {day(line['first_made_at'])}"
    if line["first_made_at"] == line["made_at"]:
        return f"{made} by {line['made_by']}"
    return f"{made}, changed on {day(line['made_at'])} by {line['made_by']}: {line['change_reason']}"


def _texts(frame: pd.DataFrame) -> list[str]:
    return [normalised(" ".join(parts)) for parts in frame[SEARCHED].itertuples(index=False, name=None)]


def _entry(line: Line, library: Library, catalogue: Catalogue, view: View) -> list[str | html.Cell]:
    topics = ", ".join(catalogue.topics[key].name for key in line["topics"])
    themes = ", ".join(catalogue.themes[key].name.lower() for key in line["themes"])
    began = "" if line["began"].startswith(NOT_STATED) else f" Begun: {line['began']}."
    mark = "absent" if line["reported"] == NO_RESULT else ""
    return [
        html.Cell(line["title"], detail=f"{line['place']}. {topics}.{began}"),
        html.Cell(line["done"], detail=f"Partners: {line['partners']}"),
        html.Cell(line["reported"], mark, detail=f"How it was measured: {line['measured']}"),
        html.Cell(strength_words(line["strength"], library), detail=line["source"]),
        html.Cell(", ".join(key for key in catalogue.commitments if key in line["commitments"]), detail=themes),
    ]
