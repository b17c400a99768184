from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.errors import InputError
from campaigns.letters import library
from campaigns.letters.parcel import MAX_BYTES, pack, read_files, unpack
from campaigns.model.language import Language

HY, KA, EN = Language


def zipped(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def test_a_letter_comes_back_from_its_parcel_as_it_was():
    texts = library.read_folder(library.SHIPPED / "birthday")

    assert unpack(pack(texts)) == texts
    assert pack(texts) == pack(texts)


def test_files_in_a_folder_and_what_a_system_adds_are_no_trouble():
    archive = zipped(
        ("birthday/", b""), ("birthday/hy.2.md", b"two"), ("birthday/hy.md", b"one\r\n"),
        ("__MACOSX/birthday/._hy.md", b"x"), ("birthday/.DS_Store", b"x"),
    )  # fmt: skip

    assert unpack(archive) == {HY: ["one\n", "two"]}


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([("../../hy.md/../evil.sh", b"x")], "letter.file_name"),
        ([("ru.md", b"x")], "letter.file_name"),
        ([("a/hy.md", b"x"), ("b/hy.md", b"y")], "letter.file_name"),
        ([("hy.2.md", b"x")], "letter.file_missing"),
        ([("hy.md", b"x"), ("hy.3.md", b"x")], "letter.file_missing"),
        ([("hy.md", b"\xff\xfe\x00")], "letter.file_text"),
        ([("hy.md", b"a" * (MAX_BYTES + 1))], "letter.file_large"),
        ([(f"x{number}.md", b"") for number in range(30)], "letter.files"),
    ],
)
def test_what_is_no_letter_is_refused_with_its_name(entries, code):
    with pytest.raises(InputError) as caught:
        unpack(zipped(*entries))

    assert caught.value.code == code


def test_a_path_that_leads_out_of_the_folder_stays_a_name():
    assert unpack(zipped(("../../../hy.md", b"x"))) == {HY: ["x"]}
    assert read_files([("..\\ka.md", b"y")]) == {KA: ["y"]}


@pytest.mark.parametrize("archive", [b"", b"PK\x03\x04", b"no archive" * 50])
def test_what_is_no_archive_is_told(archive):
    with pytest.raises(InputError) as caught:
        unpack(archive)

    assert caught.value.code == "letter.archive"


def test_a_bomb_is_not_unpacked():
    with pytest.raises(InputError) as caught:
        unpack(zipped(("hy.md", b"\0" * 50_000_000)))

    assert caught.value.code == "letter.file_large"


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_cannot_be_unpacked_piece_by_piece_is_refused(packing):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        archive.writestr("en.md", "a" * 1_000_000)

    with pytest.raises(InputError) as refused:
        unpack(out.getvalue())
    assert refused.value.code == "letter.archive"


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_broken_archive_is_read_or_refused(changes):
    broken = bytearray(pack({Language.EN: ["---\nsubject: a\n---\n" + "b" * 99]}))
    for at, byte in changes:
        broken[at % len(broken)] = byte
    try:
        texts = unpack(bytes(broken))
    except InputError:  # and nothing else is raised
        return
    assert set(texts) <= set(Language)
