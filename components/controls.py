"""The few controls, in one place and the same on every page: area, commitment, indicator, data version.

Each is bound to the address under its own name, so that a view can be sent to a colleague. An address may also hold
keys (`area=E23000024`, `commitment=SYS-1`, `version=18`), which are turned into the words that the controls show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from charts.words import day
from components import html, session
from data import queries
from data.catalogue import Catalogue

NEWEST = 0
# In pixels, for the longest name to be read whole.
WIDTHS = {"commitment": 520, "indicator": 470}
ASKED = "asked by the address"


@dataclass(frozen=True)
class View:
    """What is looked at: an area, a commitment, an indicator, and a data version with its as-of date."""

    area: str
    commitment: str
    indicator: str
    version: int
    as_of: date
    newest: int
    words: Mapping[str, Mapping[Any, str]] = field(default_factory=dict, repr=False)

    @property
    def parameters(self) -> dict[str, str | int]:
        """The view as address parameters, by keys, which last, and pinned to its version."""
        return {"area": self.area, "commitment": self.commitment, "indicator": self.indicator, "version": self.version}

    @property
    def in_links(self) -> tuple[object, ...]:
        """What this view's links hold beside its area: for keys of what is kept with links in it."""
        return self.commitment, self.indicator, None if self.version == self.newest else self.version

    def link(self, page: str, own: Mapping[str, str] | None = None, /, **chosen: str) -> str:
        """The address of a page with this view, changed as `chosen` says, and with what the page's `own` controls show.

        It is in the words of the controls and leaves out what is usual, as the controls write it themselves: an address
        that had to be rewritten would leave a second entry in the browser's history.
        """
        version = NEWEST if self.version == self.newest else self.version
        values: dict[str, Any] = self.parameters | {"version": version} | chosen
        words = {name: self.words[name][value] for name, value in values.items() if not self._is_usual(name, value)}
        return html.address(page, **words, **(own or {}))

    def _is_usual(self, name: str, value: Any) -> bool:
        return bool(next(iter(self.words[name])) == value)


def show(used: Sequence[str]) -> View:
    """Show the controls that the page uses and return the view; the others keep their value unseen.

    All of them are always drawn, in the same place: one that moved would be taken out of the address by the browser.
    """
    catalogue = session.catalogue()
    listed = session.remembered("data versions", queries.data_versions)
    versions: dict[int, date] = {line["version"]: line["as_of"] for line in listed}
    options = _options(catalogue, versions)
    asked = _read_keys(options)
    html.hide(name for name in options if name not in used)
    row = st.container(horizontal=True, vertical_alignment="bottom", key="controls")
    chosen = {name: _choose(row, name, *options[name]) for name in options}
    if any(chosen[name] != key for name, key in asked.items()):
        st.session_state[ASKED] = asked
        st.rerun()
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
        {name: words for name, (_, words) in options.items()},
    )


def current() -> View:
    """The view that dashboard.py chose for the page.

    After `streamlit run dashboard.py` the first visitor who follows a link to a page gets that page's file alone, which
    begins again inside dashboard.py; server.py keeps this from happening.
    """
    if "view" not in st.session_state:
        PagesManager.uses_pages_directory = False
        st.rerun()
    view: View = st.session_state["view"]
    return view


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
    """The name of an area as controls and sentences give it."""
    return catalogue.areas[code].label


def _area_order(area: object) -> tuple[int, str]:
    kinds = {"country": 0, "region": 1, "police_force_area": 2}
    return kinds[getattr(area, "type", "country")], getattr(area, "name", "")


def _read_keys(options: dict[str, Options]) -> dict[str, Any]:
    """Turn keys in the address into the controls' words, once, before the controls take the address over.

    Going back to such an address finds it taken over: then what it asks for is returned, to be chosen in a new run.
    """
    st.session_state.update(st.session_state.pop(ASKED, {}))
    asked = {name: _key(name, *option) for name, option in options.items()}
    asked = {name: key for name, key in asked.items() if key is not None}
    if asked and not asked.keys() & set(st.session_state):
        st.query_params.update({name: options[name][1][key] for name, key in asked.items()})
        st.rerun()
    return asked


def _key(name: str, label: str, words: dict[Any, str]) -> Any:
    """The key that the address gives a control; nothing when it gives none, or words, or what is not known."""
    given = st.query_params.get(name)
    if given is None or given in words.values():
        return None
    keys = {str(key).lower(): key for key in words}
    if given.lower() not in keys:
        st.warning(f"The {label.lower()} that the address names is not known here, so the usual one is shown.")
    return keys.get(given.lower())


def _choose(place: st.delta_generator.DeltaGenerator, name: str, label: str, words: dict[Any, str]) -> Any:
    return place.selectbox(
        label,
        list(words),
        format_func=words.__getitem__,
        key=name,
        bind="query-params",
        width=WIDTHS.get(name, 220),
    )
