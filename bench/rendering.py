"""How fast a letter is rendered, and what it weighs on the wire: one by one, and in bulk.

.venv/bin/python -m bench.rendering [RECIPIENTS]
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date

import orjson

from bench.timing import compare
from campaigns.language.people.person import read_person
from campaigns.letters.columns import columns_of
from campaigns.letters.library import load
from campaigns.letters.preview import sample_values
from campaigns.letters.render import CompiledText, compile_text
from campaigns.model.language import Language
from campaigns.store.options import Brand

ROUNDS = 3
REQUEST = 500
LETTER = "thank_you"
BRAND = Brand(
    shop_name="Nur", legal_name="Nur Trade LLC", postal_address="12 Pomegranate Street, Yerevan",
    from_address="hello@nur.example", reply_to="hello@nur.example", signer="Ani",
)  # fmt: skip
NAMES = {
    Language.HY: ("Անի", "Դավիթ", "Լիլիթ", "Տիգրան"), Language.KA: ("ნინო", "ქეთევან", "ანა", "თამარ"),
    Language.EN: ("Ann", "David", "Lily", "Mark"),
}  # fmt: skip
Readers = list[Mapping[str, object]]


def main() -> None:
    """Render one letter in three languages for RECIPIENTS in three ways."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    texts = load(None, LETTER).texts
    for language in Language:
        _measure(texts[language], language, [_reader(language, n) for n in range(count)])


def _measure(source: str, language: Language, readers: Readers) -> None:
    compiled, count = compile_text(source, language, BRAND), len(readers)
    print(f"\n{LETTER}, {language}, {count:,} recipients")
    ways = {
        "naive: parse and render for each": lambda: _naive(source, language, readers),
        "plain: compiled once, one by one": lambda: [compiled.render(r) for r in readers],
        "bulk: skeleton and substitutions": lambda: _bulk(compiled, readers),
    }
    compare(ways, count=count, rounds=ROUNDS)
    alone = sum(len(_one(compiled, reader)) for reader in readers) / count
    together = sum(map(len, _bulk(compiled, readers))) / count
    print(
        f"bytes a recipient: {alone:,.0f} alone, {together:,.0f} in bulk, {alone / together:.0f}×"
    )


def _reader(language: Language, number: int) -> Mapping[str, object]:
    """Return a reader with a name, a product, a day and a link of their own."""
    values, name = sample_values(language), NAMES[language][number % 4]
    return {
        **values, "contact_id": number, "given_name": name, "contact": read_person(given=name),
        "last_product": f"{values['last_product']} {number % 50}",
        "last_order_at": date(2026, 1 + number % 12, 1 + number % 28),
        "unsubscribe_url": f"https://letters.nur.example/u/{number:020}~0123456789abcdefghijklmno",
    }  # fmt: skip


def _naive(source: str, language: Language, readers: Readers) -> None:
    for reader in readers:
        compile_text(source, language, BRAND).render(reader)


def _one(compiled: CompiledText, reader: Mapping[str, object]) -> bytes:
    shown = compiled.render(reader)
    return orjson.dumps([shown.subject, shown.text, shown.html])


def _bulk(compiled: CompiledText, readers: Readers) -> list[bytes]:
    return [
        orjson.dumps(
            [
                request.subject,
                request.text,
                request.html,
                [request.substitutions(i) for i in range(len(request))],
            ]
        )
        for start in range(0, len(readers), REQUEST)
        for request in compiled.bulk(columns_of(readers[start : start + REQUEST]))
    ]


if __name__ == "__main__":
    main()
