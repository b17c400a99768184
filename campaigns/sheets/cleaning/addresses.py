"""Cells of addresses into addresses: which one is meant, what it is compared by, what is odd in it.

An address is never changed on a suspicion: a domain that looks like a slip of the finger is told
(``suggestion``), and stays.
"""

from __future__ import annotations

import re
import string
import unicodedata
from typing import NamedTuple

import polars as pl
from email_validator import EmailNotValidError, validate_email

from campaigns.sheets.cleaning.domains import meant_domain
from campaigns.sheets.understanding.vocabulary import key
from campaigns.store.suppressions import address_key

TYPO = "address_typo"
SEVERAL = "address_several"
PLACEHOLDER = "address_placeholder"
ROLE = "address_role"

_ATOM = "[A-Za-z0-9_%+'-]+"
_LABEL = "[A-Za-z0-9](?:-?[A-Za-z0-9])*"
PLAIN = rf"^{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z]{{2,24}}$"
"""Addresses that are surely well formed; the library (60 µs each) judges all others."""
RESERVED = r"(?i)\.(arpa|invalid|local|localhost|onion|test)$|[^.@]{64}"
"""Domains that no letter reaches (RFC 6761), and parts longer than they may be (RFC 1035)."""
LONGEST_ADDRESS = 254
LONGEST_LOCAL_PART = 64
"""RFC 5321, section 4.5.3.1."""
AROUND = " <>;,'\"«»“”„"
"""What sheets put around an address; an apostrophe before it keeps a cell text."""
_NONE = """
    no,none,no email,no e-mail,no mail,noemail,nomail,n/a,na,nil,unknown,empty,missing,absent,not given,
    does not have,without email,չկա,չունի,էլ. փոստ չունի,էլ. հասցե չունի,փոստ չունի,չգիտեմ,անհայտ,
    არა,არ აქვს,არ არის,არაა,უცნობია,არ ვიცი,нет,нету,нет почты,нет email,нет эл. почты,нет адреса,
    чего нет,отсутствует,не указан,не указана,не указано,неизвестно,без почты,нет данных
"""
NONE = frozenset(key(word) for word in _NONE.split(","))
_ONE_LETTER = "|".join(f"{one}{one}+@{one}+" for one in string.ascii_lowercase + string.digits)
_PLACEHOLDER = (
    r"(?i)^(?:(?:(?:no|non|not|without|bez)[-_.]?(?:e-?)?(?:mail|address|reply)|do-?not-?reply|net|none|null"
    rf"|unknown|test|asdf?|qwerty|xxx+)\d*@.*|[^@]+@(?:test|no-?e?mail|none|asdf|qwerty)|(?:{_ONE_LETTER}))"
    r"(?:\.[a-z]+)*$"
)
"""Addresses that people write to fill a field; letters to them reach nobody, or a stranger."""
_ROLE = (
    r"(?i)^(?:info|office|sales?|admin|support|contacts?|help|hello|hr|jobs?|marketing|mail|post|reception"
    r"|accounting|accountant|buh|buhgalteria|director|shop|store|team|webmaster|postmaster|billing)@"
)
"""Addresses of an office, not of a person (RFC 2142 names the first of them)."""
_SEPARATORS = re.compile(r"[;,|\s/]+")


class Judged(NamedTuple):
    """What a cell comes to. ``is_kept``: something of it is not in the address."""

    address: str | None
    note: str | None = None
    is_kept: bool = False


JUDGED = {"written": pl.String, "address": pl.String, "note": pl.String, "is_kept": pl.Boolean}


def addresses(values: pl.Series) -> pl.Series:
    """Return the addresses that are well formed, null for the others (whether one answers is
    not asked: a wrong answer of the network must not cost a row).
    """
    return read_addresses(values)["address"]


def read_addresses(values: pl.Series) -> pl.DataFrame:
    """Return of each cell its ``address``, a ``note`` on it, the ``suggestion`` of an address with
    another domain, and whether the cell ``is_kept`` as written because more stands in it.

    A cell with text and neither address nor note is one that nobody can write to.
    """
    frame = values.to_frame("written").with_columns(_is_plain())
    odd = frame.filter(~pl.col("is_plain"))["written"].drop_nulls().unique()
    judged = pl.DataFrame([(written, *judge(written)) for written in odd], JUDGED, orient="row")
    found = frame.join(judged, on="written", how="left", maintain_order="left").select(
        pl.when("is_plain").then("written").otherwise("address").alias("address"),
        "note",
        pl.col("is_kept").fill_null(value=False),
    )
    return _with_suggestions(found.with_columns(_role()))


