"""The few controls, in one place and the same on every page: area, commitment, indicator, data version.

Each is bound to the address under its own name, so that a view can be sent to a colleague. An address may also hold
keys (`area=E23000024`, `commitment=SYS-1`, `version=18`), which are turned into the words that the controls show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from charts.words import day
from components import session
from data import queries
from data.catalogue import Catalogue

ENGLAND = "E92000001"
NEWEST = 0


@dataclass(frozen=True)
class View:
    """What is looked at: an area, a commitment, an indicator, and a data version with its as-of date."""

    area: str
    commitment: str
    indicator: str
    version: int
    as_of: date
    newest: int

    @property
    def parameters(self) -> dict[str, str | int]:
        """The view as address parameters, pinned to its version."""
        return {"area": self.area, "commitment": self.commitment, "indicator": self.indicator, "version": self.version}


def show(used: Sequence[str]) -> View:
    """Show the controls that the page uses and return the view; the others keep their value unseen."""
    catalogue = session.catalogue()
    versions: dict[int, date] = {line["version"]: line["as_of"] for line in queries.data_versions(session.cursor())}
    options = _options(catalogue, versions)
    _read_keys(options)
    row = st.container(horizontal=True, vertical_alignment="bottom", key="controls")
    hidden = st.container(key="controls-not-used")
    chosen = {name: _choose(row if name in used else hidden, name, *options[name]) for name in options}
    newest = max(versions)
    version = int(chosen["version"]) or newest
    if version != newest:
        st.warning(
            f"You are looking at data version {version}, as of {day(versions[version])}; the newest is {newest}.",
            icon=":material/history:",
        )
    return View(
        str(chosen["area"]),
        str(chosen["commitment"]),
        str(chosen["indicator"]),
        version,
        versions[version],
        newest,
    )


Options = tuple[str, dict[Any, str]]


def _options(catalogue: Catalogue, versions: dict[int, date]) -> dict[str, Options]:
    areas = {
        area.code: area_label(catalogue, area.code)
        for area in sorted(catalogue.areas.values(), key=_area_order)
        if not area.comparator_only
    }
    commitments = {key: f"{key} {item.title}" for key, item in catalogue.commitments.items()}
    indicators = {key: item.name for key, item in sorted(catalogue.indicators.items(), key=lambda pair: pair[1].name)}
    dated = {number: f"Version {number}, as of {day(as_of)}" for number, as_of in versions.items()}
    return {
        "area": ("Area", dict(areas)),
        "commitment": ("Commitment", dict(commitments)),
        "indicator": ("Indicator", dict(indicators)),
        "version": ("Data version", {NEWEST: "Newest"} | dated),
    }


def area_label(catalogue: Catalogue, code: str) -> str:
    """The name of an area; regions say that they are, because West Midlands is also a force area."""
    area = catalogue.areas[code]
    return f"{area.name} region" if area.type == "region" else area.name


def _area_order(area: object) -> tuple[int, str]:
    kinds = {"country": 0, "region": 1, "police_force_area": 2}
    return kinds[getattr(area, "type", "country")], getattr(area, "name", "")


def _read_keys(options: dict[str, Options]) -> None:
    """Turn keys in the address into the controls' words, once, before the controls take the address over."""
    changed = False
    for name, (label, words) in options.items():
        given = st.query_params.get(name)
        if given is None or given in words.values():
            continue
        by_key = {str(key).lower(): word for key, word in words.items()}
        if given.lower() in by_key:
            st.query_params[name] = by_key[given.lower()]
            changed = True
        else:
            st.warning(f"The {label.lower()} that the address names is not known here, so the usual one is shown.")
    if changed:
        st.rerun()


def _choose(place: st.delta_generator.DeltaGenerator, name: str, label: str, words: dict[Any, str]) -> Any:
    return place.selectbox(
        label,
        list(words),
        format_func=words.__getitem__,
        key=name,
        bind="query-params",
        width=300 if name in ("commitment", "indicator") else 220,
    )
