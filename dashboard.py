"""The router: page settings, who is asking, the menu, the banner and the controls that every page shares."""

import streamlit as st

from components import banner, controls, entrance, html, scripts, session, turns
from components.roles import may_open
from data import logs

# The menu, in the order in which a steering group reads, each page with the shared controls that it uses. It is one
# list: what Streamlit draws for a menu with sections is no list to a screen reader.
PAGES = {
    "overview": ("Overview", ":material/dashboard:", ("area", "version")),
    "commitment": ("Commitment", ":material/handshake:", ("commitment", "indicator", "area", "version")),
    "evaluation": ("Evaluation commitment", ":material/fact_check:", ("commitment", "area", "version")),
    "what_changed": ("What changed", ":material/difference:", ("area", "version")),
    "area": ("Area", ":material/location_on:", ("area", "indicator", "version")),
    "compare": ("Compare", ":material/compare_arrows:", ("indicator", "area", "version")),
    "regions": ("Regions", ":material/map:", ("indicator", "version")),
    "over_time": ("Over time", ":material/timeline:", ("indicator", "area", "version")),
    "voices": ("Voices", ":material/forum:", ("area", "version")),
    "practice": ("Practice", ":material/lightbulb:", ("area", "version")),
    "reviews": ("Reviews", ":material/gavel:", ("commitment", "area", "version")),
    "targets": ("Targets and definitions", ":material/flag:", ("indicator", "area", "version")),
    "adaptations": ("Adaptation log", ":material/published_with_changes:", ("area", "version")),
    "upload": ("Upload", ":material/upload_file:", ("area",)),
    "methods": ("Indicators and methods", ":material/menu_book:", ("indicator", "version")),
    "data": ("Data", ":material/download:", ("version",)),
    "people": ("People and access", ":material/group:", ()),
    "audit": ("Audit trail", ":material/history_edu:", ("area",)),
}

logs.guard()
st.set_page_config(page_title=entrance.PRODUCT, page_icon="🤝", layout="wide")
html.style()
scripts.follow_theme()
with turns.one_turn(), session.told_plainly(), session.one_cursor():
    closed = session.closed()
    seen = set() if closed else {name for name in PAGES if may_open(session.actor().role, name)}
    menu = {
        name: st.Page(
            f"pages/{name}.py",
            title=title,
            icon=icon,
            url_path=name,
            default=name == "overview",
            visibility="visible" if name in seen else "hidden",
        )
        for name, (title, icon, _) in PAGES.items()
    }
    # Pages that are not for this person keep their addresses, which answer with a sentence.
    page = st.navigation(list(menu.values()), expanded=True, position="hidden" if closed else "sidebar")
    name = next(name for name, entry in menu.items() if entry == page)
    if closed:
        entrance.show_closed(closed)
        st.stop()
    entrance.show_who()
    banner.show(session.workspace().kind)
    if name not in seen:
        entrance.show_not_for(name, PAGES[name][0])
        st.stop()
    st.session_state["view"] = controls.show(PAGES[name][2])
    page.run()
