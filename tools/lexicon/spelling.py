"""Write ``hy_words.txt.xz`` and ``ka_words.txt.xz`` from the lists that are credited beside them.

    python -m tools.lexicon.spelling UNIPARSER_DATA DICTIONARY_KA

``UNIPARSER_DATA`` is the folder of uniparser-eastern-armenian (MIT) with ``lexemes.txt`` and
``paradigms.txt``; ``DICTIONARY_KA`` that of the npm package dictionary-ka (ka_GE.spell: word list
of D. Bumbeishvili, MIT, and Crúbadán, CC BY 4.0) with ``index.dic`` and ``index.aff``.
"""

from __future__ import annotations

import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

TARGET = Path(__file__).parents[2] / "campaigns" / "language" / "lexicon"
ARMENIAN_HEAD = """\
# Armenian words. First the sets of endings: = and the endings, each "prefix.ending". Then the stems,
# each with the numbers of its sets. Made of the lexemes and paradigms of
# uniparser-eastern-armenian (T. Arkhangelskiy, A. Fedorenko, V. Khurshudyan, A. Polyakov), MIT.
"""
GEORGIAN_HEAD = """\
# Georgian words in all forms that are listed; ? stands behind those that have hardly a relative.
# ka_GE.spell (G. Margiani): word lists of D. Bumbeishvili, MIT, and of K. Scannell, Crúbadán,
# CC BY 4.0, https://creativecommons.org/licenses/by/4.0/; affixes expanded, noise left out.
"""
FEW = 3
"""A Georgian form with no more relatives than this in the list may be a slip that was counted."""
_OLD = {"old", "nonst"}
_NOUN_FLAGS = {"NS", "NP", "NN"}
_CLASSICAL = re.compile("(?<!ո)ւ|.է|եւ")
_ODD = re.compile("ը[սդ]$|աի")
_Affixes = dict[str, list[tuple[bool, str, str, list[str], str]]]
_ARMENIAN = re.compile("[ա-և]+")
_GEORGIAN = re.compile("[ა-ჰ]{2,}")


@dataclass
class _Flex:
    """One ending of a paradigm: the stem it takes, what stands before and behind it, and on."""

    texts: list[str]
    gramm: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    regex: str = ""


def main() -> None:
    """Write both lists."""
    armenian, georgian = (Path(name) for name in sys.argv[1:3])
    _write("hy_words.txt.xz", ARMENIAN_HEAD, _armenian(armenian))
    _write("ka_words.txt.xz", GEORGIAN_HEAD, _georgian(georgian))


def _write(name: str, head: str, lines: list[str]) -> None:
    text = head + "\n".join(lines) + "\n"
    (TARGET / name).write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


def _armenian(folder: Path) -> list[str]:
    paradigms = _paradigms(folder / "paradigms.txt")
    numbers: dict[frozenset[str], int] = {}
    stems: dict[str, set[int]] = defaultdict(set)

    @cache
    def endings(names: tuple[str, ...], index: int, tail: str) -> frozenset[str]:
        found = set()
        for name in names:
            found |= set(_endings(paradigms, name, index, tail, 0))
        return frozenset(found)

    for stems_of_lexeme, names in _lexemes(folder / "lexemes.txt"):
        for index, alternatives in enumerate(stems_of_lexeme.split("|")):
            for alternative in alternatives.split("//"):
                stem = alternative.strip().replace(".", "")
                if not _ARMENIAN.fullmatch(stem) or _CLASSICAL.search(stem):
                    continue
                several = "|" in stems_of_lexeme
                found = endings(names, index if several else -1, stem[-2:])
                if found:
                    stems[stem].add(numbers.setdefault(found, len(numbers)))
    sets = ["=" + " ".join(sorted(found)) for found in numbers]
    return sets + [
        f"{stem} {' '.join(map(str, sorted(ids)))}" for stem, ids in sorted(stems.items())
    ]


