"""What a review should speak about: each kind of exception, and the one order of all of them."""

import pandas as pd
import pytest

from metrics.agenda import KINDS, MOST, dissonant, newly_changed, overdue, ranked, silent, worse, worsening
from metrics.errors import MetricError

AREAS = [f"A{number:02}" for number in range(20)]


def item(kind: str, subject: str, size: float = 1.0, area: str = "A00", tier: int = 0) -> dict[str, object]:
    name = "commitment" if kind in ("dissonant", "silent") else "indicator"
    made = {"kind": kind, "commitment": "SYS-1", "indicator": "", "area_code": area, "tier": tier, "size": size}
    return made | {name: subject, "sentence": f"{kind} {subject} {area}"}


def order(*items: dict[str, object], most: int = MOST) -> list[str]:
    found = ranked(pd.DataFrame(list(items)).sample(frac=1, random_state=3), most)
    assert found["place"].tolist() == list(range(1, len(found) + 1))
    assert found["listed"].tolist() == [place <= most for place in found["place"]]
    return found["sentence"].tolist()


def test_kinds_take_turns_and_the_largest_of_each_comes_first() -> None:
    items = [
        item(kind, kind, size, area) for kind in KINDS[::-1] for size, area in ((1, "A01"), (3, "A02"), (2, "A03"))
    ]
    found = order(*items)
    assert [line.split()[0] for line in found] == KINDS * 3
    assert [line.split()[2] for line in found[:: len(KINDS)]] == ["A02", "A03", "A01"]


def test_turns_of_a_kind_without_items_go_to_the_others() -> None:
    found = order(*(item("silent", f"S-{n}", n) for n in range(4)), item("worse", "a"))
    assert [line.split()[0] for line in found] == ["worse", "silent", "silent", "silent", "silent"]


def test_what_is_an_exception_in_several_ways_is_one_item_and_first_of_its_kind() -> None:
    found = order(
        item("worse", "a", 9.0),
        item("worse", "b", 1.0),
        item("worsening", "b", 5.0),
        item("newly_changed", "b", 2.0),
        item("worsening", "c", 1.0),
        item("dissonant", "SYS-1", 1.0),
    )
    assert found == [
        "worse b A00 worsening b A00 newly_changed b A00",
        "worsening c A00",
        "dissonant SYS-1 A00",
        "worse a A00",
    ]


def test_other_kinds_of_the_same_place_stay_apart() -> None:
    assert (
        len(order(item("action", "", 1.0), item("action", "", 1.0), item("overdue", ""), item("silent", "SYS-1"))) == 4
    )


def test_a_lower_tier_comes_before_a_larger_size_and_keys_settle_a_tie() -> None:
    found = order(item("action", "a", 1.0, tier=1), item("action", "b", 9.0, tier=1), item("action", "c", 0.5))
    assert found == ["action c A00", "action b A00", "action a A00"]
    assert order(*(item("overdue", "", 2.0, area) for area in ("A03", "A01", "A02"))) == [
        f"overdue  {area}" for area in ("A01", "A02", "A03")
    ]


def test_at_most_so_many_are_listed() -> None:
    items = [item("overdue", "", float(n), area) for n, area in enumerate(AREAS)]
    assert len(order(*items)) == 20 and ranked(pd.DataFrame(items))["listed"].sum() == MOST == 15
    assert len(order(*items, most=3)) == 20


def test_no_items_give_no_agenda_and_a_column_that_lacks_is_named() -> None:
    assert ranked(pd.DataFrame([item("worse", "a")]).head(0)).empty
    with pytest.raises(MetricError, match="The column 'tier' is missing"):
        ranked(pd.DataFrame([item("worse", "a")]).drop(columns="tier"))


def figures(polarity: str, odd: float) -> pd.DataFrame:
    """Twenty areas around one in ten, the first of them odd, and England."""
    counts = [odd, *(100.0 + (n % 5) - 2 for n in range(19)), 2000.0]
    frame = pd.DataFrame({"area_code": [*AREAS, "E"], "numerator": counts, "denominator": [1000.0] * 20 + [20000.0]})
    value = 100 * frame["numerator"] / frame["denominator"]
    measure = {"indicator": "i", "measure": "proportion", "multiplier": 100.0, "polarity": polarity}
    dates = {"period_start": pd.Timestamp("2026-01-01"), "period_end": pd.Timestamp("2026-03-31")}
    summed = pd.Series([None] * 20 + [20.0], dtype="float64")
    return frame.assign(
        value=value, lower=value - 1, upper=value + 1, **measure, **dates, areas_included=summed, areas_expected=summed
    )


