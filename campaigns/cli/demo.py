"""``campaigns demo``: the whole job on the example workbook, with nothing outside this folder."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from campaigns import clock
from campaigns.cli.campaign import send_and_wait
from campaigns.cli.importing import import_all
from campaigns.cli.pages import export_pages
from campaigns.cli.shell import LOG_FILE, Shell, lines, verb
from campaigns.delivery import campaigns
from campaigns.delivery.status import Status
from campaigns.errors import InputError
from campaigns.feedback import testimonials
from campaigns.model.language import Language
from campaigns.segments import verbs as segments
from campaigns.sheets.reports import UploadReport
from campaigns.sheets.understanding.fields import SheetKind
from campaigns.store.options import Brand, save_brand
from campaigns.store.tables import campaign, message, rollup
from campaigns.store.workspace import Workspace, open_workspace

BOOK = Path(__file__).parents[2] / "examples" / "customers.xlsx"
MARK = "demo.txt"
RECENT = timedelta(days=60)
LAPSED = timedelta(days=180)
SHOP = Brand(
    shop_name="Nur", legal_name="Nur Trade LLC", postal_address="12 Pomegranate Street, Yerevan 0010, Armenia",
    from_name="Nur", from_address="hello@nur.example", reply_to="hello@nur.example",
    phone="+374 10 000000", signer="Ani and the team", website="https://nur.example",
    currency="AMD", default_language="hy",
    in_languages={
        "hy": {"shop_name": "Նուռ", "from_name": "Նուռ", "legal_name": "«Նուռ Թրեյդ» ՍՊԸ",
               "postal_address": "Նռնենու փողոց 12, Երևան 0010, Հայաստան", "signer": "Անի և ողջ թիմը"},
        "ka": {"shop_name": "ნური", "from_name": "ნური", "legal_name": "შპს „ნურ თრეიდი“",
               "postal_address": "ბროწეულის ქუჩა 12, ერევანი 0010, სომხეთი", "signer": "ანი და მთელი გუნდი"},
    },
)  # fmt: skip
ANSWERS = {
    Language.HY: "Պատվերը եկավ հենց հաջորդ օրը, ամեն ինչ խնամքով էր փաթեթավորված։ Շնորհակալություն։",
    Language.KA: "ყველაფერი დროულად და ლამაზად შეფუთული მივიღე. აუცილებლად დავბრუნდები.",
    Language.EN: "Everything came on time and beautifully wrapped. I will be back.",
}


@verb("demo")
@click.option("--book", type=click.Path(exists=True, path_type=Path), default=BOOK, hidden=True)
def demo(shell: Shell, book: Path) -> None:
    """Run the whole job on invented customers: import, segments, letters, outbox, pages."""
    started_s = clock.monotonic_s()
    settings = shell.settings
    folder = shell.data or settings.data / "demo"
    _make_room(folder)
    settings = replace(settings, data=folder, database_url="", public_url="")
    workspace = open_workspace(settings)
    try:
        document = _run(shell, workspace, book)
    finally:
        workspace.database.close()
    document["seconds"] = round(clock.monotonic_s() - started_s, 1)
    shell.answer(document, _told(document))


def _run(shell: Shell, workspace: Workspace, book: Path) -> dict[str, Any]:
    with workspace.database.begin() as connection:
        save_brand(connection, SHOP, actor=shell.actor, now=clock.utcnow())
    uploads = import_all(shell, workspace, (book,))
    sent = [
        _send(shell, workspace, name, rule, letter) for name, rule, letter in _campaigns(workspace)
    ]
    _answer(shell, workspace)
    pages = export_pages(workspace, workspace.settings.data / "pages")
    people = [one for one in uploads if one.kind == SheetKind.CONTACTS]
    return _document(workspace, uploads, people, sent, len(pages))


def _document(
    workspace: Workspace,
    uploads: list[UploadReport],
    people: list[UploadReport],
    sent: list[Status],
    pages: int,
) -> dict[str, Any]:
    messages = _sum(one.languages for one in sent)
    return {
        "imported": sum(one.stored for one in people),
        "refused": sum(one.refused for one in people),
        "reasons": _sum(one.reasons for one in people),
        "orders": sum(one.stored for one in uploads if one.kind == SheetKind.ORDERS),
        "audience": sum(one.planned for one in sent),
        "left_out": _sum(one.left_out for one in sent),
        "messages": {str(language): messages.get(language, 0) for language in Language},
        "campaigns": {one.name: {"accepted": one.accepted, "state": one.state} for one in sent},
        "outbox": str(workspace.outbox), "pages": str(workspace.settings.data / "pages"),
        "page_count": pages,
    }  # fmt: skip


def _campaigns(workspace: Workspace) -> list[tuple[str, str, str]]:
    """Return name, rule and letter of each campaign; "recent" is by the newest order there is."""
    with workspace.database.read() as connection:
        newest = connection.execute(sa.select(sa.func.max(rollup.c.last_order_at))).scalar_one()
    if newest is None:
        raise InputError("demo.no_orders")
    recent, lapsed = ((newest - span).date().isoformat() for span in (RECENT, LAPSED))
    return [
        ("Thanks to recent buyers", f"last_order_at >= {recent}", "thank_you"),
        ("We miss you", f"last_order_at < {lapsed}", "we_miss_you"),
        ("A word from regulars", f"orders >= 5 and last_order_at >= {recent}",
         "testimonial_request"),
    ]  # fmt: skip


def _send(shell: Shell, workspace: Workspace, name: str, rule: str, letter: str) -> Status:
    now, actor = clock.utcnow(), shell.actor
    segments.save(workspace, name, rule, actor=actor, now=now)
    campaigns.create(workspace, name, segment=name, letter=letter, actor=actor, now=now)
    campaigns.plan(workspace, name, actor=actor, now=now)
    campaigns.approve(workspace, name, actor=actor, now=now)
    return send_and_wait(shell, workspace, name)


def _answer(shell: Shell, workspace: Workspace) -> None:
    """Let one reader of each language answer the request, and publish what they said."""
    asked = (
        sa.select(message.c.language, sa.func.min(message.c.token).label("token"))
        .join(campaign, campaign.c.id == message.c.campaign_id)
        .where(campaign.c.letter == "testimonial_request")
        .group_by(message.c.language)
    )
    with workspace.database.read() as connection:
        readers = {Language(row.language): row.token for row in connection.execute(asked)}
    for language, token in readers.items():
        signed = workspace.signer.sign("testimonial", token)
        form = testimonials.request_form(workspace, signed)
        number = testimonials.submit(
            workspace, signed, text=ANSWERS[language], display_name=form.display_name, rating=5,
            consented=True, language=language, now=clock.utcnow(),
        )  # fmt: skip
        testimonials.approve(workspace, number, actor=shell.actor, now=clock.utcnow())


def _make_room(folder: Path) -> None:
    """Empty the folder of an earlier demo.

    Raises:
        InputError: the folder holds something else.
    """
    others = [path for path in folder.iterdir() if path.name != LOG_FILE] if folder.is_dir() else []
    if others and not (folder / MARK).is_file():
        raise InputError("demo.folder", name=folder)
    for path in others:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("campaigns demo empties this folder whenever it runs.\n")


def _sum(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update({str(name): number for name, number in one.items()})
    return dict(total)


def _told(document: dict[str, Any]) -> str:
    return "\n".join(lines(document))
