"""Write ``hy_nouns.txt``: how Armenian nouns and names make their cases where rules do not tell.

    python -m tools.lexicon.armenian_nouns LEXEMES.txt

``LEXEMES.txt`` is the lexeme file of uniparser-eastern-armenian (MIT): words with their stems and
paradigm class. The classes are its ``paradigms.txt`` read by hand: of several endings the one that
is usual today stands first there or is chosen here.

The list is a decision list. A declension belongs to endings of words; the longest that fits wins,
``^`` marks a whole word, and ``~`` an ending of which more than 3 % differ. It is as short as it can be while every word of the source comes out
right, so a word that is not in the source is declined as most words of its ending are.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).parents[2] / "campaigns" / "language" / "lexicon" / "hy_nouns.txt"
HEAD = """\
# How Armenian words are declined where the plain rule (-ի, -ից, -ով, -ում) does not tell.
# Table (n nouns, p people, t places), letters cut from the end, endings of dative, ablative,
# instrumental, locative, and the words (^) or endings of words that are so declined (~ mostly).
# The longest ending wins. Made by tools/lexicon/armenian_nouns.py from uniparser-eastern-armenian
# (MIT) and from what is written by hand there.
"""
WRITTEN = {
    "n": """
        ^ամիս ամսվա ամսից ամսով ամսում
        ^ծնունդ ծննդյան ծննդից ծննդով ծննդում
        կամուրջ կամրջի կամրջից կամրջով կամրջում
        ^կշիռ կշռի կշռից կշռով կշռում
        ^հրաբուխ հրաբխի հրաբխից հրաբխով հրաբխում
        ^սոսինձ սոսնձի սոսնձից սոսնձով սոսնձում
        ^կավիճ կավճի կավճից կավճով կավճում
        ^տավիղ տավղի տավղից տավղով տավղում
        ^ոջիլ ոջլի ոջլից ոջլով ոջլում
        ^կաշի կաշվի կաշվից կաշվով կաշվում
        ^ամառ ամռան ամառից ամառով ամառում
        ^ձմեռ ձմռան ձմեռից ձմեռով ձմեռում
        ^գառ գառան գառնից գառնով գառում
        ^նուռ նռան նռից նռով նռում
        ^այսօր այսօրվա այսօրվանից այսօրով այսօրում
        ^էսօր էսօրվա էսօրվանից էսօրով էսօրում
        ^երեկ երեկվա երեկվանից երեկով երեկում
        ^վաղ վաղվա վաղվանից վաղով վաղում
        ^հերու հերվա հերվանից հերվով հերվում
        ^իրիկուն իրիկվա իրիկվանից իրիկունով իրիկունում
        ^իրիգուն իրիգվա իրիգվանից իրիգունով իրիգունում
        ^սկեսուր սկեսրոջ սկեսրոջից սկեսրոջով սկեսրոջում
        ^տեգր տեգրոջ տեգրոջից տեգրոջով տեգրոջում
        ^տարեգիր տարեգրի տարեգրից տարեգրով տարեգրում
        ^գեղագիր գեղագրի գեղագրից գեղագրով գեղագրում
        ^մարզիչ մարզչի մարզչից մարզչով մարզչում
        ^լու լվի լվից լվով լվում
        նարինջ նարնջի նարնջից նարնջով նարնջում
        անուն անվան անունից անունով անունում
        ^մականուն մականվան մականունից մականունով մականունում
        ^դերանուն դերանվան դերանունից դերանունով դերանունում
        ^ամորձի ամորձու ամորձուց ամորձով ամորձում
        ^քառակուսի քառակուսու քառակուսուց քառակուսով քառակուսում
        ^էֆենդի էֆենդու էֆենդուց էֆենդով էֆենդում
        ^ժամանակ ^տիպ ^սուրճ ^կաթնասուրճ ^կոշիկ ^ժպիտ ^բեռ ^ժողովածու ^կաշառատու ^կապալատու
        ^օդորակիչ ^սկեսրայր ^կրկին ^կրունկ ^ներքնաշապիկ ^վերնաշապիկ ^կատեր ^բլութուզ
        ^եզրափակիչ ^փախուստ ^հույս իում եում ուում տյում դյում ֆյում
        ^ֆորում ^քվորում ^պլենում ^պարֆում ^բում ^զում ^շոուռում ^ռեֆերենդում ^մեմորանդում
        ^մաքսիմում ^մինիմում ^օպտիմում ^ալբում ^սերում ^ուլտիմատում ^կվանտում
        ^ժյուրի ^սուշի ^սաշիմի ^սպագետի ^ռավիոլի ^պեպերոնի ^սալյամի ^պանինի ^խինկալի ^բրոկոլի
        ^կիվի ^լիչի ^մյուսլի ^վաֆլի ^տոֆի ^չիլի ^կարի ^վիսկի ^բրենդի ^շերի ^մարտինի ^դաիկիրի ^փեպսի
        ^սաֆարի ^բիկինի ^տանկինի ^բոդի ^մինի ^մաքսի ^միդի ^ջակուզի ^ժալյուզի ^դելիվերի ^փարթի
        ^սելֆի ^էմոջի ^հոբի ^հոբբի ^լոբբի ^դերբի ^ռեգբի ^ռալի ^յոգի ^լեդի ^զոմբի ^յետի ^ալիբի
        ^ցունամի ^օրիգամի ^պոնի ^հասկի ^յորկի ^կոլիբրի ^գրաֆիտի ^քենդի ^սիթի
        ականի ականու ականուց ականով ականում
    """,
    "p": """
        ցի ցու ցուց ցով ցում
        սկի սկու սկուց սկով սկում
        շվիլի շվիլու շվիլուց շվիլով շվիլում
        թելի թելու թելուց թելով թելում
        ավելի ավելու ավելուց ավելով ավելում
        աբելի աբելու աբելուց աբելով աբելում
        ցկի ցկու ցկուց ցկով ցկում
        ^օրբելի օրբելու օրբելուց օրբելով օրբելում
        ^ամաշուկելի ամաշուկելու ամաշուկելուց ամաշուկելով ամաշուկելում
        ^ջիվանի ջիվանու ջիվանուց ջիվանով ջիվանում
        ^լուսավորիչ լուսավորչի լուսավորչից լուսավորչով լուսավորչում
        ^փրկիչ փրկչի փրկչից փրկչով փրկչում
        ^պավել
    """,
    "t": """
        ություն ության ությունից ությամբ ությունում
        ունի ունու ունուց ունով ունում
        ^մունի
        ^երկիր երկրի երկրից երկրով երկրում
        ^կղզի կղզու կղզուց կղզով կղզում
        ^լեռ լեռան լեռից լեռով լեռում
        ^լիճ լճի լճից լճով լճում
        ^տուն տան տնից տնով տնում
    """,
}
"""What the source lacks, or where it puts first what few write today; a lone word is plain.

