"""What is wrong with a letter, beside its text: errors first, what is alike together.

Each place can be gone to, and where the proofreader is certain, its words can be put in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import streamlit as st

from campaigns.letters.drafts import fault_in
from campaigns.letters.finding import Finding
from campaigns.ui.safe import plain
from campaigns.ui.words import _, begun, language

MOST_PLACES = 6
"""Places shown of one kind of fault; who mends those sees the next."""
MOST_WORDS = 60
AROUND = 24
"""Characters of a line shown before and after a fault."""
COLOURS = {"error": "red", "warning": "orange"}
ICONS = {"error": ":material/error:", "warning": ":material/lightbulb:"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a remark belongs: what that place is called, and the line that stands there."""

    title: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class Actions:
    """What the page can do about a remark; each returns nothing where it cannot."""

    place: Callable[[Finding], Place]
    go: Callable[[Finding], Callable[[], None] | None]
    mend: Callable[[Finding], Callable[[], None] | None]


def show_findings(found: Sequence[Finding], actions: Actions, *, key: str) -> None:
    """Show every remark: where, what stands there, what to write, and why."""
    for severity in ("error", "warning"):
        of = [one for one in found if one.severity == severity]
        if not of:
            continue
        title = (
            _("To mend before sending: {count}", count=len(of))
            if severity == "error"
            else _("For you to decide: {count}", count=len(of))
        )
        st.markdown(f":{COLOURS[severity]}[{ICONS[severity]} **{plain(title)}**]")
        with st.container(border=True, gap="small", key=f"findings-{severity}-{key}"):
            for number, kind in enumerate(_kinds(of)):
                _show_kind(kind, actions, f"{key}-{severity}-{number}")


def _kinds(found: list[Finding]) -> Iterator[list[Finding]]:
    """Yield the remarks that say the same, in the order of their first place."""
    said = {what(one): (one.number, one.line) for one in reversed(found)}
    ordered = sorted(found, key=lambda one: (said[what(one)], what(one), one.number, one.line))
    for _text, kind in groupby(ordered, key=what):
        yield list(kind)


def _show_kind(kind: list[Finding], actions: Actions, key: str) -> None:
    """Show what is wrong and why, then each place."""
    st.markdown(plain(what(kind[0])))
    for number, one in enumerate(kind[:MOST_PLACES]):
        _show_place(one, actions, f"{key}-{number}")
    if len(kind) > MOST_PLACES:
        st.caption(_("and {count} more", count=len(kind) - MOST_PLACES))


def _show_place(one: Finding, actions: Actions, key: str) -> None:
    place, go, mend = actions.place(one), actions.go(one), actions.mend(one)
    words = _words(one, place)
    if not (words or go or mend):
        return
    with st.container(
        horizontal=True, gap="small", vertical_alignment="center", key=f"finding-{key}"
    ):
        if words:
            st.markdown(words, width="content")
        if go:
            st.button(
                _("Show: {place}", place=place.title), key=f"go-{key}", type="tertiary",
                icon=":material/my_location:", on_click=go, wrap=True,
            )  # fmt: skip
        if mend:
            st.button(
                _("Put it in"), key=f"mend-{key}", type="tertiary", icon=":material/check:",
                on_click=mend,
            )  # fmt: skip


def _words(one: Finding, place: Place) -> str:
    """Return the line with the fault marked in it, and what to write instead."""
    if not one.excerpt:
        return ""
    before, after = _around(one, place.line)
    fault = f":red-background[{plain(one.excerpt, limit=MOST_WORDS) or '·'}]"
    stands = f"{before}{fault}{after}"
    if one.suggestion is None:
        return stands
    better = plain(one.suggestion, limit=MOST_WORDS) or plain(_("nothing"))
    return f"{stands} → :green-background[{better}]"


def _around(one: Finding, line: str) -> tuple[str, str]:
    """Return some of the line before and after a fault, nothing where the place is not certain."""
    begin, end = fault_in(line, one)
    if end == 0:
        return "", ""
    before, after = line[max(begin - AROUND, 0) : begin], line[end : end + AROUND]
    return (
        ("…" if begin > AROUND else "") + plain(before) + (" " if before.endswith(" ") else ""),
        (" " if after.startswith(" ") else "") + plain(after) + ("…" if len(line) > end + AROUND else ""),
    )  # fmt: skip


def what(one: Finding) -> str:
    """Return what a remark says without its line, which the page shows in its own way."""
    return begun(re.sub(rf"^\w+ {one.line}(?:, \w+ \d+)?[.:] ", "", one.says(language())))
