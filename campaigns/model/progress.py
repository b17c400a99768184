"""How long work says how far it is: to whom, it does not know."""

from __future__ import annotations

from typing import Protocol

READING = "reading"
CLEANING = "cleaning"
STORING = "storing"


class Progress(Protocol):
    """Takes ``done`` of ``total`` rows of a stage; ``stage.<name>`` among the labels names it.

    It may be called as often as one likes and from inside a transaction: it waits for nothing.
    """

    def __call__(self, done: int, total: int, *, stage: str = "") -> None: ...


def untold(done: int, total: int, *, stage: str = "") -> None:
    """Tell nobody: for scripts and tests that only want the work done."""
