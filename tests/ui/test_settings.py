"""The look of letters on the page of settings: pictures that come in, and what they come to."""

import io

import pytest
from PIL import Image

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
