"""Links that only we can have made: an opaque id and a signature over it and its purpose."""

from __future__ import annotations

from dataclasses import dataclass, field

from itsdangerous import BadSignature
from itsdangerous import Signer as _Signer

from campaigns.errors import InputError

SALT = "campaigns.link."


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs and checks tokens. ``keys``: oldest first; the newest signs, all are accepted."""

    keys: list[str] = field(repr=False)

    def sign(self, purpose: str, token: str) -> str:
        """Return ``token`` with a signature that holds for ``purpose`` alone."""
        return self._signer(purpose).sign(token).decode("ascii")

    def check(self, purpose: str, signed: str) -> str:
        """Return the token inside ``signed``.

        Raises:
            InputError: the signature is not ours, or was made for another purpose.
        """
        try:
            return self._signer(purpose).unsign(signed.encode("utf-8", "replace")).decode("ascii")
        except (BadSignature, UnicodeDecodeError) as cause:
            raise InputError("token.invalid") from cause

    def _signer(self, purpose: str) -> _Signer:
        return _Signer(self.keys, salt=SALT + purpose, sep="~", key_derivation="hmac")
