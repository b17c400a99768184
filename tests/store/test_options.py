import pytest

from campaigns.errors import InputError
from campaigns.store.options import Brand, read_brand, save_brand


@pytest.mark.parametrize("colour", ["", "red", "#fff", "#12345g", "#0f766e;}", "#0f766e\n"])
def test_a_colour_that_no_letter_could_show_is_not_kept(sqlite_workspace, now, colour):
    with sqlite_workspace.database.begin() as connection, pytest.raises(InputError) as refusal:
        save_brand(connection, Brand(colour=colour), actor="anna", now=now)

    assert refusal.value.code == "brand.colour"


def test_the_look_of_a_shop_is_kept(sqlite_workspace, now):
    brand = Brand(colour="#B91C1C", logo_url="https://nur.example.am/l.png", tells_ai=True)
    with sqlite_workspace.database.begin() as connection:
        save_brand(connection, brand, actor="anna", now=now)

        assert read_brand(connection) == brand
