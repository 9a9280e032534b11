"""The server: the pages, and later the HTTP routes. `python3 run.py` starts it."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

# Without this, the first visitor after a start who follows a link to a page would get that page's file alone, without
# the frame of dashboard.py: until st.navigation has run once, Streamlit takes the folder pages/ for its own.
PagesManager.uses_pages_directory = False

app = st.App("dashboard.py", routes=[])
