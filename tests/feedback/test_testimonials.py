from datetime import timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from campaigns.errors import ConflictError, InputError, NotFoundError
from campaigns.feedback import testimonials
from campaigns.model.language import Language
from campaigns.model.states import TestimonialState
from campaigns.store.options import Brand, save_brand
from campaigns.store.tables import audit, consent, testimonial
from tests.support.factory import a_recipient

WORDS = "Շատ հաճելի սպասարկում, և առաքումը ժամանակին էր։"


def signed(workspace, recipient, purpose="testimonial"):
    return workspace.signer.sign(purpose, recipient.token)


def send_words(workspace, recipient, *, now, **changes):
    values = {
        "text": WORDS, "display_name": "Անի Գ.", "rating": 5, "consented": True,
        "language": Language.HY,
    } | changes  # fmt: skip
    return testimonials.submit(workspace, signed(workspace, recipient), now=now, **values)


def kept(workspace, testimonial_id):
    with workspace.database.read() as connection:
        return testimonials.find(connection, testimonial_id)


def shown(workspace, language=None):
    with workspace.database.read() as connection:
        return testimonials.published(connection, language)


@pytest.fixture
def recipient(workspace, now):
    with workspace.database.begin() as connection:
        save_brand(connection, Brand(shop_name="Նուռ"), actor="anna", now=now)
    return a_recipient(workspace, now=now)


def test_the_form_suggests_the_name_in_the_language_of_the_letter(workspace, recipient):
    form = testimonials.request_form(workspace, signed(workspace, recipient))

    assert form == testimonials.Form(
        language=Language.HY, shop_name="Նուռ", text="", display_name="Անի Գ.", rating=None,
        state=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("brand", "shown"),
    [
        (Brand(shop_name="Նուռ"), "Նուռ"),
        (Brand(shop_name="«Նուռ»"), "Նուռ"),
        (Brand(shop_name="„ნუში“"), "ნუში"),
        (Brand(legal_name="«Նուռ» ՍՊԸ"), "«Նուռ» ՍՊԸ"),
        (Brand(shop_name="«Նուռ» և «Խաղող»"), "«Նուռ» և «Խաղող»"),
        (Brand(), "մեր թիմը"),
    ],
)
def test_the_name_of_the_shop_fits_into_quotation_marks(brand, shown):
    assert testimonials.shop_name(brand, Language.HY) == shown


def test_words_are_kept_with_the_very_sentence_that_was_agreed_to(workspace, recipient, now):
    one = kept(workspace, send_words(workspace, recipient, now=now, language=Language.KA))

    assert (one.text, one.original_text, one.language) == (WORDS, WORDS, "hy")
    assert one.consent_version == "quote-1.ka"
    assert "„Նուռ“" in one.consent_wording
    assert one.consent_wording.startswith("თანახმა ვარ")
    assert one.verified_buyer
    assert one.state is TestimonialState.SUBMITTED


def test_who_has_not_bought_is_no_verified_buyer(workspace, now):
    visitor = a_recipient(workspace, now=now, orders=0)

    assert not kept(workspace, send_words(workspace, visitor, now=now)).verified_buyer


@pytest.mark.parametrize(
    "forged", ["unsigned", "another-purpose", "truncated", "no-such-letter", "not-ascii", "empty"]
)
def test_without_the_link_of_a_letter_nothing_can_be_said(workspace, recipient, now, forged):
    link = {
        "unsigned": recipient.token,
        "another-purpose": signed(workspace, recipient, "unsubscribe"),
        "truncated": signed(workspace, recipient)[:-1],
        "no-such-letter": workspace.signer.sign("testimonial", "nobody"),
        "not-ascii": "Ա" * 50,
        "empty": "",
    }[forged]

    with pytest.raises(InputError) as refused:
        testimonials.submit(
            workspace, link, text=WORDS, display_name="Ani", rating=5, consented=True,
            language=Language.HY, now=now,
        )  # fmt: skip

    assert refused.value.code == "token.invalid"
    with workspace.database.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(testimonial)) == 0


