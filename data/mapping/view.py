"""A foreign file as it is looked at: its headings, what they say, and what stands below them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from data.catalogue import Catalogue
from data.mapping.contents import Contents, contents
from data.mapping.headings import headed
from data.mapping.labels import Label, label_of, stacks, title_lines
from data.mapping.measures import Measure, measure_of
from data.mapping.words import LONGEST, Words, periods_of_title, plain_measure, read_period, tidy, words_of
from data.reading import Sheet

COUNTS = re.compile(r"\b(?:number|count)s? (?:of|and)\b", re.IGNORECASE)


@dataclass(frozen=True)
class View:
    """A sheet below its true headings, and for each column what stands over it and below."""

    sheet: Sheet
    words: Words
    stacks: list[tuple[str, ...]]
    columns: list[Contents]

    @cached_property
    def labels(self) -> list[Label]:
        """What the headings say, by place."""
        return [label_of(stack, self.words) for stack in self.stacks]

    @cached_property
    def lines(self) -> list[str]:
        """The lines above the table."""
        return title_lines(self.sheet)

    @cached_property
    def period(self) -> str:
        """The one period that the lines above the table name; empty when there are none or several."""
        found = {read_period(text): text for line in self.lines for text in periods_of_title(line)}
        return next(iter(found.values())) if len(found) == 1 else ""

    @cached_property
    def unit(self) -> Measure | None:
        """The rate per so many that the lines above the table speak of, unless they speak of numbers too."""
        found = [measure for line in self.lines if (measure := measure_of(line[:LONGEST])).per]
        return found[0] if found and not any(COUNTS.search(line) for line in self.lines) else None

    @cached_property
    def indicator(self) -> str:
        """The one indicator that the lines above the table name."""
        items = self.words.catalogue.indicators.values()
        text = " ".join(f" {' '.join(plain_measure(word) for word in line.split())} " for line in self.lines)
        names = {item.key: " ".join(plain_measure(word) for word in item.name.split()) for item in items}
        found = {key: name for key, name in names.items() if f" {name} " in f" {text} "}
        longest = {key for key, name in found.items() if not any(name in other != name for other in found.values())}
        return longest.pop() if len(longest) == 1 else ""


def view(sheet: Sheet, catalogue: Catalogue) -> View:
    """Look at a sheet; nothing in it is changed."""
    words = words_of(catalogue)
    sheet = headed(sheet, words)
    over = stacks(sheet)
    return View(sheet, words, over, contents(sheet, titles_of(sheet, over)))


def titles_of(sheet: Sheet, over: list[tuple[str, ...]]) -> list[str]:
    """A title for each column: its heading, with the group headings over it where the heading alone stands twice."""
    own = [tidy(title) for title in sheet.titles]
    times = Counter(own)
    return [
        title if title and times[title] == 1 else " / ".join(stack) or f"column {place + 1}"
        for place, (title, stack) in enumerate(zip(own, over, strict=True))
    ]
