"""The router: page settings, who is asking, the menu, the banner and the controls that every page shares."""

import streamlit as st

from components import banner, controls, html, session
from components.charts import colours

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
}

st.set_page_config(page_title="Health and Policing Consensus tracker", page_icon="🤝", layout="wide")
html.style(colours())
menu = {
    name: st.Page(f"pages/{name}.py", title=title, icon=icon, url_path=name, default=name == "overview")
    for name, (title, icon, _) in PAGES.items()
}
page = st.navigation(list(menu.values()), expanded=True)
used = next(PAGES[name][2] for name, entry in menu.items() if entry == page)
with session.told_plainly(), session.one_cursor():
    banner.show(session.workspace().kind)
    st.session_state["view"] = controls.show(used)
    page.run()
