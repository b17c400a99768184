"""The letter that is being written: kept in the session, also while another page is open."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

import streamlit as st

from campaigns.errors import RenderError
from campaigns.letters.drafts import (
    Draft,
    new_text,
    put,
    put_body,
    read_draft,
    write_draft,
    written_texts,
)
from campaigns.letters.library import MAX_TEXTS, Letter, Texts
from campaigns.model.language import Language

WORKS = "letter-works"
OPEN = "letter-open"
NEW = ""


@dataclass
class Work:
    """A letter as it stands in the editor: all languages, each with the same number of texts."""

    name: str
    """Under which it is kept; nothing for a letter that is not kept yet."""
    source: str
    """The letter that it began with."""
    version: int
    texts: dict[Language, list[str]]
    kept: dict[Language, list[str]] = field(default_factory=dict)
    """What the letter began with, to see whether anything was changed."""
    number: int = 1
    """Which of the texts is looked at."""

    @property
    def count(self) -> int:
        """How many texts take turns."""
        return max(map(len, self.texts.values()))

    @property
    def is_changed(self) -> bool:
        """Whether something is not kept yet."""
        return self.texts != self.kept

    def text(self, language: Language, number: int | None = None) -> str:
        """Return a source; nothing where nothing was written."""
        return self.texts[language][(number or self.number) - 1]

    def draft(self, language: Language, number: int | None = None) -> Draft | None:
        """Return a text in parts, that which is looked at; None when its head cannot be read."""
        try:
            return read_draft(self.text(language, number) or self.begun())
        except RenderError:
            return None

    def written(self) -> Texts:
        """Return what would be kept: without the texts that were only begun.

        Raises:
            RenderError: the head of a text cannot be read.
        """
        return written_texts(self.texts)

    def change(self, language: Language, source: str, number: int | None = None) -> None:
        """Put another source in the place of a text."""
        self.texts[language][(number or self.number) - 1] = source

    def put(self, language: Language, key: str, value: str) -> None:
        """Put a value behind a key of the text that is looked at, in one language."""
        self.change(language, put(self.text(language) or self.begun(), key, value))

    def put_body(self, language: Language, body: str) -> None:
        """Put another body into the text that is looked at, in one language."""
        self.change(language, put_body(self.text(language) or self.begun(), body))

    def put_everywhere(self, key: str, value: str) -> None:
        """Put what a letter has once into each of its texts that can be read."""
        for language, sources in self.texts.items():
            for number, source in enumerate(sources, start=1):
                try:
                    self.change(language, put(source or self.begun(), key, value), number)
                except RenderError:
                    continue  # its head is being written by hand; the remark on it says so

    def once(self, key: str) -> str:
        """Return what a letter has once: the first text that says it."""
        for source in (one for sources in self.texts.values() for one in sources):
            try:
                if value := read_draft(source).values.get(key):
                    return value
            except RenderError:
                continue
        return ""

    def begun(self) -> str:
        """Return a text to begin with, like the others where a letter has something once."""
        for source in (one for sources in self.texts.values() for one in sources if one):
            try:
                return new_text(source)
            except RenderError:
                continue
        return new_text()

    def add_block(self, name: str) -> None:
        """Put a block before the signature of each body that does not have it yet."""
        mark = f"{{{{ {name} }}}}"
        for language, sources in self.texts.items():
            draft = self.draft(language)
            if draft is None or mark in draft.body or not sources:
                continue
            before, signature, after = draft.body.rpartition("{{ signature }}")
            body = (
                f"{before}{mark}\n\n{signature}{after}"
                if signature
                else f"{draft.body.rstrip()}\n\n{mark}\n"
            )
            values = draft.values or read_draft(self.begun()).values
            self.change(language, write_draft(values, body))

    def add_text(self) -> None:
        """Add a text in every language, and look at it."""
        if self.count < MAX_TEXTS:
            begun = self.begun()
            for sources in self.texts.values():
                sources.append(begun)
            self.number = self.count

    def remove_text(self) -> None:
        """Take the text that is looked at away in every language; one always stays."""
        if self.count > 1:
            for sources in self.texts.values():
                del sources[self.number - 1]
            self.number = min(self.number, self.count)


def current() -> Work | None:
    """Return the letter that is open."""
    key = st.session_state.get(OPEN)
    found: Work | None = _works().get(key) if key is not None else None
    return found


def open_letter(letter: Letter) -> Work:
    """Go on with a letter where it was left, or begin with it."""
    if letter.name not in _works():
        texts = filled(letter.texts)
        name = NEW if letter.shipped else letter.name
        _works()[letter.name] = Work(name, letter.name, letter.version, texts, deepcopy(texts))
    st.session_state[OPEN] = letter.name
    return _works()[letter.name]


def open_new(texts: Texts | None = None) -> None:
    """Begin with an empty letter, or with texts that were brought in."""
    begun = filled(texts or {one: [new_text()] for one in Language})
    _works()[NEW] = Work(NEW, NEW, 0, begun, {} if texts else deepcopy(begun))
    st.session_state[OPEN] = NEW


def replace_texts(work: Work, texts: Texts) -> None:
    """Put other texts in the place of all of a letter's; nothing is kept by that."""
    work.texts, work.number = filled(texts), 1


def close() -> None:
    """Leave the letter; it stays as it is until somebody goes on with it."""
    st.session_state.pop(OPEN, None)


def forget(source: str) -> None:
    """Drop what was changed and not kept."""
    _works().pop(source, None)
    close()


def is_in_work(name: str) -> bool:
    """Say whether there are changes of a letter that are not kept."""
    return name in _works() and _works()[name].is_changed


def _works() -> dict[str, Work]:
    works: dict[str, Work] = st.session_state.setdefault(WORKS, {})
    return works


def filled(texts: Texts) -> dict[Language, list[str]]:
    """Return the texts with every language, each as long as the longest; what lacks is empty."""
    count = max(map(len, texts.values()), default=1)
    return {
        one: [*texts.get(one, []), *[""] * (count - len(texts.get(one, [])))] for one in Language
    }
