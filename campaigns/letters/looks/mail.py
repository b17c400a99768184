"""A text as a mail: how large it is, how long its subject, where its links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.errors import RenderError
from campaigns.letters.finding import Finding
from campaigns.letters.preview import longest_values, sample_values, unknown_values
from campaigns.letters.render import CompiledText, Rendered
from campaigns.model.language import Language

MAX_SUBJECT = 60
"""Characters that inboxes on a computer show; phones show 35 to 40."""
MAX_HTML_BYTES = 90_000
"""Gmail cuts a message off at about 102 kB of HTML."""
_HREF = re.compile(r'(?:href|src)="([^"]*)"')


def sizes(compiled: CompiledText, _source: str) -> Iterator[Finding]:
    """The subject, and the whole, for readers of whom much or little is known."""
    language = compiled.language
    for mail in _mails(compiled):
        if len(mail.subject) > MAX_SUBJECT:
            yield Finding("warning", language, 0, "check.subject_long",
                          {"got": len(mail.subject), "limit": MAX_SUBJECT})  # fmt: skip
            break
        if (size := len(mail.html.encode())) > MAX_HTML_BYTES:
            yield Finding("error", language, 0, "check.html_large",
                          {"got": size, "limit": MAX_HTML_BYTES})  # fmt: skip
            break


def links(compiled: CompiledText, _source: str) -> Iterator[Finding]:
    """Only https: anybody on the way could change what a plain http page says."""
    for href in sorted(hrefs(compiled)):
        if href.startswith("http:"):
            yield Finding("error", compiled.language, 0, "check.link_not_https", {"got": href})


def hrefs(compiled: CompiledText) -> set[str]:
    """Return where the links and pictures of a mail lead."""
    try:
        mail = compiled.render(sample_values(Language.EN))  # the same reader for each language
    except RenderError:
        return set()
    return {href.replace("&amp;", "&") for href in _HREF.findall(mail.html)}


def _mails(compiled: CompiledText) -> Iterator[Rendered]:
    language = compiled.language
    for values in (sample_values(language), longest_values(language), unknown_values(language)):
        try:
            yield compiled.render(values)
        except RenderError:
            continue  # an empty field is named by its own remark


LOOKS = (sizes, links)
