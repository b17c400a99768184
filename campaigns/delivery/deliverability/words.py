"""What a check is called and what it found, in the reader's language, with what to do about it."""

from __future__ import annotations

from campaigns.delivery.deliverability import Check
from campaigns.errors import N_
from campaigns.language.catalogue import translate
from campaigns.model.language import Language

TOPICS: dict[str, str] = {
    "spf": N_("SPF: who may send for the domain"),
    "dkim": N_("DKIM: the domain's signature"),
    "dmarc": N_("DMARC: what happens to forged letters"),
    "reply": N_("Answers reach a mailbox"),
    "one_click": N_("Unsubscribing with one click"),
    "address": N_("The public address of links"),
    "certificate": N_("The certificate of that address"),
    "pictures": N_("Pictures in letters"),
    "spam_rate": N_("Complaints about spam"),
    "signed": N_("The signature covers the unsubscribe headers"),
}
FOUND: dict[str, str] = {
    "unanswered": N_(
        "No name server answered about {domain}. Check the connection and look again."
    ),
    "no_sender": N_("No sender's address is filled in. Please do it in the settings."),
    "free_mailbox": N_(
        "Letters cannot leave in the name of {domain}: it belongs to a mailbox provider, and others refuse them. Use an address at your own domain."
    ),
    "spf.good": N_("The record is in order; mailboxes ask for {lookups} of at most 10 names."),
    "spf.return_path": N_(
        "Returned mail goes to {got}, which belongs to SendGrid. That is enough."
    ),
    "spf.without_sendgrid": N_(
        "The record does not name SendGrid. If you have authenticated the domain in SendGrid, this is fine; otherwise change the record so:"
    ),
    "spf.none": N_("{domain} has no SPF record. Add this one:"),
    "spf.several": N_(
        "{domain} has {count} SPF records, so none of them counts. Make one record of them."
    ),
    "spf.lookups": N_(
        "Mailboxes would have to ask for more than {limit} names, so they call the record broken. Take out services that you no longer use."
    ),
    "spf.broken": N_("The record includes {got}, which has no SPF record. Take it out."),
    "spf.everybody": N_(
        "The record lets everybody send in your name. Change “+all” at its end to “~all”."
    ),
    "dkim.good": N_("The key {name} is in order ({bits} bits)."),
    "dkim.none": N_(
        "There is no key at {name}. In SendGrid: Settings → Sender Authentication → Authenticate Your Domain; add the records it shows where your domain is kept."
    ),
    "dkim.dangling": N_(
        "{name} leads to {got}, where no key is. In SendGrid open Settings → Sender Authentication and press “Verify”."
    ),
    "dkim.several": N_("{name} has {count} keys, so none of them counts. Keep one."),
    "dkim.revoked": N_(
        "The key {name} is revoked: it is empty. Put the record back as SendGrid shows it."
    ),
    "dkim.unreadable": N_(
        "The key {name} cannot be read. Often a part of it was lost while copying: copy the record again."
    ),
    "dkim.short": N_(
        "The key {name} has {bits} bits, so mailboxes ignore it. Have one of {expected} made."
    ),
    "dkim.shorter": N_("The key {name} has {bits} bits. It works; {expected} are the rule today."),
    "dkim.testing": N_(
        "The key {name} is marked as a test (t=y). Remove the mark once letters arrive."
    ),
    "dkim.ed25519": N_(
        "The key {name} is of a kind (Ed25519) that many mailboxes do not know. Add an RSA key."
    ),
    "dmarc.good": N_("The record {name} is in order (p={policy})."),
    "dmarc.none": N_("There is no record {name}. Gmail, Yahoo and Outlook ask for one. Add this:"),
    "dmarc.several": N_("There are several records at {name}, so none of them counts. Keep one."),
    "dmarc.policy": N_("The record {name} says p={got}; expected none, quarantine or reject."),
    "dmarc.no_reports": N_(
        "The record {name} works (p={policy}), but nobody gets reports of who sends in your name. Better:"
    ),
    "dmarc.strict": N_(
        "The record {name} works (p={policy}). It is strict (adkim=s): the domain authenticated in SendGrid must be exactly that of the sender's address."
    ),
    "reply.good": N_("{domain} takes mail."),
    "reply.none": N_("No address for replies is filled in. Please do it in the settings."),
    "reply.nobody": N_(
        "The address for replies tells readers not to answer. Outlook asks for one that a person reads."
    ),
    "reply.no_server": N_("{domain} has no mail server (MX record), so answers get lost."),
    "reply.no_mail": N_("{domain} says that it takes no mail, so answers get lost."),
    "one_click.good": N_("Each of our letters carries both headers that Gmail and Yahoo ask for."),
    "one_click.none": N_("The mail has no header List-Unsubscribe."),
    "one_click.link": N_(
        "The link for unsubscribing does not start with https://, so mailboxes show no button. Set CAMPAIGNS_PUBLIC_URL to an https address."
    ),
    "one_click.promise": N_(
        "The mail has no header “List-Unsubscribe-Post: List-Unsubscribe=One-Click”."
    ),
    "address.good": N_("{url} leads to this program."),
    "address.https": N_(
        "There is no public address that starts with https://. Whoever runs the program sets CAMPAIGNS_PUBLIC_URL."
    ),
    "address.silent": N_(
        "{url} does not answer as this program. Check that the web process runs and that the address leads to it."
    ),
    "certificate.good": N_("The certificate of {domain} holds for {days} more days."),
    "certificate.ends": N_("The certificate of {domain} ends in {days} days. Renew it."),
    "certificate.refused": N_("Browsers refuse the certificate: {reason}."),
    "certificate.silent": N_("{domain} could not be asked for its certificate."),
    "pictures.none": N_("Letters carry no picture of the shop."),
    "pictures.good": N_("The pictures load ({count})."),
    "pictures.dead": N_("This does not load: {got}. Upload the picture again in the settings."),
    "spam_rate.look": N_(
        "Keep complaints below 0.1% of letters and never at 0.3%. Gmail shows them in Postmaster Tools (postmaster.google.com); look there each week."
    ),
    "signed.good": N_("The signature of {domain} (s={selector}) covers both headers."),
    "signed.none": N_("The mail is not signed (no DKIM-Signature)."),
    "signed.other": N_("The signature of {domain} (s={selector}) does not speak for {sender}."),
    "signed.lacks": N_(
        "The signature of {domain} (s={selector}) does not cover: {got}. Gmail then may not show its button. Have your mail server sign these headers too."
    ),
}


def topic(name: str, language: Language) -> str:
    """Return what a topic is called."""
    return translate("core", TOPICS[name], language)


def says(check: Check, language: Language) -> str:
    """Return what a check found, and what to do about it."""
    return translate("core", FOUND[check.code], language, **check.facts)