New guests in -ի are plain (կիվի, կիվիի). So is a noun in -ի that nobody knows: the Armenian ones in
-ու have known endings, and of the rest in Wiktionary 11 were plain, 7 not.

Surnames from abroad in -սկի and Georgian ones are declined like -ցի: Չայկովսկու, Ռուսթավելու.
"""

DOUBTFUL_BELOW = 0.97
NOUN = 5
"""Weight of a noun, and of its plural. Of an adjective, which is seldom declined, it is 1, save in -ի:
those in -ի, -իի keep new guests plain, as they are."""

LEAST_WORDS = 3
LEAST_SHARE = 0.7
ENDING_COST = 1.5

CLASSES = {
    "N11": ("0ի", "0ից", "0ով", "0ում"),
    "N12": ("0ի", "0ից", "0ով", "0ում"),
    "N13": ("1ի", "1ից", "1ով", "1ում"),
    "N14": ("1ի", "1ից", "1ով", "1ում"),
    "N14a": ("1ի", "1ից", "1ով", "1ում"),
    "N17": ("2ի", "2ից", "2ով", "2ում"),
    "N18a": ("1ի", "1ից", "1ով", "1ում"),
    "N21": ("0ու", "0ուց", "0ով", "0ում"),
    "N22": ("1ու", "1ուց", "1ով", "1ում"),
    "N23": ("1ու", "1ուց", "1ով", "1ում"),
    "N23a": ("1ու", "1ուց", "1ով", "1ում"),
    "N24": ("0ու", "0ուց", "0ով", "0ում"),
    "N25": ("0ու", "0ուց", "0ով", "0ում"),
    "N26": ("0ի", "0ից", "0ով", "0ում"),
    "N31": ("0ան", "0ից", "0ով", "0ում"),
    "N31a": ("0ան", "0ից", "0ով", "0ում"),
    "N32": ("1ան", "1անից", "0ով", "0ում"),
    "N32a": ("1ան", "0ից", "1ամբ", "0ում"),
    "N32a concrete": ("1ան", "0ից", "0ով", "0ում"),
    "N32b": ("1ան", "1նից", "1նով", "1նում"),
    "N32c": ("1", "0ից", "0ով", "0ում"),
    "N32d": ("1", "0ից", "0ով", "0ում"),
    "N32e": ("1ան", "1ից", "1ով", "1ում"),
    "N33": ("1ա", "1անից", "1անով", "1անում"),
    "N34": ("1յան", "1ից", "1ով", "1ում"),
    "N35": ("0վան", "0ից", "0ով", "0ում"),
    "N36": ("1ա", "1անից", "1անով", "1անում"),
    "N41": ("1", "0ից", "2բ", "0ում"),
    "N41a": ("1", "0ից", "0ով", "0ում"),
    "N43": ("1", "2ից", "2ով", "2ում"),
    "N51": ("0վա", "0վանից", "0ով", "0ում"),
    "N52": ("1վա", "1ից", "1ով", "1ում"),
    "N53": ("0վա", "0ից", "0ով", "0ում"),
    "N54": ("1վա", "1վանից", "1ով", "1ում"),
    "N61": ("0ոջ", "0ոջից", "0ոջով", "0ոջում"),
    "N62": ("1ոջ", "1ոջից", "1ոջով", "1ոջում"),
    "N62a": ("1ոջ", "1ոջից", "1ոջով", "1ոջում"),
    "N63": ("1ոջ", "1ոջից", "1ոջով", "1ոջում"),
    "N64": ("1ոջ", "1ոջից", "1ոջով", "1ոջում"),
    "N71": ("1", "1ից", "1ով", "1ում"),
    "N71a": ("1", "1ից", "1ով", "1ում"),
    "N73": ("1", "0ից", "0ով", "0ում"),
    "N73a": ("2", "1ից", "1ով", "1ում"),
    "N91": ("1ու", "1ուց", "1ով", "0ում"),
    "N92": ("1ո", "1ուց", "1ով", "0ում"),
    "A11": ("0ի", "0ից", "0ով", "0ում"),
    "A12": ("0ի", "0ից", "0ով", "0ում"),
    "A13": ("1ի", "1ից", "1ով", "1ում"),
    "A14": ("1ի", "1ից", "1ով", "1ում"),
}
"""Dative, ablative, instrumental and locative of each class: number of the stem, then the ending."""

PLAIN_INSTRUMENTAL = {"N32a": "N32a concrete", "N41": "N41a"}
"""-մամբ and -ությամբ are for verbal and abstract nouns; with a name is անունով, not անվամբ."""

PLURALS = {"N11": "0եր", "A11": "0եր", "N13": "1եր", "N12": "0ներ", "N14": "0ներ", "N23": "0ներ"}
"""Plurals are plain: told here so that no ending of the list catches them (քարտեր, not տեր)."""


class Declension(NamedTuple):
    """Letters cut from the end of a word, and the endings then put there."""

    cut: int
    dative: str
    ablative: str
    instrumental: str
    locative: str


class Known(NamedTuple):
    """How a word is declined, and how much it tells about its like: an adjective little."""

    way: Declension
    weight: int


def main() -> None:
    """Write the list."""
    tables = _tables(Path(sys.argv[1]).read_text(encoding="utf-8"))
    lines = [line for table, words in tables.items() for line in _lines(table, words)]
    TARGET.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(lines)} lines, {TARGET.stat().st_size} bytes")


def _tables(text: str) -> dict[str, dict[str, Known]]:
    """Return the declension of each word, for nouns, people and places apart."""
    found: dict[str, dict[str, Counter[Declension]]] = {
        table: defaultdict(Counter) for table in "npt"
    }
    for word, stems, marks, classes in _lexemes(text):
        table = _table(marks, classes)
        if table and (declension := _declension(word, stems, classes[0])):
            found[table][word][declension] += NOUN if marks[0] == "N" else 1
            if table == "n" and (plural := _plural(stems, classes[0])):
                found[table][plural][plain(plural)] += NOUN
    return {
        table: {
            word: Known(max(ways, key=lambda way: _rank(ways, way)), _weight(word, ways))
            for word, ways in words.items()
        }
        for table, words in found.items()
    }


def _weight(word: str, ways: Counter[Declension]) -> int:
    return NOUN if word.endswith("ի") else min(ways.total(), NOUN)


def _rank(ways: Counter[Declension], way: Declension) -> tuple[int, bool]:
    """Prefer the noun to the adjective, then the irregular to the regular."""
    return ways[way], way.dative != "ի"


def _table(marks: list[str], classes: list[str]) -> str | None:
    if not classes or classes[0] not in CLASSES:
        return None
    if "persn" in marks or "famn" in marks:
        return "p"
    if "topn" in marks:
        return "t"
    return "n" if marks[0] in {"N", "A", "N/A"} else None


def _lexemes(text: str) -> Iterator[tuple[str, list[list[str]], list[str], list[str]]]:
    for block in text.split("-lexeme")[1:]:
        fields = dict(re.findall(r"^ (lex|stem|gramm): (.*)$", block, re.MULTILINE))
        classes = re.findall(r"^ paradigm: (\S+)", block, re.MULTILINE)
        stems = [
            [_folded(way.strip(".")) for way in stem.split("//")]
            for stem in fields["stem"].split("|")
        ]
        yield _folded(fields["lex"].lower()), stems, fields["gramm"].split(","), classes


def _folded(word: str) -> str:
    return word.replace("եւ", "և")


def _declension(word: str, stems: list[list[str]], name: str) -> Declension | None:
    """Return the declension, or None for the plain one and for abbreviations."""
    best = [word] + [max(ways, key=lambda way: _likeness(word, way)) for ways in stems[1:]]
    if name in PLAIN_INSTRUMENTAL and not word.endswith(("ում", "ություն")):
        name = PLAIN_INSTRUMENTAL[name]
    try:
        forms = [best[int(ending[0])] + ending[1:] for ending in CLASSES[name]]
    except IndexError:
        return None
    if word[-1] in "աո" and best[0] + "ի" == forms[0]:
        forms = [best[0] + "յ" + form.removeprefix(best[0]) for form in forms]
    return _from_forms(word, forms)


def _plural(stems: list[list[str]], name: str) -> str | None:
    way = PLURALS.get(name)
    return stems[int(way[0])][0] + way[1:] if way and "է" not in stems[int(way[0])][0][1:] else None


def _from_forms(word: str, forms: list[str]) -> Declension:
    kept = min(_common(word, form) for form in forms)
    return Declension(len(word) - kept, *(form[kept:] for form in forms))


def _likeness(word: str, way: str) -> tuple[int, int]:
    """Prefer the spelling of today, that of the word; the old one has -է- inside."""
    return _common(word, way), -way.count("է")


def _common(one: str, other: str) -> int:
    """Return how many letters two words begin with together."""
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def plain(word: str) -> Declension:
    """Return the declension of a word that no list knows; the grammar has the same rule."""
    glide = "յ" if word[-1:] in "աո" else ""
    return Declension(0, glide + "ի", glide + "ից", glide + "ով", glide + "ում")


class _Node:
    def __init__(self) -> None:
        self.words: Counter[Declension | None] = Counter()
        self.own: Declension | None = None
        self.weight = 0
        self.longer: dict[str, _Node] = defaultdict(_Node)


def decision_list(words: Mapping[str, Known]) -> dict[str, Declension | None]:
    """Return the shortest list of endings (~ doubtful) and whole words (^) that tells them all."""
    root = _Node()
    for word, (way, weight) in words.items():
        way_or_plain = None if way == plain(word) else way
        node = root
        node.words[way_or_plain] += weight
        for letter in reversed(word):
            node = node.longer[letter]
            node.words[way_or_plain] += weight
        node.weight, node.own = weight, way_or_plain
    found: dict[str, Declension | None] = {}
    _MEMO.clear()
    _choose(root, "", None, found)
    return found


def _cost(node: _Node, inherited: Declension | None, memo: dict[object, float]) -> float:
    """Return how many entries tell the words of ``node`` when longer endings may differ."""
    key = (id(node), inherited)
    if key not in memo:
        memo[key] = min(_kept(node, inherited, memo), _changed(node, inherited, memo))
    return memo[key]


def _kept(node: _Node, way: Declension | None, memo: dict[object, float]) -> float:
    if len(node.words) == 1 and way in node.words:
        return 0
    own = node.weight / NOUN if node.own != way else 0
    return own + sum(_cost(child, way, memo) for child in node.longer.values())


def _changed(node: _Node, inherited: Declension | None, memo: dict[object, float]) -> float:
    way, count = node.words.most_common(1)[0]
    if way == inherited or count < LEAST_WORDS * NOUN or count < LEAST_SHARE * node.words.total():
        return float("inf")
    return ENDING_COST + _kept(node, way, memo)


_MEMO: dict[object, float] = {}


def _choose(
    node: _Node,
    ending: str,
    inherited: Declension | None,
    found: dict[str, Declension | None],
) -> None:
    if ending and _changed(node, inherited, _MEMO) < _kept(node, inherited, _MEMO):
        inherited, count = node.words.most_common(1)[0]
        is_doubtful = count < DOUBTFUL_BELOW * node.words.total()
        found["~" * is_doubtful + ending] = inherited
    if node.weight and node.own != inherited:
        found["^" + ending] = node.own
    for letter, child in node.longer.items():
        _choose(child, letter + ending, inherited, found)


def _merged(
    found: dict[str, Declension | None], written: dict[str, Declension | None]
) -> dict[str, Declension | None]:
    kept = {ending: way for ending, way in found.items() if ending.lstrip("~") not in written}
    return kept | written


def _written(table: str) -> dict[str, Declension | None]:
    found: dict[str, Declension | None] = {}
    for line in WRITTEN[table].split("\n"):
        ending, *forms = line.split() or [""]
        if forms and not forms[0].startswith("^") and len(forms) == len(Declension._fields) - 1:
            found[ending] = _from_forms(ending.removeprefix("^"), forms)
        else:
            found |= dict.fromkeys([ending, *forms] if ending else [])
    return found


def _lines(table: str, words: Mapping[str, Known]) -> Iterator[str]:
    by_way: dict[Declension | None, list[str]] = defaultdict(list)
    for ending, way in _merged(decision_list(words), _written(table)).items():
        by_way[way].append(ending)
    for way, endings in sorted(by_way.items(), key=lambda entry: -len(entry[1])):
        cells = [str(part) for part in way or (0, "", "", "", "")]
        yield "\t".join([table, *cells, " ".join(sorted(endings))])


if __name__ == "__main__":
    main()
