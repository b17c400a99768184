"""What every command has: where the data lies, how to answer, and what becomes of an error."""

from __future__ import annotations

import functools
import getpass
import logging
import logging.handlers
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

import click
import orjson
from sqlalchemy.exc import OperationalError

from campaigns import clock
from campaigns.errors import CampaignsError, SettingsError, whereabouts
from campaigns.language.explanation import explain
from campaigns.language.labels import label
from campaigns.model.language import Language
from campaigns.model.progress import Progress, untold
from campaigns.settings import Settings
from campaigns.store.workspace import Workspace, open_workspace

P = ParamSpec("P")
LOG_FILE = "campaigns.log"
LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shell:
    """One command being run. It answers once: with ``answer``."""

    data: Path | None
    language: Language
    as_json: bool
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)

    @property
    def actor(self) -> str:
        try:
            return f"cli:{getpass.getuser()}"
        except (KeyError, OSError):  # a process without a name, as in some containers
            return "cli:unknown"

    @property
    def settings(self) -> Settings:
        return Settings.from_environ(self.environ, self.data)

    @contextmanager
    def workspace(self, *, upgrade: bool = False) -> Iterator[Workspace]:
        """Open the workspace for the time of a command."""
        settings = self.settings
        try:
            opened = open_workspace(settings, upgrade=upgrade)
        except OperationalError as cause:
            raise SettingsError("store.unreachable") from cause
        try:
            yield opened
        finally:
            opened.database.close()

    def answer(self, document: Mapping[str, Any], text: str | None = None) -> None:
        """Print what was done: the document as JSON, or ``text``, or the document as lines."""
        if self.as_json:
            written = orjson.dumps(
                document, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS, default=str
            )
            click.echo(written.decode())
        else:
            click.echo(text if text is not None else "\n".join(lines(document)))

    @contextmanager
    def counting(self, name: str) -> Iterator[Progress]:
        """Yield what shows progress: on a terminal a bar with stage, rows and rate, else nothing."""
        if self.as_json or not sys.stderr.isatty():
            yield untold
            return
        with click.progressbar(
            length=1, label=name, file=sys.stderr, item_show_func=lambda rows: rows or ""
        ) as bar:

            def show(done: int, total: int, *, stage: str = "") -> None:
                stage_name = label(f"stage.{stage}", self.language)
                bar.label = f"{name} · {stage_name}" if stage else name
                bar.length = max(total, 1)
                bar.update(done - bar.pos, _pace(done, bar.time_per_iteration))

            yield show


def _pace(done: int, seconds_each: float) -> str:
    """Return how much is done and how fast it goes, in figures that need no language.

    >>> _pace(12000, 0.0001)
    '12,000 · 10,000/s'
    """
    return f"{done:,} · {1 / seconds_each:,.0f}/s" if seconds_each else f"{done:,}"


def verb(
    name: str, *, chatty: bool = False, answers: bool = True
) -> Callable[[Callable[Concatenate[Shell, P], None]], click.Command]:
    """Make a command of a function that takes a shell.

    Args:
        name: of the command.
        chatty: it is a process of its own whose log is worth reading.
        answers: it has something to say as JSON.
    """

    def make(function: Callable[Concatenate[Shell, P], None]) -> click.Command:
        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            shell = _shell(kwargs)
            with _explaining(shell, chatty=chatty):
                function(shell, *args, **kwargs)

        for option in _options(answers=answers):
            run = option(run)
        return click.command(name)(run)

    return make


def _shell(words: dict[str, Any]) -> Shell:
    """Take the words that every command has out of those of one."""
    as_json = words.pop("as_json", False)
    return Shell(words.pop("data"), Language(words.pop("language")), as_json)


def _options(*, answers: bool) -> list[Callable[[Any], Any]]:
    found = [
        click.option(
            "--data", type=click.Path(file_okay=False, path_type=Path),
            help="Folder of the database, uploads and outbox  [default: ./data]",
        ),
        click.option(
            "--lang", "language", type=click.Choice([str(language) for language in Language]),
            default="en", help="Language of messages.",
        ),
    ]  # fmt: skip
    if answers:
        found.append(click.option("--json", "as_json", is_flag=True, help="Answer as JSON."))
    return found


@contextmanager
def _explaining(shell: Shell, *, chatty: bool) -> Iterator[None]:
    """Turn an error into one line on standard error and exit 1; tracebacks go to the log."""
    try:
        with _logging(shell.settings, chatty=chatty):
            yield
    except CampaignsError as error:
        click.echo(explain(error, shell.language), err=True)
        sys.exit(1)


@contextmanager
def _logging(settings: Settings, *, chatty: bool) -> Iterator[None]:
    root = logging.getLogger()
    handlers = _handlers(settings, chatty=chatty)
    before = root.level
    root.setLevel(min(handler.level for handler in handlers))
    for handler in handlers:
        root.addHandler(handler)
    try:
        yield
    except (CampaignsError, click.ClickException, click.Abort, click.exceptions.Exit):
        raise
    except Exception as error:
        reference = clock.new_token()[:8]
        log.error("unexpected, reference %s %s", reference, whereabouts(error))
        raise CampaignsError("unexpected", reference=reference) from error
    finally:
        root.setLevel(before)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()


def _handlers(settings: Settings, *, chatty: bool) -> list[logging.Handler]:
    level = _level(settings)
    screen = logging.StreamHandler(sys.stderr)
    screen.setFormatter(_Short(LINE) if level > logging.DEBUG else logging.Formatter(LINE))
    screen.setLevel(level if chatty or level == logging.DEBUG else logging.CRITICAL)
    for talkative in ("huey", "alembic"):
        logging.getLogger(talkative).setLevel(max(level, logging.WARNING))
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise SettingsError(
            "settings.value", name="CAMPAIGNS_DATA", got=settings.data,
            expected="a folder that can be written to",
        ) from cause  # fmt: skip
    kept = logging.handlers.WatchedFileHandler(
        settings.data / LOG_FILE, encoding="utf-8", delay=True
    )
    kept.setFormatter(logging.Formatter(LINE))
    kept.setLevel(level)
    return [screen, kept]


def _level(settings: Settings) -> int:
    level = logging.getLevelNamesMapping().get(settings.log_level.upper())
    if level is None:
        raise SettingsError(
            "settings.value", name="CAMPAIGNS_LOG_LEVEL", got=settings.log_level,
            expected="DEBUG, INFO, WARNING, ERROR",
        )  # fmt: skip
    return level


class _Short(logging.Formatter):
    """One line a record; the traceback stands in the log file."""

    def formatException(self, ei: Any) -> str:  # noqa: ARG002, N802 - logging's signature
        return ""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None
        written = super().format(record).rstrip()
        record.exc_text = None
        return written


def lines(document: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """Yield a document as lines a person reads: name, value; what is nested stands below."""
    width = max((len(str(name)) for name in document), default=0)
    for name, value in document.items():
        if isinstance(value, Mapping) and value:
            yield f"{indent}{name}"
            yield from lines(value, indent + "  ")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield f"{indent}{name}"
            for item in value:
                yield from lines(item, indent + "  ")
                yield ""
        else:
            yield f"{indent}{name!s:<{width}}  {_shown(value)}"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "-"
    return "-" if value is None or value == {} else str(value)
