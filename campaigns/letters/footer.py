"""What every message must say about itself, in the reader's language, in both parts.

Georgia 3144-XIმს art. 12, Armenia HO-49-N art. 8 and the law on advertising, CAN-SPAM: who
writes, from where, why, that it is an advertisement, and how to make it stop in one step.
"""

from __future__ import annotations

from campaigns.errors import N_
from campaigns.language.catalogue import translate
from campaigns.letters.expressions import Compiler
from campaigns.letters.fields import brand_values
from campaigns.letters.head import Origin
from campaigns.letters.text import Tree, parse_merge
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.store.options import Brand

_WHY = {
    Purpose.OFFERS: N_("You receive this advertising letter because you agreed to it{details}."),
    Purpose.TESTIMONIALS: N_(
        "You receive this letter because you agreed to be asked for your opinion{details}."
    ),
}
_STOP = N_("You can withdraw your consent at any time.")
_UNSUBSCRIBE = N_("Unsubscribe")
_MODEL = N_("A language model helped to write this letter; a person has read it.")
_ASK = N_("Questions? Simply reply to this letter.")
_ASK_OR_CALL = N_("Questions? Simply reply to this letter or call {phone}.")

_DETAILS = (
    "{% if consent_source and consent_at %} ({{ consent_source }}, {{ consent_at }})"
    "{% elif consent_source %} ({{ consent_source }})"
    "{% elif consent_at %} ({{ consent_at }}){% endif %}"
)


def footer(
    language: Language, purpose: Purpose, brand: Brand, *, origin: Origin = Origin.TEMPLATE
) -> Tree:
    """Return the footer as a text in the merge language; its fields are escaped like any other.

    ``origin``: who wrote the letter; a shop may say where a language model helped (practice 20).
    """

    def say(text: str, **facts: object) -> str:
        return translate("mail", text, language, **facts)

    ask = say(_ASK_OR_CALL, phone="{{ phone }}") if brand.phone else say(_ASK)
    paragraphs = [
        say(_WHY[purpose], details=_DETAILS),
        f"{say(_STOP)}\\\n[{say(_UNSUBSCRIBE)}]({{{{ unsubscribe_url }}}})",
        ask,
        "{{ legal_name }}\\\n{{ postal_address }}",
    ]
    if origin is Origin.MODEL and brand.tells_ai:
        paragraphs.append(say(_MODEL))
    return parse_merge("\n\n".join(paragraphs), Compiler(language, brand_values(brand)))
