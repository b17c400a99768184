"""Workbooks for people to open."""
