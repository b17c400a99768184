"""Columns of text into columns of values, each row that cannot be used with its reason."""
