"""What is told about a name that was not taken as the sheet has it."""

from __future__ import annotations

from enum import StrEnum


class Note(StrEnum):
    """A code of what was repaired or is doubtful; ``note.<value>`` among the labels."""

    LETTERS = "name_letters"
    """Letters of another script that only look alike, or styled ones, were replaced."""
    INVISIBLE = "name_invisible"
    CASE = "name_case"
    TITLE = "name_title"
    PATRONYMIC = "name_patronymic"
    EXTRA = "name_extra"
    """What stood in brackets, after a slash or as a sign was left out."""
    SWAPPED = "name_swapped"
    INITIAL = "name_initial"
    FAMILY_ONLY = "name_family_only"
    ORDER = "name_order"
    """Nothing tells the given name from the surname."""
    SEVERAL = "name_several"
    ADDRESS = "name_address"
    NUMBER = "name_number"
    COMPANY = "name_company"
    PLACEHOLDER = "name_placeholder"
    UNREADABLE = "name_unreadable"
    GENDER = "gender_conflict"


LEFT_OUT = frozenset(
    {
        Note.LETTERS, Note.TITLE, Note.PATRONYMIC, Note.EXTRA, Note.SWAPPED, Note.INITIAL,
        Note.ADDRESS, Note.NUMBER, Note.UNREADABLE,
    }
)  # fmt: skip
"""Notes on a name that is used, but of whose cell something is gone; who keeps sheets keeps it."""
