"""Every reason and state of an upload has its name in each language."""

import pytest

from campaigns.language.labels import LABELS, label
from campaigns.model.language import Language
from campaigns.model.states import UploadState
from campaigns.sheets.cleaning import people, products, purchases
from campaigns.sheets.storing import merge
from campaigns.sheets.storing.purchases import UNKNOWN_CUSTOMER
from campaigns.sheets.understanding.fields import SheetKind

CODES = [
    *(f"refusal.{reason}" for reason in (
        people.BAD_ADDRESS, people.NO_KEY, people.TOTALS_ROW, people.IDENTITY_CONFLICT,
        purchases.BAD_DATE, purchases.BAD_AMOUNT, purchases.NO_CUSTOMER,
        purchases.NO_RATE, products.NO_PRODUCT,
    )),
    *(f"note.{note}" for note in (purchases.UNCLEAR_QUANTITY, purchases.CONVERTED, UNKNOWN_CUSTOMER)),
    *(f"upload.{state}" for state in UploadState),
    *(f"sheet.{kind}" for kind in SheetKind),
    *(f"evidence.{name}" for name in ("heading", "values", "remembered", "none")),
    f"note.{merge.NOT_RESTORED}", "sheet.problem", "field.attribute", "field.ignore",
]  # fmt: skip


@pytest.mark.parametrize("language", [Language.HY, Language.KA])
def test_each_code_has_a_name_in_each_language(language):
    assert [code for code in CODES if code not in LABELS] == []
    assert [code for code in CODES if label(code, language) == label(code, Language.EN)] == []
