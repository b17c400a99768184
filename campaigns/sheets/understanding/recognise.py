"""The front door of understanding: a grid is cut into its table, and what the table is, is guessed."""

from campaigns.sheets.understanding.evidence import Evidence
from campaigns.sheets.understanding.guessing import Guess, guess
from campaigns.sheets.understanding.memory import shape
from campaigns.sheets.understanding.tables import PROBLEM_KEYS, ROW, Place, Table, table

__all__ = ["PROBLEM_KEYS", "ROW", "Evidence", "Guess", "Place", "Table", "guess", "shape", "table"]
