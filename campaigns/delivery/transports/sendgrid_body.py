"""The JSON of a request to SendGrid, written by column: no addressee becomes an object of Python.

What all addressees share (the key of the attempt, the campaign, most headers) stands once, at the
level of the message: SendGrid merges ``headers`` and ``custom_args`` of both levels by name.
Ids in it are opaque: SendGrid keeps them for ever.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
import polars as pl

from campaigns.delivery.transports import Manner, Request
from campaigns.delivery.transports.reply_tag import with_replies
from campaigns.letters.mime import unsubscribe_headers
from campaigns.store.options import Brand

_NAME_MARKS = r'[;,<>"\r\n]+'
_BLANKS = r"[\s\x1c-\x1f]+"
_ESCAPED = r'[\x00-\x1f"\\]'
"""What JSON cannot hold as it is."""
_LIST = "List-Unsubscribe"


def encoded(request: Request, key: str, brand: Brand, reply_domain: str = "") -> bytes:
    """Return the body of a request under the attempt's ``key``.

    With a ``reply_domain``, each reader answers to an address of their own.
    """
    request, answers = with_replies(request, reply_domain)
    brand = replace(brand, reply_to=answers) if answers else brand
    people = _people(request)
    rest = orjson.dumps(_shared(request, key, brand))
    return b"".join((b'{"personalizations":[', people, b"],", rest[1:]))


def _people(request: Request) -> bytes:
    """Return what stands for the addressees: each call of polars costs, so there are few."""
    people = request.people
    texts = pl.DataFrame({
        "address": people["address"], "name": people["name"], "token": people["token"],
        "url": people["unsubscribe_url"],
        **{f"tag{place}": tag for place, tag in enumerate(request.tags)},
    })  # fmt: skip
    named = pl.when(pl.col("name") == "").then(pl.lit("")).otherwise(
        pl.concat_str(pl.lit(',"name":"'), "name", pl.lit('"'))
    )  # fmt: skip
    each = pl.concat_str(
        pl.lit('{"to":[{"email":"'), "address", pl.lit('"'), named,
        pl.lit(f'}}],"headers":{{"{_LIST}":"<'), "url",
        pl.lit('>"},"custom_args":{"x_m":"'), "token", pl.lit('"}'), *_substitutions(request),
        pl.lit("}"),
    )  # fmt: skip
    found: bytes = _in_json(texts).select(each.str.join(",").cast(pl.Binary)).item()
    return found


def _substitutions(request: Request) -> list[pl.Expr]:
    parts: list[pl.Expr] = []
    for place, tag in enumerate(request.tags.columns):
        begins = "," if place else ',"substitutions":{'
        parts += [pl.lit(f'{begins}{orjson.dumps(tag).decode()}:"'), pl.col(f"tag{place}"),
                  pl.lit('"')]  # fmt: skip
    return [*parts, pl.lit("}")] if parts else []


def _shared(request: Request, key: str, brand: Brand) -> dict[str, Any]:
    brand = brand.told_in(request.language)
    headers = {"Content-Language": str(request.language), **unsubscribe_headers(_a_link(request))}
    del headers[_LIST]
    return {
        "from": _mailbox(brand.from_address, brand.from_name or brand.shop_name),
        "reply_to": {"email": brand.reply_to},
        "subject": request.subject,
        "content": [
            {"type": "text/plain", "value": request.text},
            {"type": "text/html", "value": request.html},
        ],
        "headers": headers,
        "custom_args": {"x_c": str(request.campaign_id), "x_k": key},
        "tracking_settings": {
            "click_tracking": {"enable": False, "enable_text": False},
            "open_tracking": {"enable": request.counts_opens},
            "subscription_tracking": {"enable": False},
        },
        **_manner(request.manner),
    }


def _manner(manner: Manner) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if manner.recall_id and manner.send_at:
        told |= {"batch_id": manner.recall_id, "send_at": int(manner.send_at.timestamp())}
    if manner.sandbox:
        told["mail_settings"] = {"sandbox_mode": {"enable": True}}
    return told


def _a_link(request: Request) -> str:
    """Return one addressee's link: all of them begin alike."""
    found: str = request.people["unsubscribe_url"][0]
    return found


def _mailbox(address: str, name: str) -> dict[str, str]:
    plain = pl.select(_plain_names(pl.lit(name))).item()
    return {"email": address, "name": plain} if plain else {"email": address}


def _plain_names(names: pl.Expr) -> pl.Expr:
    """Return names without the marks that SendGrid refuses in one."""
    bare = names.str.replace_all(_NAME_MARKS, " ").str.replace_all(_BLANKS, " ")
    return bare.str.strip_chars(" ")


def _in_json(texts: pl.DataFrame) -> pl.DataFrame:
    """Return texts as they stand between the quotation marks of JSON, names without their marks."""
    plain = texts.with_columns(_plain_names(pl.col("name")))
    odd = plain.select(pl.all().str.contains(_ESCAPED).any()).row(0)
    return plain.with_columns(
        _escaped(one) for one, is_odd in zip(plain, odd, strict=True) if is_odd
    )


def _escaped(texts: pl.Series) -> pl.Series:
    return pl.Series(
        texts.name, [orjson.dumps(text)[1:-1].decode() for text in texts], dtype=pl.String
    )
