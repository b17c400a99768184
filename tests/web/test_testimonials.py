import pytest
import sqlalchemy as sa

from campaigns.feedback import testimonials
from campaigns.store.tables import testimonial
from tests.support.factory import a_recipient
from tests.web.conftest import ON_BOTH

GOOD = {
    "text": "Շատ հաճելի սպասարկում, և առաքումը ժամանակին էր։", "display_name": "Անի Գ.",
    "rating": "5", "consented": "yes", "language": "hy", "topic": "",
}  # fmt: skip


def link(workspace, recipient):
    return f"/t/{workspace.signer.sign('testimonial', recipient.token)}"


def rows(workspace):
    with workspace.database.read() as connection:
        return connection.execute(sa.select(testimonial)).all()


@pytest.fixture
def recipient(workspace, now):
    return a_recipient(workspace, now=now)


def test_the_form_names_the_person_and_shows_the_sentence_of_consent(client, workspace, recipient):
    page = client.get(link(workspace, recipient)).text

    assert 'value="Անի Գ."' in page
    assert "Համաձայն եմ, որ «Նուռ» ընկերությունը" in page


def test_the_consent_is_never_ticked_in_advance(client, workspace, recipient):
    client.post(link(workspace, recipient), data=GOOD)

    page = client.get(link(workspace, recipient)).text
    tick = page[page.index('id="consented"') :].partition(">")[0]
    assert "checked" not in tick


@ON_BOTH
def test_words_are_taken_in(client, workspace, recipient):
    answer = client.post(link(workspace, recipient), data=GOOD)

    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    [row] = rows(workspace)
    assert (row.state, row.text, row.rating, row.display_name) == (
        "submitted", GOOD["text"], 5, "Անի Գ.",
    )  # fmt: skip


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_opening_the_form_writes_nothing(client, workspace, recipient, method):
    client.request(method, link(workspace, recipient) + "?text=hello+hello+hello&consented=yes")

    assert rows(workspace) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "կարճ"}, "text"),
        ({"text": "ա" * 2001}, "text"),
        ({"display_name": " "}, "display_name"),
        ({"rating": "6"}, "rating"),
        ({"rating": "<b>"}, "rating"),
        ({"consented": ""}, "consented"),
    ],
)
def test_a_mistake_is_shown_beside_its_field_and_nothing_typed_is_lost(
    client, workspace, recipient, changes, field
):
    answer = client.post(link(workspace, recipient), data=GOOD | changes)

    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text
    assert f'href="#{field}"' in answer.text
    assert (GOOD | changes)["text"] in answer.text
    assert rows(workspace) == []


def test_missing_fields_are_mistakes_and_no_crash(client, workspace, recipient):
    assert client.post(link(workspace, recipient), content=b"").status_code == 422


def test_the_form_may_be_read_in_another_language_and_so_the_sentence(client, workspace, recipient):
    client.post(link(workspace, recipient), data=GOOD | {"language": "en"})

    [row] = rows(workspace)
    assert row.consent_version == "quote-1.en"
    assert row.consent_wording.startswith("I agree that Նուռ may publish")
    assert row.language == "hy"


def test_a_program_that_fills_in_every_field_is_thanked_and_forgotten(client, workspace, recipient):
    answer = client.post(link(workspace, recipient), data=GOOD | {"topic": "http://spam.example"})

    assert answer.status_code == 200
    assert rows(workspace) == []


def test_what_was_published_cannot_be_rewritten(client, workspace, recipient, now):
    client.post(link(workspace, recipient), data=GOOD)
    testimonials.approve(workspace, rows(workspace)[0].id, actor="anna", now=now)

    answer = client.post(link(workspace, recipient), data=GOOD | {"text": "Ուրիշ բան եմ գրում։"})

    assert answer.status_code == 200
    assert "/withdraw" in answer.text
    assert rows(workspace)[0].text == GOOD["text"]


@ON_BOTH
def test_withdrawing_asks_first_and_then_acts(client, workspace, recipient, now):
    client.post(link(workspace, recipient), data=GOOD)
    testimonials.approve(workspace, rows(workspace)[0].id, actor="anna", now=now)
    slug = rows(workspace)[0].slug

    asked = client.get(link(workspace, recipient) + "/withdraw")
    assert asked.text.count("<form") == 1
    assert rows(workspace)[0].state == "approved"
    assert client.get(f"/hy/testimonials/{slug}").status_code == 200

    assert client.post(link(workspace, recipient) + "/withdraw").status_code == 200
    assert rows(workspace)[0].state == "withdrawn"
    assert client.get(f"/hy/testimonials/{slug}").status_code == 410
    assert slug not in client.get("/ka/testimonials").text
    assert slug not in client.get("/sitemap.xml").text


def test_there_is_nothing_to_withdraw_before_something_is_said(client, workspace, recipient):
    answer = client.post(link(workspace, recipient) + "/withdraw")

    assert answer.status_code == 200
    assert "<form" not in answer.text


@pytest.mark.parametrize("tail", ["", "/withdraw"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_for_another_purpose_opens_nothing(client, workspace, recipient, method, tail):
    signed = workspace.signer.sign("unsubscribe", recipient.token)

    answer = client.request(method, f"/t/{signed}{tail}", data=GOOD if method == "POST" else None)

    assert answer.status_code == 404
    assert rows(workspace) == []


ATTACK = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>{{7*7}}' </script></title>"


def test_markup_in_words_and_name_stays_text_everywhere(client, workspace, recipient, now):
    refused = client.post(
        link(workspace, recipient),
        data=GOOD | {"text": ATTACK, "display_name": ATTACK[:80], "rating": "9"},
    )
    client.post(
        link(workspace, recipient), data=GOOD | {"text": ATTACK, "display_name": ATTACK[:80]}
    )
    one = rows(workspace)[0]
    testimonials.approve(workspace, one.id, actor="anna", now=now)

    pages = [
        refused,
        client.get(link(workspace, recipient) + "/withdraw"),
        client.get("/en/testimonials"),
        client.get(f"/en/testimonials/{one.slug}"),
        client.get("/sitemap.xml"),
    ]
    for page in pages:
        body = page.text
        assert "<script>alert" not in body
        assert "<img" not in body
        assert body.count("<script") <= 1  # the structured data of public pages


def test_invisible_characters_do_not_reach_the_page(client, workspace, recipient):
    client.post(
        link(workspace, recipient),
        data=GOOD | {"text": "Շատ լավ\u202e էր\x00 ամեն\u200b ինչ", "display_name": "Անի\r\nX: y"},
    )

    [row] = rows(workspace)
    assert row.text == "Շատ լավ էր ամեն ինչ"
    assert row.display_name == "Անի X: y"


def test_bytes_that_are_no_text_do_no_harm(client, workspace, recipient):
    answer = client.post(
        link(workspace, recipient),
        content=b"text=\xff\xfe%ff%fe&display_name=%c3%28&consented=yes&rating=%",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == 422


def test_a_thousand_fields_are_refused(client, workspace, recipient):
    answer = client.post(link(workspace, recipient), content="&".join(["a=1"] * 1000))

    assert answer.status_code == 400


def test_a_huge_body_is_refused(client, workspace, recipient):
    answer = client.post(link(workspace, recipient), content=b"text=" + b"x" * 100_000)

    assert answer.status_code == 413
    assert rows(workspace) == []


def test_a_body_that_hides_its_length_is_refused_too(client, workspace, recipient):
    def parts():
        for _ in range(200):
            yield b"x" * 1000

    assert client.post(link(workspace, recipient), content=parts()).status_code == 413
