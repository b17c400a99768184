"""What a provider will make of a bulk request, compared with the letter itself.

Run on a few recipients of every request just before it is sent. Where there is a difference, that
request does not leave: its recipients get what the plain path makes of the letter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from campaigns.errors import RenderError
from campaigns.letters.bulk import BulkRequest
from campaigns.letters.fields import Values
from campaigns.letters.render import CompiledText, Rendered

PARTS = ("subject", "html", "text")


def check_request(
    compiled: CompiledText, request: BulkRequest, sample: Mapping[int, Values]
) -> None:
    """Compare some recipients of a request with the plain rendering, byte for byte.

    Args:
        compiled: the letter.
        request: what ``compiled.bulk`` gave.
        sample: which entries of ``request.rows`` to look at, and what is known of those people:
            all of it, read the plain way, so that a column that ``bulk`` lacked is missed, too.

    Raises:
        RenderError: a part differs, depends on the order of replacement, or cannot be written;
            facts tell the part, the language and the design, nothing of the recipient.
    """
    for place, values in sample.items():
        tags, expected = request.substitutions(place), _plain(compiled, values)
        for part in PARTS:
            skeleton, wanted = getattr(request, part), getattr(expected, part)
            if in_turn(skeleton, tags) != wanted or at_once(skeleton, tags) != wanted:
                raise _differs(compiled, part)


def in_turn(skeleton: str, substitutions: dict[str, str]) -> str:
    """Replace one tag after the other, as a simple provider would."""
    for tag, value in substitutions.items():
        skeleton = skeleton.replace(tag, value)
    return skeleton


def at_once(skeleton: str, substitutions: dict[str, str]) -> str:
    """Replace all tags in one pass, so that no value is looked at again."""
    if not substitutions:
        return skeleton
    pattern = "|".join(re.escape(tag) for tag in sorted(substitutions, key=len, reverse=True))
    return re.sub(pattern, lambda found: substitutions[found.group()], skeleton)


def _plain(compiled: CompiledText, values: Values) -> Rendered:
    try:
        return compiled.render(values)
    except RenderError as error:  # what the plain path refuses should never have got here
        raise _differs(compiled, error.code) from error


def _differs(compiled: CompiledText, part: str) -> RenderError:
    return RenderError("letter.request_differs", part=part, language=str(compiled.language),
                       design=compiled.design)  # fmt: skip
