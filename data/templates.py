"""The two templates that areas fill in: their columns, what each means, and the values each may take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

PERSPECTIVES = {
    "service_provider": "Service provider",
    "service_user": "Service user",
    "carer_or_family": "Carer or family",
    "community": "Community",
}
SECTORS = {
    "health": "Health",
    "policing": "Policing",
    "local_government": "Local government",
    "voluntary": "Voluntary and community",
    "other": "Other",
}
METHODS = {
    "interview": "Interview",
    "focus_group": "Focus group",
    "survey": "Survey",
    "workshop": "Workshop",
    "observation": "Observation",
    "written": "Written account",
}
DIRECTIONS = {"better": "Better", "same": "Same", "worse": "Worse", "mixed": "Mixed"}
VISIBILITIES = {"area": "This area only", "steering": "Steering groups", "public": "Public"}
YES_NO = {"yes": "Yes", "no": "No"}
MISSING_NOTES = {
    "x": "not available",
    "z": "not applicable",
    "c": "confidential, left out to protect people",
    "low": "too small to show",
}
VALUE_NOTES = {"u": "low reliability", "p": "provisional", "r": "revised"}
NOTES = MISSING_NOTES | VALUE_NOTES
NOTE_MARKS = {mark: mark for mark in NOTES} | {"..": "x", ":": "x", "*": "c", "-": "z", "+": "z"}
"""Marks met in published files, and the note each stands for; `+` says that a figure is included in another area's."""

NUMBERS = frozenset({"numerator", "denominator", "value", "lower", "upper", "participants", "grade"})


@dataclass(frozen=True)
class Column:
    """A column of a template; `choices` are the values it may take, with their words, when there is a fixed list."""

    name: str
    meaning: str
    required: bool = False
    choices: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Template:
    """A template: what one row says, and its columns in the order they are offered."""

    key: str
    title: str
    one_row_is: str
    columns: tuple[Column, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the columns that a file must have."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def choices(self) -> dict[str, dict[str, str]]:
        """Column name to the values it may take, for columns with a fixed list."""
        return {column.name: column.choices for column in self.columns if column.choices}

    @property
    def numbers(self) -> tuple[str, ...]:
        """The names of the columns that hold numbers."""
        return tuple(name for name in self.headings if name in NUMBERS)


OBSERVATIONS = Template(
    "observations",
    "Numbers",
    "one indicator in one area and period",
    (
        Column("area_code", "ONS code of the area; the code decides, the name is for reading", required=True),
        Column("area_name", "Name of the area, for reading; one that belongs to another area is refused"),
        Column("indicator", "Key of the indicator, such as robbery, or its full name", required=True),
        Column("period", "The period, such as 2024/25, 2024/25 Q1, 2025-07 or year ending June 2025"),
        Column("period_start", "First day, such as 2024-04-01; only with period_end, in place of period"),
        Column("period_end", "Last day, such as 2025-03-31; only with period_start, in place of period"),
        Column("breakdown_type", "What the row is broken down by, such as sex; blank for the total"),
        Column("breakdown", "The part, such as female; blank for the total"),
        Column("numerator", "The count, or the top of the fraction"),
        Column("denominator", "The bottom of the fraction; leave blank for rates per resident population"),
        Column("value", "The figure in the indicator's unit; may be left out when numerator and denominator are there"),
        Column("lower", "Lower 95 % limit, where you have one"),
        Column("upper", "Upper 95 % limit, where you have one"),
        Column("note", "Why a number is missing or to be read with care", choices=NOTES),
        Column("comment", "Anything the reader should know, in plain words"),
        Column("organisation", "The organisation the row is about, when it is not the whole area"),
    ),
)
INSIGHTS = Template(
    "insights",
    "What people told us",
    "one piece of evidence from one group of people",
    (
        Column("area_code", "ONS code of the area; the code decides, the name is for reading", required=True),
        Column("area_name", "Name of the area, for reading; one that belongs to another area is refused"),
        Column("commitment", "Key of the commitment, such as COM-1", required=True),
        Column("period", "When people were asked, such as 2025/26 Q1", required=True),
        Column("perspective", "Whose view this is", required=True, choices=PERSPECTIVES),
        Column("organisation", "The organisation that asked, or that the people belong to"),
        Column("sector", "The sector they belong to", choices=SECTORS),
        Column("method", "How people were asked", choices=METHODS),
        Column("participants", "How many people took part"),
        Column(
            "grade",
            "How well this works in practice, according to these people: 1 (not at all) to 5 (very well); "
            "blank when not asked",
        ),
        Column(
            "direction",
            "Whether it has got better or worse, according to them; blank when not asked",
            choices=DIRECTIONS,
        ),
        Column("summary", "What they said, in your own plain words, without names", required=True),
        Column("quote", "Their own words, only with consent and without anything that tells who they are"),
        Column("consent_to_publish", "Whether the people agreed that the quote may be published", choices=YES_NO),
        Column("visibility", "Who may see this row; blank means steering groups", choices=VISIBILITIES),
        Column("barriers", "What gets in the way, short themes separated by semicolons"),
        Column("enablers", "What helps, short themes separated by semicolons"),
        Column("not_heard", "Who was not heard, and why"),
        Column("source_reference", "Your own reference; tells two pieces of evidence from the same group apart"),
    ),
)
READING_HELP = {
    "what_is_asked": "What the row asks for, in words",
    "date_due": "The day by which the figure is due",
    "last_value": "The latest figure reported for this area and indicator, to compare yours with",
}
"""Columns of a filled template that help the person who fills it in; they are not read when it comes back."""
FILLED_IN = {
    "observations": ("numerator", "denominator", "value", "lower", "upper", "note", "comment"),
    "insights": ("summary", "quote", "grade", "participants", "barriers", "enablers", "not_heard"),
}
"""By template, the columns that a filled template leaves blank: a row without any of them was not filled in."""
RETURNED = ("row", "findings")
"""Columns put in front of a file that is given back with its findings; not read when it comes back again."""
LISTS, MEANINGS = OWN_SHEETS = ("Lists", "What each column means")
"""Sheets of the workbook beside the one to fill in."""
TEMPLATES = {template.key: template for template in (OBSERVATIONS, INSIGHTS)}
HEADINGS = tuple(dict.fromkeys(OBSERVATIONS.headings + INSIGHTS.headings))


def recognise(headings: Sequence[str]) -> Template | None:
    """The template that shares most of a file's normalised headings; None when it shares fewer than two."""
    scores = {key: len(set(template.headings) & set(headings)) for key, template in TEMPLATES.items()}
    best = max(scores, key=lambda key: scores[key])
    return TEMPLATES[best] if scores[best] >= 2 else None
