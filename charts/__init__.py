"""A frame in, a Plotly figure out, and the sentence that says what the figure shows. No Streamlit."""
