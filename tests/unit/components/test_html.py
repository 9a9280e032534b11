"""Text from people, as it is put into a page."""

import pytest

from charts.words import beginning, shortened
from components.html import escape


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>", "&lt;script&gt;"),
        ('"><img src=x onerror=y>', "&quot;&gt;&lt;img src=x onerror=y&gt;"),
        ("it's & so", "it&#x27;s &amp; so"),
        ("a\u202eb\u202cc \u2067d\u2069", "abc d"),
        ("\u200fשלום \U0001f468\u200d\U0001f469", "\u200fשלום \U0001f468\u200d\U0001f469"),
    ],
)
def test_text_is_neither_markup_nor_turns_what_stands_around_it(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_a_long_text_is_cut_after_a_word_where_there_is_one() -> None:
    assert shortened("short") == "short"
    assert shortened("word " * 100, 20) == "word word word word …" and shortened("x" * 200, 20) == "x" * 20 + " …"
    assert beginning("x" * 30, 20) == 20 and "ab cd"[: beginning("ab cd", 4)] == "ab"
