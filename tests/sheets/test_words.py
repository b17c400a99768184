"""Whatever this stage tells a person, it can tell in each language."""

import re
from pathlib import Path

import pytest

from campaigns import sheets
from campaigns.errors import MESSAGES
from campaigns.language.catalogue import catalogue
from campaigns.language.labels import LABELS, label
from campaigns.model.language import Language
from campaigns.model.states import UploadState
from campaigns.sheets import merge, people, purchases
from campaigns.sheets.fields import SheetKind

SOURCE = "".join(path.read_text("utf-8") for path in Path(sheets.__path__[0]).glob("*.py"))
CODES = sorted(set(re.findall(r'"((?:sheet|mapping)\.[a-z_]+)"', SOURCE)))
LABEL_CODES = [
    *(f"refusal.{reason}" for reason in (
        people.BAD_ADDRESS, people.NO_KEY, people.TOTALS_ROW, people.IDENTITY_CONFLICT,
        purchases.BAD_DATE, purchases.BAD_AMOUNT, purchases.NO_CUSTOMER,
        purchases.CURRENCY_MISMATCH,
    )),
    *(f"upload.{state}" for state in UploadState),
    *(f"sheet.{kind}" for kind in SheetKind),
    *(f"evidence.{name}" for name in ("heading", "values", "remembered", "none")),
    f"note.{merge.NOT_RESTORED}", "sheet.problem", "field.attribute", "field.ignore",
]  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_each_error_has_its_text(code):
    assert code in MESSAGES or code in LABELS


@pytest.mark.parametrize("language", [Language.HY, Language.KA])
@pytest.mark.parametrize("code", [code for code in CODES if code in MESSAGES])
def test_each_error_is_translated_with_the_same_places(code, language):
    text = MESSAGES[code]
    words = catalogue("core", language).gettext(text)

    assert words != text
    assert set(re.findall(r"{\w+}", words)) == set(re.findall(r"{\w+}", text))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("code", LABEL_CODES)
def test_each_code_has_a_name_in_each_language(code, language):
    assert code in LABELS
    if language is not Language.EN:
        assert label(code, language) != label(code, Language.EN)
