"""How many word forms are right, beside a naive ending, and how fast they are made.

.venv/bin/python -m bench.inflection [--half SEED] [-v] [hy.dev.tsv] [ka.dev.tsv]

A file has a heading and the columns lemma, case, form, type, gender, source; several rows for one
lemma, case and type are accepted variants. ``right`` is the share of answered ones, ``empty`` the
share of all that got no answer, ``naive`` what one ending for every word would get right.
Without files, ../shared/data/language is read. ``--half`` forgets a random half of every listed
word first: what is lost then was known by heart and not by rule. ``-v`` lists what is wrong.
"""

from __future__ import annotations

import argparse
import csv
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from campaigns.language import lexicon
from campaigns.language.grammar import Case, Gender, Kind
from campaigns.language.inflection import inflect
from campaigns.model.language import Language

DATA = Path(__file__).parents[2] / "shared" / "data" / "language"
VOWELS = "աեէըիոօու"
NAMES = ("given", "surname", "person")
SHOWN = 12
ENDINGS = {
    Language.KA: {"erg": "მა", "dat": "ს", "gen": "ის", "ins": "ით", "adv": "ად", "voc": "ო"},
    Language.HY: {"dat": "ի", "abl": "ից", "ins": "ով", "loc": "ում", "nom.def": "ը",
                  "dat.def": "ին"},
}  # fmt: skip


@dataclass
class Question:
    """One lemma in one case: the forms that are accepted, and who attests them."""

    lemma: str
    case: str
    kind: str
    gender: Gender | None
    forms: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)

    def accepts(self, answer: str | None) -> bool:
        """Of the article after a consonant (-ը, -ն) both are right: the next word decides."""
        if answer is None or answer in self.forms:
            return answer is not None
        both = answer[-1] in "ըն" and self.case.endswith(".def")
        return both and answer[-2] not in VOWELS and not self.forms.isdisjoint(
            {answer[:-1] + "ը", answer[:-1] + "ն"}
        )  # fmt: skip

    @property
    def attested(self) -> bool:
        return any(source.startswith("ud-") for source in self.sources)

    @property
    def independent(self) -> bool:
        return self.attested or "unimorph" in self.sources


@dataclass
class Tally:
    """What became of some questions."""

    asked: int = 0
    answered: int = 0
    right: int = 0
    naive: int = 0

    def add(self, question: Question, answer: str | None, naive: str) -> None:
        self.asked += 1
        self.answered += answer is not None
        self.right += question.accepts(answer)
        self.naive += question.accepts(naive)

    def line(self, name: str) -> str:
        right = self.right / self.answered if self.answered else 0
        return (f"{name:34} {self.asked:7} {right:8.2%} {1 - self.answered / self.asked:7.2%} "
                f"{self.naive / self.asked:8.2%}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "files", nargs="*", type=Path, default=[DATA / "hy.dev.tsv", DATA / "ka.dev.tsv"]
    )
    parser.add_argument("--half", metavar="SEED")
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    if given.half:
        lexicon.rows = halved(lexicon.rows, given.half)
    for path in given.files:
        if path.exists():
            report(path, Language(path.name[:2]), verbose=given.verbose)
        else:
            print(f"{path.name}: the words are not here; give a file")


def halved(
    rows: Callable[[str], Iterator[list[str]]], seed: str
) -> Callable[[str], Iterator[list[str]]]:
    """Return a reader of word lists that forgets half of the words, the same half each time."""

    def keeps(word: str) -> bool:
        return bool(zlib.crc32(f"{seed} {word}".encode()) & 1)

    def read(name: str) -> Iterator[list[str]]:
        for cells in rows(name):
            if name == "hy_nouns.txt":  # rules by ending, with words (^) among them
                words = [word for word in cells[-1].split() if word[0] != "^" or keeps(word)]
                if words:
                    yield [*cells[:-1], " ".join(words)]
            elif keeps(cells[0]):
                yield cells

    return read


def report(path: Path, language: Language, *, verbose: bool) -> None:
    """Print the accuracy by type, by type and case, and the speed."""
    asked = questions(path)
    speed = _speed(asked, language)
    wrong: list[tuple[Question, str]] = []
    tallies: dict[str, Tally] = defaultdict(Tally)
    for question in asked:
        answer = ask(question, language)
        for name in _groups(question):
            tallies[name].add(question, answer, naive(question, language))
        if answer is not None and not question.accepts(answer):
            wrong.append((question, answer))
    print(f"\n{path.name}\n{'':34} {'asked':>7} {'right':>8} {'empty':>7} {'naive':>8}")
    for name in sorted(tallies):
        print(tallies[name].line(name))
    print(speed)
    if verbose or len(wrong) <= SHOWN:
        for question, answer in wrong:
            print(question.kind, question.lemma, question.case, answer, sorted(question.forms),
                  sorted(question.sources))  # fmt: skip


def questions(path: Path) -> list[Question]:
    """Return the questions of a file, each once, with every accepted form."""
    found: dict[tuple[str, str, str], Question] = {}
    with path.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE):
            key = row["lemma"], row["case"], row["type"]
            gender: Gender | None = {"m": "m", "f": "f"}.get(row["gender"].lower()[:1])  # type: ignore[assignment]
            one = found.setdefault(key, Question(*key, gender))
            one.forms.add(row["form"])
            one.sources.add(row["source"])
    return list(found.values())


def ask(question: Question, language: Language) -> str | None:
    return inflect(question.lemma, Case(question.case), language, kind=Kind(question.kind),
                   gender=question.gender).text  # fmt: skip


def naive(question: Question, language: Language) -> str:
    """The word with the ending that most words take."""
    stem = question.lemma.removesuffix("ი") if language is Language.KA else question.lemma
    ending = ENDINGS[language].get(question.case)
    return stem + ending if ending else question.lemma


def _groups(question: Question) -> Iterable[str]:
    yield f"{question.kind}"
    yield f"{question.kind} · {question.case}"
    if question.kind in NAMES:
        yield "all names"
        if question.attested:
            yield "all names, attested in UD"
    elif question.independent:
        yield f"{question.kind}, unimorph and UD"


def _speed(asked: list[Question], language: Language) -> str:
    """Every question once when none was asked before, once again, and with the naive ending."""
    for kind in Kind:  # so that no list has to be read any more
        inflect("նոր" if language is Language.HY else "ახალი", Case.DATIVE, language, kind=kind)
    new = _timed(lambda one: ask(one, language), asked)
    known = _timed(lambda one: ask(one, language), asked)
    plain = _timed(lambda one: naive(one, language), asked)
    return (f"forms a second: {new:,.0f} new, {known:,.0f} asked before ({known / new:.1f} x); "
            f"a bare ending: {plain:,.0f} ({plain / known:.1f} x)")  # fmt: skip


def _timed(work: Callable[[Question], object], sample: list[Question]) -> float:
    began = time.perf_counter()
    for one in sample:
        work(one)
    return len(sample) / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
