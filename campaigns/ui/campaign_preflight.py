"""What is looked at before approval: green, or what to mend, each with a way to its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from campaigns.clock import utcnow
from campaigns.delivery.campaigns import Status
from campaigns.delivery.preflight import Outside, look
from campaigns.delivery.reach import is_alive
from campaigns.delivery.status import row_of
from campaigns.letters.finding import Finding
from campaigns.letters.library import Texts, load
from campaigns.model.language import Language
from campaigns.store.options import read_brand
from campaigns.ui.letter_fields import beside
from campaigns.ui.letter_findings import Actions, Place, show_findings
from campaigns.ui.letter_places import OF_SENDER, WANTED, follow, jump, place_of
from campaigns.ui.letter_work import Work, filled, open_letter
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.words import _, label, language

LOOKED = "preflight-looked"
LETTERS = "screens/letters.py"
NOWHERE = ("check.nobody",)
OUTSIDE = ("check.link_dead", "check.spam")


def is_green(status: Status) -> bool:
    """Show what preflight found; say whether the campaign may be approved."""
    follow()
    st.header(_("Checked before approval"), anchor=False)
    with workspace().database.read() as connection:
        row = row_of(connection, status.name)
        frozen: Texts = {Language(one): list(of) for one, of in row.texts.items()}
        is_stale = load(connection, status.letter).texts != frozen
    if is_stale:
        st.info(
            _("The letter was changed after the people were counted. Count again to send it so."),
            icon=":material/update:",
        )
    found = _looked(status.name, str(row.planned_at))
    errors = [one for one in found if one.severity == "error"]
    if errors:
        st.error(
            _("Approval waits until everything that is marked red is mended."),
            icon=":material/front_hand:",
        )
    else:
        st.success(_("Nothing to mend: the campaign can be approved."), icon=":material/check:")
    _show(status, frozen, found)
    _ask_outside(status)
    return not errors


def _looked(name: str, planned_at: str) -> list[Finding]:
    """Return what preflight finds, looked up once for a plan: it reads the whole audience."""
    with workspace().database.read() as connection:
        asked = (name, planned_at, repr(read_brand(connection)))
    kept = st.session_state.get(LOOKED)
    if kept is None or kept[0] != asked:
        with st.spinner(_("The letters are being checked…")):
            kept = asked, look(workspace(), name, now=utcnow())
        st.session_state[LOOKED] = kept
    found: list[Finding] = kept[1]
    return found


def _ask_outside(status: Status) -> None:
    """Look, when asked, at what takes the network and other programs: links, spam filters."""
    if not st.button(
        _("Check the links and the spam filters too"), icon=":material/travel_explore:"
    ):
        return
    with st.spinner(_("The links of the letter are being opened…")):
        found = look(workspace(), status.name, now=utcnow(), outside=Outside(is_alive))
    told = [one for one in found if one.code in OUTSIDE]
    if not told:
        st.success(_("Every link answers, and no filter takes the letter for spam."))
    for one in told:
        st.warning(plain(one.says(language())))


def _show(status: Status, frozen: Texts, found: Sequence[Finding]) -> None:
    if not found:
        return
    work = Work(status.letter, status.letter, 0, filled(frozen))
    actions = Actions(
        lambda one: _place(work, one),
        lambda one: _go(status, one),
        lambda _one: None,
    )
    languages = [one for one in Language if any(each.language == one for each in found)]
    for reader, place in beside(languages):
        with place:
            st.markdown(f"**{label(f'language.{reader}')}**")
            of = [one for one in found if one.language == reader]
            show_findings(of, actions, key=f"plan-{reader}")


def _place(work: Work, one: Finding) -> Place:
    if one.number > work.count or one.language not in work.texts:
        return Place(_("Letter"))
    place = place_of(work, one)
    if work.count == 1 or one.code in OF_SENDER:
        return place
    return Place(f"{_('Text {number}', number=one.number)}, {place.title}", place.line)


def _go(status: Status, one: Finding) -> Callable[[], None] | None:
    if one.code in NOWHERE:
        return None

    def go() -> None:
        with workspace().database.read() as connection:
            letter = load(connection, status.letter)
        work = open_letter(letter)
        st.session_state[WANTED] = LETTERS
        if one.number <= work.count:
            jump(work, one)

    return go
