"""Streamlit pieces that pages share: who is asking, what is looked at, tables, charts and findings."""