@pytest.mark.parametrize(
    ("text", "language", "page"),
    [("Очень довольна покупкой", "ru", "en"), ("ძალიან კმაყოფილი ვარ", "ka", "ka")],
)
def test_words_in_a_language_without_pages_are_at_home_on_the_english_one(
    sqlite_workspace, now, text, language, page
):
    reader = a_recipient(sqlite_workspace, now=now)
    one = kept(sqlite_workspace, send_words(sqlite_workspace, reader, now=now, text=text))

    assert (one.language, one.page_language) == (language, page)


def test_without_the_tick_nothing_is_kept(workspace, recipient, now):
    with pytest.raises(InputError) as refused:
        send_words(workspace, recipient, now=now, consented=False)

    assert refused.value.code == "testimonial.consent"


def test_words_sent_again_before_they_are_read_replace_the_first(workspace, recipient, now):
    first = send_words(workspace, recipient, now=now)
    second = send_words(workspace, recipient, now=now, text="Մտափոխվեցի. լավ էր, բայց թանկ։")

    assert first == second
    assert kept(workspace, second).original_text == "Մտափոխվեցի. լավ էր, բայց թանկ։"


def test_words_that_were_read_cannot_be_changed(workspace, recipient, now):
    one = send_words(workspace, recipient, now=now)
    testimonials.approve(workspace, one, actor="anna", now=now)

    with pytest.raises(ConflictError) as refused:
        send_words(workspace, recipient, now=now, text="Բոլորովին այլ կարծիք։")

    assert refused.value.code == "testimonial.closed"
    assert kept(workspace, one).text == WORDS


