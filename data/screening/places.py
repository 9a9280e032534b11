"""Findings about the lines of a mapped file, told of the cells that the lines were made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from data.findings import Finding, compact
from data.mapping import PERIOD_USES, Mapping
from data.screening.checks import CHECKS
from data.templates import NUMBERS

OF_THE_CELL = NUMBERS - {"denominator"} | {"note", ""}
"""Columns of the template that the cell itself fills; the others are filled from other cells of the row."""
APART = 5
"""What falls into no more headings is told for each; of more it is told once, with the first `SHOWN` of them."""
SHOWN = 3
MOST = 200
"""So many findings of a code are listed; the last of them stands for all that are further."""
FURTHER = re.compile(r" \(([\d,]+) more different cases\)$")
Whole = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True, eq=False)
class _Cells:
    """Where findings of one kind stand: for each line the case it is of, its spreadsheet row and its heading."""

    case: Whole
    row: Whole
    heading: Whole


@dataclass(frozen=True, eq=False)
class _Group:
    """The cells of one case, in one heading or in several."""

    finding: Finding
    rows: Whole
    headings: Whole


class _Places:
    """The cells of the lines of a mapped file, with a number for each heading, in the order of the file."""

    def __init__(self, places: pa.Table, mapping: Mapping) -> None:
        """Number the headings; `places` has the `sheet_row` and `sheet_column` of each line."""
        column = places.column("sheet_column").combine_chunks()
        encoded = (column if pa.types.is_dictionary(column.type) else column.cast(pa.string())).dictionary_encode()
        self._rows = places.column("sheet_row").to_numpy().astype(np.int64)
        self._headings = encoded.indices.to_numpy().astype(np.int64)
        self.names: list[str] = encoded.dictionary.to_pylist()
        self._titles = {column.use: column.title for column in reversed(mapping.columns)}
        self._titles["period"] = next((column.title for column in mapping.used(*PERIOD_USES)), "period")

    def of(self, finding: Finding) -> tuple[Whole, Whole]:
        """Row and heading for each line of a finding."""
        lines = np.asarray(finding.rows, dtype=np.int64) - 1
        if finding.column in OF_THE_CELL:
            return self._rows[lines], self._headings[lines]
        named = self._titles.get(finding.column, finding.column)
        if named not in self.names:
            self.names.append(named)
        return self._rows[lines], np.full(len(lines), self.names.index(named))


def in_cells(findings: list[Finding], places: pa.Table | None, mapping: Mapping | None) -> list[Finding]:
    """The findings with spreadsheet rows and headings; as they are where no file was mapped.

    Each heading is told of apart, unless a code falls into more than `APART`: then cases alike are one finding. Of a
    code there are never more than `MOST`.
    """
    if places is None or mapping is None:
        return findings
    where = _Places(places, mapping)
    by_code: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.rows:
            by_code.setdefault((finding.level, finding.code), []).append(finding)
    whole = [finding for finding in findings if not finding.rows]
    return whole + [each for alike in by_code.values() for each in _of_code(alike, where)]


def _of_code(findings: Sequence[Finding], where: _Places) -> list[Finding]:
    """The findings of one code in their cells, first rows first."""
    cases: dict[tuple[str, str, str], Finding] = {}
    for finding in findings:
        cases.setdefault(_case(finding), finding)
    groups = sorted(_groups(list(cases.values()), _cells(findings, list(cases), where)), key=lambda one: one.rows[0])
    if len(groups) <= MOST:
        return [_told(group.finding, [group], where.names) for group in groups]
    groups.sort(key=lambda group: bool(FURTHER.search(group.finding.message)))
    kept, rest = groups[: MOST - 1], groups[MOST - 1 :]
    return [*(_told(group.finding, [group], where.names) for group in kept), _told(_further(rest), rest, where.names)]


def _case(finding: Finding) -> tuple[str, str, str]:
    return finding.message, finding.fix, finding.value


def _cells(findings: Sequence[Finding], cases: Sequence[tuple[str, str, str]], where: _Places) -> _Cells:
    numbers = {case: number for number, case in enumerate(cases)}
    found = [where.of(finding) for finding in findings]
    case = [np.full(len(finding.rows), numbers[_case(finding)]) for finding in findings]
    return _Cells(np.concatenate(case), *(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _groups(cases: Sequence[Finding], cells: _Cells) -> Iterable[_Group]:
    """The cells by case; by heading too, where these are few."""
    headings = np.unique(cells.heading)
    apart = len(headings) <= APART
    group = cells.case * len(headings) + np.searchsorted(headings, cells.heading) if apart else cells.case
    order = np.argsort(group, kind="stable")
    _, firsts = np.unique(group[order], return_index=True)
    for at in np.split(order, firsts[1:]):
        yield _Group(cases[cells.case[at[0]]], np.unique(cells.row[at]), np.unique(cells.heading[at]))


def _told(finding: Finding, groups: Sequence[_Group], names: Sequence[str]) -> Finding:
    """The finding in all rows and headings of these groups."""
    parts = ((group.rows, group.headings) for group in groups)
    rows, headings = (np.unique(np.concatenate(each)) for each in zip(*parts, strict=True))
    return replace(finding, column=_listed([names[heading] for heading in headings]), rows=compact(rows.tolist()))


def _listed(titles: Sequence[str]) -> str:
    more = len(titles) - SHOWN
    return ", ".join(titles[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _further(groups: Sequence[_Group]) -> Finding:
    """One finding for cases too many to list, with the words of the check where they differ."""
    cases = {id(group.finding): group.finding for group in groups}.values()
    first = next(iter(cases))
    check = next((one for one in CHECKS if one.code == first.code), first)
    message, fix = (FURTHER.sub("", words).replace("{detail}", "…") for words in (check.message, check.fix))
    message = f"{message} ({sum(map(_different, cases)):,} more different cases)"
    return replace(first, message=message, fix=fix, value="")


def _different(finding: Finding) -> int:
    found = FURTHER.search(finding.message)
    return int(found[1].replace(",", "")) if found else 1
