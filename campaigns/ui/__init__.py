"""The marketer's pages in Streamlit. Thin: a page reads state, calls a verb, and shows what it did."""
