import pytest
import sqlalchemy as sa

from campaigns.store.tables import consent, event, suppression
from tests.support.factory import a_recipient
from tests.web.conftest import ON_BOTH


def link(workspace, recipient):
    return f"/u/{workspace.signer.sign('unsubscribe', recipient.token)}"


def suppressed(workspace):
    with workspace.database.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(suppression))


@pytest.fixture
def recipient(workspace, now):
    return a_recipient(workspace, now=now, language="ka", address="anahit@example.am")


@ON_BOTH
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_scanner_that_opens_the_link_unsubscribes_nobody(client, workspace, recipient, method):
    answer = client.request(method, link(workspace, recipient))

    assert answer.status_code == 200
    assert suppressed(workspace) == 0


def test_the_page_speaks_the_language_of_the_letter_and_hides_the_address(
    client, workspace, recipient
):
    page = client.get(link(workspace, recipient), headers={"Accept-Language": "en"}).text

    assert '<html lang="ka"' in page
    assert "a•••@example.am" in page
    assert "anahit" not in page
    assert page.count("<button") == 1


def test_the_reader_may_switch_the_language(client, workspace, recipient):
    page = client.get(link(workspace, recipient) + "?language=hy").text

    assert '<html lang="hy"' in page


@pytest.mark.parametrize(
    ("body", "kind", "source"),
    [
        pytest.param("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded",
                     "one-click", id="rfc-8058-form"),
        pytest.param(
            '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
            "multipart/form-data; boundary=b", "one-click", id="rfc-8058-multipart",
        ),
        pytest.param("", "application/x-www-form-urlencoded", "page", id="the-button"),
        pytest.param("--broken", "multipart/form-data", "page", id="a-broken-form"),
        pytest.param(b"\xff\xfe%%%", "text/plain", "page", id="not-text"),
    ],
)  # fmt: skip
def test_a_post_unsubscribes_whatever_its_form(client, workspace, recipient, body, kind, source):
    answer = client.post(link(workspace, recipient), content=body, headers={"Content-Type": kind})

    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert "<button" not in answer.text
    assert suppressed(workspace) == 1
    with workspace.database.read() as connection:
        assert connection.execute(sa.select(event.c.raw)).scalar_one() == {"source": source}


@ON_BOTH
def test_unsubscribing_twice_is_unsubscribing_once(client, workspace, recipient):
    first = client.post(link(workspace, recipient))
    second = client.post(link(workspace, recipient))

    assert (first.status_code, second.status_code) == (200, 200)
    assert suppressed(workspace) == 1
    with workspace.database.read() as connection:
        given = list(
            connection.execute(sa.select(consent.c.given).order_by(consent.c.id)).scalars()
        )
    assert given == [True, False]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("forged", ["another-purpose", "unsigned", "truncated", "unknown", "odd"])
def test_a_link_that_is_not_ours_is_a_page_that_does_not_exist(
    client, workspace, recipient, method, forged
):
    signed = {
        "another-purpose": workspace.signer.sign("testimonial", recipient.token),
        "unsigned": recipient.token,
        "truncated": workspace.signer.sign("unsubscribe", recipient.token)[:-2],
        "unknown": workspace.signer.sign("unsubscribe", "nobody"),
        "odd": "%00%ff%E0%80",
    }[forged]

    answer = client.request(method, f"/u/{signed}", headers={"Accept-Language": "ka-GE,ka;q=0.9"})

    assert answer.status_code == 404
    assert '<html lang="ka"' in answer.text
    assert suppressed(workspace) == 0


def test_a_huge_body_is_refused(client, workspace, recipient):
    answer = client.post(link(workspace, recipient), content=b"x" * 70_000)

    assert answer.status_code == 413
    assert suppressed(workspace) == 0


def test_the_page_is_neither_stored_nor_indexed_nor_told_to_others(client, workspace, recipient):
    headers = client.get(link(workspace, recipient)).headers

    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "noindex" in headers["x-robots-tag"]
