"""The checks of the rows, in the order they run. Each is one query of `data/sql/checks/` with the name of its code.

A check's query gives one line for each row that breaks the rule: row, column, the value found and, where it helps to
mend it, a detail for `{detail}` in its words. Every check sees every row, so that no fault hides another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data import store
from data.findings import Finding, Level, compact, shorten
from data.periods import EXAMPLES
from data.templates import NOTES, Template

BOTH = ("observations", "insights")
NUMBERS = ("observations",)
VOICES = ("insights",)


@dataclass(frozen=True)
class Check:
    """A rule: the stage it belongs to, how grave a breach is, and the words for it."""

    code: str
    level: Level
    stage: str
    templates: tuple[str, ...]
    message: str
    fix: str


CHECKS = (
    Check("area_code_missing", "must_fix", "area", BOTH, "the area code is missing", "fill in the area’s code; the template lists them"),
    Check("area_code_unknown", "must_fix", "area", BOTH, "no area has this code", "{detail}"),
    Check("area_not_yours", "must_fix", "area", BOTH, "you may not report for this area", "take the row out, or ask an administrator for the area"),
    Check("area_comparator_only", "must_fix", "area", BOTH, "areas of Wales only serve comparison; figures are held for England", "take the row out"),
    Check("area_name_of_another_area", "must_fix", "area", BOTH, "code and name belong to different areas", "{detail}; correct the code or the name"),
    Check("area_name_unknown", "check", "area", BOTH, "this spelling of the name is not known; the code was used", "{detail}"),
    Check("indicator_missing", "must_fix", "cells", NUMBERS, "the indicator is missing", "fill in the indicator’s key; the template lists them"),
    Check("indicator_unknown", "must_fix", "cells", NUMBERS, "no indicator has this key or name", "{detail}"),
    Check("commitment_missing", "must_fix", "cells", VOICES, "the commitment is missing", "fill in the commitment’s key, such as COM-1"),
    Check("commitment_unknown", "must_fix", "cells", VOICES, "no commitment has this key or title", "{detail}"),
    Check("period_missing", "must_fix", "cells", BOTH, "the period is missing", f"write it as {EXAMPLES}"),
    Check("period_unreadable", "must_fix", "cells", BOTH, "this is not a period that can be read", f"write it as {EXAMPLES}"),
    Check("period_disagrees", "must_fix", "cells", NUMBERS, "the period means other days than period_start and period_end beside it, {detail}", "correct the one that is wrong, or leave period_start and period_end blank"),
    Check("period_length", "check", "cells", NUMBERS, "the period is not as long as the indicator’s periods", "this indicator is reported for {detail}"),
    Check("period_misaligned", "check", "cells", NUMBERS, "the period does not begin where the indicator’s periods begin", "this indicator is reported for {detail}"),
    Check("period_not_over", "check", "cells", BOTH, "the period is not over yet", "check the year; send the figures when the period has ended"),
    Check("number_unreadable", "must_fix", "cells", NUMBERS, "{detail}", "type digits only, for example 1204 or 12.5"),
    Check("comma_may_be_decimal", "check", "cells", NUMBERS, "the comma is read as one between thousands, so the number as {detail}, but it may stand for the decimal point", "write decimals with a point and thousands without a comma; if the number is read rightly, confirm"),
    Check("count_negative", "must_fix", "cells", NUMBERS, "a count cannot be below zero", "enter the count itself; zero is allowed"),
    Check("count_not_whole", "check", "cells", NUMBERS, "a count is usually a whole number", "enter the count, not a percentage or a rate"),
    Check("numerator_above_denominator", "must_fix", "cells", NUMBERS, "the numerator is above the denominator, {detail}", "check which of the two is wrong; a part cannot be larger than its whole"),
    Check("denominator_zero", "must_fix", "cells", NUMBERS, "the denominator is zero, so nothing can be calculated", "leave both numbers blank and put z (not applicable) in note"),
    Check("denominator_missing", "must_fix", "cells", NUMBERS, "the numerator has no denominator", "fill in the denominator, or the value"),
    Check("number_missing", "must_fix", "cells", NUMBERS, "there is no number and no note that says why", "enter the number, even when it is zero, or put x, z, c or low in note, or take the row out"),
    Check("value_contradicts", "must_fix", "cells", NUMBERS, "the value contradicts the numbers beside it, which give {detail}", "correct one of the three, or leave the value blank"),
    Check("proportion_above_whole", "must_fix", "cells", NUMBERS, "a share cannot be above {detail}", "check whether it is a count or a rate, or send numerator and denominator"),
    Check("limits_disagree", "must_fix", "cells", NUMBERS, "{detail}", "give both limits, the lower at or below the value and the upper at or above it, or neither"),
    Check("note_unknown", "must_fix", "cells", NUMBERS, "this note is not known", f"use one of {', '.join(NOTES)}, and comment for your own words"),
    Check("number_beside_note", "check", "cells", NUMBERS, "the note says that there is no number, but there is one", "take out the number or the note"),
    Check("breakdown_half", "must_fix", "cells", NUMBERS, "only one of breakdown_type and breakdown is filled in", "fill in both, or neither for the total"),
    Check("part_not_shown", "note", "cells", NUMBERS, "figures for one organisation or one part ({detail}) are stored, but pages show only totals of whole areas so far", "send the area’s total as well"),
    Check("denominator_not_used", "note", "cells", NUMBERS, "the program fills in the resident population itself", "leave the denominator blank"),
    Check("population_used", "note", "cells", NUMBERS, "the rate is made with the resident population of {detail}", "nothing to mend in the file"),
    Check("population_missing", "note", "cells", NUMBERS, "no mid-year population within two years before the middle of the period, so the count is shown without a rate", "nothing to mend in the file"),
    Check("perspective_missing", "must_fix", "cells", VOICES, "the perspective is missing", "say whose view this is, such as service_user"),
    Check("choice_unknown", "must_fix", "cells", VOICES, "this is not one of the values the column may take", "{detail}"),
    Check("grade_unreadable", "must_fix", "cells", VOICES, "a grade is a whole number from 1 to 5", "enter 1, 2, 3, 4 or 5, or leave it blank when people were not asked"),
    Check("participants_unreadable", "must_fix", "cells", VOICES, "this is not a number of people", "enter a whole number of 1 or more, or leave it blank"),
    Check("summary_missing", "must_fix", "cells", VOICES, "the summary is missing", "say in a sentence what these people told you, or take the row out"),
    Check("public_without_consent", "must_fix", "cells", VOICES, "a quote cannot be public without consent", "put yes in consent_to_publish once you have consent, or choose steering"),
    Check("duplicate_fact", "must_fix", "duplicates", NUMBERS, "the same fact already stands in row {detail}", "keep one of the two rows"),
    Check("duplicate_insight", "must_fix", "duplicates", VOICES, "the same piece of evidence already stands in row {detail}", "keep one of the two rows, or give each its own source_reference"),
    Check("small_number", "note", "disclosure", NUMBERS, "a count from 1 to {detail} is accepted and stored, and hidden from everything that leaves the program", "nothing to mend in the file"),
    Check("wrong_multiplier", "check", "plausibility", NUMBERS, "the unit looks wrong: {detail}", "check the unit and the decimal point; if the figure is right, say why in comment and confirm"),
    Check("jump_beyond_limits", "check", "plausibility", NUMBERS, "the figure lies outside the limits of its control chart: {detail}", "check the figure; if it is right, say why in comment and confirm"),
    Check("large_revision", "check", "plausibility", NUMBERS, "{detail} by more than 20 % (and by 10 or more in a count, 1 or more in a value)", "check the number; if it is right, say why in comment and confirm"),
    Check("national_outside_regions", "check", "plausibility", NUMBERS, "the figure of a whole lies outside the range of its parts: {detail}", "check both, and that all were measured in the same way; if they are right, say why in comment and confirm"),
    Check("parts_do_not_add_up", "check", "plausibility", NUMBERS, "the parts do not add up to the total: {detail}", "correct the number that is wrong; if a part is left out on purpose, say so in comment and confirm"),
    Check("same_numbers_as_last_period", "check", "plausibility", NUMBERS, "the very numbers of the period before: {detail}", "check that last period’s rows were not copied; if nothing changed, say so in comment and confirm"),
)  # fmt: skip


def checks_for(template: Template) -> tuple[Check, ...]:
    """The checks that a file of this template goes through."""
    return tuple(check for check in CHECKS if template.key in check.templates)


def run_checks(connection: store.Connection, checks: Sequence[Check]) -> list[Finding]:
    """Run checks on the staged upload; rows alike come back as one finding. One query, as planning 40 takes longer."""
    queries = {f"checks/{check.code}": check for check in checks}
    found = store.of_each(connection, list(queries), "screening/grouped")
    return [_finding(queries[query], *line) for query, *line in found.itertuples(index=False, name=None)]


def _finding(check: Check, column: str, value: object, detail: object, rows: list[int], different: int) -> Finding:
    """A finding of a group of rows; only the last group, of values and details too many to list, has neither."""
    value, detail = (text if isinstance(text, str) else None for text in (value, detail))
    message, fix = (
        words.replace("{detail}", "…" if detail is None else detail) for words in (check.message, check.fix)
    )
    if value is None:
        message = f"{message} ({different:,} more different cases)"
    return Finding(check.level, check.code, message, fix, column, shorten(value or ""), compact(rows))
