"""Letters: found by what they are for, written in three languages, seen as the customer will."""

from __future__ import annotations

from campaigns.letters import library
from campaigns.ui.guard import guarded
from campaigns.ui.letter_editor import show_editor
from campaigns.ui.letter_list import show_list
from campaigns.ui.letter_work import current
from campaigns.ui.notes import show_note
from campaigns.ui.resources import workspace


def page() -> None:
    show_note()
    with guarded():
        work = current()
        if work is not None:
            show_editor(work)
            return
        with workspace().database.read() as connection:
            infos = library.names(connection)
        show_list(infos)


page()
