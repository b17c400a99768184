"""Files on their way in: dropped, read by the worker, and read again when the letters are wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import streamlit as st

from campaigns.clock import utcnow
from campaigns.errors import N_, CampaignsError
from campaigns.model.states import FileState, JobState
from campaigns.sheets.arrival import (
    SourceFile,
    job_key,
    read_again,
    receive,
    sample_line,
)
from campaigns.sheets.intake import Preview
from campaigns.sheets.reading.grid import Options
from campaigns.store.operators import OWNER
from campaigns.store.work import find_job
from campaigns.ui.choice import choose
from campaigns.ui.guard import guarded, show_error
from campaigns.ui.notes import note
from campaigns.ui.resources import workspace
from campaigns.ui.safe import plain
from campaigns.ui.stored_error import show_stored
from campaigns.ui.upload_progress import show_running
from campaigns.ui.words import _, language, list_of

UPLOADER = "uploader"
REFUSED = "files-refused"
PUT_AWAY = "files-put-away"
KINDS = ("xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt")
TEXTS = (".csv", ".tsv", ".txt")
LATELY = timedelta(days=1)
ENCODINGS = {
    "utf-8": N_("Unicode (UTF-8)"),
    "utf-16": N_("Unicode (UTF-16)"),
    "cp1251": N_("Cyrillic (Windows-1251)"),
    "koi8-r": N_("Cyrillic (KOI8-R)"),
    "cp866": N_("Cyrillic of DOS (CP866)"),
    "iso8859-5": N_("Cyrillic (ISO 8859-5)"),
    "mac-cyrillic": N_("Cyrillic of old Macs"),
    "cp1252": N_("Western European (Windows-1252)"),
    "armscii-8": N_("old Armenian (ARMSCII-8)"),
    "armscii-8a": N_("old Armenian of DOS (ARMSCII-8A)"),
    "geostd8": N_("old Georgian (Geostd8)"),
    "georgian-academy": N_("old Georgian (Academy)"),
}
DELIMITERS = {
    ",": N_("comma"),
    ";": N_("semicolon"),
    "\t": N_("tab"),
    "|": N_("vertical bar"),
    " ": N_("spaces"),
}
FONTS = {
    "": N_("let the program decide"),
    "armscii-8": N_("typed in an old Armenian font: convert it"),
    "acadnusx": N_("typed in an old Georgian font: convert it"),
    "geostd8": N_("typed in a Geostd8 font: convert it"),
    "cp1251": N_("Russian that looks like ÈÂÀÍ: convert it"),
    "none": N_("as it should be: convert nothing"),
}
CONSENT = N_(
    "A column that says who agreed to get letters is worth most: people without recorded consent"
    " are kept, but never written to."
)


def ask_files() -> None:
    """Take files; each is copied to the store at once, and its bytes leave the memory."""
    st.write(_("Drop in the spreadsheets that the till or the accountant exported."))
    turn = st.session_state.setdefault(UPLOADER, 0)
    files = st.file_uploader(
        _("Spreadsheets: Excel, LibreOffice or CSV, up to 200 MB each"), type=KINDS,
        accept_multiple_files=True, key=f"{UPLOADER}-{turn}",
    )  # fmt: skip
    st.caption(_(CONSENT))
    for error in st.session_state.get(REFUSED, []):
        show_error(error)
    if files:
        with st.spinner(_("Copying…")):
            st.session_state[REFUSED] = [error for file in files if (error := _receive(file))]
        st.session_state[UPLOADER] = turn + 1  # a new key drops the bytes from memory
        st.rerun()


def _receive(file: Any) -> Exception | None:
    try:
        receive(
            workspace(), file, file.name, actor=OWNER, language=language(), now=utcnow()
        )  # fmt: skip
    except CampaignsError as error:
        return error
    return None


def show_files(files: Sequence[SourceFile]) -> None:
    """Show how far the reading of files is, and what is wrong with those that cannot be read."""
    arrived = [one for one in files if one.state == FileState.ARRIVED]
    stuck = [one for one in arrived if _has_failed(job_key(one.id))]
    for one in [*_failed_lately(files), *stuck]:
        _show_failed(one)
    reading = {job_key(one.id): one.file for one in arrived if one not in stuck}
    if reading:
        st.header(_("Being read"), anchor=False)
        show_running(reading)


def _has_failed(key: str) -> bool:
    with workspace().database.read() as connection:
        job = find_job(connection, key)
    return job is None or job.state == JobState.FAILED


def _failed_lately(files: Sequence[SourceFile]) -> list[SourceFile]:
    """The files that nobody has put away and no later one of the same name makes good."""
    put_away = st.session_state.setdefault(PUT_AWAY, set())
    newest = {one.file: one.id for one in reversed(files)}
    return [
        one
        for one in files
        if one.state == FileState.FAILED and newest[one.file] == one.id
        and one.id not in put_away and utcnow() - one.received_at < LATELY
    ]  # fmt: skip


def _show_failed(file: SourceFile) -> None:
    with st.container(border=True, key=f"failed-{file.id}"):
        st.subheader(plain(file.file, limit=60), anchor=False)
        if file.error:
            show_stored(file.error)
        else:
            st.error(_("The file could not be read to its end."), icon=":material/error:")
        is_text = file.file.lower().endswith(TEXTS)
        options = _ask_options(file.id, {}) if is_text else Options()
        may_help = is_text or not file.error  # a damaged workbook stays damaged
        with st.container(horizontal=True):
            if may_help and st.button(_("Read the file again"), key=f"again-{file.id}"):
                _read_again(file.id, options)
            if st.button(_("Put away"), key=f"put-away-{file.id}"):
                st.session_state[PUT_AWAY].add(file.id)
                st.rerun()


def ask_reading(seen: Preview) -> None:
    """Say how the file was read, and let a person who sees the wrong letters correct it."""
    file_id, marks = seen.file_id, seen.marks
    if file_id is None:
        return
    known = {"encoding": _known_encoding(marks.encoding), "delimiter": marks.delimiter}
    if marks.encoding:
        st.caption(_said(known))
    if converted := _converted(seen):
        st.info(_("Typed in an old font and converted: {columns}. Are the letters right now?",
                  columns=list_of(converted)), icon=":material/font_download:")  # fmt: skip
    with st.expander(_("The letters or the columns look wrong")):
        options = _ask_options(file_id, known if marks.encoding else None)
        if st.button(_("Read the file again"), key=f"again-{file_id}"):
            _read_again(file_id, options)


def _converted(seen: Preview) -> list[str]:
    """The columns whose text was converted, each with a value as it reads now."""
    return [
        plain(f"{heading} ({example})", limit=80)
        for heading, place in zip(seen.headings, seen.places, strict=True)
        if place in seen.marks.fonts and (example := _first_foreign(seen, heading))
    ]


def _first_foreign(seen: Preview, heading: str) -> str | None:
    """The first value with letters that a font can have changed; numbers and addresses have none."""
    values = (row[heading] or "" for row in seen.rows)
    return next((value for value in values if not value.isascii()), None)


def _said(known: dict[str, str]) -> str:
    """How a text file was read, in words."""
    letters = plain(_(ENCODINGS[known["encoding"]]))
    if known["delimiter"] not in DELIMITERS:
        return _("Read as {letters}.", letters=letters)
    return _("Read as {letters}. Between the columns: {sign}.",
             letters=letters, sign=plain(_(DELIMITERS[known["delimiter"]])))  # fmt: skip


def _known_encoding(name: str) -> str:
    plain_name = name.lower().removesuffix("-sig")
    if plain_name.startswith("utf-16"):
        return "utf-16"
    return plain_name if plain_name in ENCODINGS else "utf-8"


def _ask_options(file_id: int, known: dict[str, str] | None) -> Options:
    """Ask how a file is to be read; of a workbook (None) only what font its text was typed for."""
    encoding = delimiter = None
    if known is not None:
        encoding = _ask_encoding(file_id, known.get("encoding"))
        delimiter = _ask_delimiter(file_id, known.get("delimiter"))
    font = choose(
        _("The text of the cells is"), list(FONTS), key=f"font-{file_id}",
        name=lambda name: _(FONTS[name]),
    )  # fmt: skip
    return Options(encoding, delimiter, font or None)


def _ask_encoding(file_id: int, known: str | None) -> str:
    key = f"encoding-{file_id}"
    if known:
        st.session_state.setdefault(key, known)
    encoding = choose(
        _("Encoding"), list(ENCODINGS), key=key, name=lambda name: _(ENCODINGS[name])
    )  # fmt: skip
    st.caption(_("A line of the file would then read:"))
    st.text(sample_line(workspace(), file_id, encoding) or "—")
    return encoding


def _ask_delimiter(file_id: int, known: str | None) -> str:
    key = f"delimiter-{file_id}"
    if known in DELIMITERS:
        st.session_state.setdefault(key, known)
    return choose(
        _("Columns are separated by"), list(DELIMITERS), key=key,
        name=lambda sign: _(DELIMITERS[sign]),
    )  # fmt: skip


def _read_again(file_id: int, options: Options) -> None:
    with guarded():
        read_again(workspace(), file_id, options, actor=OWNER, now=utcnow())
        note(_("The file is read again."))
        st.rerun()
