"""How many word forms are right, beside a naive ending, and how fast they are made.

.venv/bin/python -m bench.inflection [hy.dev.tsv] [ka.dev.tsv]    (default: ../shared/data/language)

A file has a heading and the columns lemma, case, form, type, gender, source; several rows for one
lemma, case and type are accepted variants. ``right`` is the share of answered ones, ``empty`` the
share of all that got no answer, ``naive`` what one ending for every word would get right.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from campaigns.language.grammar import Case, Gender, Kind
from campaigns.language.inflection import inflect
from campaigns.model.language import Language

DATA = Path(__file__).parents[2] / "shared" / "data" / "language"
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
        self.right += answer in question.forms
        self.naive += naive in question.forms

    def line(self, name: str) -> str:
        right = self.right / self.answered if self.answered else 0
        return (f"{name:34} {self.asked:7} {right:8.2%} {1 - self.answered / self.asked:7.2%} "
                f"{self.naive / self.asked:8.2%}")  # fmt: skip


def main() -> None:
    given = [Path(name) for name in sys.argv[1:]] or [DATA / "hy.dev.tsv", DATA / "ka.dev.tsv"]
    for path in given:
        if not path.exists():
            print(f"{path.name}: the words are not here; give a file")
            continue
        report(path, Language(path.name[:2]))


def report(path: Path, language: Language) -> None:
    """Print the accuracy by type, by type and case, and the speed."""
    asked = questions(path)
    speed = _speed(asked, language)
    wrong: list[tuple[Question, str]] = []
    tallies: dict[str, Tally] = defaultdict(Tally)
    for question in asked:
        answer = ask(question, language)
        for name in _groups(question):
            tallies[name].add(question, answer, naive(question, language))
        if answer is not None and answer not in question.forms:
            wrong.append((question, answer))
    print(f"\n{path.name}\n{'':34} {'asked':>7} {'right':>8} {'empty':>7} {'naive':>8}")
    for name in sorted(tallies):
        print(tallies[name].line(name))
    print(speed)
    if "-v" in sys.argv or len(wrong) <= SHOWN:
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
