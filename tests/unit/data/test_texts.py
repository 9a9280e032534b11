"""What a person writes: blank, too long, too short or with personal data is refused with the field named."""

import pytest

from data.errors import UserError
from data.texts import LONGEST, checked, checked_reason


def test_a_text_comes_back_without_blanks_around_it() -> None:
    assert checked("  joint training began \n", "the description") == "joint training began"


def test_a_blank_text_is_allowed_only_where_it_is_not_required() -> None:
    assert checked(None, "the dissent", required=False) == ""
    with pytest.raises(UserError, match="^Write the description: it is needed"):
        checked("  ", "the description")


def test_the_longest_text_is_kept_and_a_longer_one_refused() -> None:
    assert len(checked("x" * LONGEST, "the effect")) == LONGEST
    with pytest.raises(UserError, match=r"^The effect has 2,001 characters; at most 2,000 are kept"):
        checked("x" * (LONGEST + 1), "the effect")


def test_personal_data_is_refused_with_its_kind_and_without_repeating_it() -> None:
    with pytest.raises(UserError, match=r"personal data \(e-mail address\)") as refused:
        checked("ask jo.bloggs@example.org", "the evidence")
    assert "example.org" not in str(refused.value)


def test_a_reason_must_be_long_enough_to_be_understood() -> None:
    assert checked_reason("typing slip", shortest=1) == "typing slip"
    with pytest.raises(UserError, match="^The reason “because” is too short"):
        checked_reason("because")
