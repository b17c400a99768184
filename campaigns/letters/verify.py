"""What a provider will make of a bulk request, compared with the letter itself.

Run on a few recipients of every request just before it is sent. A difference stops the send:
nothing leaves that was not rendered the plain way too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from campaigns.errors import RenderError
from campaigns.letters.bulk import BulkRequest
from campaigns.letters.columns import Columns
from campaigns.letters.render import CompiledText

PARTS = ("subject", "html", "text")


def check_request(
    compiled: CompiledText, request: BulkRequest, columns: Columns, sample: Iterable[int]
) -> None:
    """Compare some recipients of a request with the plain rendering, byte for byte.

    Args:
        compiled: the letter.
        request: what ``compiled.bulk(columns)`` gave.
        columns: the same that ``bulk`` was given.
        sample: which entries of ``request.rows`` to look at.

    Raises:
        RenderError: a part differs, or depends on the order of replacement.
    """
    for row in sample:
        expected = compiled.render(columns.row(int(request.rows[row])))
        tags = request.substitutions(row)
        for part in PARTS:
            skeleton, wanted = getattr(request, part), getattr(expected, part)
            if at_once(skeleton, tags) != wanted or in_turn(skeleton, tags) != wanted:
                raise RenderError("letter.request_differs", part=part)


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
