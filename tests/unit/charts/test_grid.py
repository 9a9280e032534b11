"""The grid of the evaluation commitment: where each mark stands, what shape it has, and what the sentences say."""

import pandas as pd
import pytest

from charts.evaluated import (
    MARKED,
    RESULT_WORDS,
    TEST_WORDS,
    answer,
    area_sentence,
    closing_test,
    gap_sentence,
    missing_words,
    over_time_sentence,
)
from charts.grid import DRAWN, STEP, bands_chart, by_test, pair_chart, wide, wide_chart
from charts.palette import DARK, LIGHT, Palette
from metrics.evaluation import BANDS, RESULTS, TESTS, bands_by, gaps, kept_by

WORDS = {"p": "passed", "f": "failed", "n": "not_applicable"}
HOSTILE = "<b>Norfolk</b> & \u202eSuffolk"


def grid(**results: str) -> pd.DataFrame:
    """Areas by name, each with two commitments: fourteen letters, p passed, f failed, n not applicable."""
    lines = [
        {"area_name": name, "area_code": name, "commitment": key, "reason": None, "proposed_only": False}
        | dict(zip(TESTS, (WORDS[letter] for letter in letters), strict=True))
        for name, text in results.items()
        for key, letters in (("SYS-1", text[:7]), ("SYS-2", text[7:]))
    ]
    found = pd.DataFrame(lines)
    passed = found[TESTS].eq("passed").sum(axis=1)
    return found.assign(tests_passed=passed, kept=passed == 7)


SMALL = grid(Essex="pppppppppfnppp", Kent="ffffffffffffff")


def test_words_and_shapes_are_there_for_each_test_and_result() -> None:
    assert list(TEST_WORDS) == TESTS and list(RESULT_WORDS) == RESULTS == list(DRAWN)
    assert len({symbol for _, symbol, _ in DRAWN.values()}) == 3, "each result has a shape of its own"


def test_each_mark_stands_in_its_row_its_cell_and_its_place() -> None:
    marks = wide(SMALL).set_index(["row", "commitment", "test"])
    assert len(marks) == 2 * 2 * 7 and marks.index.is_unique
    assert marks.loc[("Essex", "SYS-1", "numbers"), ["x", "y", "result"]].tolist() == [0, 0, "passed"]
    assert marks.loc[("Essex", "SYS-2", "on_time"), ["x", "y", "result"]].tolist() == [STEP + 3, 0, "not_applicable"]
    assert marks.loc[("Kent", "SYS-2", "acted_upon"), ["x", "y", "result"]].tolist() == [STEP + 6, 1, "failed"]
    assert "Essex, SYS-2" in marks.loc[("Essex", "SYS-2", "user_voice"), "hover"]
    assert "user voice: failed" in marks.loc[("Essex", "SYS-2", "user_voice"), "hover"]
    assert "5 of 7 tests passed" in marks.loc[("Essex", "SYS-2", "user_voice"), "hover"]


def test_one_commitment_has_a_column_for_each_test() -> None:
    marks = by_test(SMALL[SMALL["area_name"] == "Essex"], "commitment")
    assert marks["x"].max() == 6 and set(marks["row"]) == {"SYS-1", "SYS-2"}
    assert marks.loc[(marks["row"] == "SYS-2") & (marks["x"] == 2), "result"].tolist() == ["failed"]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_picture_holds_every_mark_once(palette: Palette) -> None:
    figure = wide_chart(SMALL, palette, "1 of 4 pairs", {"Essex": "1 of 2", "Kent": "0 of 2"})
    drawn = {trace.name: len(trace.x) for trace in figure.data if getattr(trace, "mode", "") == "markers"}
    assert drawn == {"passed": 12, "failed": 15, "not applicable": 1}
    (shade,) = (trace for trace in figure.data if trace.type == "bar")
    assert list(shade.y) == [0] and len(shade.x) == 1, "only the pair that passes all seven is shaded"
    assert list(figure.layout.xaxis.ticktext) == ["SYS-1", "SYS-2"]
    assert list(figure.layout.yaxis.ticktext) == ["Essex", "Kent"]
    (ends,) = (trace for trace in figure.data if getattr(trace, "mode", "") == "text")
    assert list(ends.text) == ["1 of 2", "0 of 2"]


