"""A commitment on pages: where it stands in its source, and its row in a table with a link to its page."""

from __future__ import annotations

from typing import Any

from charts import beside
from components import html, session
from components.controls import View
from data.catalogue import Catalogue, Commitment


def origin(commitment: Commitment, catalogue: Catalogue) -> str:
    """Where a commitment stands in its source, and what stood in its place in 2018."""
    before = " ".join(f"{key}: {catalogue.forerunners[key].summary}" for key in commitment.forerunners)
    return (
        f"Source: consensus of July 2025, “{commitment.section}”, position {commitment.position}, in our own words. "
        + (f"Forerunner in February 2018: {before}" if before else "No forerunner in February 2018.")
    )


def commitment_row(line: dict[Any, Any], view: View) -> list[str | html.Cell]:
    """One commitment: its title with a link, numbers, voices and how they fit."""
    key = line["commitment"]
    title = session.catalogue().commitments[key].title
    link = view.link("commitment", commitment=key)
    return [html.Cell(f"{key} {title}", href=link), *beside.cells(line)]
