import pytest

from campaigns.errors import RenderError
from campaigns.letters.design import designs, designs_for
from campaigns.letters.render import compile_text
from campaigns.model.language import Language

OFFER = ("offer:", "  name: Honey", "  now: 9 900 AMD")
BLOCK = "{{ offer }}"


def chosen(letter, brand, *lines, body="Hello"):
    return designs_for(compile_text(letter(body, "x", *lines), Language.EN, brand).text)


def test_a_text_is_shown_in_the_designs_that_it_names_in_their_order(letter, brand):
    assert chosen(letter, brand, "designs: note") == ("note",)
    assert chosen(letter, brand, *OFFER, body=BLOCK) == tuple(designs())
    assert chosen(letter, brand) == tuple(one for one in designs() if one != "offer")


def test_a_design_that_is_not_there_is_told_with_its_line(letter, brand):
    with pytest.raises(RenderError) as caught:
        chosen(letter, brand, "designs: note, sparkling")
    assert caught.value.code == "letter.design"
    assert (caught.value.facts["line"], caught.value.facts["got"]) == (4, "sparkling")
