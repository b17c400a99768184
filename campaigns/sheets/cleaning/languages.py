"""Which language each contact reads, column by column: each distinct fact is judged once."""

from __future__ import annotations

import polars as pl

from campaigns.language.detect import chosen, country_language, domain_language
from campaigns.language.people.scripts import SCRIPTS, script_of
from campaigns.model.language import Language
from campaigns.sheets.cleaning.cells import each_distinct, is_nothing

OTHER = "language_other"
UNREADABLE = "language_unclear"
_BITS = {SCRIPTS[Language.HY]: 1, SCRIPTS[Language.KA]: 2}


def read_languages(people: pl.DataFrame, choices: pl.Series, default: Language) -> pl.DataFrame:
    """Return the ``language`` of each row, its ``language_evidence``, and a ``note`` on the choice.

    The order of trust is that of :func:`campaigns.language.detect.detect_language`.

    Args:
        people: columns given_name, family_name, phone (E.164) and address, cleaned.
        choices: what the sheet says of the language.
        default: the shop's language.
    """
    said = each_distinct(choices, _choice, pl.String)
    scripts = _scripts(people["given_name"]) | _scripts(people["family_name"])
    told = {
        "choice": said.replace([OTHER, UNREADABLE, ""], None),
        "script": scripts.replace_strict(
            [1, 2], [Language.HY.value, Language.KA.value], default=None
        ),
        "phone": _of_phones(people["phone"]),
        "address": _of_addresses(people["address"]),
    }
    frame = pl.DataFrame({"said": said, **told})
    by_choice = pl.col("said") == OTHER
    language, evidence = pl.lit(default.value), pl.lit("default")
    for name in reversed(told):
        known = pl.col(name).is_not_null()
        language = pl.when(known).then(name).otherwise(language)
        evidence = pl.when(known).then(pl.lit(name)).otherwise(evidence)
    return frame.select(
        pl.when(by_choice).then(pl.lit(default.value)).otherwise(language).alias("language"),
        pl.when(by_choice).then(pl.lit("default")).otherwise(evidence).alias("language_evidence"),
        pl.when(pl.col("said").is_in([OTHER, UNREADABLE])).then("said").alias("note"),
    )


def _choice(written: str) -> str:
    """The language that a cell names, or why it names none that we write; empty for nothing."""
    found = chosen(written)
    if found is None:
        return "" if is_nothing(written) else UNREADABLE
    return OTHER if found == "other" else found.value


def _scripts(names: pl.Series) -> pl.Series:
    """In which of our two scripts words of the names are: 1 Armenian, 2 Georgian, 3 both."""
    return each_distinct(names, _bits, pl.Int8).fill_null(0)


def _bits(name: str) -> int:
    return sum(_BITS.get(script, 0) for script in {script_of(word) for word in name.split()})


def _of_phones(phones: pl.Series) -> pl.Series:
    """A number in E.164 tells its country by its first figures."""
    codes = phones.str.slice(0, 4)
    return each_distinct(codes, country_language, pl.String)


def _of_addresses(addresses: pl.Series) -> pl.Series:
    return each_distinct(addresses.str.extract(r"\.([^.@]+)$"), domain_language, pl.String)
