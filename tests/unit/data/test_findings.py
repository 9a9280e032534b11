"""Findings count, order and print themselves."""

import json

from data.findings import LONGEST_VALUE, Finding, count, ordered, shorten


def test_first_row_stands_for_all_and_a_whole_file_for_none() -> None:
    assert Finding("check", "a", "b", rows=[4, 9]).row == 4
    assert Finding("check", "a", "b").row == 0


def test_finding_as_plain_values_keeps_the_published_order() -> None:
    finding = Finding("must_fix", "code", "what", "how", "column", "value", (4, 9))
    assert json.dumps(finding.as_dict()) == (
        '{"level": "must_fix", "code": "code", "row": 4, "column": "column", "value": "value", '
        '"message": "what", "fix": "how", "rows": [4, 9], "row_count": 2}'
    )


def test_words_join_a_sentence_or_a_phrase_with_its_fix() -> None:
    assert Finding("note", "a", "The file is empty.", "Save it.").words == "The file is empty. Save it."
    assert Finding("note", "a", "the period is missing", "write it").words == "the period is missing; write it"
    assert Finding("note", "a", "the headings are in row 3").words == "the headings are in row 3"


def test_rows_alike_count_once() -> None:
    findings = [
        Finding("must_fix", "a", "b", rows=range(2, 900)),
        Finding("check", "a", "b"),
        Finding("check", "c", "d"),
    ]
    assert [count(findings, level) for level in ("must_fix", "check", "note")] == [1, 2, 0]


def test_order_is_by_level_then_row_then_column() -> None:
    parts = [("note", 1, ""), ("check", 2, "b"), ("must_fix", 9, "a"), ("check", 2, "a"), ("must_fix", 3, "z")]
    findings = [Finding(level, "code", "", column=column, rows=[row]) for level, row, column in parts]
    assert [(item.level, item.row, item.column) for item in ordered(findings)] == [
        ("must_fix", 3, "z"), ("must_fix", 9, "a"), ("check", 2, "a"), ("check", 2, "b"), ("note", 1, ""),
    ]  # fmt: skip


def test_long_values_are_cut_with_a_mark() -> None:
    longest = "x" * LONGEST_VALUE
    assert shorten(longest) == longest
    assert shorten(longest + "y") == "x" * (LONGEST_VALUE - 1) + "…"
