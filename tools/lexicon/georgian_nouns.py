"""Write ``ka_nouns.txt``: nouns that a word list attests to lose their last vowel, or to keep it.

    python -m tools.lexicon.georgian_nouns index.dic

``index.dic`` is that of the npm package dictionary-ka 1.1.0 (ka_GE.spell by G. Margiani; words of
D. Bumbeishvili, MIT, and of K. Scannell's Crúbadán, CC BY 4.0). A noun loses its vowel when the
list has a form such as საჩუქრის or საჩუქრები, or the shortened stem with the flag of such forms,
and no form with the vowel (საჩუქარის); it keeps it in the opposite case. What the rules of ``campaigns.language.georgian_nouns``
get right anyway is left out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from campaigns.language.georgian_endings import VOWELS
from campaigns.language.georgian_nouns import SYNCOPATING, syncopated

TARGET = Path(__file__).parents[2] / "campaigns" / "language" / "lexicon" / "ka_nouns.txt"
HEAD = """\
# Georgian nouns that lose their last vowel before -ის, -ით, -ად, and the stem that is left;
# a dash: nothing is lost, although words of this ending do lose it.
# Seen in the word list of dictionary-ka 1.1.0: D. Bumbeishvili (MIT), K. Scannell (CC BY 4.0).
"""
FORMS = (
    *("ის", "ისა", "ით", "ად", "ისთვის", "ისათვის", "იდან", "ისგან", "ისკენ", "ამდე"),
    *("ები", "ებს", "ების", "ებმა", "ებით", "ებში", "ებზე"),
)
NOT_NOUNS = frozenset(
    """
    აგენი აგვიხსენი აგიხსენი ავძვერი აზარი ამიხსენი ამოჭერი ამოხსენი ანათვალი ანერი არამი არები
    აუხსენი აჰყევი ბარები ბიანი ბულები გადავყავი გადაყევი გავყავი გავყევი გავხსენი გამოვძვერი
    განავალი გარგალი გაუძელი გაჰყევი გეახელი გვიხსენი გიახელი გრავიორი გუელი გულიევი დააბი
    დაასწარი დააჭერი დავთვერი დავიხსენი დავყავი დავყევი დაიერი დაიკელი დაკალი დამიხსენი დუმანი
    ებანი ებელი ებენი ვარდენი ვიალი ვიერი ზაგარი იანეები ივანი ივერი ისენი იქენი იყავი იხსენი
    კარაევი კაროლი კოენი კონორი ლაფანი ლებანი ლიანი მარონი მეწევი მიერი მიშელი მიხსენი მიჰყევი
    მოემი მოვესწარი მოვუყევი მოთავეები მოკალი მომიყევი მორიგეები მოხანი ნათალი ორები რაები რაზომი
    რაიანი რაფერი რომენი რუანი რუელი სათევი საკენი სანგალი სარიევი სარქალი საფიერი სერები სიდონი
    ტიელი ტიერი ტრანსპორტიორი უთხარი უშვილოები უცები უჯერი ფიონი ფირანი ფოთელი ფრეონი ღერები
    შევიქენი შეიქმენი შეკარი შესძელი შეუქმენი ჩაყევი ჩეემი ციანი წავყევი წამომყევი
    ბაზიერი ეონი ვარდანი ნისელი პირიანი ტაბელი ცირკულიარი ჭერემი
    აღმდგენელი გამათბობელი დამავალი დასავალი მავალი მცირეწლოვანი სრულწლოვანი წარმავალი
    """.split()  # noqa: SIM905
)
"""Verbs, plurals, chance likenesses (რაზომი is not where რაზმის comes from) and, in the last line,
nouns that the list has in the rarer form; seen by eye."""


def main() -> None:
    """Write the list."""
    flags = dict(_entries(Path(sys.argv[1]).read_text(encoding="utf-8")))
    lines = [f"{noun}\t{stem}" for noun, stem in sorted(_exceptions(flags))]
    TARGET.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(lines)} nouns")


def _entries(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines()[1:]:
        if line and not line.startswith("#"):
            word, _, flags = line.strip().partition("/")
            yield word, flags


def _exceptions(flags: dict[str, str]) -> Iterator[tuple[str, str]]:
    for word, kinds in flags.items():
        if "&v" in kinds or "NS" in kinds or word in NOT_NOUNS or not _may_shorten(word):
            continue
        stem = syncopated(word)
        is_lost, is_kept = _attested(stem, flags), _attested(word[:-1], flags)
        if is_lost != is_kept and is_lost != word.endswith(SYNCOPATING):
            yield word, stem if is_lost else "-"


def _may_shorten(word: str) -> bool:
    vowels = sum(letter in VOWELS for letter in word)
    return vowels > 2 and word[-1] == "ი" and word[-3] in "აეო" and word[-2] in "ლმნრვბ"


def _attested(stem: str, flags: dict[str, str]) -> bool:
    flagged = flags.get(stem + "ი", "")
    return "NS" in flagged or "NP" in flagged or any(stem + form in flags for form in FORMS)


if __name__ == "__main__":
    main()
