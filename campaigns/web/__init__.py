"""The public routes: what customers open from a letter, and where providers report.

A process of its own that may be exposed to the internet. It imports no Streamlit; it shares the
database with the other processes, and no memory.
"""
