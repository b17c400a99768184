"""Letters: of another alphabet inside a word, in capitals that shout or show as boxes, unseen ones.

Sources: Unicode 15 (confusables.txt for letters that look alike; Georgian Extended, whose capitals
many mail programs show as boxes).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, product

from campaigns.language.people.lookalikes import SOUNDS
from campaigns.language.people.scripts import INVISIBLE, Script, script
from campaigns.language.proofreading.findings import Finding, Severity
from campaigns.language.proofreading.text import Text, Word, capitalised
from campaigns.language.spelling import is_known
from campaigns.model.language import Language

_OWN: dict[Language, Script] = {Language.HY: "hy", Language.KA: "ka", Language.EN: "latin"}
_ALIKE: dict[Script, dict[str, str]] = {
    "hy": dict(zip("hounqgjpfktiaecmlrsSULOZdTbxvwzyHоһпеаисгТрнՕո", "հօսոզգյքֆկտիաեցմլրսՏՍԼՕԶդՏբխվւզյՀօհոեաիսգՏրնՕո", strict=True)),
    "ka": dict(zip("abgdevztiklmnopjrsufqyxhcwоавгдеиклмнпрстухჵ", "აბგდევზტიკლმნოპჯრსუფქყხჰცწოავგდეიკლმნპრსტუხჵ", strict=True)),
    "latin": dict(zip("аеорсухіјѕԁһАВЕКМНОРСТХУІЈЅոսօհցզգյՏՍԼՕαοΑΒΕΖΗΙΚΜΝΟΡΤΥΧνρυкмтвнլ", "aeopcyxijsdhABEKMHOPCTXYIJSnuohgqqjSULOaoABEZHIKMNOPTYXvpukmtbhl", strict=True)),
}  # fmt: skip
"""What stands for a letter of another alphabet: by its look, else by its key or its sound."""

_ALIKE_TOO: dict[Script, dict[str, str]] = {
    "hy": {"c": "ս", "p": "ր", "y": "ը", "r": "ռ", "s": "ս"}, "ka": {"c": "ჩ", "j": "ჟ", "w": "ვ"},
}  # fmt: skip
_MOST_READINGS = 64
_NATIVE = re.compile(r"[A-Za-z]{2,}[ա-ևა-ჿ]{1,6}")
_CYRILLIC = re.compile(r"[\u0400-\u052f]+(?:[\s-]+[\u0400-\u052f]+)*")
_ARMENIAN = re.compile(r"[Ա-Ֆա-և]+(?:[\s-]+[Ա-Ֆա-և]+)*")
_GEORGIAN = re.compile(r"[\u10a0-\u10ff]+(?:[\s-]+[\u10a0-\u10ff]+)*")
_STRANGERS = {
    Language.HY: (_CYRILLIC, _GEORGIAN), Language.KA: (_CYRILLIC, _ARMENIAN),
    Language.EN: (_CYRILLIC, _ARMENIAN, _GEORGIAN),
}  # fmt: skip
_SCRIPT_NAMES: dict[Script, str] = {
    "hy": "Հայերեն", "ka": "ქართული", "latin": "English", "cyrillic": "Русский",
}  # fmt: skip
_FEW_LETTERS = 30
_LANGUAGE_NAMES = frozenset(("հայերեն", "ქართული", "русский", "հայ", "ქარ", "рус"))
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z'’]*(?:,?[ \n]+[A-Za-z][A-Za-z'’]*){3,}")
_SMALL_LATIN = re.compile(r"(?<![\w@./#&«„“-])[a-z]{4,}(?![\w@./»“-])")
_AT_HOME = frozenset(
    [
        "online",
        "offline",
        "email",
        "mail",
        "wifi",
        "app",
        "blog",
        "viber",
        "iphone",
        "android",
        "vs",
        "idram",
    ]
)
"""English words that every reader meets daily."""
_MTAVRULI = re.compile("[\u1c90-\u1cbf\u10a0-\u10cd\u2d00-\u2d2d]+")
_LIGATURE = re.compile("[\ufb00-\ufb17]")
_SHOUTED = re.compile(r"(?<![\w-])[Ա-Ֆ]{3,}(?:[ \u00a0]+[Ա-Ֆ]{2,})*(?!\w)")
_SHOUTED_LATIN = re.compile(
    r"(?<![\w./-])[A-Z]{2,}(?:[ \u00a0]+[A-Z]{2,})+(?![\w/-]|\.\w)|(?<![\w./-])[A-Z]{5,}(?![\w/-]|\.\w)"
    r"|(?<![\w./-])(?:FREE|SALE|GIFT|ONLY|STOP|BEST|SAVE|LAST|TODAY|HURRY|ONCE|EVER)(?![\w/-]|\.\w)"
)
_ABBREVIATIONS = frozenset(
    [
        "ՍՊԸ",
        "ՓԲԸ",
        "ԲԲԸ",
        "ԱԱՀ",
        "ՀՎՀՀ",
        "ՀԴՄ",
        "ՀԾՀ",
        "ԱՄՆ",
        "ԵԱՏՄ",
        "ՄԱԿ",
        "ՆԱՏՕ",
        "ԱՊՀ",
        "ԽՍՀՄ",
        "ՊՈԱԿ",
        "ՀՈԱԿ",
        "ԲՀԿ",
        "ԵՊՀ",
        "ՀԱՊԿ",
        "ՊԵԿ",
        "ԿԳՄՍ",
        "ԿԳՄՍՆ",
        "ԱԱԾ",
        "ԱԻՆ",
        "ՏԻՄ",
        "ՀՊՏՀ",
        "ՈՒԵՖԱ",
        "ՖԻՖԱ",
        "ՖԻԴԵ",
        "ԱԹՍ",
        "ՔԿԱԳ",
        "ՀՀԴ",
        "ՀԷՑ",
        "ՎՏԲ",
        "ԱԿԲԱ",
        "ԱՀԿ",
        "ԵԽ",
        "ԵԱՀԿ",
        "ԱՎԾ",
        "ՄՊՀ",
        "ՀՀԿ",
        "ՀԾԿՀ",
        "ՍՄՍ",
        "ՋՕԸ",
        "ՀԲԸՄ",
        "ԱՄԷ",
        "ԿՖՀ",
        "ՆԳՆ",
        "ՏՏ",
        "ՀԿ",
    ]
)
_LATIN_ABBREVIATIONS = frozenset(
    [
        "UNESCO",
        "UNICEF",
        "HTTPS",
        "UTF",
        "ISO",
        "SENDGRID",
        "GDPR",
        "JSON",
        "HTML",
        "XLSX",
        "SMTP",
        "STARTTLS",
        "DMARC",
        "DKIM",
        "ASCII",
        "GEOSTD",
        "IDRAM",
        "TELCELL",
    ]
)
_LITTLE = frozenset(
    {
        "ենք",
        "ձեր",
        "ձեզ",
        "մեր",
        "մեզ",
        "մենք",
        "դուք",
        "այս",
        "այն",
        "կամ",
        "նաև",
        "ինչ",
        "երբ",
        "որը",
    }
)
"""Words as short as abbreviations."""
_VOWELS = frozenset("ԱԵԷԸԻՈՕՒ")
_UNSEEN = re.compile(f"{INVISIBLE.pattern}|[\u2028\u2029]")
_JOINED = re.compile("[\u200c\u200d\ufe0f\ufe0e]")
_BROKEN = re.compile(
    "(?:Õ.|Ö.){2,}|(?:áƒ.){1,}|(?:Ã.|Â.){2,}|(?:[ÐÑ][\u0080-\u00bf°±²³´µ¶·¸¹º»¼½¾¿]){2,}|\ufffd+|[\ue000-\uf8ff]+"
    "|(?<![\\w?])\\?{4,}"
)
_CSS = re.compile(
    r"(?:text-transform\s*:\s*(?:uppercase|capitalize)|font-variant(?:-caps)?\s*:\s*(?:all-)?small-caps)",
    re.IGNORECASE,
)
_COMBINING = re.compile(r"\S[\u0300-\u036f]+")


def broken(text: Text) -> Iterator[Finding]:
    """Letters that a wrong encoding has spoilt."""
    for found in _BROKEN.finditer(text.plain):
        left, right = text.around(*found.span())
        yield text.finding(left, right, "proof.broken_letters")


def unseen(text: Text) -> Iterator[Finding]:
    """Characters that nobody sees and programs stumble over; those inside an emoji belong there."""
    for found in _UNSEEN.finditer(text.plain):
        if found.start() == 0 and found.group() == "\ufeff":
            continue
        if _JOINED.match(found.group()) and not _between_letters(text.plain, found.start()):
            continue
        name = unicodedata.name(found.group(), f"U+{ord(found.group()):04X}")
        code = "proof.soft_hyphen" if found.group() == "\u00ad" else "proof.unseen"
        yield text.instead(*found.span(), code, "", name=name)
    for found in _COMBINING.finditer(text.plain):
        composed = unicodedata.normalize("NFC", found.group())
        if composed != found.group():
            yield text.instead(*found.span(), "proof.not_composed", composed)


def mixed(text: Text) -> Iterator[Finding]:
    """A word with letters of two alphabets, such as a Latin o in an Armenian word."""
    for word in text.words:
        letters = [one for one in word.bare if one.isalpha() and not _LIGATURE.match(one)]
        scripts = {script(letter) for letter in letters}
        if len(scripts) > 1:
            right = _repaired(word, scripts - {"other"})
            yield text.finding(word.start, word.end, "proof.mixed_letters", right)


def of_another(text: Text) -> Iterator[Finding]:
    """A text that is not in its language at all."""
    if other := _other_script(text):
        yield text.about("proof.of_another", other=_SCRIPT_NAMES[other])


def strangers(text: Text) -> Iterator[Finding]:
    """Whole words in an alphabet that the reader of this language does not expect."""
    if _other_script(text):
        return
    for pattern in _STRANGERS[text.language]:
        for found in pattern.finditer(text.plain):
            named = (
                text.genre == "interface" and pattern is not _CYRILLIC and " " not in found.group()
            )
            if not named and found.group().lower() not in _LANGUAGE_NAMES:
                yield text.finding(*found.span(), "proof.wrong_script")


def untranslated(text: Text) -> Iterator[Finding]:
    """A run of English words in an Armenian or Georgian text."""
    if text.language is Language.EN or _other_script(text):
        return
    for found in _LATIN_RUN.finditer(text.plain):
        words = found.group().split()
        if sum(word[0].islower() for word in words) * 2 >= len(words):
            severity: Severity = "warning" if text.genre == "interface" else "error"
            yield text.finding(found.start(), found.end(), "proof.untranslated", severity=severity)


def english_words(text: Text) -> Iterator[Finding]:
    """A common English word among Armenian or Georgian ones; names begin with a capital."""
    if text.language is Language.EN or text.genre == "interface" or _other_script(text):
        return
    for found in _SMALL_LATIN.finditer(text.plain):
        if found.group() not in _AT_HOME:
            yield text.finding(*found.span(), "proof.untranslated", severity="warning")


def capitals(text: Text) -> Iterator[Finding]:
    """Georgian capitals, Armenian or English words that shout."""
    for found in _MTAVRULI.finditer(text.plain):
        yield text.instead(*found.span(), "proof.georgian_capitals", _small(found.group()))
    for found in _LIGATURE.finditer(text.plain):
        yield text.instead(
            *found.span(), "proof.ligature", unicodedata.normalize("NFKC", found.group())
        )
    for found in _SHOUTED.finditer(text.plain):
        if any(map(_shouts, found.group().split())):
            yield text.finding(*found.span(), "proof.capitals", _lowered(found.group()))
    for found in _SHOUTED_LATIN.finditer(text.plain):
        words = re.findall("[A-Z]+", found.group())
        if any(len(word) > 3 and word not in _LATIN_ABBREVIATIONS for word in words):
            yield text.finding(*found.span(), "proof.capitals", found.group().capitalize())


def styled_capitals(text: Text) -> Iterator[Finding]:
    """Capitals that a style sheet asks for: boxes in Georgian, ԵՒ for և in Armenian."""
    if text.language is Language.EN:
        return
    for found in _CSS.finditer(text.source):
        at = text.nearest(found.start())
        yield text.finding(at, at, "proof.styled_capitals", got=found.group())


def _other_script(text: Text) -> Script | None:
    """Return the script of most of the letters where it is not that of the language."""
    letters = [script(letter) for word in text.words for letter in word.bare]
    if len(letters) < _FEW_LETTERS:
        return None
    most = max(sorted(set(letters)), key=letters.count)
    own = letters.count(_OWN[text.language])
    return most if most in _SCRIPT_NAMES and own < letters.count(most) / 4 else None


def _between_letters(plain: str, at: int) -> bool:
    near = plain[max(0, at - 1) : at] + plain[at + 1 : at + 2]
    return any(letter.isalpha() for letter in near)


def _small(capitals: str) -> str:
    return "".join(
        chr(ord(letter.lower()) - 0x2D00 + 0x10D0)
        if "\u2d00" <= letter.lower() <= "\u2d25"
        else letter.lower()
        for letter in capitals
    )


def _shouts(word: str) -> bool:
    """Say whether an Armenian word in capitals is a word and no abbreviation: it has syllables."""
    if word in _ABBREVIATIONS or len(word) < 3:
        return False
    if word.lower() in _LITTLE:
        return True
    vowels = sum(letter in _VOWELS for letter in word.replace("ՈՒ", "Ո"))
    return (
        len(word) > 4 or (vowels >= 1 and len(word) == 4) or (len(word) == 3 and word[1] in "ԱԵԻՈՕ")
    )


def _lowered(words: str) -> str:
    small = words.lower().replace("եւ", "և")
    return capitalised(small)


def _repaired(word: Word, scripts: set[Script]) -> str | None:
    """Return the word in the alphabet of most of its letters, where each stranger is known."""
    if _NATIVE.fullmatch(word.text):
        native = re.search("[^A-Za-z].*", word.text)
        return f"{word.text[: native.start()]}-{native.group()}" if native else None
    counts = {one: sum(script(letter) == one for letter in word.bare) for one in scripts}
    most = max(counts, key=lambda one: (counts[one], one != "latin"))
    options = [_options(letter, most) for letter in word.text]
    if not all(options):
        return None
    readings = ["".join(letters) for letters in islice(product(*options), _MOST_READINGS)]
    language = next((one for one, own in _OWN.items() if own == most), Language.EN)
    return next((one for one in readings if is_known(one, language)), readings[0])


def _options(letter: str, target: Script) -> tuple[str, ...]:
    """Return what a letter may stand for in a word of ``target``: by its look, then by its sound."""
    if not letter.isalpha() or script(letter) == target:
        return (letter,)
    sounds = SOUNDS.get(target, {}).get(letter.lower(), ())
    alike = (_ALIKE.get(target, {}).get(letter), _ALIKE_TOO.get(target, {}).get(letter.lower()))
    found = tuple(dict.fromkeys(one for one in (*alike, *sounds) if one))
    return tuple(one.title() for one in found) if letter.isupper() else found


RULES = (
    of_another,
    broken,
    unseen,
    capitals,
    mixed,
    strangers,
    untranslated,
    english_words,
    styled_capitals,
)
