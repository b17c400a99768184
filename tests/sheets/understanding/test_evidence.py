import pytest

from campaigns.language.labels import LABELS, label
from campaigns.model.language import Language
from campaigns.sheets.understanding import body_rows, evidence, tables
from campaigns.sheets.understanding.looks import Look
from campaigns.sheets.understanding.values import FITTING

CODES = [
    evidence.HEADING, evidence.VALUES, evidence.HEADING_AND_VALUES, evidence.NOT_HEADING,
    evidence.REMEMBERED, evidence.NONE, evidence.COUNTS_ROWS, evidence.ORDER_TOTAL,
    evidence.LINE_AMOUNT,
]  # fmt: skip
REMARKS = [
    tables.HIDDEN_ROWS, tables.HIDDEN_COLUMNS, tables.HIDDEN_SHEET, tables.UNITS_ROW,
    tables.NUMBERING_ROW, tables.OTHER_TABLE, tables.FILLED_DOWN, tables.LISTS_ONE,
    body_rows.HEADINGS_AGAIN, body_rows.FOOTER,
]  # fmt: skip
SHOWN = {look for looks in FITTING.values() for look in looks}


@pytest.mark.parametrize("language", [Language.HY, Language.KA])
def test_each_evidence_look_and_remark_has_a_name_in_each_language(language):
    codes = [
        *(f"evidence.{code}" for code in CODES), *(f"note.{code}" for code in REMARKS),
        *(f"look.{look}" for look in SHOWN),
    ]  # fmt: skip
    assert [code for code in codes if code not in LABELS] == []
    assert [code for code in codes if label(code, language) == label(code, Language.EN)] == []


def test_evidence_is_told_with_its_facts():
    found = evidence.Evidence(evidence.VALUES, 0.9, look=Look.PHONE, share=94)

    assert evidence.in_words(found.to_json(), Language.EN) == "by the values (phone numbers, 94%)"
    assert evidence.in_words({"code": "none"}, Language.HY) == label("evidence.none", Language.HY)