def test_names_are_no_markup() -> None:
    shown = SMALL.assign(area_name=HOSTILE, reason="user voice: <script>alert(1)</script>")
    for figure in (wide_chart(shown, LIGHT, "a", {}), pair_chart(shown, LIGHT, "a", "area_name", {})):
        text = figure.to_json()
        assert "<b>Norfolk" not in text and "<script" not in text.lower() and "\\u202e" not in text


def test_nothing_to_draw_is_drawn() -> None:
    none = SMALL[:0]
    assert wide_chart(none, LIGHT, "a", {}).data and pair_chart(none, LIGHT, "a", "area_name", {}).data


def test_the_bars_hold_every_pair_of_each_day() -> None:
    found = bands_by(SMALL.assign(day="31 October 2026"), "day").assign(label="31 October 2026")
    figure = bands_chart(found, LIGHT, "1 of 4")
    assert [trace.x[0] for trace in figure.data] == found[BANDS].iloc[0].tolist() == [1, 1, 0, 0, 2]
    assert [trace.text[0] for trace in figure.data] == ["1", "1", "", "", "2"]


def test_the_answer_names_the_commonest_missing_test() -> None:
    found = gaps(grid(Essex="pppppppppfpppp", Kent="ppfppppppfpppf"))
    assert answer(found, 1, "") == (
        "1 of 4 area-commitment pairs pass all seven tests; the commonest missing one is user voice."
    )
    assert answer(gaps(SMALL), 1, "Kent").startswith("Kent: 1 of 4 area-commitment pairs pass all seven tests; ")
    tie = gaps(grid(Essex="fpppppppfppppp"))
    assert answer(tie, 0, "").endswith("; the commonest missing ones are numbers and provider voice.")
    assert answer(gaps(grid(Essex="pppppppppppppp")), 2, "").endswith("; none of them is failed.")


def test_the_one_thing_that_closes_most_gaps() -> None:
    found = gaps(grid(Essex="ppfppppppfpppp", Kent="ppfppppppppppp", Surrey="ppppppfffppppp"))
    assert closing_test(found) == "user_voice"
    assert gap_sentence(found, 1) == (
        f"What one thing closes most gaps: a user survey in the 2 areas marked {MARKED} would complete 3 of the "
        "5 pairs that lack a test."
    )
    assert MARKED not in gap_sentence(found, 1, marked=False)
    assert closing_test(gaps(grid(Kent="ffffffffffffff"))) == ""
    assert gap_sentence(gaps(grid(Kent="ffffffffffffff")), 0).startswith("No one thing would complete a pair")
    assert gap_sentence(gaps(grid(Kent="pppppppppppppp")), 2) == "No gap is left to close."


def test_what_a_pair_lacks_is_said_in_words() -> None:
    line = SMALL.to_dict("records")[1] | {"reason": "user voice: no service yet", "user_voice": "not_applicable"}
    assert missing_words(SMALL.to_dict("records")[0]) == ""
    assert missing_words(line) == "not applicable: user voice: no service yet"
    assert missing_words(SMALL.to_dict("records")[2]).startswith("lacks numbers, provider voice, user voice, on time, ")


def test_areas_that_report_nothing_are_named() -> None:
    assert area_sentence(SMALL.to_dict("records")) == "1 area has no number and no voice at all: Kent."
    assert area_sentence(grid(Essex="fpfffffffffffff"[:14]).to_dict("records")) == ""


def test_what_moved_over_time_is_said_with_its_denominators() -> None:
    days = pd.concat([grid(Essex="fffffffffffffp").assign(day="a"), SMALL[:2].assign(day="b")])
    found = kept_by(days, "day")
    assert over_time_sentence(found, "30 June 2026", "31 October 2026") == (
        "0 of 2 pairs passed all seven tests in the 12 months to 30 June 2026, 1 in those to 31 October 2026; of "
        "14 tests, 1 were passed then and 12 now."
    )
    assert over_time_sentence(found[1:], "", "1 August 2025").endswith("no quarter has ended before it.")
