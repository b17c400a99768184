"""What an error says, in the reader's language: its text, and its codes called by their names."""

from __future__ import annotations

from campaigns.errors import MESSAGES, CampaignsError
from campaigns.language.catalogue import catalogue
from campaigns.language.formats import either_of, list_of, number
from campaigns.language.labels import label
from campaigns.model.language import Language

_CODES = {
    "brand": {
        ("campaign.brand_missing", "fields"),
        ("campaign.sender_address", "field"),
        ("trial.brand", "fields"),
    },
    "field": {
        ("mapping.key", "expected"),
        ("mapping.missing", "field"),
        ("mapping.twice", "field"),
    },
    "letter_field": {("card.missing", "field"), ("card.letters", "field")},
    "denial": {("message.denied", "reason")},
    "schedule": {("schedule.past", "field"), ("schedule.moment", "field")},
    "language": {
        ("campaign.letter_error", "language"),
        ("campaign.letter_error_whole", "language"),
        ("trial.language", "language"),
    },
}
"""Family of codes → the error and its fact that hold such codes, apart from kinds and states."""
_QUANTITIES = frozenset({"limit", "least", "most", "count", "times", "attempts"})
"""Facts that count; so does ``got`` where one of them is told beside it."""
_FAMILIES = {fact: family for family, facts in _CODES.items() for fact in facts}


def explain(error: CampaignsError, language: Language) -> str:
    """Return what an error says, in the reader's language."""
    text = MESSAGES.get(error.code)
    if text is None:
        return str(error)
    said = {name: _said(error, name, language) for name in error.facts}
    return catalogue("core", language).gettext(text).format_map(_Known(said))


def _said(error: CampaignsError, name: str, language: Language) -> object:
    fact, family = error.facts[name], _family(error, name)
    if family is None:
        if isinstance(fact, int) and _is_counted(error, name):
            return number(fact, language)
        return fact
    named = [label(f"{family}.{code}", language) for code in str(fact).split(", ")]
    return (either_of if name == "expected" else list_of)(named, language)


def _is_counted(error: CampaignsError, name: str) -> bool:
    """Say whether a fact counts something; ports and lines only have a number."""
    return name in _QUANTITIES or (name == "got" and bool(_QUANTITIES & error.facts.keys()))


def _family(error: CampaignsError, name: str) -> str | None:
    if name == "kind":
        return "kind"
    if error.code == "conflict.state" and name in ("got", "expected"):
        return str(error.facts.get("kind"))
    return _FAMILIES.get((error.code, name))


class _Known(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"
