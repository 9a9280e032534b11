"""The router: page settings, who is asking, the menu, the banner and the controls that every page shares."""

import streamlit as st

from components import banner, controls, html, session
from components.charts import colours

PAGES = {
    "overview": ("Overview", ":material/dashboard:", ("area", "version")),
    "commitment": ("Commitment", ":material/handshake:", ("commitment", "indicator", "area", "version")),
    "area": ("Area", ":material/location_on:", ("area", "indicator", "version")),
    "compare": ("Compare", ":material/compare_arrows:", ("indicator", "area", "version")),
    "regions": ("Regions", ":material/map:", ("indicator", "version")),
    "over_time": ("Over time", ":material/timeline:", ("indicator", "area", "version")),
    "what_changed": ("What changed", ":material/difference:", ("area", "version")),
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
page = st.navigation(list(menu.values()))
used = next(PAGES[name][2] for name, entry in menu.items() if entry == page)
with session.told_plainly(), session.one_cursor():
    banner.show(session.workspace().kind)
    st.session_state["view"] = controls.show(used)
    page.run()
