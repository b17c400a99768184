"""English words that are taken for one another: its and it's, your and you're, then and than.

A spelling list knows them all; what stands beside them tells which one was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.language.proofreading.findings import Finding
from campaigns.language.proofreading.text import Text, matches
from campaigns.model.language import Language

_THINGS = (
    "name|address|price|prices|menu|hours|opening|doors?|place|taste|quality|colou?rs?|size|website|site|page|team|staff"
    "|customers?|guests?|products?|services?|anniversary|birthday|collection|location|value|own|new owner"
)
_ADVERBS = r"(?:always|very|most|so|also|now|still|all|both|cordially|kindly|warmly)"
_YOU_ARE = (
    r"welcome|invited|looking|going|able|right|happy|interested|ready|sure|receiving|coming|entitled|eligible"
    r"|not|one of|subscribed|registered|in (?:luck|good)|among|important|satisfied|expected"
)
_NOUNS = (
    "orders?|cards?|visits?|names?|address|accounts?|gifts?|purchases?|booking|appointment|loyalty|trust|opinion|support"
    "|patience|time|time with us|feedback|reply|answer|friends?|family|birthday|phone|e-?mail|questions?|points|bonus(?:es)?"
    "|discount|parcel|delivery|payment|invoice|receipt|choice|interest|business|understanding|attention|request|letter"
)
_VERBS = "see|hear|meet|welcome|serve|work|receive|have|read|help|greet"
_COMPARED = (
    r"more|less|better|worse|rather|fewer|other|larger|bigger|smaller|cheaper|faster|sooner|later|earlier|longer|higher"
    r"|lower|older|newer|easier|greater|warmer|fresher|richer|stronger|brighter|nicer|simpler|quicker|different"
)
_RULES: tuple[tuple[str, str], ...] = (
    (rf"(?P<fault>it['’]s)(?= (?:(?:new|old|own|opening|first|full|best) )?(?:{_THINGS})\b)", "its"),
    (r"\b(?:of|with|in|on|from|by|about|at|celebrates?|marks|changed) (?P<fault>it['’]s)\b(?! (?:an?|the|not|been|time|all)\b)", "its"),
    (r"\b(?:hope|if|when|while|sure|know|think|because|since|glad|that) (?P<fault>your)(?= (?:doing|having|enjoying|feeling|planning|thinking|getting|trying|going|not|happy|well|ready|an?|the)\b)", "you're"),
    (r"(?:^|[.!?] )(?:(?!\b(?:more|less|other|rather|better|worse|\w+er)\b)[^.!?]){1,80}, (?P<fault>than)\b", "then"),
    ((r"(?P<fault>its)(?= (?:an?|the|been|not|time|our|your|my|almost|nearly|already|free|easy|ready|here|going|important"
     r"|possible|great|good|nice|so|very|worth|now|never|that|because|always|just)\b(?! own\b))"), "it's"),
    (rf"(?P<fault>your)(?= (?:{_ADVERBS} )?(?:{_YOU_ARE})\b(?! (?:list|letter|offer|page|card|e-?mail|message|pack|gift|drink|bonus|coffee|discount|kit|box)))", "you're"),
    (rf"(?P<fault>you['’]re)(?= (?:(?:new|next|last|first|recent|kind|own) )?(?:{_NOUNS})\b)", "your"),
    (rf"(?<=\bfor )(?P<fault>you)(?= (?:(?:recent|kind|last|first|continued) )?(?:{_NOUNS})\b)", "your"),
    (rf"\b(?:{_COMPARED})(?: \w+)? (?P<fault>then)\b(?! (?:we|you|I|they|he|she|it)\b|[.,;:!?]|$)", "than"),
    (r"\bmore (?P<fault>then)(?= \d)", "than"),
    (r"\w(?:er|se|re|ss) (?P<fault>then)(?= (?:we|you|I|they) (?:thought|expected|planned|hoped|promised|had)\b)", "than"),
    (r"\bmore (?:\w+ )(?P<fault>then)\b", "than"),
    (r"(?:^|[.!?,] |\band |\bfirst,? |\bsince |\bby )(?P<fault>than)(?= (?:we|you|come|call|visit|press|click|choose|on|I|they)\b)", "then"),
    (r"\b(?:could|would|should|must|might) (?P<fault>of)(?= \w+(?:ed|en|ne)\b)", "have"),
    (rf"\blook(?:ing)? forward to (?P<fault>{_VERBS})(?= (?:you|your|from|all|the|a|our)\b)", "{fault}ing"),
    (r"(?P<fault>there)(?= (?:order|orders|card|cards|names?|friends?|family|families|parcels?|address|own)\b)", "their"),
    (r"(?P<fault>their)(?= (?:is|are|was|were|will|has)\b)", "there"),
    (r"(?P<fault>they['’]re)(?= (?:order|orders|card|names?|friends?|family|parcels?|address|own)\b)", "their"),
    (r"\b(?P<fault>less)(?= (?:people|customers|guests|items|orders|visitors|letters|days|products|seats)\b)", "fewer"),
    (r"\b(?:please|to|can|could|will|would|kindly) (?P<fault>advice)\b", "advise"),
    (r"\b(?:an|the|our|some|any|your|good|free) (?P<fault>advise)\b", "advice"),
    (r"\b(?:to|not|never|will|may|might|would|can|points|bonus(?:es)?) (?P<fault>loose)(?= (?:your|the|it|any|them|points|a)\b)", "lose"),
    (r"\b(?:has|have|had|will|can|not|won['’]t|may|might|is|are) (?P<fault>effect)(?= (?:your|the|our|all|any)\b)", "affect"),
    (r"\b(?:is|are|was|were|came|arrived|it['’]s) (?P<fault>to)(?= (?:late|early|much|expensive|busy|small|big|long)(?:[.,!?]| to\b| for\b|$))", "too"),
    (r"\b(?P<fault>who['’]s)(?= (?:order|name|card|birthday|turn)\b)", "whose"),
    (r"\b(?P<fault>whether)(?= (?:is|was|permits|forecast)\b)", "weather"),
    (r"\b(?:our|your|every|each|dear|regular|loyal) (?P<fault>costumers?)\b", "customers"),
    (r"\b(?P<fault>alot)\b", "a lot"),
    (r"\b(?P<fault>(?:what|that|here|there|who|where)s)(?= (?:new|the|your|an?|our|why|what|next|in|on|all|how)\b)", "’s"),
    (r"\b(?P<fault>(?:do|does|did|ca|wo|is|are|was|could|would|should|have|has)nt)\b", "n’t"),
    (r"\b(?P<fault>(?:you|they)re)\b", "’re"),
    (r"\b(?P<fault>(?:you|we|they)ve)\b", "’ve"),
    (r"\b(?:open|closed|available|working|here|us|fresh|bread|coffee)(?: almost)? (?P<fault>everyday)\b", "every day"),
    (r"\b(?P<fault>aswell)\b", "as well"),
    (r"\b(?P<fault>informations)\b", "information"),
    (r"\b(?P<fault>feedbacks)\b", "feedback"),
    (r"\b(?P<fault>an)(?= (?:[bcdgjkpqtvwyz][aeiouylr][a-z]+|(?:new|special|letter|regular|reply|menu|small|single|free|full|member)\b))", "a"),
    (r"(?<!['’-])\b(?P<fault>a)(?= (?:[ai]|e(?![uw])|o(?!n(?:e|ce)\b))[a-z]{3,})", "an"),
    (r"(?<!['’-])\b(?P<fault>a)(?= (?:hour|hours|honest|honou?r|unusual|upd|unf|und|umbrella)\b)", "an"),
    (r"\b(?:one|each|every|1) (?P<fault>(?:gift|order|customer|letter|card|point|visit|item|coffee|book|ticket|guest)s)\b", "-s"),
    (r"(?<!and )(?<!or )\b(?:your|our|the|this) (?:order|parcel|card|letter|delivery|payment|booking|appointment|shop|account|gift|offer|invoice|visit) (?P<fault>have)\b", "has"),
    (r"(?<!and )(?<!or )(?<!on )(?<!in )(?<!of )(?<!to )(?<!for )(?<!with )(?<!from )(?<!about )\b(?:your|our|the|this) (?:order|parcel|card|letter|delivery|payment|booking|appointment|shop|account|gift|offer|invoice|visit) (?P<fault>are)\b", "is"),
    (r"\b(?:your|our|the|these) (?:orders|parcels|cards|letters|points|gifts|offers|visits|friends|guests) (?P<fault>(?:is|has|was))\b", "-plural"),
    (r"\bthank(?:s| you) for (?P<fault>choose|come|join|visit|stay|read|order|buy|shop|subscribe)(?= (?:us|with|our|the|to|me|part)\b)", "{fault}ing"),
    (r"\b(?:happy|glad|pleased|able|want|like|need|delighted) to (?P<fault>(?!bring|ring|sing|swing|fling|cling)[a-z]{3,}ing)\b", ""),
    ((r"(?<![\d.,:/-])(?:[2-9]|\d{2,3}|two|three|four|five|six|seven|eight|nine|ten|many|several|few)"
     r" (?P<fault>gift|coupon|visitor|ticket|voucher|letter|customer|discount|present|cup|friend)(?=[.,!?]|$| (?:waiting|for|in|on|from|to|is|are|and|at|with|by)\b)"), "{fault}s"),
    (r"(?:^|[.!?,] )(?:we|you|they) (?P<fault>was)\b", "were"),
    (r"\b(?:he|she|it) (?P<fault>have)\b(?! been\?)", "has"),
    (r"\b(?:we|you|they) (?P<fault>has)\b", "have"),
    (r"(?:(?<=[.!?] )|^|(?<=, ))(?P<fault>i)(?= (?:am|would|will|have|hope|can|wish|want|was|write)\b)", "I"),
)  # fmt: skip
"""What is looked for around the fault, and what was meant."""

_COMPILED = tuple(
    (
        re.compile(
            one.replace("(?P<fault>", "(?<![\\w'’])(?P<fault>", 1), re.IGNORECASE | re.MULTILINE
        ),
        right,
    )
    for one, right in _RULES
)
_FINAL_E = re.compile("(?<=[^aeiou])e(?=ing$)")


def confusions(text: Text) -> Iterator[Finding]:
    """Words that sound like the one that was meant."""
    if text.language is not Language.EN:
        return
    for pattern, right in _COMPILED:
        for found in matches(text, pattern):
            written = found["fault"]
            meant = _instead(written, right)
            if meant != written:
                yield text.finding(*found.span("fault"), "proof.confused", meant)


def _instead(written: str, right: str) -> str | None:
    if right.startswith("’"):  # thats, youre
        return written[: -len(right) + 1] + right
    if right in ("-s", ""):
        return None if not right else written[:-1]
    if right == "-plural":
        return {"is": "are", "has": "have", "was": "were"}[written.lower()]
    if right == "n’t":
        return written.removesuffix("nt") + right
    meant = _FINAL_E.sub("", right.format(fault=written.lower()))
    return meant[:1].upper() + meant[1:] if written[:1].isupper() else meant


RULES = (confusions,)
