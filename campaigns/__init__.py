"""Campaigns: lawful, personal letters in Armenian, Georgian and English from a spreadsheet."""

__version__ = "0.1.0"
