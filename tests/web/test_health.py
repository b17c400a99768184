import pytest

from tests.web.conftest import ON_BOTH


def test_the_nonce_comes_back_signed(light, sqlite_workspace):
    answer = light.get("/health?nonce=abc-123_XYZ")

    assert answer.status_code == 200
    assert sqlite_workspace.signer.check("health", answer.text) == "abc-123_XYZ"


def test_the_answer_opens_nothing_else(light, sqlite_workspace):
    signed = light.get("/health?nonce=tok").text

    assert light.get(f"/u/{signed}").status_code == 404
    assert light.post(f"/t/{signed}").status_code == 404


@pytest.mark.parametrize("nonce", ["", "a" * 65, "a b", "Ա", "%0a", "a~b"])
def test_an_odd_nonce_is_not_signed(light, nonce):
    assert light.get(f"/health?nonce={nonce}").status_code == 400


@ON_BOTH
def test_without_a_nonce_it_says_that_the_database_answers(client):
    assert client.get("/health").text == "ok"
