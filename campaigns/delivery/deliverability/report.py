"""Everything that decides whether mailboxes take our letters, looked at together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from campaigns.delivery.deliverability import Ask, Check, Light, dkim, dmarc, mail, site, spf
from campaigns.delivery.deliverability.demands import DEMANDS, light_of
from campaigns.delivery.recipients import LINKS, NO_TOKEN
from campaigns.letters import mime
from campaigns.letters.preview import sample_values
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from campaigns.store.options import Brand
from campaigns.store.suppressions import address_key

REPLY, SPAM_RATE = "reply", "spam_rate"
FREE = frozenset(
    {"gmail.com", "googlemail.com", "yahoo.com", "hotmail.com", "outlook.com", "live.com", "mail.ru",
     "yandex.ru", "icloud.com", "aol.com", "bk.ru", "list.ru", "inbox.ru"}
)  # fmt: skip
"""Mailbox providers whose domain nobody else may send bulk mail from."""
_LETTER = "---\nsubject: -\npurpose: offers\n---\n{{ signature }}\n"


@dataclass(frozen=True, slots=True)
class Outside:
    """How the world is asked."""

    ask: Ask
    probe: Any
    expiry: site.Expiry = site.ends_at
    load: site.Load = site.loads


@dataclass(frozen=True, slots=True)
class Sending:
    """What is looked at."""

    domain: str
    brand: Brand
    base_url: str
    by_sendgrid: bool
    selectors: Sequence[str] = dkim.SENDGRID_SELECTORS
    return_path: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What was found of a domain."""

    domain: str
    offline: bool
    """No name server answered: nothing was learned of the domain's records."""
    checks: tuple[Check, ...]

    def document(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {
            "domain": self.domain, "offline": self.offline,
            "checks": [asdict(one) for one in self.checks],
            "demands": [
                {"demand": one.name, "light": light_of(one, self.checks), "gmail": one.gmail,
                 "yahoo": one.yahoo, "outlook": one.outlook}
                for one in DEMANDS
            ],
        }  # fmt: skip


def domain_of(address: str) -> str:
    """Return the domain of an address in the form that name servers know.

    >>> domain_of("hello@Օրինակ.հայ")
    'xn--y9atn0a2c3a.xn--y9a3aq'
    """
    return address_key(address).rpartition("@")[2]


def look(sending: Sending, outside: Outside, *, now: datetime) -> Report:
    """Return how everything stands. Nothing is raised: what cannot be asked is unknown."""
    checks = [*_of_domain(sending, outside.ask), _reply(sending, outside.ask)]
    url = sending.base_url
    checks += [
        mail.one_click(own_mail(sending.brand, url, now)),
        site.address(url, outside.probe),
        site.certificate(url, outside.expiry, now=now),
        site.pictures(_pictures(sending.brand), outside.load),
        Check(SPAM_RATE, Light.UNKNOWN, "spam_rate.look"),
    ]
    asked = [one for one in checks if one.topic in (spf.TOPIC, dkim.TOPIC, dmarc.TOPIC)]
    offline = bool(asked) and all(one.code == "unanswered" for one in asked)
    return Report(sending.domain, offline, tuple(checks))


def _of_domain(sending: Sending, ask: Ask) -> list[Check]:
    domain = sending.domain
    if not domain:
        return [Check(spf.TOPIC, Light.UNKNOWN, "no_sender")]
    if domain in FREE:
        return [Check(spf.TOPIC, Light.BAD, "free_mailbox", {"domain": domain})]
    return [
        spf.look(domain, ask, by_sendgrid=sending.by_sendgrid, return_path=sending.return_path),
        *dkim.look(domain, ask, sending.selectors),
        dmarc.look(domain, ask, reports_to=sending.brand.reply_to or f"postmaster@{domain}"),
    ]


def _reply(sending: Sending, ask: Ask) -> Check:
    """Say whether somebody who answers a letter reaches a mailbox."""
    address = sending.brand.reply_to or sending.brand.from_address
    domain = domain_of(address) if "@" in address else ""
    if not domain:
        return Check(REPLY, Light.BAD, "reply.none")
    if address.lower().startswith(("noreply@", "no-reply@", "donotreply@")):
        return Check(REPLY, Light.BAD, "reply.nobody")
    found = ask(domain, "MX")
    if found.failure:
        return Check(REPLY, Light.UNKNOWN, "unanswered", {"domain": domain})
    if [one.rpartition(" ")[2] for one in found.values] in ([""], ["."]):  # RFC 7505
        return Check(REPLY, Light.BAD, "reply.no_mail", {"domain": domain})
    if not found.values:
        return Check(REPLY, Light.BAD, "reply.no_server", {"domain": domain})
    return Check(REPLY, Light.GOOD, "reply.good", {"domain": domain, "count": len(found.values)})


def own_mail(brand: Brand, base_url: str, now: datetime) -> Any:
    """Return a letter of ours, as it would leave now; a shop without a sender has an invented one."""
    path, _purpose = LINKS["unsubscribe_url"]
    values = {**sample_values(Language.EN), "unsubscribe_url": f"{base_url}/{path}/{NO_TOKEN}"}
    sender = Brand(from_address="shop@example.com", shop_name="Shop")
    compiled = compile_text(_LETTER, Language.EN, brand)
    return mime.message(
        compiled.render(values), brand=sender, to_address="reader@example.com", to_name="",
        language=Language.EN, message_id="<check@example.com>",
        unsubscribe_url=str(values["unsubscribe_url"]), date=now,
    )  # fmt: skip


def _pictures(brand: Brand) -> list[str]:
    return [one for one in (brand.logo_url, brand.photo_url) if one]
