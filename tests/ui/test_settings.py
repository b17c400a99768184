"""The look of letters on the page of settings: pictures that come in, and what they come to."""

import io

import pytest
from PIL import Image

from campaigns.model.limits import Cap, Limits
from campaigns.store.limits import read_limits, save_limits
from campaigns.store.options import read_brand
from campaigns.store.pictures import find_picture


@pytest.fixture
def saved(shop, open_page):
    def saved(name, content):
        page = open_page("settings")
        page.file_uploader(key="file-logo_url").upload(name, content)
        page.get_by_key("FormSubmitter:brand-Save").click().run()
        with shop.database.read() as connection:
            return [error.value for error in page.error], read_brand(connection).logo_url

    return saved


@pytest.mark.slow
def test_an_uploaded_logo_is_kept_and_letters_get_its_public_address(shop, saved):
    written = io.BytesIO()
    Image.new("RGB", (40, 20)).save(written, "PNG")

    errors, address = saved("logo.png", written.getvalue())

    assert errors == []
    assert address.startswith(f"{shop.settings.base_url}/pictures/")
    assert find_picture(shop.files, address.rpartition("/")[2])


@pytest.mark.slow
def test_a_drawing_that_could_hold_a_script_is_refused(saved):
    errors, address = saved("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")

    assert "SVG" in errors[0]
    assert address == ""


@pytest.mark.slow
def test_limits_are_kept_and_those_of_the_command_line_stay(shop, open_page, now):
    with shop.database.begin() as connection:
        save_limits(connection, Limits((Cap(14, 3),)), actor="anna", now=now)
    page = open_page("settings")

    page.number_input(key="limits-7").set_value(2)
    page.number_input(key="limits-holdout").set_value(5)
    page.get_by_key("FormSubmitter:limits-Save the limits").click().run()

    with shop.database.read() as connection:
        assert read_limits(connection) == Limits((Cap(7, 2), Cap(14, 3)), holdout=5)
