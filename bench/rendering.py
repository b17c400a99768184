"""How fast a letter becomes requests, and what it weighs on the wire: four ways in one run.

.venv/bin/python -m bench.rendering [RECIPIENTS] [--letter thank_you] [--growth 1000000]

- stock: a Jinja template of the same letter, rendered for each recipient, one request each;
- parsed: our own way without keeping anything, the letter read anew for each recipient;
- plain: compiled once, rendered one by one (the reference), one request each;
- columnar: what a campaign does, a few recipients of each request compared with the plain way.

All end with the bytes that would be sent, list headers and ids included. The slow ways handle
fewer recipients a run; rates are compared. Growth is measured in processes of their own.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import orjson
import polars as pl
from jinja2 import DictLoader, Environment, select_autoescape

from bench.own_process import measured
from bench.readers import SITE, readers, rows
from bench.soak import BRAND
from bench.timing import Way, compare
from campaigns.delivery.requests import Occasion, compose
from campaigns.delivery.transports.sendgrid_body import encoded
from campaigns.letters.columns import Column, Columns
from campaigns.letters.counted import TOKEN, Links
from campaigns.letters.library import SHIPPED, read_folder
from campaigns.letters.pieces import Piece
from campaigns.letters.render import CompiledText, common_targets, compile_text
from campaigns.model.language import Language

ROUNDS = 5
WINDOW = 1_000
SLICE = 50_000
"""Readers composed at a time when there are very many."""
LETTER = "thank_you"
Reader = Mapping[str, object]
Bodies = Iterator[bytes]


def main() -> None:
    """Compare the ways in three languages, then measure how the columnar one grows."""
    said = _arguments()
    for language in Language:
        _measure(said.letter, language, said.recipients)
    if said.growth:
        _grow(said.growth)


def grown(count: Path) -> Iterator[dict[str, float]]:
    """Write the bodies for as many recipients as ``count`` says; for ``bench.own_process``.

    A slice of readers is written to again and again, so that inventing them is not measured.
    """
    compiled, total = _compiled(LETTER, Language.HY), int(count.name)
    columns, people = _readers(Language.HY, min(SLICE, total), 0)
    yield {}
    for _ in range(0, total, SLICE):
        _weigh(_columnar(compiled, columns, people))
    yield {}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Render a letter in four ways.")
    parser.add_argument("recipients", nargs="?", type=int, default=50_000)
    parser.add_argument("--letter", default=LETTER)
    parser.add_argument("--growth", type=int, default=1_000_000)
    return parser.parse_args()


def _measure(letter: str, language: Language, count: int) -> None:
    compiled = _compiled(letter, language)
    columns, people = _readers(language, count, 0)
    some = rows(columns.take(pl.arange(0, count // 25, eager=True).to_numpy()))
    few, stock = some[: count // 250 or 1], _stock(compiled, columns.row(0))
    ways = {
        "stock Jinja, one request each": Way(lambda: _weigh(_each(stock, some)), len(some)),
        "parsed for each, one request each": Way(lambda: _weigh(_parsed(letter, language, few)), len(few)),
        "plain path, one request each": Way(lambda: _weigh(_plain(compiled, some)), len(some)),
        "columnar path, requests of 1,000": Way(
            lambda: _weigh(_columnar(compiled, columns, people)), count
        ),
    }  # fmt: skip
    print(f"\n{letter}, {language}, {count:,} recipients")
    compare(ways, rounds=ROUNDS)
    alone = _weigh(_plain(compiled, some)) / len(some)
    together = _weigh(_columnar(compiled, columns, people)) / count
    print(
        f"bytes a recipient: {alone:,.0f} alone, {together:,.0f} in bulk, {alone / together:.0f} to 1"
    )
    counting = _weigh(
        _columnar(_compiled(letter, language, counts=True), _with_tokens(columns), people)
    )
    print(f"with counted links: {counting / count:,.0f} in bulk")


def _grow(most: int) -> None:
    print(f"\ngrowth of the columnar path, {SLICE:,} at a time")
    for count in (most // 100, most // 10, most):
        took = measured("bench.rendering:grown", Path(str(count)))
        rate = f"{count / took.core:,.0f} a core-second"
        print(f"{count:12,}: {took.seconds:6.2f} s, {rate}, {took.peak_mb:,.0f} MB")


def _weigh(bodies: Bodies) -> int:
    return sum(map(len, bodies))


def _compiled(letter: str, language: Language, *, counts: bool = False) -> CompiledText:
    source = read_folder(SHIPPED / letter)[language][0]
    plain = compile_text(source, language, BRAND)
    if not counts:
        return plain
    numbers = {url: number for number, url in enumerate(common_targets(plain), start=1)}
    return compile_text(source, language, BRAND, links=Links(f"{SITE}/c/", numbers))


def _with_tokens(columns: Columns) -> Columns:
    """Return the readers with their signed tokens, as long as real ones."""
    tokens = Column(np.arange(columns.count), [f"{n:020}~{n:016}" for n in range(columns.count)])
    return Columns(columns.count, {**columns.columns, TOKEN: tokens})


def _readers(language: Language, count: int, seed: int) -> tuple[Columns, pl.DataFrame]:
    columns = readers(language, count, seed=seed)
    ids = range(seed, seed + count)
    return columns, pl.DataFrame({
        "message_id": ids, "token": [f"{n:020}" for n in ids],
        "address": [f"customer.{n}@mail.example" for n in ids],
        "name": [f"Ani Petrosyan {n % 500}" for n in ids],
        "unsubscribe_url": columns.columns["unsubscribe_url"].values, "deferrals": [0] * count,
    })  # fmt: skip


# --- the ways --------------------------------------------------------------------------------------


def _columnar(compiled: CompiledText, columns: Columns, people: pl.DataFrame) -> Bodies:
    occasion = Occasion(7, "spring", compiled.language)

    def plain(places: list[int]) -> list[Reader]:
        return [columns.row(place) for place in places]

    found = compose(occasion, compiled, people, columns, plain, window=WINDOW)  # type: ignore[arg-type]
    return (encoded(request, f"{n:032}", BRAND) for n, request in enumerate(found.requests))


def _plain(compiled: CompiledText, some: list[Reader]) -> Bodies:
    for reader in some:
        mail = compiled.render(reader)
        yield orjson.dumps(_body(reader, mail.subject, mail.text, mail.html))


def _parsed(letter: str, language: Language, some: list[Reader]) -> Bodies:
    for reader in some:
        yield from _plain(_compiled(letter, language), [reader])


def _each(render: Callable[[Reader], tuple[str, str, str]], some: list[Reader]) -> Bodies:
    for reader in some:
        yield json.dumps(_body(reader, *render(reader))).encode()  # as SendGrid's own client does


def _stock(compiled: CompiledText, like: Reader) -> Callable[[Reader], tuple[str, str, str]]:
    """Return what renders the same words with stock Jinja: all that differs is a call in a slot.

    Its ``if``s are decided as for one reader, and values are given as our filters write them: it
    has less to do than a template that a marketer would write.
    """
    shape = compiled.shape(like)
    calls: list[Callable[[Reader], str]] = []
    sources = {
        name: "".join(_slot(piece, compiled, calls) for piece in part)
        for name, part in zip(("subject", "letter.html", "text"), shape.sent, strict=True)
    }
    environment = Environment(autoescape=select_autoescape(["html"]), loader=DictLoader(sources))

    def render(reader: Reader) -> tuple[str, str, str]:
        context = {"reader": reader, "call": calls}
        subject, text, html = (
            environment.get_template(name).render(context)
            for name in ("subject", "text", "letter.html")
        )
        return subject, text, html

    return render


def _slot(piece: Piece, compiled: CompiledText, calls: list[Callable[[Reader], str]]) -> str:
    if isinstance(piece, str):
        return "{% raw %}" + piece + "{% endraw %}"
    expression = piece.expression
    calls.append(lambda reader: compiled.shown(expression, reader))
    return f"{{{{ call[{len(calls) - 1}](reader) }}}}"


def _body(reader: Reader, subject: str, text: str, html: str) -> dict[str, object]:
    """Return the request of one recipient."""
    number = reader["contact_id"]
    return {
        "personalizations": [{
            "to": [{"email": f"customer.{number}@mail.example", "name": "Ani Petrosyan"}],
            "headers": {"List-Unsubscribe": f"<{reader['unsubscribe_url']}>"},
            "custom_args": {"x_m": f"{number:020}"},
        }],
        "from": {"email": BRAND.from_address, "name": BRAND.shop_name},
        "reply_to": {"email": BRAND.reply_to}, "subject": subject,
        "content": [{"type": "text/plain", "value": text}, {"type": "text/html", "value": html}],
        "headers": {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        "custom_args": {"x_c": "7", "x_k": "0" * 32},
        "tracking_settings": {"click_tracking": {"enable": False, "enable_text": False},
                              "open_tracking": {"enable": False},
                              "subscription_tracking": {"enable": False}},
    }  # fmt: skip


if __name__ == "__main__":
    main()
