"""Figures of a version made from another one's, earlier or later, are the very figures that are made from nothing."""

import pandas as pd
import pytest

from data import differences
from data.catalogue import Catalogue
from data.store import Connection
from reports.expected import areas_of, memberships
from reports.places import figures, figures_from
from tests.integration.storing import KENT, NORFOLK, SUFFOLK, fact, facts, send

KEYS = ["indicator", "area_code", "period_start", "period_end"]


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows by their keys, and one kind of missing value instead of three."""
    plain = frame.sort_values(KEYS, ignore_index=True).astype(object)
    return plain.where(plain.notna(), None)


@pytest.mark.parametrize("version", [1, 2, 9, 12, 15, 17])
def test_every_version_of_the_demonstration(
    demonstration: Connection, catalogue: Catalogue, latest_version: int, version: int
) -> None:
    areas = memberships(areas_of(catalogue))
    newest = figures(demonstration, catalogue, latest_version, areas)
    found = figures_from(demonstration, catalogue, version, areas, (latest_version, newest))
    whole = figures(demonstration, catalogue, version, areas)
    pd.testing.assert_frame_equal(ordered(found), ordered(whole))
    onwards = figures_from(demonstration, catalogue, latest_version, areas, (version, whole))
    pd.testing.assert_frame_equal(ordered(onwards), ordered(newest))


def test_what_was_hidden_corrected_or_sent_later(empty: Connection, catalogue: Catalogue) -> None:
    areas = memberships(areas_of(catalogue))
    _, first = send(empty, catalogue, facts(fact(NORFOLK, 5, 40), fact(SUFFOLK, 30, 60), fact(KENT, 40, 80)))
    _, second = send(empty, catalogue, facts(fact(NORFOLK, 25, 40)))
    _, third = send(empty, catalogue, facts(fact(KENT, 50, 90, period="2025/26 Q2")))
    assert len(differences.touched_periods(empty, first, third)) == 2
    newest = figures(empty, catalogue, third, areas)
    for version in (first, second):
        found = figures_from(empty, catalogue, version, areas, (third, newest))
        whole = figures(empty, catalogue, version, areas)
        pd.testing.assert_frame_equal(ordered(found), ordered(whole))
        assert len(found) < len(newest)
        onwards = figures_from(empty, catalogue, third, areas, (version, whole))
        pd.testing.assert_frame_equal(ordered(onwards), ordered(newest))


def test_nothing_is_worked_out_where_nothing_differs(empty: Connection, catalogue: Catalogue) -> None:
    areas = memberships(areas_of(catalogue))
    _, version = send(empty, catalogue, facts())
    known = figures(empty, catalogue, version, areas)
    pd.testing.assert_frame_equal(figures_from(empty, catalogue, version, areas, (version, known)), known)
