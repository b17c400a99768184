import pytest

from campaigns.store.options import Brand


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden letters anew; then look at them",
    )


@pytest.fixture
def brand() -> Brand:
    return Brand(
        shop_name="Նուռ",
        legal_name="«Նուռ» ՍՊԸ",
        postal_address="ՀՀ, 0001, Երևան, Աբովյան 12",
        from_name="Նուռ",
        from_address="barev@nur.example",
        reply_to="anahit@nur.example",
        phone="+374 10 123456",
        signer="Անահիտ Պետրոսյան",
    )


@pytest.fixture
def letter():
    """A letter's text: a head around the body that a test is about."""

    def text(body, subject="Hello", *lines):
        head = "\n".join([f"subject: {subject}", "purpose: offers", *lines])
        return f"---\n{head}\n---\n{body}\n"

    return text
