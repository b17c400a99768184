"""Numbers of a workbook as the text that a person sees, a column at a time."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

import polars as pl

from campaigns.sheets.reading.number_formats import DIGITS, Format, Look, masked, signs_of

EXACT_DIGITS = 15
"""As many significant digits a spreadsheet program shows of a number."""
LONGEST_NUMBER = 40
NEAR = 4.4e-16
"""Two steps of a binary fraction."""
NEAR_PRODUCT = 2.5e-16
"""Less, for the product has two such steps behind it already."""
BOOLEANS = {"1": "true", "0": "false"}
DAY_S = 86_400
LAST_DAY = 2_958_466
"""Days are counted up to the end of the year 9999."""
EPOCH_1900 = -25_569
"""1899-12-30, in days from 1970: day 60 is a 29 February 1900 that never was."""
EPOCH_1904 = -24_107
_SHORT = r"^-?(?:0|[1-9]\d*)(?:\.\d+)?$"
MIDNIGHT = r"^(\d{4}-\d{2}-\d{2}) 00:00:00$"


def value_text(values: pl.Series, kind: str, form: Format, *, from_1904: bool) -> pl.Series:
    """Return values as they are shown; those that are text already stay as they are.

    Args:
        values: as they are written in the file.
        kind: ``n`` number, ``b`` yes or no, ``d`` a date by ISO 8601; any other is text.
        form: format of the numbers.
        from_1904: days are counted from 1904, as old Macintosh programs did.
    """
    if kind == "b":
        return values.replace(BOOLEANS)
    if kind == "d":
        return iso_text(values)
    return shown(values.str.strip_chars(), form, from_1904=from_1904) if kind == "n" else values


def number_text(numbers: pl.Series) -> pl.Series:
    """Return numbers without the traces of binary fractions and without powers of ten.

    >>> number_text(pl.Series(["0.30000000000000004", "4.000000000000001E+15", "12500"])).to_list()
    ['0.3', '4000000000000001', '12500']
    """
    long = (numbers.str.len_bytes() > EXACT_DIGITS + 1) & numbers.str.contains(".", literal=True)
    odd = long | numbers.str.contains(r"[eE]|\.\d*0$")
    if not odd.any():
        return numbers
    fraction = long & ~numbers.str.contains(r"[eE]|\.0*$")
    short, is_near = _rounded(numbers.cast(pl.Float64, strict=False), NEAR)
    easy = fraction & is_near
    return _where(numbers.zip_with(~easy, short), odd & ~easy, _shown)


def shown(numbers: pl.Series, form: Format, *, from_1904: bool) -> pl.Series:
    """Return numbers the way their format shows them, but never rounded."""
    if form.look in (Look.DATE, Look.TIME):
        return _moments(numbers, form.look, EPOCH_1904 if from_1904 else EPOCH_1900)
    if form.look is Look.DURATION:
        return _where(numbers, numbers.is_not_null(), _duration)
    plain = number_text(numbers)
    if form.look is Look.PERCENT:
        return _percents(plain) + form.sign
    if form.look is Look.SIGN:
        return plain + form.sign
    if form.look is Look.MASK:
        return _masked(plain, form)
    return plain


def iso_text(moments: pl.Series) -> pl.Series:
    """Return dates that were written as ISO 8601 the way all others are."""
    return moments.str.replace(r"^(\d{4}-\d\d-\d\d)T", "${1} ").str.replace(MIDNIGHT, "$1")


def _rounded(numbers: pl.Series, near: float) -> tuple[pl.Series, pl.Series]:
    """Return numbers in fifteen digits, and whether they are surely the nearest such.

    Two numbers of fifteen digits are at least 1e-15 of their size apart: what lies within less than
    half of that is the nearest. Where a sum or a product left more behind, the exact way decides.
    """
    short = numbers.round_sig_figs(EXACT_DIGITS)
    text = short.cast(pl.String).str.strip_suffix(".0")
    is_short = text.str.contains(_SHORT) & (text.str.len_bytes() <= EXACT_DIGITS + 1)
    return text, ((short - numbers).abs() <= numbers.abs() * near) & is_short


def _percents(plain: pl.Series) -> pl.Series:
    short, is_near = _rounded(plain.cast(pl.Float64, strict=False) * 100, NEAR_PRODUCT)
    easy = is_near.fill_null(value=False)
    return _where(short.zip_with(easy, plain), ~easy, _percent)


def _masked(plain: pl.Series, form: Format) -> pl.Series:
    whole = plain.str.contains(r"^\d{1,19}$")
    [*_, (_, _, mask)] = form.masks
    digits = sum(sign in DIGITS for sign in signs_of(mask))
    is_full = plain.str.len_bytes() >= digits
    # Only a 0 shows where there is no digit left.
    easy = whole & (is_full | pl.Series([not set("#?") & set(signs_of(mask))]))
    if len(form.masks) > 1 or not digits:
        easy = whole & pl.Series([False])
    laid_out = plain.zip_with(~easy, _laid_out(plain.str.zfill(digits), mask, digits))
    return _where(laid_out, whole & ~easy, lambda text: masked(text, form.masks))


def _laid_out(digits: pl.Series, mask: str, left: int) -> pl.Series:
    """Put digits, as many as the mask has places or more, into its places."""
    parts: list[pl.Expr] = []
    for place, sign in enumerate(signs_of(mask)):
        if sign not in DIGITS:
            parts.append(pl.lit(sign[-1]))
            continue
        left -= 1
        is_first = not any(before in DIGITS for before in signs_of(mask)[:place])
        upper = pl.col("d").str.head(-left) if left else pl.col("d")
        parts.append(upper if is_first else upper.str.tail(1))
    text = pl.concat_str(parts).str.strip_chars()
    return digits.to_frame("d").select(text).to_series()


def _moments(numbers: pl.Series, look: Look, epoch: int) -> pl.Series:
    days = pl.col("n").cast(pl.Float64, strict=False)
    is_leap = pl.lit(epoch == EPOCH_1900) & (days < 60) & (days >= 1)
    seconds = (days * DAY_S).round().cast(pl.Int64) + (epoch + is_leap.cast(pl.Int64)) * DAY_S
    moment = pl.from_epoch(seconds)
    as_date = moment.dt.to_string("%Y-%m-%d %H:%M:%S").str.replace(MIDNIGHT, "$1")
    # Before the first day there is only a time, whatever the format.
    lone_time = pl.lit(look is Look.TIME) | (days > 0)
    text = pl.when((days < 1) & lone_time).then(moment.dt.to_string("%H:%M:%S")).otherwise(as_date)
    known = days.is_between(0, LAST_DAY, closed="left")
    return pl.DataFrame({"n": numbers, "plain": number_text(numbers)}).select(
        pl.when(known).then(text).otherwise("plain")
    ).to_series()  # fmt: skip


def _where(texts: pl.Series, chosen: pl.Series, change: Callable[[str], str]) -> pl.Series:
    """Change the chosen texts, each distinct one once."""
    found = texts.filter(chosen.fill_null(value=False)).drop_nulls().unique()
    changed = pl.Series([change(text) for text in found], dtype=pl.String)
    whole = texts.replace_strict(found, changed, default=texts, return_dtype=pl.String)
    return whole if len(found) else texts


def _shown(text: str) -> str:
    try:
        rounded = format(float(text), f".{EXACT_DIGITS}g")
        if "e" not in rounded and "n" not in rounded:
            return rounded
        exact = Decimal(text)
    except (ValueError, InvalidOperation):
        return text
    if not exact.is_finite() or abs(exact.adjusted()) > LONGEST_NUMBER:
        return text
    # A long whole number keeps all the digits that the file has of it.
    whole = exact == exact.to_integral_value()
    return _plain(exact if whole else Decimal(rounded))


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _percent(text: str) -> str:
    try:
        return _plain(Decimal(text) * 100)
    except InvalidOperation:
        return text


def _duration(text: str) -> str:
    try:
        seconds = round(Decimal(text) * DAY_S)
    except (InvalidOperation, ValueError, OverflowError):
        return text
    minutes, second = divmod(abs(seconds), 60)
    return f"{'-' * (seconds < 0)}{minutes // 60}:{minutes % 60:02}:{second:02}"
