"""What each role may do."""

import pytest

from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.errors import UserError

NORFOLK, SUFFOLK = "E23000024", "E23000025"

# Role: may report for an own area, for another area, sees every area's insights, sees those of steering groups.
MAY = {
    "viewer": (False, False, False, False),
    "contributor": (True, False, False, False),
    "evaluator": (False, False, False, True),
    "steering": (False, False, False, True),
    "administrator": (True, True, True, True),
}


@pytest.mark.parametrize("role", MAY)
def test_role_may_do_what_the_table_says(role: str) -> None:
    actor = Actor("Somebody", role, frozenset({NORFOLK}))
    found = (
        actor.may_submit_for(NORFOLK), actor.may_submit_for(SUFFOLK), actor.sees_every_area, actor.sees_steering,
    )  # fmt: skip
    assert found == MAY[role]


def test_contributor_without_areas_reports_for_none() -> None:
    assert not Actor("Somebody", "contributor").may_submit_for(NORFOLK)


def test_refusal_names_the_person_and_every_area_that_is_not_theirs() -> None:
    actor = Actor("Alex", "contributor", frozenset({NORFOLK}))
    actor.must_submit_for({NORFOLK})
    with pytest.raises(UserError, match="^Alex may not report for E23000001, E23000025. Nothing was stored.$"):
        actor.must_submit_for({SUFFOLK, NORFOLK, "E23000001"})


def test_the_one_local_person_is_administrator() -> None:
    assert LOCAL_ADMINISTRATOR.role == "administrator"
    LOCAL_ADMINISTRATOR.must_submit_for({NORFOLK, SUFFOLK})
