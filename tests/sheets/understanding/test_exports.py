"""Exports of real systems are understood without a correction."""

import pytest

from campaigns.sheets.understanding.fields import ATTRIBUTE, IGNORED, check
from campaigns.sheets.understanding.recognise import guess
from tests.sheets.understanding.exports import EXPORTS
from tests.support.grids import sheet_of


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_an_export_is_understood(name):
    export = EXPORTS[name]
    sheet = sheet_of(*export.rows)

    found = guess(sheet, name=export.file)

    meant = {
        heading: field
        for heading, field in found.mapping.columns.items()
        if field not in (ATTRIBUTE, IGNORED)
    }
    assert (found.mapping.kind, meant) == (export.kind, export.columns)
    types = {heading: said["type"] for heading, said in found.mapping.options.items()}
    assert types == export.types
    assert not [
        heading for heading in meant if found.evidence[heading].is_unsure and sheet.heading_row
    ]
    check(found.mapping, sheet.headings)
