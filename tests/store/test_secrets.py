"""A key that was typed in is sealed, follows the signing key's rotation, and shows only its end."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from campaigns.errors import InputError, SettingsError
from campaigns.store import secrets
from campaigns.store.secrets import forget_secret, keep_secret, read_secret, tail
from campaigns.store.signing import Signer
from campaigns.store.tables import audit, secret

VALUE = "SG.abcdefgh.ijklmnopqrst"


def sealed(workspace, name="k"):
    with workspace.database.read() as connection:
        return connection.execute(
            sa.select(secret.c.sealed).where(secret.c.name == name)
        ).scalar_one_or_none()


def signed_by(workspace, *keys):
    return replace(workspace, signer=Signer(list(keys)))


def test_a_secret_is_read_replaced_and_forgotten_and_never_stands_open(workspace, now, caplog):
    caplog.set_level(logging.DEBUG)
    assert read_secret(workspace, "k") == ""
    keep_secret(workspace, "k", "SG.first.first", actor="anna", now=now)
    keep_secret(workspace, "k", f" {VALUE}\n", actor="anna", now=now)

    assert read_secret(workspace, "k") == VALUE
    assert VALUE.encode() not in sealed(workspace)
    with workspace.database.read() as connection:
        told = [tuple(row) for row in connection.execute(sa.select(audit))]
    assert len(told) == 2
    assert "SG." not in f"{told}{caplog.text}"

    assert forget_secret(workspace, "k", actor="anna", now=now)
    assert not forget_secret(workspace, "k", actor="anna", now=now)
    assert read_secret(workspace, "k") == ""


def test_after_a_rotation_the_older_seal_opens_and_is_made_anew(sqlite_workspace, now):
    old = signed_by(sqlite_workspace, "old")
    keep_secret(old, "k", VALUE, actor="anna", now=now)
    was = sealed(old)

    assert read_secret(signed_by(old, "old", "new"), "k") == VALUE

    assert sealed(old) != was
    assert read_secret(signed_by(old, "new"), "k") == VALUE
    with pytest.raises(SettingsError) as lost:
        read_secret(old, "k")
    assert lost.value.code == "secret.unopened"


def test_a_seal_that_was_moved_cut_or_changed_does_not_open(sqlite_workspace, now):
    keep_secret(sqlite_workspace, "k", VALUE, actor="anna", now=now)
    whole = sealed(sqlite_workspace)
    for name, content in {
        "other": whole, "cut": whole[:-1], "short": b"x", "none": b"",
        "changed": whole[:-1] + bytes([whole[-1] ^ 1]),
    }.items():  # fmt: skip
        with sqlite_workspace.database.begin() as connection:
            connection.execute(
                secret.insert().values(name=name, sealed=content, updated_at=now, updated_by="a")
            )
        with pytest.raises(SettingsError):
            read_secret(sqlite_workspace, name)


@pytest.mark.parametrize(
    ("value", "code"),
    [(" ", "input.empty"), ("x" * 501, "input.too_long"), ("SG.a\nSG.b", "secret.characters"),
     ("SG.ключ", "secret.characters"), ("SG a", "secret.characters")],
)  # fmt: skip
def test_what_can_be_no_key_is_refused_and_not_shown(sqlite_workspace, now, value, code):
    with pytest.raises(InputError) as refused:
        keep_secret(sqlite_workspace, "k", value, actor="anna", now=now)

    assert refused.value.code == code
    assert "SG" not in str(refused.value)


@given(
    st.text(st.characters(codec="ascii"), min_size=1), st.text(max_size=20), st.text(max_size=20)
)
def test_only_the_same_key_and_name_open_a_seal(value, key, other):
    seal = secrets._seal(key, "k", value)

    assert secrets._open([other, key], "k", seal) == (value, True)
    if other != key:
        with pytest.raises(SettingsError):
            secrets._open([other], "k", seal)


def test_only_the_end_of_a_long_secret_is_shown():
    assert [tail(VALUE), tail("short"), tail("")] == ["…qrst", "…", "…"]
