"""What of a mail is the person's own answer, and whether a person wrote it at all.

Mail programs put the letter that is answered below, behind a line in the language of the program:
Armenian, Georgian, Russian, English. What is cut off here is only folded away: the whole text is
kept beside it.
"""

from __future__ import annotations

import re
from enum import StrEnum

from campaigns.delivery.inbox.mail_parts import Mail, Part
from campaigns.delivery.inbox.markup import text_of

TEXT_CHARACTERS = 100_000
LINE_CHARACTERS = 1_000
LINES = 5_000
ATTRIBUTION_CHARACTERS = 400
SHORT_CHARACTERS = 80
"""Of a mail that asks to leave and says nothing else."""


class ReplyKind(StrEnum):
    """What wrote back, and what it wants."""

    PERSON = "person"
    OUT_OF_OFFICE = "out_of_office"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    """Returned mail: the letter did not arrive, or not yet."""
    COMPLAINT = "complaint"
    """A mailbox provider tells that its user called the letter spam."""
    UNSUBSCRIBE = "unsubscribe"


_WROTE = re.compile(
    r"(wrote|writes|пишет|писала?|написала?|գրել է|գրել են|գրեց|գրում է|დაწერა|წერს|მოიწერა|მოგწერათ)"
    r"\s*[:՝]?$"
)
_ADDRESS_ENDS = re.compile(r"@\S+>\)?\s*[:՝]$")
_DATED = re.compile(r"\d|@")
_RULED = re.compile(
    r"^[-_—–\s>]{2,}(original message|forwarded message|reply message|исходное сообщение|"
    r"пересланное сообщение|пересылаемое сообщение|սկզբնական նամակ|սկզբնական հաղորդագրություն|"
    r"վերահասցեավորված նամակ|ორიგინალი წერილი|თავდაპირველი შეტყობინება|"
    r"გადმოგზავნილი შეტყობინება)[-_—–\s]*$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"^\*?(from|от|от кого|ումից|ուղարկող|ուղարկողը|გამომგზავნი|ვისგან|von)\s?[:՝]\*?\s*\S",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^\*?(sent|date|to|subject|отправлено|дата|кому|тема|ուղարկվել է|ուղարկված է|ամսաթիվ|ում|թեմա|"
    r"վերնագիր|გაგზავნილია|გაგზავნის თარიღი|თარიღი|ვის|მიმღები|თემა|საგანი)\s?[:՝]\*?",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^(--|-- |—|__+)$|^(sent from (my|mail for)|get outlook for|отправлено (с|из)|"
    r"ուղարկվել է իմ|ուղարկված է իմ|ուղարկվել է .{0,30}-ից$|გამოგზავნილია ჩემი|გაგზავნილია ჩემი)",
    re.IGNORECASE,
)
_LEAVE = re.compile(
    r"unsubscribe|opt[ -]?out|remove me|take me off|^stop$|отпи[сш]|отказываюсь|удалите меня|"
    r"уберите меня|не присылайте|^стоп$|հրաժարվում եմ|հրաժարվել|չեմ ցանկանում ստանալ|"
    r"չեմ ուզում ստանալ|ապաբաժանորդագր|հանեք ինձ|մի ուղարկեք|აღარ მსურს|აღარ მინდა|"
    r"აღარ გამომიგზავნო|გამოწერის გაუქმება|გააუქმეთ|ამომშალეთ|ამომიღეთ",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"out of (the )?office|automatic reply|auto[- ]?reply|on vacation|on leave|annual leave|"
    r"away from|вне офиса|в отпуске|автоответ|автоматический ответ|отсутств|արձակուրդ|"
    r"գրասենյակում չեմ|բացակայում եմ|შვებულებ|ოფისში არ ვარ|"
    r"არ ვიმყოფები|ავტომატური პასუხი",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"^(no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?)\b", re.IGNORECASE
)


def text_in(mail: Mail) -> str:
    """Return the text of a mail: the plain part, or the other as a reader sees it."""
    for kind in ("text/plain", "text/html"):
        part = next((one for one in mail.parts if one.kind == kind and _is_shown(one)), None)
        if part is not None:
            written = mail.text(part)
            found = text_of(written) if kind == "text/html" else written
            if found.strip():
                return "\n".join(found.splitlines()[:LINES]).strip()[:TEXT_CHARACTERS]
    return ""


def attachments_of(mail: Mail) -> list[dict[str, object]]:
    """Return names and sizes of what is attached; nothing else of it is kept."""
    return [
        {"name": part.file_name[:200], "kind": part.kind[:100], "bytes": part.size}
        for part in mail.parts
        if not _is_shown(part) and not part.field
    ]


def own_words(text: str) -> str:
    """Return what the person wrote, without quoted letters and signatures; all, if that is nothing."""
    lines = [line[:LINE_CHARACTERS].strip() for line in text.splitlines()[:LINES]]
    found = _before_signature(_unquoted(lines))
    return "\n".join(found).strip() or "\n".join(lines).strip()


def kind_of(mail: Mail, sender: str, text: str) -> ReplyKind:
    """Return who wrote a mail that is neither returned nor a report, by its headers, then its words.

    Args:
        mail: as it came; RFC 3834 section 5 names the headers.
        sender: the address it is from.
        text: the person's own words.
    """
    subject = mail.header("subject")
    if _is_automatic(mail, sender):
        away = _AWAY.search(subject) or _AWAY.search(text[:1000])
        return ReplyKind.OUT_OF_OFFICE if away else ReplyKind.AUTOMATIC
    asks = text or subject
    if len(asks) <= SHORT_CHARACTERS and _LEAVE.search(asks.strip(" .!։")):
        return ReplyKind.UNSUBSCRIBE
    return ReplyKind.PERSON


def _is_shown(part: Part) -> bool:
    return part.kind.startswith("text/") and not part.attached and not part.file_name


def _is_automatic(mail: Mail, sender: str) -> bool:
    said = mail.raw("auto-submitted").strip().lower()
    marked = any(
        mail.raw(name) for name in ("x-autoreply", "x-autorespond", "x-autoresponder", "list-id")
    )
    precedence = mail.raw("precedence").strip().lower() in ("auto_reply", "bulk", "junk", "list")
    subject = mail.header("subject")
    vacation = bool(re.match(r"(automatic reply|автоответ|ավտոմատ պատասխան|ავტომატური პასუხი)\s?[:՝]",
                             subject, re.IGNORECASE))  # fmt: skip
    return (
        (said not in ("", "no")) or marked or precedence or vacation
        or mail.raw("return-path").strip() == "<>" or bool(_MACHINE.match(sender))
    )  # fmt: skip


def _unquoted(lines: list[str]) -> list[str]:
    """Return the lines that quote nothing. An answer below the quoted letter stays."""
    kept: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        length = _attribution(lines, place)
        if length and not _is_quoted_next(lines, place + length):
            break
        if length:
            place += length
            continue
        if not line.startswith(">"):
            kept.append(line)
        place += 1
    return kept


def _attribution(lines: list[str], place: int) -> int:
    """Return of how many lines the beginning of a quoted letter is made; 0: it is none."""
    line = lines[place]
    if not line or line.startswith(">"):
        return 0
    if (
        _RULED.match(line)
        or (_is_rule(line) and _is_block(lines, place + 1))
        or _is_block(lines, place)
    ):
        return 1
    for length in (1, 2, 3):  # programs break it where a line is full
        parts = lines[place : place + length]
        joined = " ".join(parts)
        if len(joined) > ATTRIBUTION_CHARACTERS or not (all(parts) and _DATED.search(line)):
            return 0
        if len(parts) == length and (_WROTE.search(joined) or _ADDRESS_ENDS.search(joined)):
            return length
    return 0


def _is_rule(line: str) -> bool:
    return len(line) > 4 and set(line) <= set("_-—")


def _is_block(lines: list[str], place: int) -> bool:
    """Say whether a block such as Outlook's begins: who, and then when, to whom, about what."""
    if place >= len(lines) or not _FROM.match(lines[place]):
        return False
    return sum(bool(_ABOUT.match(line)) for line in lines[place + 1 : place + 6]) >= 2


def _is_quoted_next(lines: list[str], place: int) -> bool:
    following = (line for line in lines[place : place + 5] if line)
    return next(following, "").startswith(">")


def _before_signature(lines: list[str]) -> list[str]:
    for place, line in enumerate(lines):
        if place and _SIGNATURE.match(line):
            return lines[:place]
    return lines
