"""What is wrong with a letter, beside its text: errors first, what is alike together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import streamlit as st

from campaigns.letters.finding import Finding
from campaigns.ui.safe import plain
from campaigns.ui.words import _, language

MOST_PLACES = 6
"""Places shown of one kind of fault; who mends those sees the next."""
MOST_LETTERS = 60


def show_findings(found: Sequence[Finding], *, written: bool) -> None:
    """Show every remark: where, what stands there, what to write, and why."""
    if not written:
        st.info(
            _("This letter has no text in this language yet: people who read it get no letter.")
        )
        return
    if not found:
        st.success(_("Nothing to mend in this text."), icon=":material/check:")
        return
    errors = [one for one in found if one.severity == "error"]
    warnings = [one for one in found if one.severity != "error"]
    if errors:
        st.caption(_("To mend before sending: {count}", count=len(errors)))
        st.error("\n".join(map(_said, _kinds(errors))))
    if warnings:
        st.caption(_("For you to decide: {count}", count=len(warnings)))
        st.warning("\n".join(map(_said, _kinds(warnings))))


def _kinds(found: list[Finding]) -> Iterator[list[Finding]]:
    """Yield the remarks that say the same, in the order of their first place."""
    said = {one.says(language()): one.line for one in reversed(found)}
    ordered = sorted(
        found, key=lambda one: (said[one.says(language())], one.says(language()), one.line)
    )
    for _text, kind in groupby(ordered, key=lambda one: one.says(language())):
        yield list(kind)


def _said(kind: list[Finding]) -> str:
    """Return an item of a list: each place with what to write there, then what is wrong and why."""
    # .title() leaves Georgian alone, which .upper() would turn into capitals that nobody can read.
    what = plain(kind[0].says(language()))
    places = [_place(one) for one in kind if one.line and "line" not in one.facts]
    if len(places) > MOST_PLACES:
        more = _("and {count} more", count=len(places) - MOST_PLACES)
        places = [*places[:MOST_PLACES], more]
    return "- " + "  \n  ".join([*places, what[:1].title() + what[1:]])


def _place(one: Finding) -> str:
    where = _("line {line}", line=one.line)
    if not one.excerpt:
        return where
    words = f"**{plain(one.excerpt, limit=MOST_LETTERS)}**"
    stands = _("{where}: {words}", where=where, words=words)
    if not one.suggestion:
        return stands
    return f"{stands} → **{plain(one.suggestion, limit=MOST_LETTERS)}**"
