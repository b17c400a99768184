"""A person's own words out of a mail, and who wrote it at all."""

from __future__ import annotations

import time
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.delivery.inbox.answers import attachments_of, kind_of, own_words, text_in
from campaigns.delivery.inbox.charsets import decoded
from campaigns.delivery.inbox.mail_parts import MAIL_BYTES, read
from campaigns.delivery.inbox.markup import text_of
from campaigns.delivery.inbox.replies import MAILBOX, understood
from campaigns.errors import InputError
from campaigns.sheets.reading.codecs import TABLES, encode
from tests.delivery.mails import an_answer, crlf

OLD = "> Dear Ani,\n> we have news."


@pytest.mark.parametrize(
    "history",
    [
        pytest.param(f"On Mon, Mar 2, 2026 at 12:00 PM Shop <hello@arevik.example> wrote:\n\n{OLD}",
                     id="gmail-en"),
        pytest.param("On Mon, Mar 2, 2026 at 12:00 PM Shop\n<hello@arevik.example>\nwrote:\n\nDear Ani",
                     id="gmail-en-broken"),
        pytest.param(f"пн, 2 мар. 2026 г. в 12:00, Shop <hello@arevik.example>:\n\n{OLD}", id="gmail-ru"),
        pytest.param(f'02.03.2026, 12:00, "Shop" <hello@arevik.example>:\n{OLD}', id="yandex"),
        pytest.param("Понедельник, 2 марта 2026, 12:00 +04:00 от Shop <hello@arevik.example>:\n\nDear",
                     id="mail.ru"),
        pytest.param("2 марта 2026 г. 12:00 пользователь Shop <hello@arevik.example> написал:\nDear",
                     id="ru-wrote"),
        pytest.param(f"Երկուշաբթի, 2 մարտի 2026 թ., 12:00-ին Shop <hello@arevik.example>-ը գրել է՝\n{OLD}",
                     id="gmail-hy"),
        pytest.param(f"ორშ, 2 მარ. 2026, 12:00 – Shop <hello@arevik.example> დაწერა:\n\n{OLD}", id="gmail-ka"),
        pytest.param("________________________________\nFrom: Shop <hello@arevik.example>\nSent: Monday,"
                     " March 2, 2026 12:00\nTo: Ani\nSubject: Spring\n\nDear Ani", id="outlook-en"),
        pytest.param("От: Shop <hello@arevik.example>\nОтправлено: 2 марта 2026 г. 12:00\nКому: Ani\n"
                     "Тема: Spring\n\nDear Ani", id="outlook-ru"),
        pytest.param("Ումից՝ Shop <hello@arevik.example>\nՈւղարկվել է՝ 2 մարտի\nԹեմա՝ Spring\n\nDear",
                     id="outlook-hy"),
        pytest.param("გამომგზავნი: Shop\nგაგზავნილია: 2 მარტი\nთემა: Spring\n\nDear", id="outlook-ka"),
        pytest.param("-----Original Message-----\nFrom: Shop\n\nDear", id="original-message"),
        pytest.param("-------- Исходное сообщение --------\nDear", id="original-ru"),
        pytest.param(OLD, id="quoted-only"),
        pytest.param("-- \nAni Petrosyan\n+374 91 000000", id="signature"),
        pytest.param("Sent from my iPhone", id="iphone"),
        pytest.param("Отправлено из мобильной Почты Mail.ru", id="mobile-ru"),
        pytest.param("Ուղարկվել է իմ iPhone-ից", id="iphone-hy"),
        pytest.param("გამოგზავნილია ჩემი iPhone-დან", id="iphone-ka"),
    ],
)  # fmt: skip
def test_the_letter_that_is_answered_is_cut_off(history):
    words = "Շնորհակալություն, մինչև ժամը քանի՞սն եք բաց։\n\nԱնի"

    assert own_words(f"{words}\n\n{history}\n") == words


def test_answers_between_and_below_quoted_lines_stay():
    text = f"On 2.3.2026 Shop <a@b.am> wrote:\n{OLD}\n\nYes, gladly.\n\n> And when?\n\nOn Friday."

    assert own_words(text) == "Yes, gladly.\n\n\nOn Friday."


