import pytest
import vobject

from campaigns.store.options import Brand, save_brand


@pytest.mark.parametrize("language", ["hy", "ka", "en"])
def test_the_contact_of_the_shop_is_served_for_address_books(light, language):
    answer = light.get(f"/contact/{language}.vcf")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/vcard; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="contact.vcf"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    found = vobject.readOne(answer.text)
    assert (found.version.value, found.fn.value, found.lang.value) == ("4.0", "Նուռ", language)
    assert found.email.value == "barev@nur.example.am"


@pytest.mark.parametrize(
    "path", ["/contact/ru.vcf", "/contact/hy", "/contact/.vcf", "/contact/hy.vcf/x"]
)
def test_there_is_no_other_contact(light, path):
    assert light.get(path).status_code == 404


def test_a_shop_without_a_name_has_no_contact_yet(light, sqlite_workspace, now):
    with sqlite_workspace.database.begin() as connection:
        save_brand(connection, Brand(), actor="anna", now=now)

    assert light.get("/contact/hy.vcf").status_code == 404
