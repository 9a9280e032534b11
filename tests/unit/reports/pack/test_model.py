"""Texts of people as text, and blocks that hold nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.cells import Cell, Column
from reports.pack.fonts import breakable, printable
from reports.pack.model import LONGEST, Bullets, Table, plain, table, tidied


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two  words\n and\tmore ", "two words and more"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("\u202eturned\u202c and \u2067kept apart\u2069", "turned and kept apart"),
        ("<b>&amp;</b> =1+1 *x*", "<b>&amp;</b> =1+1 *x*"),
        ("שלום 😀", "שלום 😀"),
        ("\ufffe\udc00", ""),
    ],
)
def test_text_is_kept_without_what_no_file_may_hold(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_of_a_long_text_the_rest_is_counted() -> None:
    assert plain("x" * LONGEST) == "x" * LONGEST
    assert plain("x" * 10_000) == f"{'x' * LONGEST} … (8,800 more characters, not shown here)"


def test_every_text_of_a_block_is_tidied_wherever_it_stands() -> None:
    made = table([Column("A\x00")], [["b\x00"], [Cell("c\x00", "worsened", detail="d\x00")]], "e\x00")
    assert tidied((made, Bullets(("f\x00",)))) == (
        Table((Column("A"),), ((Cell("b"),), (Cell("c", "worsened", detail="d"),)), "e"),
        Bullets(("f",)),
    )


def test_a_table_on_paper_has_no_links() -> None:
    assert table([Column("A")], [[Cell("b", href="area?area=X")]], "c").rows == ((Cell("b"),),)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("▲▼▬▨○●◇◆△▽ “Źdźbło” – − ’", "▲▼▬▨○●◇◆△▽ “Źdźbło” – − ’"),
        ("🦄", "[unicorn face]"),
        ("中", "□"),
        ("\ue000", "□"),
        ("a\U000e0067", "a"),
    ],
)
def test_what_the_typeface_lacks_is_named_or_boxed(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(max_size=60))
def test_printable_text_stays_as_it_is_the_second_time(text: str) -> None:
    assert printable(printable(text)) == printable(text)


def test_a_word_too_long_for_a_line_may_be_broken_and_loses_nothing() -> None:
    assert breakable("short " + "x" * 50).split("\u200b") == ["short " + "x" * 24, "x" * 24, "xx"]
    assert breakable("https://example.invalid/a/very/long/address").replace("\u200b", "") == (
        "https://example.invalid/a/very/long/address"
    )