def _lexemes(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for block in path.read_text(encoding="utf-8").split("-lexeme\n")[1:]:
        stem = re.search(r"^ stem: (.*)$", block, re.MULTILINE)
        gramm = re.search(r"^ gramm: (.*)$", block, re.MULTILINE)
        if stem and gramm and not _OLD & set(gramm.group(1).split(",")):
            yield stem.group(1), tuple(re.findall(r"^ paradigm: (\S+)", block, re.MULTILINE))


def _paradigms(path: Path) -> dict[str, list[_Flex]]:
    found: dict[str, list[_Flex]] = {}
    for block in re.split(r"^-paradigm: ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[
        1:
    ]:
        name, _, body = block.partition("\n")
        flexes: list[_Flex] = []
        shared: list[str] = []
        for line in body.splitlines():
            key, _, value = line.strip().removeprefix("-").partition(": ")
            if key == "flex":
                flexes.append(_Flex(value.split("//")))
            elif key == "gramm":
                flexes[-1].gramm = set(value.split(","))
            elif key == "regex-prev":
                flexes[-1].regex = value
            elif key == "paradigm" and line.startswith("  "):
                flexes[-1].links.append(value.strip())
            elif key == "paradigm":
                shared.append(value.strip())
        for flex in flexes:
            if "<.>" in "".join(flex.texts):
                flex.links = flex.links or shared
        found[name.strip()] = flexes
    return found


def _endings(
    paradigms: dict[str, list[_Flex]], name: str, index: int, tail: str, depth: int
) -> Iterator[str]:
    """Yield "prefix.ending" for stem number ``index`` (-1: it is the only one) ending in ``tail``."""
    for flex in paradigms.get(name, []):
        if flex.gramm & _OLD or (flex.regex and not re.match(flex.regex, tail)):
            continue
        for text in flex.texts:
            asked = re.match(r"<(\d+)>", text)
            if asked and index not in (-1, int(asked.group(1))):
                continue
            plain = re.sub(r"^<\d+>|[\[\]|]", "", text)
            goes_on = plain.endswith("<.>")
            before, _, after = plain.removesuffix("<.>").partition(".")
            if "ւ" in after.replace("ու", "") or _ODD.search(after) or "վվ" in tail[-1:] + after:
                continue
            if not flex.links or not goes_on or depth > 6:
                yield f"{before}.{after}"
                continue
            for link in flex.links:
                for rest in (
                    ()
                    if link == "nmlz-case"
                    else _endings(paradigms, link, index, (tail + after)[-3:], depth + 1)
                ):
                    first, _, last = rest.partition(".")
                    yield f"{before}{first}.{after}{last}"


def _georgian(folder: Path) -> list[str]:
    affixes = _affixes(folder / "index.aff")
    forms: set[str] = set()
    sure: set[str] = set()
    for line in (folder / "index.dic").read_text(encoding="utf-8").splitlines():
        word, _, flags = line.strip().partition("/")
        if _GEORGIAN.fullmatch(word):
            found = set(_expanded(word, re.findall("..", flags), affixes))
            forms |= found
            sure |= found if flags else set()
    relatives = Counter(form[:cut] for form in forms for cut in range(4, len(form) + 1))
    sure |= {form for form in forms if relatives[form[: max(4, len(form) - 3)]] > FEW}
    return [form if form in sure else form + "?" for form in sorted(forms)]


def _affixes(path: Path) -> _Affixes:
    """Return the rules of each flag but those of nouns: prefix?, cut, added, flags, condition."""
    found: _Affixes = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split()
        if len(cells) >= 5 and cells[0] in ("SFX", "PFX") and cells[1] not in _NOUN_FLAGS:
            cut, (added, _, flags) = cells[2].strip("0"), cells[3].partition("/")
            rule = (cells[0] == "PFX", cut, added.strip("0"), re.findall("..", flags), cells[4])
            found[cells[1]].append(rule)
    return found


def _expanded(word: str, flags: list[str], affixes: _Affixes) -> Iterator[str]:
    if "&v" not in flags:
        yield word
    if "&v" in flags and set(flags) & _NOUN_FLAGS:
        yield word  # a stem that only noun endings follow: the rules of nouns need it
    for flag in flags:
        for is_prefix, cut, added, onward, condition in affixes.get(flag, []):
            if is_prefix and re.match(condition, word) and "&x" not in onward:
                yield added + word.removeprefix(cut)
            elif not is_prefix and re.search(f"(?:{condition})$", word):
                longer = word.removesuffix(cut) + added
                if "&x" not in onward:
                    yield longer
                yield from _prefixed(longer, onward, affixes)


def _prefixed(word: str, flags: list[str], affixes: _Affixes) -> Iterator[str]:
    for flag in flags:
        for is_prefix, cut, added, _, condition in affixes.get(flag, []):
            if is_prefix and re.match(condition, word):
                yield added + word.removeprefix(cut)


if __name__ == "__main__":
    main()
