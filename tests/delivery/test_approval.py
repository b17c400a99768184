"""A letter with an error in it is not approved, and the refusal says where to look."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from campaigns.delivery.approval import require_letter
from campaigns.errors import NotAllowedError
from campaigns.store.options import Brand

BRAND = Brand(
    shop_name="Nur", legal_name="Nur LLC", postal_address="12 Street, Yerevan",
    from_address="hello@nur.example", reply_to="hello@nur.example", signer="Ani",
)  # fmt: skip
HEAD = "---\nsubject: Thank you\npreheader: For your visit\npurpose: offers\n---\n"
RIGHT = HEAD + "{{ contact | greeting }}\n\nThank you.\n\n{{ closing }}\\\n{{ signer }}\n"


def _refusal(source):
    row = SimpleNamespace(letter="spring", texts={"en": [source]})
    with pytest.raises(NotAllowedError) as caught:
        require_letter(row, BRAND)
    return caught.value


def test_an_error_of_a_line_is_told_with_its_line():
    error = _refusal(RIGHT.replace("Thank you.", "Thank you, {{ city }}."))

    assert (error.code, error.facts["line"]) == ("campaign.letter_error", 8)


def test_an_error_of_the_whole_text_names_no_line():
    error = _refusal(HEAD + "{% if city %}{{ city }}{% endif %}\n")

    assert error.code == "campaign.letter_error_whole"
    assert "line" not in error.facts
