"""Kills everything that sending rests on, again and again, and counts what became of each letter."""