def _is_plain() -> pl.Expr:
    """Whether the text is an address that needs no look by the library."""
    written = pl.col("written")
    is_plain = (
        written.str.contains(PLAIN)
        & ~written.str.contains(RESERVED)
        & ~written.str.contains(_PLACEHOLDER)
        & (written.str.len_bytes() <= LONGEST_ADDRESS)
        & (written.str.find("@", literal=True) <= LONGEST_LOCAL_PART)
    )
    return is_plain.fill_null(value=False).alias("is_plain")


def _role() -> pl.Expr:
    is_role = pl.col("note").is_null() & pl.col("address").str.contains(_ROLE)
    return pl.when(is_role).then(pl.lit(ROLE)).otherwise("note").alias("note")


def address_keys(found: pl.Series) -> pl.Series:
    """Return what addresses are compared by; only those in other letters need more than lower case."""
    keys = found.str.to_lowercase()
    strange = found.filter(found.str.contains(r"[^\x00-\x7f]")).unique()
    if strange.is_empty():
        return keys
    return found.replace_strict(strange, pl.Series(map(address_key, strange)), default=keys)


def _with_suggestions(found: pl.DataFrame) -> pl.DataFrame:
    """Add what an address may have been meant as, where its domain looks like a slip."""
    domains = found["address"].str.extract("@(.+)$").str.to_lowercase()
    slips = {name: slip for name in domains.drop_nulls().unique() if (slip := meant_domain(name))}
    if not slips:
        return found.with_columns(suggestion=pl.lit(None, pl.String))
    meant = domains.replace_strict(list(slips), list(slips.values()), default=None)
    local = pl.col("address").str.extract("^(.+)@")
    return found.with_columns(
        suggestion=pl.concat_str(local, pl.lit("@"), meant),
        note=pl.when(meant.is_not_null()).then(pl.lit(TYPO)).otherwise("note"),
    )


def judge(written: str) -> Judged:
    """Return what a cell comes to that is no plain address.

    >>> judge("a@x.am; b@y.am"), judge("чего нет").note
    (Judged(address='a@x.am', note='address_several', is_kept=True), 'address_placeholder')
    """
    if _stands_for_nothing(written):
        return Judged(None, PLACEHOLDER, is_kept=any(map(str.isalnum, written)))
    one = address(written)
    if one:
        return (
            Judged(None, PLACEHOLDER, is_kept=True) if re.match(_PLACEHOLDER, one) else Judged(one)
        )
    parts = [part for part in _SEPARATORS.split(written) if "@" in part]
    valid = [found for part in parts if (found := address(part))]
    if len(parts) > 1 and valid:
        return Judged(valid[0], SEVERAL, is_kept=True)
    inside = re.fullmatch(r"[^@<>]*<([^<>\s]+@[^<>\s]+)>", written)
    return Judged(address(inside[1]) if inside else None, is_kept=True)


def _stands_for_nothing(written: str) -> bool:
    return key(written) in NONE or not any(map(str.isalnum, written))


def address(written: str) -> str | None:
    """Return an e-mail address without what sheets add to it, or None when it is malformed.

    Letters of two scripts in one word are refused: with a Cyrillic "а" it is another address.

    >>> address("mailto:Ani@example.com"), address("ani@example")
    ('Ani@example.com', None)
    """
    bare = re.sub("(?i)^mailto:", "", written).strip(AROUND).rstrip(".")
    bare = re.sub(" ?@ ?", "@", bare)
    if len(bare) > LONGEST_ADDRESS or bare.rfind("@") > LONGEST_LOCAL_PART:
        return None
    if re.fullmatch(PLAIN, bare) and not re.search(RESERVED, bare):
        return bare
    if any(map(_is_mixed, re.findall(r"[^\W\d_]+", bare))):
        return None
    try:
        return validate_email(bare, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _is_mixed(word: str) -> bool:
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
    return "LATIN" in scripts and len(scripts) > 1