@pytest.mark.parametrize(
    ("polarity", "odd", "found"),
    [
        ("lower_is_better", 300.0, ["A00"]),
        ("higher_is_better", 300.0, []),
        ("higher_is_better", 10.0, ["A00"]),
        ("no_judgement", 300.0, []),
        ("lower_is_better", 101.0, []),
    ],
)
def test_worse_is_beyond_the_limits_on_the_side_that_the_indicator_calls_worse(
    polarity: str, odd: float, found: list[str]
) -> None:
    made = worse(figures(polarity, odd), AREAS, AREAS, "E")
    assert made["area_code"].tolist() == found and (made["kind"] == "worse").all() and (made["size"] > 1).all()
    assert worse(figures(polarity, odd), AREAS, AREAS[1:], "E").empty


def moved(first: float, change: str, polarity: str = "higher_is_better") -> pd.DataFrame:
    difference = [first, *((n % 5) - 2.0 for n in range(19))]
    frame = pd.DataFrame({"area_code": AREAS, "difference": difference, "indicator": "i", "polarity": polarity})
    words = [change] + ["no_clear_change"] * 19
    return frame.assign(
        difference_lower=frame["difference"] - 2, difference_upper=frame["difference"] + 2, change=words
    )


def test_worsening_asks_for_a_worse_change_that_is_beyond_the_usual_variation() -> None:
    found = worsening(moved(-20.0, "worsened"), AREAS)
    assert found["area_code"].tolist() == ["A00"] and found["size"].iloc[0] > 1
    assert worsening(moved(-20.0, "worsened"), AREAS[1:]).empty
    assert worsening(moved(-3.0, "worsened"), AREAS).empty, "within the usual variation"
    assert worsening(moved(20.0, "improved"), AREAS).empty
    assert worsening(moved(-20.0, "lower", "no_judgement"), AREAS).empty
    assert worsening(moved(-20.0, "cannot_be_calculated"), AREAS).empty


def test_newly_changed_is_a_word_that_was_another_and_says_which() -> None:
    before = moved(0.0, "no_clear_change")
    after = moved(-20.0, "worsened").assign(
        change=["worsened", "improved", "no_clear_change", "worsened"] + ["no_clear_change"] * 16
    )
    before.loc[3, "change"] = "worsened"
    before.loc[2, "change"] = "worsened"
    found = newly_changed(before.iloc[1:], after, AREAS)
    assert found[["area_code", "change", "was_change", "tier"]].to_numpy().tolist() == [
        ["A00", "worsened", "cannot_be_calculated", 0],
        ["A01", "improved", "no_clear_change", 1],
    ]
    assert found["size"].tolist() == [5.0, 0.5] and newly_changed(after, after, AREAS).empty


def fits() -> pd.DataFrame:
    rows = [
        ("SYS-1", "E", "dissonant", None, 9, 1, 2, 8),
        ("SYS-1", "A00", "dissonant", None, 3, 0, 0, 1),
        ("SYS-1", "A01", "silent", "voices", 3, 0, 0, 0),
        ("COM-1", "A00", "silent", "numbers and voices", 0, 0, 0, 0),
        ("COM-1", "A01", "silent", "numbers", 0, 0, 2, 0),
        ("STF-1", "A00", "convergent", None, 1, 0, 1, 0),
    ]
    names = ["commitment", "area_code", "fit", "silent_side", "improved", "worsened", "well", "badly"]
    return pd.DataFrame(rows, columns=names)


def test_dissonance_of_the_whole_comes_first_and_one_strong_side_is_not_enough() -> None:
    found = dissonant(fits(), "E")
    assert found[["area_code", "tier", "size"]].to_numpy().tolist() == [["E", 0, 6.0], ["A00", 1, 1.0]]


def test_silence_is_counted_by_commitment_and_side() -> None:
    found = silent(fits()[fits()["area_code"] != "E"], "E").set_index("commitment")
    assert found.loc["SYS-1", ["silent", "no_numbers", "no_voices", "areas"]].tolist() == [1, 0, 1, 2]
    assert found.loc["COM-1", ["silent", "no_numbers", "no_voices", "areas"]].tolist() == [2, 2, 1, 2]
    assert "STF-1" not in found.index and (found["area_code"] == "E").all()


def test_overdue_counts_what_areas_owe_themselves() -> None:
    rows = [
        ("i", "A00", "2026-01-14", "overdue", True, True),
        ("i", "A00", "2026-02-14", "overdue", True, True),
        ("j", "A00", "2026-02-14", "received", True, True),
        ("j", "A00", "2024-02-14", "overdue", False, True),
        ("j", "A01", "2026-02-14", "overdue", True, False),
        ("j", "A02", "2026-02-14", "overdue", True, True),
    ]
    names = ["indicator", "area_code", "due_date", "state", "fell_due", "reported_by_area"]
    fates = pd.DataFrame(rows, columns=names).assign(due_date=lambda frame: pd.to_datetime(frame["due_date"]))
    (found,) = overdue(fates, ["A00", "A01"]).to_dict("records")
    assert (found["area_code"], found["figures"], found["indicators"], found["fell_due"]) == ("A00", 2, 1, 3)
    assert found["since"] == pd.Timestamp("2026-01-14") and overdue(fates, ["A01"]).empty
