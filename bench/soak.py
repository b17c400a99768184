"""Compares mails made in bulk with the letter itself, byte for byte: every letter, every reader.

make soak                  a million mails
make soak COUNT=20000      as many as that

Readers of all shipped letters, in every language, text and design, some of them hostile. Each
mail is filled from its request in an order of replacement of its own, and must equal what the
plain path renders; whom the plain path refuses, the bulk path must refuse with the same words.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from bench.readers import readers
from campaigns.errors import RenderError
from campaigns.letters.columns import Columns
from campaigns.letters.design import designs_for
from campaigns.letters.library import SHIPPED, read_folder, shipped
from campaigns.letters.render import CompiledText, compile_text
from campaigns.letters.verify import PARTS, in_turn
from campaigns.model.language import Language
from campaigns.store.options import Brand

COUNT = 1_000_000
BRAND = Brand(
    shop_name="Nur", legal_name="Nur Trade LLC", postal_address="12 Pomegranate Street, Yerevan",
    from_address="hello@nur.example", reply_to="hello@nur.example", signer="Ani",
    phone="+374 10 123456", hours="10:00–19:00", website="https://nur.example",
)  # fmt: skip
HOSTILE = 0.02
"""Share of strange texts in each field; a reader has about ten."""


@dataclass(frozen=True, slots=True)
class Work:
    """One text of a letter in one design."""

    letter: str
    language: Language
    number: int
    design: str


def main() -> None:
    """Compare COUNT mails; end with an error if one differs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    began, works = time.perf_counter(), list(all_works())
    shares = [count // len(works) + (place < count % len(works)) for place in range(len(works))]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = sum(pool.map(compared, works, shares, range(len(works)), chunksize=4), Counter())
    print(f"{len(works)} pairs of {len(shipped())} letters, {time.perf_counter() - began:,.0f} s")
    for name, number in sorted(found.items()):
        print(f"{number:12,} {name}")
    if any(name.startswith("different") for name in found):
        sys.exit(1)


def all_works() -> Iterator[Work]:
    """Yield every text of every shipped letter in every design that it is shown in."""
    for letter in shipped():
        for language, sources in read_folder(SHIPPED / letter).items():
            for number, source in enumerate(sources, start=1):
                text = compile_text(source, language, BRAND).text
                for design in designs_for(text):
                    yield Work(letter, language, number, design)


def compared(work: Work, count: int, seed: int) -> Counter[str]:
    """Compare ``count`` mails of one pair; return what was seen, how often."""
    source = read_folder(SHIPPED / work.letter)[work.language][work.number - 1]
    compiled = compile_text(source, work.language, BRAND, design=work.design)
    columns = readers(work.language, count, seed=seed, hostile=HOSTILE)
    found, refused = Counter[str](), compiled.unwritable(columns)
    for row, error in refused.items():
        found["refused alike" if _refusal(compiled, columns, row) == str(error)
              else f"different refusals {work}"] += 1  # fmt: skip
    kept = np.setdiff1d(np.arange(count), np.fromiter(refused, np.intp, len(refused)))
    return found + _mails(work, compiled, columns.take(kept), random.Random(seed))


def _refusal(compiled: CompiledText, columns: Columns, row: int) -> str:
    try:
        compiled.render(columns.row(row))
    except RenderError as error:
        return str(error)
    return ""


def _mails(
    work: Work, compiled: CompiledText, columns: Columns, chance: random.Random
) -> Counter[str]:
    found = Counter[str]()
    for request in compiled.bulk(columns):
        found["requests"] += 1
        found["mails without tags"] += len(request) == 1 and not request.tags
        for place, row in enumerate(request.rows.tolist()):
            tags = list(request.substitutions(place).items())
            chance.shuffle(tags)
            order, mail = dict(tags), compiled.render(columns.row(row))
            equal = all(in_turn(getattr(request, p), order) == getattr(mail, p) for p in PARTS)
            found["mails equal" if equal else f"different {work}"] += 1
            found["bytes compared"] += sum(len(getattr(mail, part)) for part in PARTS)
    return found


if __name__ == "__main__":
    main()
