"""Spreadsheets in (read, map, clean, store, explain) and out (the book of refused rows)."""
