"""Files that say what the columns of sheets are: read, and printed for a person to change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson
import yaml

from campaigns.errors import InputError
from campaigns.sheets.intake import Preview
from campaigns.sheets.understanding.fields import EXAMPLE
from campaigns.sheets.understanding.fields import Mapping as Columns

EVERY = ""
"""What stands for every file, or every sheet of a file."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of sheets: file → sheet → mapping, ``EVERY`` for all of them."""

    mappings: Mapping[str, Mapping[str, Columns]] = field(default_factory=dict)

    def check(self, previews: list[Preview]) -> None:
        """Refuse a name that no file and no sheet has, as it is a typing mistake.

        Raises:
            InputError: there is one.
        """
        files = {one.file_name for one in previews}
        sheets = {one.sheet for one in previews}
        for file, by_sheet in self.mappings.items():
            _known(file, files | sheets)
            for sheet in by_sheet:
                _known(sheet, sheets)

    def mapping(self, preview: Preview) -> Columns:
        """Return what is said of a sheet, or else what it was guessed to be."""
        for file in (preview.file_name, EVERY):
            by_sheet = self.mappings.get(file, {})
            for sheet in (preview.sheet, EVERY):
                if sheet in by_sheet:
                    return by_sheet[sheet]
        return preview.mapping


def read(path: Path) -> Given:
    """Read a mapping from JSON or YAML: one for all sheets, one for each sheet by its name, or
    for each file by its name one for each sheet.

    Raises:
        InputError: the file is not of that form.
    """
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    try:
        document = _document(text)
        if "columns" in document:
            return Given({EVERY: {EVERY: Columns.from_json(document)}})
        by_name = {str(name): value for name, value in document.items()}
        single = {
            name: Columns.from_json(value) for name, value in by_name.items() if "columns" in value
        }
        nested = {
            file: {str(sheet): Columns.from_json(value) for sheet, value in sheets.items()}
            for file, sheets in by_name.items()
            if file not in single
        }
    except (ValueError, TypeError, KeyError, AttributeError, yaml.YAMLError) as cause:
        raise InputError("mapping.form", example=EXAMPLE) from cause
    return Given({**nested, EVERY: single})


def shown(previews: list[Preview]) -> dict[str, Any]:
    """Return what sheets were understood to be, in the shortest form that :func:`read` takes."""
    files: dict[str, Any] = {}
    for preview in previews:
        files.setdefault(preview.file_name, {})[preview.sheet] = understood(preview)
    document = files if len(files) != 1 else next(iter(files.values()))
    return document if len(previews) != 1 else understood(previews[0])


def understood(preview: Preview) -> dict[str, Any]:
    """Return the mapping of one sheet, and why each column is taken for what it is."""
    return {**preview.mapping.to_json(), "evidence": preview.evidence}


def as_yaml(document: Mapping[str, Any]) -> str:
    """Return a document as YAML, in its order and in everybody's own letters.

    Of the evidence the codes alone: the rest is for programs.
    """
    plain = _briefly(json.loads(orjson.dumps(document, default=str)))
    return str(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100))


def _briefly(document: dict[str, Any]) -> dict[str, Any]:
    if "columns" not in document:
        return {name: _briefly(inner) for name, inner in document.items()}
    codes = {heading: found["code"] for heading, found in document["evidence"].items()}
    return {**document, "evidence": codes}


def with_hidden_rows(mapping: Columns, said: str | None) -> Columns:
    """Return the mapping with what is to become of the hidden rows of its sheet."""
    if said is None:
        return mapping
    of_sheet = {**mapping.options.get("", {}), "hidden_rows": said}
    return replace(mapping, options={**mapping.options, "": of_sheet})


def _document(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        found = yaml.safe_load(text)
    if not isinstance(found, dict):
        raise TypeError("no mapping")
    return found


def _known(name: str, names: set[str]) -> None:
    if name and name not in names:
        raise InputError("import.sheet", got=name, expected=", ".join(sorted(names - {""})))
