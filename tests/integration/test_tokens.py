"""Tokens: who may make and withdraw them, as whom they act, and what is remembered of them."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from data import tokens
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.errors import NotAllowed, UserError
from data.store import Connection
from data.versions import Moment
from tests.integration.storing import KENT, MOMENT, NORFOLK, everything, rows

pytestmark = pytest.mark.both_engines
OTHERS = [
    Actor("Vera Viewer", "viewer"),
    Actor("Ada Norfolk", "contributor", frozenset({NORFOLK})),
    Actor("Eve Evaluator", "evaluator"),
    Actor("Sam Steering", "steering", frozenset({NORFOLK})),
]


def make(connection: Connection, label: str = "Nightly", area: str | None = NORFOLK) -> tuple[Any, str]:
    return tokens.make(connection, LOCAL_ADMINISTRATOR, label, area, MOMENT)


def test_a_token_acts_for_its_area_and_no_other(empty: Connection) -> None:
    _, secret = make(empty)
    actor = tokens.actor_of(empty, secret)
    assert actor == Actor("Token “Nightly” (Norfolk)", "contributor", frozenset({NORFOLK}))
    assert actor.may_submit_for(NORFOLK) and not actor.may_submit_for(KENT)


def test_a_token_for_administration_is_named_as_one(empty: Connection) -> None:
    _, secret = make(empty, area=None)
    assert tokens.actor_of(empty, secret) == Actor("Token “Nightly” (administrator)", "administrator")


def test_of_the_secret_only_its_digest_is_stored(empty: Connection) -> None:
    identifier, secret = make(empty)
    assert tokens.SECRET.fullmatch(secret) and len(set(secret)) > 15
    stored = str(everything(empty))
    assert secret not in stored and secret[4:] not in stored
    assert rows(empty, "SELECT id, digest FROM token") == [(identifier, hashlib.sha256(secret.encode()).hexdigest())]
    shown = tokens.listed(empty, LOCAL_ADMINISTRATOR, MOMENT)
    assert "digest" not in shown.columns and secret not in shown.to_string()


@pytest.mark.parametrize(
    "secret",
    ["", "hpc_", "hpc_" + "A" * 43, "hpc_" + "A" * 44, "Bearer x", "hpc_' OR 1=1 --" + "A" * 28, "\x00", "ﬃ" * 47],
)
def test_a_forged_secret_is_nobody(empty: Connection, secret: str) -> None:
    make(empty)
    assert tokens.actor_of(empty, secret) is None


def test_a_secret_with_one_letter_changed_is_nobody(empty: Connection) -> None:
    _, secret = make(empty)
    for at in (4, 20, len(secret) - 1):
        assert tokens.actor_of(empty, secret[:at] + ("A" if secret[at] != "A" else "B") + secret[at + 1 :]) is None


def test_withdrawing_acts_at_once_and_for_every_cursor(empty: Connection) -> None:
    identifier, secret = make(empty)
    with empty.cursor() as other:
        assert tokens.actor_of(other, secret) is not None
        tokens.revoke(empty, LOCAL_ADMINISTRATOR, identifier, MOMENT)
        assert tokens.actor_of(other, secret) is None
    (line,) = tokens.listed(empty, LOCAL_ADMINISTRATOR, MOMENT).to_dict("records")
    assert (line["state"], line["withdrawn_by"], line["made_by"]) == (
        "withdrawn", "Local administrator", "Local administrator",
    )  # fmt: skip
    assert line["withdrawn_at"] > MOMENT.at, "the newest saving counts, whatever the clock says"
    with pytest.raises(UserError, match="withdrawn already"):
        tokens.revoke(empty, LOCAL_ADMINISTRATOR, identifier, MOMENT)


def test_a_token_is_over_after_a_year(empty: Connection) -> None:
    _, secret = make(empty)
    last = MOMENT.at + tokens.LASTS
    assert tokens.token_of(empty, secret, Moment(last, last.date())) is not None
    after = Moment(last + timedelta(days=1), MOMENT.as_of)
    assert tokens.token_of(empty, secret, after) is None
    assert tokens.listed(empty, LOCAL_ADMINISTRATOR, after)["state"].tolist() == ["ended"]


@pytest.mark.parametrize("actor", OTHERS, ids=lambda actor: actor.role)
def test_only_an_administrator_makes_sees_and_withdraws_tokens(empty: Connection, actor: Actor) -> None:
    identifier, secret = make(empty)
    before = everything(empty)
    with pytest.raises(NotAllowed):
        tokens.make(empty, actor, "Mine", NORFOLK, MOMENT)
    with pytest.raises(NotAllowed):
        tokens.revoke(empty, actor, identifier, MOMENT)
    with pytest.raises(NotAllowed):
        tokens.listed(empty, actor, MOMENT)
    assert everything(empty) == before and tokens.actor_of(empty, secret) is not None


@pytest.mark.parametrize(
    ("label", "area", "says"),
    [
        (" ", NORFOLK, "Write the label"),
        ("x" * 61, NORFOLK, "at most 60"),
        ("Ask jo.bloggs@example.org", NORFOLK, "personal data"),
        ("nightly", NORFOLK, "a token “nightly” already"),
        ("Other", "E99999999", "not one that reports"),
        ("Other", "", "not one that reports"),
        ("Other", "W15000001", "not one that reports"),
    ],
)
def test_a_token_that_nobody_could_place_is_refused(empty: Connection, label: str, area: str, says: str) -> None:
    make(empty)
    before = everything(empty)
    with pytest.raises(UserError, match=says):
        make(empty, label, area)
    assert everything(empty) == before


def test_a_label_is_free_again_once_its_token_is_withdrawn(empty: Connection) -> None:
    identifier, first = make(empty)
    tokens.revoke(empty, LOCAL_ADMINISTRATOR, identifier, MOMENT)
    _, second = make(empty)
    assert tokens.actor_of(empty, first) is None and tokens.actor_of(empty, second) is not None


def test_making_and_withdrawing_are_in_the_audit_trail(empty: Connection) -> None:
    identifier, secret = make(empty)
    tokens.revoke(empty, LOCAL_ADMINISTRATOR, identifier, MOMENT)
    told = "SELECT actor, deed, subject FROM audit WHERE deed LIKE 'token%' ORDER BY happened_at, deed"
    assert rows(empty, told) == [
        ("Local administrator", "token made", str(identifier)),
        ("Local administrator", "token withdrawn", str(identifier)),
    ]


def test_the_day_of_use_is_written_once_a_day(empty: Connection) -> None:
    _, secret = make(empty)
    assert tokens.listed(empty, LOCAL_ADMINISTRATOR, MOMENT)["used_on"].isna().all()
    for hour in (9, 10, 11, 34):
        at = datetime(2026, 11, 3) + timedelta(hours=hour)
        tokens.token_of(empty, secret, Moment(at, at.date()))
    assert rows(empty, "SELECT used_on FROM token_use ORDER BY used_on") == [
        (date(2026, 11, 3),), (date(2026, 11, 4),),
    ]  # fmt: skip
    (used,) = tokens.listed(empty, LOCAL_ADMINISTRATOR, MOMENT)["used_on"]
    assert used.date() == date(2026, 11, 4)


def test_nothing_is_written_for_a_refused_secret(empty: Connection) -> None:
    identifier, secret = make(empty)
    tokens.revoke(empty, LOCAL_ADMINISTRATOR, identifier, MOMENT)
    before = everything(empty)
    tokens.actor_of(empty, secret)
    tokens.actor_of(empty, "hpc_" + "A" * 43)
    assert everything(empty) == before
