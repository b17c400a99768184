"""Text of customers and of marketers, made harmless where Streamlit would read it as Markdown.

``st.text`` and ``st.dataframe`` show text as it is and need none of this. Labels, captions,
messages and ``st.markdown`` do: a name such as ``![x](https://…)`` must stay a name.
"""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&=^@/])")
_BREAKS = re.compile(r"\s+")


def plain(text: object, *, limit: int | None = None) -> str:
    r"""Return ``text`` as Markdown that shows exactly its characters, on one line.

    >>> plain("*Ani* :red[x]")
    '\\*Ani\\* \\:red\\[x\\]'
    """
    shown = _BREAKS.sub(" ", str(text)).strip()
    if limit is not None and len(shown) > limit:
        shown = shown[: limit - 1] + "…"
    return _MARKS.sub(r"\\\1", shown)
