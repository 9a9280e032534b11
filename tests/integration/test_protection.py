"""Small numbers of the indicators that hide them reach nobody, also where a later file makes them large."""

import pandas as pd

from data import queries
from data.catalogue import Catalogue
from data.store import Connection
from metrics.disclosure import HIDDEN
from metrics.places import every_place
from metrics.values import evaluate
from reports.expected import areas_of, memberships
from reports.protection import protected
from tests.integration.storing import KENT, NORFOLK, SUFFOLK, fact, facts, send

RULED, OPEN = "s136_health_based_place", "organisations_with_published_vision"


def shown(connection: Connection, catalogue: Catalogue, version: int) -> pd.DataFrame:
    own = evaluate(queries.observations(connection, version))
    return protected(every_place(own, memberships(areas_of(catalogue))), catalogue)


def test_no_small_count_of_the_demonstration_is_shown(
    demonstration: Connection, catalogue: Catalogue, latest_version: int
) -> None:
    exact = queries.observations(demonstration, latest_version)
    found = shown(demonstration, catalogue, latest_version)
    ruled = [key for key, item in catalogue.indicators.items() if item.disclosure == "threshold_7"]
    assert exact[exact["indicator"].isin(ruled)]["numerator"].between(1, 7).any()
    counts = found[found["indicator"].isin(ruled) & (found["measure"] != "mean")]
    assert not counts["numerator"].between(1, 7).any()
    assert (counts["numerator"].dropna() % 5 == 0).all()
    hidden = found[found["hidden"]]
    assert set(hidden["reason"]) == {HIDDEN} and hidden[["value", "lower", "upper"]].isna().all(axis=None)


def test_what_is_published_already_stays_as_it_is(places: pd.DataFrame, catalogue: Catalogue) -> None:
    crime = places[places["indicator"] == "homicide"]
    found = protected(places, catalogue)
    pd.testing.assert_series_equal(
        found.loc[found["indicator"] == "homicide", "numerator"].reset_index(drop=True),
        crime["numerator"].reset_index(drop=True),
    )


def test_a_count_that_was_small_once_stays_hidden(empty: Connection, catalogue: Catalogue) -> None:
    others = [fact(SUFFOLK, 30, 60), fact(KENT, 40, 80)]
    send(empty, catalogue, facts(fact(NORFOLK, 5, 40, comment="Five people"), *others))
    _, later = send(empty, catalogue, facts(fact(NORFOLK, 25, 40), *others))
    found = shown(empty, catalogue, later).set_index("area_code")
    assert found.loc[NORFOLK, "reason"] == HIDDEN and pd.isna(found.loc[NORFOLK, "numerator"])
    assert found.loc[KENT, "numerator"] == 40
    assert "smallest_before" not in found


def test_a_comment_does_not_tell_what_is_hidden(empty: Connection, catalogue: Catalogue) -> None:
    _, version = send(empty, catalogue, facts(fact(NORFOLK, 5, 40, comment="Five people")))
    assert shown(empty, catalogue, version)["comment"].isna().all()


def test_figures_of_an_indicator_that_nobody_knows_are_left_out(places: pd.DataFrame, catalogue: Catalogue) -> None:
    unknown = places.head(3).assign(indicator="no_such_indicator")
    assert protected(pd.concat([places, unknown]), catalogue)["indicator"].ne("no_such_indicator").all()
