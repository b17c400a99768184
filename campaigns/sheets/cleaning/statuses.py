"""What became of an order, in the words of tills and web shops, in four languages.

``cancelled``: the line counts nowhere. ``returned``: goods came back, so the line lowers the
revenue and is no order of its own. Any other word is kept as it stands, in small letters.
"""

from __future__ import annotations

from functools import partial

import polars as pl

from campaigns.sheets.cleaning.cells import answer, each_distinct
from campaigns.sheets.understanding.vocabulary import key
from campaigns.store.rollups import CANCELLED, RETURNED


def _words(text: str) -> frozenset[str]:
    return frozenset(map(key, text.split(",")))


VOID = _words(
    "cancelled, canceled, cancel, cancellation, void, voided, annulled, failed, declined, rejected,"
    " չեղարկված, չեղարկված է, չեղարկվել է, չեղարկվեց, չեղարկում, չեղյալ, մերժված, մերժվել է, անվավեր,"
    " გაუქმებული, გაუქმებულია, გაუქმდა, გაუქმება, უარყოფილი, უარყოფილია, ანულირებული,"
    " отменен, отменён, отменено, отменена, отмена, аннулирован, аннулировано, аннулирована, отклонен,"
    " отклонён, отклонено"
)
BACK = _words(
    "returned, return, returns, refunded, refund, credit note, credit memo, chargeback,"
    " վերադարձված, վերադարձված է, վերադարձվել է, վերադարձվեց, վերադարձ, ապրանքի վերադարձ, հետ վերադարձ,"
    " დაბრუნებული, დაბრუნებულია, დაბრუნდა, დაბრუნება, საქონლის დაბრუნება,"
    " возвращен, возвращён, возвращено, возвращена, возврат, возврат товара, возврат денег, сторно"
)
SOLD = _words(
    "sale, sales, invoice, purchase, վաճառք, ապրանքի վաճառք, գնում, իրացում, გაყიდვა, რეალიზაცია,"
    " შესყიდვა, продажа, продажи, реализация, покупка"
)
"""Beside one of these in the same column, "return" names a document of its own, not what became of
an order."""


def statuses(values: pl.Series, heading: str | None) -> pl.Series:
    """Return what each line's status comes to; null where the sheet says nothing.

    A column whose heading is such a word ("Returned", «Վերադարձ») answers yes or no.
    """
    about = _named(heading or "")
    return each_distinct(values, partial(_status, about=about), pl.String)


def tells_documents(values: pl.Series) -> bool:
    """Say whether a column tells sales from returns: then a return is a document of its own."""
    return any(key(word) in SOLD for word in values.drop_nulls().unique().to_list())


def _status(written: str, about: str | None) -> str | None:
    found = _named(written)
    if found or about is None:
        return found or written.casefold()
    said = answer(written)
    return about if said else None if said is False else written.casefold()


def _named(word: str) -> str | None:
    bare = key(word)
    return CANCELLED if bare in VOID else RETURNED if bare in BACK else None
