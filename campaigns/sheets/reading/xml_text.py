"""Text of a workbook's XML: what its escapes stand for."""

from __future__ import annotations

import re

import polars as pl

_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}));|&(lt|gt|quot|apos|amp);")
_CODE_UNIT = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_HEX = re.compile(r"_x([0-9A-Fa-f]{4})_")
LAST_CHARACTER = 0x10FFFF


def unescaped(texts: pl.Series) -> pl.Series:
    """Return texts with XML's references and Excel's ``_x000D_`` put into characters.

    Source of the latter: ECMA-376, part 1, 22.9.2.19 (ST_Xstring).
    """
    if texts.str.contains("&", literal=True).any():
        if texts.str.contains("&#", literal=True).any():
            texts = texts.map_elements(references, return_dtype=pl.String)
        else:
            texts = texts.str.replace_many(_ENTITIES)
    if (coded := texts.str.contains(_HEX.pattern)).any():
        at = coded.arg_true()
        texts = texts.scatter(at, [code_units(text) for text in texts.gather(at)])
    return texts


def references(text: str) -> str:
    """Return text with XML's references put into characters.

    >>> references("a &#38; b &amp;lt; &#x10D0;")
    'a & b &lt; ა'
    """
    return _REFERENCE.sub(_character, text)


def code_units(text: str) -> str:
    r"""Return text with Excel's escapes put into characters; line ends become line feeds.

    >>> code_units("one_x000D_two _x005F_x000D_")
    'one\ntwo _x000D_'
    """
    plain = _CODE_UNIT.sub(_characters, text)
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _ENTITIES[found[0]]
    number = int(found[1], 16) if found[1] else int(found[2])
    is_character = 0 < number <= LAST_CHARACTER and not 0xD800 <= number < 0xE000
    return chr(number) if is_character else "\ufffd"


def _characters(found: re.Match[str]) -> str:
    units = b"".join(int(code, 16).to_bytes(2, "big") for code in _HEX.findall(found[0]))
    return units.decode("utf-16-be", "replace")