def test_two_clicks_at_once_make_one_testimonial(workspace, recipient, now):
    gate, results = Barrier(4), []

    def click():
        gate.wait()
        results.append(send_words(workspace, recipient, now=now))

    threads = [Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(results) == 4
    assert len(set(results)) == 1


def test_only_what_was_approved_is_shown_newest_first(workspace, recipient, now):
    other = a_recipient(workspace, now=now, language="ka")
    third = a_recipient(workspace, now=now)
    first_id = send_words(workspace, recipient, now=now)
    second_id = send_words(workspace, other, now=now, text="ძალიან კარგი მომსახურება იყო")
    refused_id = send_words(workspace, third, now=now)
    testimonials.approve(workspace, first_id, actor="anna", now=now)
    testimonials.approve(workspace, second_id, actor="anna", now=now + timedelta(hours=1))
    testimonials.refuse(workspace, refused_id, actor="anna", now=now, reason="հեռախոսահամար")

    assert [one.testimonial_id for one in shown(workspace)] == [second_id, first_id]
    assert [one.testimonial_id for one in shown(workspace, "ka")] == [second_id]
    with workspace.database.read() as connection:
        assert testimonials.count_published(connection) == 2
        assert testimonials.pending(connection) == []
    assert kept(workspace, refused_id).reason == "հեռախոսահամար"


def test_a_low_rating_is_treated_like_any_other(workspace, recipient, now):
    one = send_words(workspace, recipient, now=now, rating=1, text="Վատ էր, սպասեցի մեկ ժամ։")
    testimonials.approve(workspace, one, actor="anna", now=now)

    assert [each.rating for each in shown(workspace)] == [1]


def test_a_corrected_text_is_shown_as_edited_and_the_original_is_kept(workspace, recipient, now):
    one = send_words(workspace, recipient, now=now, text="Շատ հաճելի սպասարկւմ է")
    testimonials.approve(workspace, one, actor="anna", now=now, text="Շատ հաճելի սպասարկում է")

    after = kept(workspace, one)
    assert after.edited
    assert (after.text, after.original_text) == (
        "Շատ հաճելի սպասարկում է", "Շատ հաճելի սպասարկւմ է",
    )  # fmt: skip


def test_nobody_is_made_to_say_something_else(workspace, recipient, now):
    one = send_words(workspace, recipient, now=now, text="Վատ էր, սպասեցի մեկ ժամ։")

    with pytest.raises(InputError) as refused:
        testimonials.approve(workspace, one, actor="anna", now=now, text="Հիանալի էր, կգամ նորից։")

    assert refused.value.code == "testimonial.rewritten"
    assert kept(workspace, one).state is TestimonialState.SUBMITTED


def test_words_that_changed_while_they_were_read_are_not_published(workspace, recipient, now):
    one = send_words(workspace, recipient, now=now)
    send_words(workspace, recipient, now=now + timedelta(minutes=1), text="Բոլորովին այլ կարծիք։")

    with pytest.raises(ConflictError) as refused:
        testimonials.approve(workspace, one, actor="anna", now=now, seen=now)

    assert refused.value.code == "testimonial.changed"


def test_a_testimonial_is_moderated_once(workspace, recipient, now):
    one = send_words(workspace, recipient, now=now)
    testimonials.approve(workspace, one, actor="anna", now=now)

    with pytest.raises(ConflictError):
        testimonials.refuse(workspace, one, actor="boris", now=now, reason="late")

    assert kept(workspace, one).moderated_by == "anna"


def test_a_refusal_needs_a_reason(workspace, recipient, now):
    one = send_words(workspace, recipient, now=now)

    with pytest.raises(InputError):
        testimonials.refuse(workspace, one, actor="anna", now=now, reason=" \n")


def test_what_does_not_exist_is_not_found(workspace, now):
    with pytest.raises(NotFoundError):
        testimonials.approve(workspace, 404, actor="anna", now=now)


@pytest.mark.parametrize("approved", [True, False])
def test_the_author_takes_the_words_back(workspace, recipient, now, approved):
    one = send_words(workspace, recipient, now=now)
    if approved:
        testimonials.approve(workspace, one, actor="anna", now=now)
    slug = kept(workspace, one).slug

    assert testimonials.withdraw(workspace, signed(workspace, recipient), now=now)
    assert not testimonials.withdraw(workspace, signed(workspace, recipient), now=now)

    assert shown(workspace) == []
    with workspace.database.read() as connection:
        assert testimonials.by_slug(connection, slug) is None
        assert testimonials.was_withdrawn(connection, slug)
        assert testimonials.pending(connection) == []


def test_words_taken_back_cannot_be_published(workspace, recipient, now):
    one = send_words(workspace, recipient, now=now)
    testimonials.withdraw(workspace, signed(workspace, recipient), now=now)

    with pytest.raises(ConflictError):
        testimonials.approve(workspace, one, actor="anna", now=now)


def test_every_step_is_in_the_journal_without_personal_data(workspace, recipient, now):
    one = send_words(workspace, recipient, now=now)
    send_words(workspace, recipient, now=now)
    testimonials.approve(workspace, one, actor="anna", now=now)
    testimonials.withdraw(workspace, signed(workspace, recipient), now=now)

    with workspace.database.read() as connection:
        rows = connection.execute(
            sa.select(audit).where(audit.c.subject == f"testimonial:{one}").order_by(audit.c.id)
        ).all()
    assert [(row.actor, row.verb) for row in rows] == [
        ("customer", "testimonial.submit"),
        ("customer", "testimonial.rewrite"),
        ("anna", "testimonial.approve"),
        ("customer", "testimonial.withdraw"),
    ]
    assert not any("Անի" in str(row.facts) or WORDS in str(row.facts) for row in rows)


def test_a_permission_to_quote_is_no_consent_to_be_sent_letters(workspace, recipient, now):
    def consents():
        with workspace.database.read() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(consent))

    before = consents()
    send_words(workspace, recipient, now=now)

    assert consents() == before
