"""``campaigns card``: whom to ask, and the member's own card, for print and for address books."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from campaigns import clock
from campaigns.cli.shell import Shell, verb
from campaigns.delivery.cards import contact_cards, shop_card
from campaigns.letters.cards.data import Card
from campaigns.letters.cards.vcard import vcard

Face = Literal["support", "loyalty"]
PER_SHEET = 10
FORMATS = ("pdf", "vcf")
_FILE = click.Path(dir_okay=False, path_type=Path)
_LOGO = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def card() -> None:
    """Cards of 85 × 55 mm: whom to ask, and the member's own."""


# Its --lang is the language of the card.
@verb("support")
@click.option("--format", "form", type=click.Choice(FORMATS), default="pdf", show_default=True)
@click.option("--contact", "key", help="Customer id or e-mail: the card names what they bought.")
@click.option("--product", default="", help="What the person asked about, bought or not.")
@click.option("--logo", type=_LOGO, help="PNG or JPEG, for print.")
@click.option("--bleed", is_flag=True, help="3 mm more on each side, for a printing house.")
@click.option("--sheet", is_flag=True, help="Ten cards on A4, with marks to cut along.")
@click.option("--out", type=_FILE, required=True, help="File to write.")
def support(
    shell: Shell,
    form: str,
    key: str | None,
    product: str,
    out: Path,
    logo: Path | None,
    *,
    bleed: bool,
    sheet: bool,
) -> None:
    """Write the card that tells whom to ask, for those who bought and those who only looked."""
    with shell.workspace() as workspace, workspace.database.read() as connection:
        if key:
            (made,) = contact_cards(
                workspace, connection, [key], shell.language, now=clock.utcnow(), product=product
            )
        else:
            made = shop_card(connection, shell.language, product=product)
    if form == "vcf":
        if sheet or bleed or logo:
            raise click.UsageError("--sheet, --bleed and --logo are for pdf")
        _write(shell, out, vcard(made).encode(), 1)
        return
    _print(
        shell,
        out,
        [made] * (PER_SHEET if sheet else 1),
        "support",
        sheet=sheet,
        bleed=bleed,
        logo=logo,
    )


@verb("loyalty")
@click.argument("keys", metavar="CONTACT…", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["pdf"]), default="pdf", show_default=True)
@click.option("--gives", default="", help="What the card is good for, in one line.")
@click.option("--logo", type=_LOGO, help="PNG or JPEG.")
@click.option("--bleed", is_flag=True, help="3 mm more on each side, for a printing house.")
@click.option("--sheet", is_flag=True, help="Ten cards a sheet of A4, with marks to cut along.")
@click.option("--out", type=_FILE, required=True, help="File to write.")
def loyalty(
    shell: Shell,
    keys: tuple[str, ...],
    form: str,
    gives: str,
    out: Path,
    logo: Path | None,
    *,
    bleed: bool,
    sheet: bool,
) -> None:
    """Write the loyalty cards of CONTACTs (customer ids or e-mail addresses)."""
    del form  # there is one, and scripts may name it
    with shell.workspace() as workspace, workspace.database.read() as connection:
        cards = contact_cards(
            workspace, connection, keys, shell.language, now=clock.utcnow(), gives=gives
        )
    _print(shell, out, cards, "loyalty", sheet=sheet, bleed=bleed, logo=logo)


def _print(
    shell: Shell,
    out: Path,
    cards: list[Card],
    face: Face,
    *,
    sheet: bool,
    bleed: bool,
    logo: Path | None,
) -> None:
    # The PDF library takes 60 ms to import, which no other command should wait for.
    from campaigns.letters.cards.pdf import card_pdf, sheet_pdf  # noqa: PLC0415

    if sheet and bleed:
        raise click.UsageError("--sheet and --bleed do not go together")
    picture = logo.read_bytes() if logo else None
    if sheet:
        document = sheet_pdf(cards, face, logo=picture)
    else:
        document = card_pdf(cards, face, bleed=bleed, logo=picture)
    _write(shell, out, document, len(cards))


def _write(shell: Shell, out: Path, written: bytes, count: int) -> None:
    out.write_bytes(written)
    shell.answer({"out": str(out), "cards": count, "language": str(shell.language)})


for _command in (support, loyalty):
    card.add_command(_command)
