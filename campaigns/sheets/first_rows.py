"""The first rows of a sheet that waits, before and after cleaning, for a person to judge by."""

from __future__ import annotations

from datetime import date

from campaigns.model.language import Language
from campaigns.sheets.cleaning.before_after import Cell, Shop, before_after
from campaigns.sheets.staged import table_of, upload_row
from campaigns.sheets.understanding.fields import Mapping
from campaigns.store.options import read_brand
from campaigns.store.workspace import Workspace

LOOKED_AT_ROWS = 1_000
"""So many are cleaned for the ten that are shown: what decides for a column may stand lower."""


def first_rows(
    workspace: Workspace, upload_id: int, mapping: Mapping, reader: Language, *, today: date
) -> list[dict[str, Cell]]:
    """Return of each of the first rows its cells by their headings, in the words of the reader.

    Raises:
        InputError: the file is gone.
        NotFoundError: there is no such upload.
    """
    table = table_of(workspace, upload_row(workspace, upload_id), limit=LOOKED_AT_ROWS)
    with workspace.database.read() as connection:
        brand = read_brand(connection)
    shop = Shop(Language(brand.default_language), brand.currency)
    return before_after(table, mapping, reader, shop, today=today)