@pytest.mark.parametrize(
    "text",
    [
        "She wrote: come at five\nand I came.",
        "From: my heart\nthanks",
        "I paid 500:\nwhat now?",
        "-5 % or 10 %?",
    ],
)
def test_words_that_look_a_little_like_history_stay(text):
    assert own_words(text) == text


def test_a_mail_that_only_quotes_is_shown_whole():
    assert own_words(OLD) == OLD


@given(st.text())
@settings(max_examples=50)
def test_own_words_are_lines_of_the_text(text):
    lines = {line.strip() for line in text.splitlines()}

    assert set(own_words(text).splitlines()) <= lines | {""}


def test_html_alone_is_read_as_its_reader_sees_it():
    mail = read(crlf("""
From: ani@example.am
Content-Type: text/html; charset=utf-8

<html><head><style>p{color:red}</style></head><body><p>Բարև &amp; շնորհակալություն</p>
<div>Երբ&nbsp;եք   բաց<br>շաբաթ օրը</div>
<div class="gmail_quote"><div>On Monday wrote:</div><blockquote>Dear <b>Ani</b></blockquote></div>
<script>alert(1)</script></body></html>
"""))  # fmt: skip

    assert own_words(text_in(mail)) == "Բարև & շնորհակալություն\n\nԵրբ եք բաց\nշաբաթ օրը"
    assert "> Dear Ani" in text_in(mail)


@pytest.mark.parametrize(
    ("text", "charset", "said"),
    [
        ("Спасибо, где вы находитесь?", "koi8-r", "koi8-r"),
        ("Спасибо, где вы находитесь?", "windows-1251", "windows-1251"),
        ("Спасибо, где вы находитесь?", "windows-1251", ""),
        ("Շնորհակալություն, որտե՞ղ եք", "utf-8", "us-ascii"),
        ("Շնորհակալություն, որտեղ եք", "utf-8", "x-no-such-thing"),
        ("Շնորհակալություն որտեղ եք", "armscii-8", "armscii-8"),
        ("დიდი მადლობა, სად ხართ", "geostd8", "georgian-ps"),
        ("Danke schön", "iso-8859-1", "iso-8859-1"),
        ("こんにちは", "iso-2022-jp", "iso-2022-jp"),
    ],
)
def test_text_is_read_in_the_alphabet_that_it_is_in(text, charset, said):
    content = encode(text, charset) if charset in TABLES else text.encode(charset)
    head = f"From: a@b.am\r\nContent-Type: text/plain; charset={said}\r\n\r\n".encode()

    assert text_in(read(head + content)) == text


@pytest.mark.parametrize(
    ("text", "more", "subject", "kind"),
    [
        ("When are you open?", "", "Re: Spring", "person"),
        ("I am back.", "Auto-Submitted: no", "Re: Spring", "person"),
        ("I am on annual leave until 9 March", "Auto-Submitted: auto-replied", "Re: Spring", "out_of_office"),
        ("До 9 марта", "Auto-Submitted: auto-replied", "Автоответ: я в отпуске", "out_of_office"),
        ("Ես արձակուրդում եմ մինչև մարտի 9-ը", "X-Autoreply: yes", "Re: Spring", "out_of_office"),
        ("შვებულებაში ვარ", "Precedence: auto_reply", "Re: Spring", "out_of_office"),
        ("We got your mail, number 1", "Auto-Submitted: auto-replied", "Ticket", "automatic"),
        ("News of the week", "List-Id: <news.example>", "News", "automatic"),
        ("unsubscribe", "", "Re: Spring", "unsubscribe"),
        ("Отпишите меня, пожалуйста.", "", "Re: Spring", "unsubscribe"),
        ("Հրաժարվում եմ։", "", "Re: Spring", "unsubscribe"),
        ("აღარ მსურს", "", "Re: Spring", "unsubscribe"),
        ("Before I unsubscribe: is it true that the shop moves to Gyumri, and when will that be? Ani",
         "", "Re: Spring", "person"),
    ],
)  # fmt: skip
def test_who_wrote_is_told_by_headers_and_words(text, more, subject, kind):
    mail = read(an_answer(text, more=more, subject=subject))

    assert kind_of(mail, "ani@example.am", own_words(text_in(mail))) == kind


