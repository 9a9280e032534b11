"""What each role may do."""

import pytest

from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.errors import UserError

NORFOLK, SUFFOLK = "E23000024", "E23000025"

# Role: may report for an own area, for another area, may review an own area, another, sees every area's insights, sees
# what is kept to the steering groups of an own area, of another.
MAY = {
    "viewer": (False, False, False, False, False, False, False),
    "contributor": (True, False, False, False, False, False, False),
    "evaluator": (False, False, False, False, False, True, True),
    "steering": (False, False, True, False, False, True, False),
    "administrator": (True, True, True, True, True, True, True),
}


@pytest.mark.parametrize("role", MAY)
def test_role_may_do_what_the_table_says(role: str) -> None:
    actor = Actor("Somebody", role, frozenset({NORFOLK}))
    found = (
        actor.may_submit_for(NORFOLK), actor.may_submit_for(SUFFOLK), actor.may_review(NORFOLK),
        actor.may_review(SUFFOLK), actor.sees_every_area, actor.sees_steering_of(NORFOLK),
        actor.sees_steering_of(SUFFOLK),
    )  # fmt: skip
    assert found == MAY[role]


@pytest.mark.parametrize("role", MAY)
def test_administers_whoever_is_administrator_and_nobody_else(role: str) -> None:
    actor = Actor("Somebody", role, frozenset({NORFOLK}))
    if role == "administrator":
        return actor.must_administer("give a role")
    with pytest.raises(UserError, match="^Somebody may not give a role. Nothing was changed.$"):
        actor.must_administer("give a role")


@pytest.mark.parametrize("role", MAY)
def test_a_query_is_told_only_of_areas_that_count_for_the_role(role: str) -> None:
    found = Actor("Somebody", role, frozenset({NORFOLK})).reads
    assert found["own_areas"] == ([NORFOLK] if role == "contributor" else [])
    assert found["scope"] == ([NORFOLK] if role == "steering" else [])


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
