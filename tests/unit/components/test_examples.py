"""The worked examples of the page on methods: each computes, each method has one, and the results are right."""

import re
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from components import examples
from components.examples import comparing, evidence, example, limits, over_time
from components.examples.example import INVENTED, Example

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

PARTS = (example, limits, comparing, over_time, evidence)
# Every method of the table of methods, by the modules that make it.
METHODS = {
    "aggregation",
    "change",
    "comparison",
    "completeness",
    "control",
    "disclosure",
    "evaluation",
    "insight",
    "judgement",
    "means",
    "progress",
    "proportions",
    "rates",
    "spread",
    "trend",
    "triangulation",
    "variation",
}
FUNCTIONS = {
    "against_benchmark",
    "difference",
    "difference_in_change",
    "funnel",
    "gap",
    "overdispersion",
    "overdispersion_of_changes",
    "quantile_group",
    "sums_of_both_periods",
}
NO_RESULT = re.compile(r"\b(nan|none|nat|<na>)\b|–", re.IGNORECASE)


def named(start: str) -> Example:
    return next(one for one in examples.EXAMPLES if one.title.startswith(start))


def used(part: ModuleType) -> dict[str, str]:
    """The functions of metrics/ that a module calls, each with the module it is from."""
    found = {name: getattr(thing, "__module__", "") for name, thing in vars(part).items()}
    return {name: module.removeprefix("metrics.") for name, module in found.items() if module.startswith("metrics.")}


@pytest.mark.parametrize("shown", examples.EXAMPLES, ids=lambda one: one.title.split(":")[0])
class TestEveryExample:
    def test_has_three_to_six_rows_of_two_texts(self, shown: Example) -> None:
        rows = shown.compute()
        assert 3 <= len(rows) <= 6
        assert all(
            len(row) == len(examples.COLUMNS) and all(isinstance(text, str) and text for text in row) for row in rows
        )

    def test_says_that_its_numbers_are_invented(self, shown: Example) -> None:
        assert shown.compute()[0][0] == INVENTED

    def test_no_row_shows_a_missing_value(self, shown: Example) -> None:
        assert [row for row in shown.compute() if NO_RESULT.search(" ".join(row[1:]))] == []

    def test_says_in_its_title_what_it_answers(self, shown: Example) -> None:
        assert re.fullmatch(r"[A-Z][^:]+: [a-z].+[a-z]", shown.title)

    def test_is_explained_in_two_or_three_sentences(self, shown: Example) -> None:
        sentences = re.findall(r"\.(?: |$)", shown.plain_words)
        assert 2 <= len(sentences) <= 3 and shown.plain_words.endswith(".")

    def test_names_its_source_with_a_year(self, shown: Example) -> None:
        assert re.search(r"\b(19|20)\d\d\b", shown.source)

    def test_has_typographic_apostrophes(self, shown: Example) -> None:
        texts = [
            shown.title,
            shown.plain_words,
            shown.source,
            *(text for row in shown.compute() for text in row),
        ]
        assert [text for text in texts if "'" in text] == []


def test_titles_are_unique() -> None:
    titles = [one.title for one in examples.EXAMPLES]
    assert len(set(titles)) == len(titles)


def test_every_method_is_shown() -> None:
    calls = {name: module for part in PARTS for name, module in used(part).items()}
    assert METHODS - set(calls.values()) == set()
    assert FUNCTIONS - set(calls) == set()


@pytest.mark.parametrize("start", ["Change", "Difference in change", "Progress to target"])
def test_says_that_a_difference_does_not_show_cause(start: str) -> None:
    assert re.search(r"does not show that the consensus\b.* caused it", named(start).plain_words)


@pytest.mark.parametrize(
    "start",
    ["Rates", "Change", "Difference", "Comparison", "Funnel", "Spread", "Progress", "Numbers beside", "Judgement"],
)
def test_says_that_it_rests_on_counting_noise(start: str) -> None:
    assert "counting noise" in named(start).plain_words and "95 %" in named(start).plain_words


def test_attention_rests_on_the_usual_variation() -> None:
    words = named("Usual variation").plain_words
    assert "99.8 % limits adjusted for the usual variation between areas" in words


