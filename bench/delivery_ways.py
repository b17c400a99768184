"""The naive way to send a campaign: a row, a template, a call; and again for the next row."""

from __future__ import annotations

import itertools
from pathlib import Path

import jinja2
import openpyxl
from babel.dates import format_date
from sendgrid import SendGridAPIClient
from sendgrid.helpers.mail import CustomArg, From, Header, Mail, To

from bench.delivery_shop import NAMES as SPOKEN
from bench.delivery_shop import NOW
from campaigns.letters.library import SHIPPED, read_folder
from campaigns.letters.preview import sample_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from campaigns.store.options import Brand

LETTER = "thank_you"
HEADINGS = ("id", "address", "language", "given_name", "family_name", "last_order_at", "product")
GREETING = "{{ greeting }} {{ given_name }}, {{ product }}, {{ day }}."


def write_book(path: Path, count: int) -> None:
    """Write a workbook of ``count`` customers."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("customers")
    sheet.append(HEADINGS)
    spoken = itertools.cycle(SPOKEN)
    for number, language in zip(range(count), spoken, strict=False):
        given, family = SPOKEN[language][0].split(), SPOKEN[language][1].split()
        sheet.append([
            number, f"person{number}@mail.example", language, given[number % 12],
            family[number % 8], NOW.replace(tzinfo=None), f"№ {number % 300}",
        ])  # fmt: skip
    book.save(path)


def naive(path: Path, port: int) -> None:
    """Send a letter to everybody in the workbook, one after the other."""
    templates = {str(language): _templates(language) for language in Language}
    client = SendGridAPIClient(api_key="SG.bench", host=f"http://127.0.0.1:{port}")
    rows = openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True)
    next(rows)
    for row in rows:
        person = dict(zip(HEADINGS, row, strict=True))
        client.send(_mail(person, *templates[str(person["language"])]))


def _templates(language: Language) -> tuple[str, str]:
    """Return the same letter as stock templates: HTML and text with the usual few places."""
    source = read_folder(SHIPPED / LETTER)[language][0]
    shown = compile_text(source, language, Brand()).render(sample_values(language))
    return shown.html.replace("</body>", f"<p>{GREETING}</p></body>"), shown.text + GREETING


def _mail(person: dict[str, object], html: str, text: str) -> Mail:
    values = {**person, "greeting": person["language"],
              "day": format_date(NOW.date(), "long", locale=str(person["language"]))}  # fmt: skip
    environment = jinja2.Environment(autoescape=True)
    url = f"https://letters.nur.example/u/{person['id']}"
    mail = Mail(
        from_email=From("hello@nur.example", "Nur"), to_emails=To(str(person["address"])),
        subject="Thank you", html_content=environment.from_string(html).render(values),
        plain_text_content=environment.from_string(text).render(values),
    )  # fmt: skip
    mail.add_header(Header("List-Unsubscribe", f"<{url}>"))
    mail.add_custom_arg(CustomArg("x_m", str(person["id"])))
    return mail
