"""What leaves the program as a whole: the same figures as on the pages, as files. Knows no Streamlit."""
