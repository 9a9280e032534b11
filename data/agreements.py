"""Agreeing a proposed indicator as a shared measure, which people do, with who agreed and why.

It changes what an indicator counts as, so a new data version begins; the catalogue's file stays as it is.
"""

from __future__ import annotations

from data import queries, store
from data.actor import ENGLAND, Actor
from data.catalogue import Catalogue, Indicator
from data.errors import UserError
from data.texts import checked, checked_reason
from data.versions import Moment, audit, current_version, raise_version

LONGEST_NAME = 200


def statuses(connection: store.Connection, catalogue: Catalogue, version: int) -> dict[str, str]:
    """What every indicator is at a version, by its key: `agreed` or `proposed`.

    The catalogue says it of each; one that it calls proposed is agreed where people agreed it and did not end that.
    """
    agreed = standing(connection, version)
    return {key: "agreed" if key in agreed else item.status for key, item in catalogue.indicators.items()}


def standing(connection: store.Connection, version: int) -> set[str]:
    """The keys of the indicators that people had agreed by a version, and had not ended that."""
    found = queries.agreements(connection, version)
    return set(found.loc[found["standing"], "indicator"])


@store.retrying
def agree(
    connection: store.Connection,
    actor: Actor,
    catalogue: Catalogue,
    indicator: str,
    agreed_by: str,
    reason: str,
    moment: Moment,
) -> int:
    """Agree a proposed indicator as a shared measure, and return the data version from which on it is.

    Raises `UserError` unless the actor may, who agreed and why are said, and the indicator is proposed.
    """
    actor.must(actor.may_review(ENGLAND), "agree an indicator")
    item = _known(catalogue, indicator)
    agreed_by, reason = checked(agreed_by, "who agreed", most=LONGEST_NAME), checked_reason(reason)
    with store.transaction(connection):
        before = current_version(connection)
        if statuses(connection, catalogue, before)[indicator] == "agreed":
            raise UserError(f"{item.name} is agreed already. Nothing was changed.")
        version = raise_version(connection, actor, moment, f"Agreed as a shared measure: {item.name}")
        store.run(
            connection,
            "agreements/insert_agreement",
            indicator=indicator,
            agreed_by=agreed_by,
            reason=reason,
            set_by=actor.name,
            version=version,
        )
        audit(connection, actor, moment, "indicator agreed", indicator, (before, version))
    return version


@store.retrying
def end(
    connection: store.Connection, actor: Actor, catalogue: Catalogue, indicator: str, reason: str, moment: Moment
) -> int:
    """End an agreement, and return the data version from which on the indicator is proposed again.

    Raises `UserError` unless the actor may, the reason is a real one, and the indicator was agreed here.
    """
    actor.must(actor.may_review(ENGLAND), "end the agreement of an indicator")
    item, reason = _known(catalogue, indicator), checked_reason(reason)
    with store.transaction(connection):
        before = current_version(connection)
        if store.row(connection, "agreements/standing", indicator=indicator) is None:
            raise UserError(f"{item.name} is not agreed here, or no longer. Nothing was changed.")
        version = raise_version(connection, actor, moment, f"No longer agreed as a shared measure: {item.name}")
        store.run(
            connection,
            "agreements/close_agreement",
            indicator=indicator,
            ended_by=actor.name,
            end_reason=reason,
            version=version,
        )
        audit(connection, actor, moment, "agreement of an indicator ended", indicator, (before, version))
    return version


def _known(catalogue: Catalogue, indicator: str) -> Indicator:
    if indicator not in catalogue.indicators:
        raise UserError("This indicator is not known here. Choose one from the list. Nothing was changed.")
    return catalogue.indicators[indicator]
