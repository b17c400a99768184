"""Words in the case that a sentence needs: the front door to the grammar of each language."""

from __future__ import annotations

from collections.abc import Sequence

from campaigns.language import armenian, georgian
from campaigns.language.grammar import Case, Form, Gender, Kind, abstain
from campaigns.model.language import Language


def inflect(
    word: str, case: Case, language: Language, *, kind: Kind, gender: Gender | None = None
) -> Form:
    """Return ``word`` (nominative, singular) in ``case``, or an abstention with its reason.

    Pure; never raises, whatever the word. English words stay as they are, for every case.

    >>> inflect("ნინო", Case.DATIVE, Language.KA, kind=Kind.GIVEN).text
    'ნინოს'
    """
    match language:
        case Language.KA:
            return georgian.inflect(word, case, kind=kind)
        case Language.HY:
            return armenian.inflect(word, case, kind=kind, gender=gender)
    return Form(word, "rule") if word.strip() else abstain("empty")


def inflect_column(
    words: Sequence[str], case: Case, language: Language, *, kind: Kind
) -> list[Form]:
    """Return the forms of a column of words; each distinct word is inflected once."""
    forms = {word: inflect(word, case, language, kind=kind) for word in dict.fromkeys(words)}
    return [forms[word] for word in words]
