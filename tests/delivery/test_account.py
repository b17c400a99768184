"""Where the SendGrid account comes from: the environment outranks what was typed in."""

from __future__ import annotations

import pytest

from campaigns.delivery.account import (
    EUROPE,
    GLOBAL,
    Account,
    forget_account,
    keep_account,
    keep_webhook_key,
    read_account,
    read_webhook_keys,
)
from campaigns.errors import InputError
from tests.support import fake_sendgrid


def fix(workspace, **settings):
    for name, value in settings.items():
        object.__setattr__(workspace.settings, name, value)


def a_public_key():
    return fake_sendgrid.Account().public_key


def test_what_was_typed_in_is_used_until_the_environment_says_otherwise(workspace, now):
    assert read_account(workspace) == Account()
    keep_account(workspace, "SG.typed.key", EUROPE, actor="anna", now=now)
    typed = read_account(workspace)
    assert (typed.api_key, typed.host, typed.is_fixed) == ("SG.typed.key", EUROPE, False)
    assert "SG." not in repr(typed)

    fix(workspace, sendgrid_api_key="SG.env.key")
    fixed = read_account(workspace)
    assert (fixed.api_key, fixed.host, fixed.is_fixed) == ("SG.env.key", GLOBAL, True)

    fix(workspace, sendgrid_api_key="", sendgrid_host="https://sendgrid.example")
    assert read_account(workspace).host == "https://sendgrid.example"
    forget_account(workspace, actor="anna", now=now)
    assert read_account(workspace).api_key == ""


def test_a_new_webhook_key_is_believed_at_once_beside_the_one_before(workspace, now):
    keys = [a_public_key() for _ in range(3)]
    for key in keys:
        keep_webhook_key(workspace, f" {key}\n", actor="anna", now=now)

    assert read_webhook_keys(workspace) == (keys[2], keys[1])
    assert read_account(workspace).webhook_keys == (keys[2], keys[1])

    fix(workspace, sendgrid_webhook_key=f"{keys[0]}, other")
    assert read_webhook_keys(workspace) == (keys[0], "other")


def test_what_is_no_key_and_no_region_is_refused(sqlite_workspace, now):
    with pytest.raises(InputError, match="Verification Key"):
        keep_webhook_key(sqlite_workspace, "MFkw", actor="anna", now=now)
    with pytest.raises(InputError, match=r"region: got http://evil\.example"):
        keep_account(sqlite_workspace, "SG.k", "http://evil.example", actor="anna", now=now)

    assert read_account(sqlite_workspace) == Account()


def test_key_host_and_sender_make_the_fingerprint_and_do_not_stand_in_it():
    one = Account("SG.one", GLOBAL).fingerprint("shop@arevik.example")

    others = {
        Account("SG.two", GLOBAL).fingerprint("shop@arevik.example"),
        Account("SG.one", EUROPE).fingerprint("shop@arevik.example"),
        Account("SG.one", GLOBAL).fingerprint("hello@arevik.example"),
    }
    assert one not in others
    assert len(others) == 3
    assert one == Account("SG.one", GLOBAL, ("w",)).fingerprint(" Shop@arevik.example")
    assert "SG" not in one