def test_of_attachments_names_and_sizes_are_known():
    mail = read(crlf("""
From: ani@example.am
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

See the photo
--x
Content-Type: image/jpeg; name="=?utf-8?b?1LHVttWr?=.jpg"
Content-Disposition: attachment
Content-Transfer-Encoding: base64

AAAABBBBCCCC
--x--
"""))  # fmt: skip

    assert text_in(mail) == "See the photo"
    assert attachments_of(mail) == [{"name": "Անի.jpg", "kind": "image/jpeg", "bytes": 9}]


def _nested(depth):
    opened = "".join(
        f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(depth)
    )
    return f"From: a@b.am\n{opened}Content-Type: text/plain\n\nhi\n".encode()


BOMBS = {
    "deep": lambda: _nested(100_000),
    "rfc822": lambda: b"Content-Type: message/rfc822\n\n" * 200_000,
    "headers": lambda: b"".join(b"X-%d: y\n" % i for i in range(100_000)) + b"\nhi",
    "long header": lambda: b"From: " + b"<" * 10_000_000 + b"\n\nhi",
    "folded": lambda: b"From: a@b.am\n" + b" (\n" * 3_000_000 + b"\n\nhi",
    "parameters": lambda: b"Content-Type: multipart/mixed;" + b'a="b;' * 2_000_000 + b"\n\nhi",
    "parts": lambda: b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 1_000_000,
    "near parts": lambda: b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--bb\n" * 5_000_000,
    "base64": lambda: b"Content-Transfer-Encoding: base64\n\n" + b"AAAA\n" * (MAIL_BYTES // 5),
    "lines": lambda: b"From: a@b.am\n\n" + b"\n" * MAIL_BYTES,
    "one line": lambda: b"From: a@b.am\n\n" + b"On 1 wrote" * (MAIL_BYTES // 10),
    "attributions": lambda: b"From: a@b.am\n\n" + b"On 1 @ wrot\n" * 500_000,
    "encoded words": lambda: b"Subject: " + b"=?utf-8?q?" * 500_000 + b"\nFrom: a@b.am\n\nhi",
    "html": lambda: b"Content-Type: text/html\n\n" + b"<" * MAIL_BYTES,
    "comments": lambda: b"Content-Type: text/html\n\n" + b"<!--" * (MAIL_BYTES // 4),
    "styles": lambda: b"Content-Type: text/html\n\n" + b"<style>" * (MAIL_BYTES // 7),
    "quotes": lambda: b"Content-Type: text/html\n\n" + b"<blockquote>x" * (MAIL_BYTES // 13),
    "charset": lambda: b"Content-Type: text/plain; charset=punycode\n\n" + b"-a" * (MAIL_BYTES // 2),
    "eight bits": lambda: b"From: a@b.am\n\n" + b"\xe1\xff\xc3" * (MAIL_BYTES // 3),
    "rules": lambda: b"From: a@b.am\n\n" + (b"-" + b" " * 990 + b"-\n") * 100,
    "ruled words": lambda: b"From: a@b.am\n\n" + (b"--original message" + b" " * 970 + b"x\n") * 100,
    "reports": lambda: b"X-Failed-Recipients: a@b.am\nContent-Type: multipart/mixed; boundary=b\n"
    + (b"\n--b\nContent-Type: message/delivery-status\n\n" + b"Action: a\n\n \n" * 10_000) * 200,
    "addresses": lambda: b"To: " + b"r-a~" * 5_000_000 + b"\nFrom: a@b.am\n\nhi",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("bomb", sorted(BOMBS))
def test_a_mail_made_to_hurt_costs_little(bomb, now, sqlite_workspace):
    blob = BOMBS[bomb]()
    tracemalloc.start()
    begun = time.process_time()
    with suppress(InputError):
        understood(blob, MAILBOX, sqlite_workspace.signer, now)

    spent_s, peak = time.process_time() - begun, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert spent_s < 5.0  # 1.3 s at most, slowed by the count of memory
    assert peak < 150_000_000


def test_markup_is_never_markup_again():
    assert text_of("<p>a < b &lt;script&gt;</p>") == "a < b <script>"


@pytest.mark.parametrize("charset", ["utf-16", "a\x00b", "\ud800", "zlib", "../x", "undefined", ""])
def test_a_charset_that_is_none_costs_no_text(charset):
    assert "Barev" in decoded(b"Barev \xff\xfe", charset)
