"""One file a page, run by Streamlit from top to bottom."""
