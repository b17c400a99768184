"""What a browser posted, as plain text: urlencoded, within the limit, whatever its bytes are."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

FIELDS_MOST = 40


async def posted(request: Request) -> dict[str, str]:
    """Return the fields of a form; the last of a name counts.

    Raises:
        HTTPException: the body is too large (413) or holds too many fields (400).
    """
    body = await request.body()
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS_MOST
        )
    except ValueError as cause:
        raise HTTPException(400) from cause
    return dict(pairs)