# Reckoned by hand; z is 1.96 at 95 % and 3.09 at 99.8 %.
BY_HAND = [
    # (108 + 3.84 ∓ 1.96 √(3.84 + 216 × 32/86)) / (2 × 89.84) = (111.84 ∓ 17.99) / 179.68
    ("Proportions", "54 of 86, with 95 % limits", "62.8 % (52.2 to 72.3)"),
    # Exact Poisson limits of 7 are 2.814 and 14.423 (any printed table); all divided by 9.319.
    ("Rates", "7 events, rate with 95 % limits", "0.75 per 100,000 (0.30 to 1.55), exact Poisson limits"),
    # Byar: 70 × (1 − 1/630 − 1.96/25.10)³ = 54.57; 71 × (1 − 1/639 + 1.96/25.28)³ = 88.44.
    ("Rates", "70 events", "7.51 per 100,000 (5.86 to 9.49), Byar’s limits"),
    # The upper limit of no event is −ln 0.025 = 3.69.
    ("Rates", "A count on its own: no event in a year", "0.0 events (0.0 to 3.7)"),
    # t with 4 degrees of freedom is 2.776: 5 ∓ 2.776 × 3/√5 = 5 ∓ 3.72.
    ("Means", "Mean of these 5 waits, with 95 % limits", "5.0 hours (1.3 to 8.7)"),
    # 62.79 − 51.19; √(10.56² + 10.40²) = 14.82 below, √(9.46² + 10.49²) = 14.13 above.
    ("Change", "Change", "+11.6 percentage points (−3.2 to 25.7): no clear change"),
    # 20 − 2 ∓ √(7² + 7²) = 18 ∓ 9.90.
    ("Difference", "A against B", "+18.0 percentage points (8.1 to 27.9): better"),
    # Σxt − p̄Σnt = 1900 − 0.3 × 6000 = 100; variance 0.3 × 0.7 × 400 × 10 × 1 = 840; 100²/840.
    ("Recent trend", "Trend, clear where chi-squared is above 9.55", "increasing, getting better: chi-squared 11.9"),
    # Slope 2, each standard error 2 × 1.96/3.92 = 1, spread of the years 10: 2² × 10.
    (
        "Recent trend",
        "Rates of 10, 12, 14, 16 and 18, each ± 1.96; lower is better",
        "increasing, getting worse: chi-squared 40.0",
    ),
    # Mean 620/12; the step of 10 is left out, as it is above 3.267 × 30/11; 2.66 × 2 = 5.32 to each side.
    ("Control chart", "Mean and limits", "51.7 % (46.3 to 57.0)"),
    # 5 of 20 points in 365 of 730 days: 0.25/0.5.
    ("Progress", "45 % in June 2026", "well behind: 25 % of the way in 50 % of the time, pace 0.50"),
    # √(0.0625 × 0.9375/400) = 1.210 %: 6.25 ∓ 1.96 × 1.210 and 6.25 ∓ 3.09 × 1.210.
    ("Funnel", "Limits for an area of 400 people", "95 % (3.9 to 8.6), 99.8 % (2.5 to 10.0)"),
    # Scores (x − 120)/10.954, the ends drawn in to −3.834 and 3.651; the mean of their squares is 67.2/10.
    ("Usual variation", "How much areas vary (1 is counting noise alone)", "6.72"),
    # τ² = (67.2 − 9)/(9 × 8333.3) = 0.000776; 120 ∓ 3.09 × 1000 √(0.00012 + 0.000776) = 120 ∓ 92.5: only 250 is beyond.
    ("Usual variation", "Beyond the usual variation, adjusted limits (27.5 to 212.5)", "1 of 10"),
    # ⌊6 − ⌈(11 − rank)/2⌉⌋, the two areas at 52 both of rank 4.
    ("Groups", "Fifths, the lowest shares first", "1, 1, 2, 2, 2, 3, 4, 4, 5, 5"),
    # √((10² + 10²)/2) = 10; only the outer two pull on it, by a half each: ∓ √(2 × (4/2)²) = ∓ 2.83.
    ("Spread", "Spread (standard deviation), 95 % limits", "10.0 points (7.2 to 12.8)"),
    # 10 − 20 ∓ √(2.83² + 2.83²) = −10 ∓ 4.
    ("Spread", "Against the year before", "narrower: −10.0 points (−14.0 to −6.0)"),
    # 30 + 90 of 100 + 400, not the average of 30 % and 22.5 %.
    ("Regions", "What it is made of", "120 of 500, 2 of 3 areas"),
    # Of nine pairs, 4 and 4 beat 2 and 3 and meet 4, 5 beats all three: 7 higher, 2 the same.
    ("Providers", "Pairs in which providers grade higher, the same, lower", "78 %, 22 %, 0 %"),
    ("Providers", "Cliff’s delta, from −1 to +1", "+0.78; no limits: fewer than 10 graded insights on one side"),
    # 30 days after 31 March.
    ("Completeness", INVENTED, "a quarterly figure from January 2026 on, the first due by 30 April 2026"),
]


@pytest.mark.parametrize(("start", "row", "result"), BY_HAND)
def test_result_is_the_one_reckoned_by_hand(start: str, row: str, result: str) -> None:
    assert dict(named(start).compute())[row] == result


def test_small_number_is_hidden_with_a_second_one() -> None:
    shown = dict(named("Small numbers").compute())
    assert shown["West: 24"] == "25" and shown["Region: 40"] == "40"
    assert shown["North: 4"] == shown["South: 12"] == "hidden so that no person can be recognised"


@pytest.mark.parametrize(
    ("start", "row", "reason"),
    [
        ("Proportions", "91 of 86", "the numerator is above the denominator"),
        ("Rates", "7 events, residents not known", "the denominator is missing"),
        ("Means", "One wait of 5 hours", "one value gives no limits"),
        ("Change", "Years that share six months", "the periods overlap"),
        ("Recent trend", "Four years only", "fewer than five periods"),
        ("Recent trend", "Rolling years, six months apart", "the periods overlap"),
        ("Control chart", "Rolling years, one month apart", "the periods overlap"),
        ("Progress", "No target agreed", "no target has been agreed"),
        ("Comparison", "England beside itself", "an area is not compared with itself"),
        ("Spread", "With two regions", "fewer than three regions"),
        ("Regions", "Where the counts do not add up", "the indicator’s counts do not add up across areas"),
        ("Providers", "Where no user was asked", "no user gave a grade"),
    ],
)
def test_what_cannot_be_calculated_says_why(start: str, row: str, reason: str) -> None:
    assert dict(named(start).compute())[row].endswith(f": {reason}")


def test_page_shows_every_example(dashboard: "AppTest") -> None:
    page = dashboard.run().switch_page("pages/methods.py").run()
    assert not page.exception
    shown = [box.label for box in page.expander]
    assert [one.title for one in examples.EXAMPLES if one.title not in shown] == []
