"""The versions of a letter: who kept them and when, what changed, and the way back."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from campaigns.clock import utcnow
from campaigns.letters.changes import Change, changes
from campaigns.letters.library import Texts, Version, load, save, versions
from campaigns.model.language import Language
from campaigns.store.operators import OWNER
from campaigns.ui.guard import guarded
from campaigns.ui.letter_fields import beside
from campaigns.ui.letter_work import Work, forget, open_letter
from campaigns.ui.notes import note
from campaigns.ui.resources import workspace
from campaigns.ui.words import _, label, language, list_of, moment, ngettext, number

NOW = 0
"""Stands for what is written in the editor and not kept yet."""
SIGNS = {"gone": "−", "new": "+", "same": " "}


def show_history(work: Work) -> None:
    """Show the versions, what differs between two of them, and offer an older one again."""
    if not work.name:
        st.info(_("Versions begin when the letter is saved under a name of your own."))
        return
    with workspace().database.read() as connection:
        kept = versions(connection, work.name)
    _show_list(kept)
    before, after = _choose_two(work, kept)
    _show_changes(_texts(work, before), _texts(work, after))
    if before != kept[0].version:
        _show_restoring(work, before)


def _show_list(kept: Sequence[Version]) -> None:
    rows = [
        {
            _("Version"): number(one.version), _("When"): moment(one.created_at),
            _("Who"): _("You") if one.created_by == OWNER else one.created_by,
            _("Languages"): list_of([label(f"language.{each}") for each in one.languages]),
            _("Texts"): number(one.texts),
        }
        for one in kept
    ]  # fmt: skip
    st.dataframe(
        rows, hide_index=True, height="content" if len(rows) < 9 else 330, alt=_("Versions")
    )


def _choose_two(work: Work, kept: Sequence[Version]) -> tuple[int, int]:
    """Return the versions to compare: of old, the one before the newest counts at first."""
    names = {
        one.version: f"{_('Version')} {number(one.version)} · {moment(one.created_at)}"
        for one in kept
    }
    later = ({NOW: _("What stands in the editor now")} if work.is_changed else {}) | names
    left, right = st.columns(2, gap="medium")
    shown = f"{work.name}-{work.version}-{language()}-{work.is_changed}"
    first = min(1, len(kept) - 1) if not work.is_changed else 0
    before = left.selectbox(
        _("What was in"), list(names), index=first, format_func=names.__getitem__,
        key=f"history-before-{shown}",
    )  # fmt: skip
    after = right.selectbox(
        _("and what is in"), list(later), format_func=later.__getitem__,
        key=f"history-after-{shown}",
    )  # fmt: skip
    return before, after


def _texts(work: Work, version: int) -> Texts:
    if version == NOW:
        return work.texts
    with workspace().database.read() as connection:
        return load(connection, work.name, version).texts


def _show_changes(before: Texts, after: Texts) -> None:
    """Show what differs, text by text, the languages beside each other."""
    differs = False
    for number_ in range(max(_count(before), _count(after))):
        found = {
            one: lines for one in Language
            if (lines := changes(_one(before, one, number_), _one(after, one, number_)))
        }  # fmt: skip
        if not found:
            continue
        differs = True
        st.header(_("Text {number}", number=number_ + 1), anchor=False)
        for one, place in beside(list(found)):
            with place:
                st.caption(label(f"language.{one}"))
                st.html(changes_html(found[one]))
    if not differs:
        st.success(_("The two are the same."), icon=":material/check:")


def changes_html(found: Sequence[Change]) -> str:
    """Return changed lines as a list: signs and words tell what colours tell."""
    return f'<ul class="changes">{"".join(map(_line, found))}</ul>'


def _line(one: Change) -> str:
    if one.kind == "skipped":
        said = ngettext("{count} line is the same", "{count} lines are the same", one.skipped,
                        count=one.skipped)  # fmt: skip
        return f'<li class="skipped">{html.escape(said)}</li>'
    words = "".join(
        f"<b>{html.escape(part)}</b>" if differs and one.kind != "same" else html.escape(part)
        for part, differs in one.parts
    )
    return f'<li class="{one.kind}">{SIGNS[one.kind]} {words}</li>'


def _show_restoring(work: Work, version: int) -> None:
    st.caption(_("The old version becomes the newest one; nothing is lost."))
    if st.button(
        _("Bring back version {number}", number=number(version)), icon=":material/history:"
    ):
        with guarded():
            restore(work, version)
            note(_("Saved."))
            st.rerun()


def restore(work: Work, version: int) -> None:
    """Keep an old version again, as the newest, and show it."""
    with workspace().database.begin() as connection:
        old = load(connection, work.name, version)
        save(connection, work.name, old.texts, actor=OWNER, now=utcnow())
    with workspace().database.read() as connection:
        newest = load(connection, work.name)
    forget(work.source)
    open_letter(newest)


def _count(texts: Texts) -> int:
    return max(map(len, texts.values()), default=0)


def _one(texts: Texts, one: Language, place: int) -> str:
    sources = texts.get(one, [])
    return sources[place] if place < len(sources) else ""
