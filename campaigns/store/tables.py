"""Every table, on SQLite and PostgreSQL alike. What a state means stands in ``model.states``.

Times are aware UTC. Money is minor units of the column beside it. ``facts`` and other JSON
columns hold plain values. Text columns are unbounded; lengths are checked where text comes in.
"""

from __future__ import annotations

import sqlalchemy as sa

from campaigns.store.columns import Utc, metadata
from campaigns.store.columns import at as _at
from campaigns.store.columns import count as _count
from campaigns.store.columns import json as _json
from campaigns.store.columns import own_id as _id
from campaigns.store.columns import text as _text
from campaigns.store.columns import to as _to

__all__ = ["Utc", "metadata"]

# --- people who use the program, and what they did -------------------------------------------

operator = sa.Table(
    "operator", metadata, _id(), _text("name"), _text("language"), _at("created_at"),
    sa.UniqueConstraint("name"),
)  # fmt: skip

audit = sa.Table(
    "audit", metadata, _id(), _at("at"), _text("actor"), _text("verb"),
    _text("subject"), _json("facts"), sa.Index(None, "at"),
)  # fmt: skip
"""Who did what to which thing. ``subject`` is ``kind:id``. Append-only."""

setting = sa.Table(
    "setting", metadata, sa.Column("name", sa.Text, primary_key=True),
    _json("value"), _at("updated_at"), _text("updated_by"),
)  # fmt: skip

# --- contacts, and where each fact came from -------------------------------------------------

source_file = sa.Table(
    "source_file", metadata, _id(), _text("file_name"), _text("sha256"), _text("path"),
    _text("state"), _text("language"), _json("options"), _json("facts"),
    _json("error", nullable=True), _at("received_at"), _at("finished_at", nullable=True),
    _text("actor"), sa.Index(None, "sha256"), sa.Index(None, "state"),
)  # fmt: skip
"""A file that a person gave us. ``path`` is a key of the file store, ``language`` the person's,
``options`` what they say of how it is to be read (encoding, delimiter), ``facts`` how it was."""

upload = sa.Table(
    "upload", metadata, _id(), _to("file_id", "source_file.id", nullable=True, index=True),
    _text("file_name"), _text("sha256"), _text("path"),
    _text("stage", nullable=True), _text("sheet"), _text("kind"), _text("state"), _text("shape"),
    _json("mapping"),
    _count("rows"), _count("stored"), _count("merged"), _count("refused"), _json("reasons"),
    _json("notes"), _json("quality"), _json("changes"), _text("problem_book", nullable=True),
    _json("error", nullable=True), _at("received_at"), _at("finished_at", nullable=True),
    _at("undone_at", nullable=True), _text("undone_by", nullable=True),
    _text("actor"), sa.Index(None, "sha256"),
)  # fmt: skip
"""One sheet of a file. ``path`` (the file), ``stage`` (the sheet as text) and ``problem_book`` are
keys of the file store; ``changes`` counts what storing it did, or would do."""

refusal = sa.Table(
    "refusal", metadata, _id(), _to("upload_id", "upload.id", index=True),
    sa.Column("row_number", sa.Integer, nullable=False), _text("column", nullable=True),
    _text("reason"), _json("cells"),
)  # fmt: skip
"""A row that was not taken in, why, and its cells as they stood (heading → text)."""

sheet_mapping = sa.Table(
    "sheet_mapping", metadata, sa.Column("shape", sa.Text, primary_key=True),
    _text("kind"), _json("columns"), _json("options"), _at("updated_at"), _text("updated_by"),
)  # fmt: skip
"""The mapping a person confirmed for sheets of this shape (hash of the headings)."""

contact = sa.Table(
    "contact", metadata, _id(), _text("customer_id", nullable=True),
    _text("card_number", nullable=True), _text("address", nullable=True), _text("address_key", nullable=True),
    _text("given_name", nullable=True), _text("family_name", nullable=True),
    _text("language"), _text("language_evidence"), _text("phone", nullable=True),
    _text("city", nullable=True), _text("gender", nullable=True),
    sa.Column("birthday", sa.Date, nullable=True), _json("attributes"),
    _at("created_at"), _at("updated_at"),
    sa.UniqueConstraint("customer_id"), sa.UniqueConstraint("address_key"),
    sa.Index(None, "language"),
)  # fmt: skip
"""A person. ``address`` as given; ``address_key`` is what addresses are compared by."""

former_key = sa.Table(
    "former_key", metadata, _text("kind"), _text("key"),
    _to("contact_id", "contact.id", index=True), _to("upload_id", "upload.id", nullable=True),
    sa.PrimaryKeyConstraint("kind", "key"),
)  # fmt: skip
"""What a contact was found by before it changed (``customer_id``, ``address_key``, …): an older
sheet, and the orders in it, still find their owner."""

consent = sa.Table(
    "consent", metadata, _id(), _to("contact_id", "contact.id"), _text("purpose"),
    sa.Column("given", sa.Boolean, nullable=False), _text("wording_version"), _text("language"),
    _text("channel"), _at("at"), _text("source"), _text("evidence"), _text("actor"),
    _to("upload_id", "upload.id", nullable=True), _at("recorded_at"),
    sa.Index(None, "contact_id", "purpose", "id", "given"),
)  # fmt: skip
"""Append-only: who agreed (or withdrew) to what, in which words, when, how, with what proof.
The row with the greatest id for a contact and purpose is the one in force; the index tells which
one that is and what it says, without the row."""

suppression = sa.Table(
    "suppression", metadata, sa.Column("address_hash", sa.Text, primary_key=True),
    _text("reason"), _text("source"), _at("at"), _text("actor"),
)  # fmt: skip
"""Addresses that must not be sent to. Hashed, so that the list survives erasure of the person."""

# --- purchases ---------------------------------------------------------------------------------

snapshot = sa.Table(
    "snapshot", metadata, _id(), _text("kind"), _text("path"), _count("rows"),
    _to("upload_id", "upload.id", nullable=True), _text("state"), _at("created_at"),
    sa.Index(None, "kind", "state"),
)  # fmt: skip
"""Manifest: a parquet file counts only while its row here is ``committed``."""

rollup = sa.Table(
    "rollup", metadata,
    sa.Column("contact_id", sa.BigInteger, sa.ForeignKey("contact.id"), primary_key=True,
              autoincrement=False),
    _count("orders"), sa.Column("revenue_minor", sa.BigInteger, nullable=False),
    _text("currency"), _at("first_order_at"), _at("last_order_at"),
    sa.Column("median_gap_days", sa.Float, nullable=True), _text("last_product", nullable=True),
    sa.Index(None, "orders"), sa.Index(None, "last_order_at"),
)  # fmt: skip
"""What the orders of one contact add up to. Rebuilt from the snapshots, never edited."""

rate = sa.Table(
    "rate", metadata, _text("currency"), sa.Column("day", sa.Date, nullable=False),
    _text("home"), _text("value"),
    _at("updated_at"), _text("updated_by"), sa.PrimaryKeyConstraint("currency", "home", "day"),
)  # fmt: skip
"""What one unit of ``currency`` is worth in ``home`` from ``day`` on, as the operator entered it:
``value`` is a decimal number as text, which both databases keep exactly."""

product = sa.Table(
    "product", metadata, _id(), _text("key"), _text("code", nullable=True), _text("name"),
    _text("category", nullable=True), sa.Column("price_minor", sa.BigInteger, nullable=True),
    _text("currency", nullable=True), _json("attributes"), _at("created_at"), _at("updated_at"),
    sa.UniqueConstraint("key"),
)  # fmt: skip
"""What the shop sells. ``key`` is the code, or the folded name where there is no code."""

conversation = sa.Table(
    "conversation", metadata, _id(), _text("key"), _to("contact_id", "contact.id", nullable=True, index=True),
    _text("customer_id", nullable=True), _text("card_number", nullable=True),
    _text("address_key", nullable=True), _text("phone", nullable=True), _at("at"),
    _text("channel", nullable=True), _text("topic", nullable=True), _text("text", nullable=True),
    _text("outcome", nullable=True), _text("employee", nullable=True), _json("attributes"),
    _to("upload_id", "upload.id", index=True), sa.UniqueConstraint("key"),
)  # fmt: skip
"""A call, visit or message that a sheet tells of. Its keys are kept as told, so that a contact who
arrives later still finds it."""

# --- who, what ---------------------------------------------------------------------------------

segment = sa.Table(
    "segment", metadata, _id(), _text("name"), _text("rule"), _at("created_at"),
    _at("updated_at"), _text("updated_by"), sa.UniqueConstraint("name"),
)  # fmt: skip

letter = sa.Table(
    "letter", metadata, _id(), _text("name"), _text("language"),
    sa.Column("number", sa.Integer, nullable=False, server_default="1"),
    sa.Column("version", sa.Integer, nullable=False), _text("source"), _text("origin"),
    _at("created_at"), _text("created_by"),
    sa.UniqueConstraint("name", "language", "number", "version"),
)  # fmt: skip
"""A marketer's letter: versioned texts, one or several (``number``) a language. Shipped letters
are files."""

# --- sending -----------------------------------------------------------------------------------

campaign = sa.Table(
    "campaign", metadata, _id(), _text("name"), _text("segment"), _text("rule"),
    _text("letter"), _text("purpose"), _text("transport"), _text("state"),
    _json("texts"), _json("options"), _json("error", nullable=True),
    sa.Column("rank", sa.Integer, nullable=False, server_default="2"),
    _count("planned"), _count("left_out"), _at("starts_at", nullable=True),
    _at("created_at"), _text("created_by"), _at("planned_at", nullable=True),
    _at("approved_at", nullable=True), _text("approved_by", nullable=True),
    _at("started_at", nullable=True), _at("finished_at", nullable=True),
    sa.UniqueConstraint("name"), sa.Index(None, "state"), sa.Index(None, "finished_at"),
)  # fmt: skip
"""One planned send. ``rule`` is the segment's rule and ``texts`` the letter's sources
(language → Markdown of each text) as frozen when the campaign was planned; ``options`` is
``model.options.CampaignOptions``; ``rank`` is ``model.priority.Priority`` as a number; ``starts_at``
is when it begins by itself; ``error`` says why it paused."""

left_out = sa.Table(
    "left_out", metadata, _to("campaign_id", "campaign.id"), _to("contact_id", "contact.id"),
    _text("reason"), sa.PrimaryKeyConstraint("campaign_id", "contact_id"),
    sa.Index(None, "campaign_id", "reason"), sa.Index(None, "contact_id"),
)  # fmt: skip

batch = sa.Table(
    "batch", metadata, _id(), _to("campaign_id", "campaign.id"), _text("language"),
    sa.Column("text", sa.Integer, nullable=False, server_default="1"),
    _text("design", default="note"), _count("size"), _text("state"), _count("attempt"), _text("owner", nullable=True),
    _at("lease_until", nullable=True), _at("not_before", nullable=True),
    _count("accepted"), _count("failed"), _count("unknown"), _text("zone", default=""),
    sa.Column("hour", sa.Integer, nullable=True), _count("resent"),
    sa.Index(None, "campaign_id", "state"), sa.Index(None, "state", "lease_until"),
)  # fmt: skip
"""Messages of one pair (text × design) that leave in one request or a few. ``attempt`` counts
claims and fences late writers; ``zone`` is the time zone of its readers (IANA) and ``hour`` the
local hour that suits them, where either is known; ``resent`` counts how often its messages were
made to wait again although nobody knew whether they had been sent."""

attempt = sa.Table(
    "attempt", metadata, _id(), _to("batch_id", "batch.id"),
    sa.Column("number", sa.Integer, nullable=False), _text("key"), _text("owner"),
    _text("outcome", nullable=True), sa.Column("http_status", sa.Integer, nullable=True),
    _text("provider_id", nullable=True), _text("request_hash"), _count("recipients"),
    _at("intent_at"), _at("result_at", nullable=True), _json("error", nullable=True),
    _text("recall_id", nullable=True), _at("send_at", nullable=True),
    _at("settled_at", nullable=True),
    sa.UniqueConstraint("batch_id", "number"), sa.UniqueConstraint("key"),
    sa.Index(None, "intent_at"),
)  # fmt: skip
"""One call to a provider: written before it (the intent), completed after it (the result).
``recall_id`` and ``send_at`` (safe mode) let the provider drop it until shortly before it leaves;
``settled_at`` is when an unknown outcome stopped being one."""

_UNSETTLED = sa.text("state = 'unknown' OR state = 'failed'")

message = sa.Table(
    "message", metadata, _id(), _to("campaign_id", "campaign.id"),
    _to("contact_id", "contact.id"), _to("batch_id", "batch.id", index=True),
    _text("token"), _text("address"), _text("address_key"), _text("language"),
    sa.Column("text", sa.Integer, nullable=False, server_default="1"),
    _text("design", default="note"), _to("consent_id", "consent.id"), _text("state"), _text("delivery", nullable=True),
    _json("error", nullable=True), _to("attempt_id", "attempt.id", nullable=True),
    _at("accepted_at", nullable=True), _count("heard"), _at("heard_at", nullable=True),
    sa.UniqueConstraint("contact_id", "campaign_id"),
    sa.UniqueConstraint("token"), sa.Index(None, "campaign_id"), sa.Index(None, "consent_id"),
    # Only of what somebody must decide about: each letter passes through every other state.
    sa.Index(None, "campaign_id", "state", sqlite_where=_UNSETTLED, postgresql_where=_UNSETTLED),
)  # fmt: skip
"""One letter to one recipient. ``token`` is its only public id; ``consent_id`` what it stands on;
``text`` and ``design`` which pair of the letter it is. That nobody gets two is kept by the contact,
whose address is unique among contacts; ``delivery.plan.freeze`` looks at the addresses once more.
``delivery`` the newest thing the provider said of it (``model.states.EventKind``), ``heard_at`` when
that was, and ``heard`` everything that was said of it, one bit each (``delivery.heard.tallies``)."""

webhook_body = sa.Table(
    "webhook_body", metadata, _id(), _text("provider"), _at("received_at"),
    sa.Column("body", sa.LargeBinary, nullable=False), _at("ingested_at", nullable=True),
    _json("error", nullable=True), sa.Index(None, "ingested_at"),
)  # fmt: skip
"""What a provider posted, stored before it was answered and understood afterwards."""

event = sa.Table(
    "event", metadata, _id(), _text("provider"), _text("provider_event_id"),
    _to("message_id", "message.id", nullable=True, index=True), _text("kind"), _at("at"),
    _at("received_at"), _json("raw"), _text("machine", nullable=True),
    sa.Column("link", sa.Integer, nullable=True),
    sa.UniqueConstraint("provider", "provider_event_id"),
)  # fmt: skip
"""One thing that a provider, or our own page, says of a message. ``machine`` names the kind of
program that opened or clicked in the reader's place (``delivery.heard.readers``); null: a person.
``link`` is the number of the link that was followed."""

tally = sa.Table(
    "tally", metadata, _to("campaign_id", "campaign.id"), _text("what"), _count("messages"),
    sa.PrimaryKeyConstraint("campaign_id", "what"),
)  # fmt: skip
"""For how many messages of a campaign something was heard at least once (``delivery.heard.tallies``): kept
in the transaction that hears it, so that a page reads a few rows and not a million."""

link = sa.Table(
    "link", metadata, _to("campaign_id", "campaign.id"),
    sa.Column("number", sa.Integer, nullable=False), _text("url"), _count("persons"),
    _count("machines"), sa.PrimaryKeyConstraint("campaign_id", "number"),
)  # fmt: skip
"""Where the counted links of a campaign lead. A letter carries the number only, so that nobody
can make our address lead elsewhere. ``persons`` and ``machines``: messages from which one followed."""

reply = sa.Table(
    "reply", metadata, _id(), _text("key"), _to("contact_id", "contact.id", nullable=True, index=True),
    _to("message_id", "message.id", nullable=True, index=True), _text("address_key"),
    _text("name"), _text("subject"), _text("text"), _text("full_text"), _json("attachments"),
    _text("kind"), _text("source"), _at("at"),
    _at("received_at"), _at("seen_at", nullable=True), sa.UniqueConstraint("key"),
    sa.Index(None, "received_at"),
)  # fmt: skip
"""What somebody wrote back. ``key`` is a hash of its Message-ID, so it counts once; ``kind`` tells
a person's answer from an automatic one (``delivery.inbox.replies.ReplyKind``); ``text`` is what they
wrote themselves, ``full_text`` all of it; of ``attachments`` only names and sizes are known."""

trial = sa.Table(
    "trial", metadata, _id(), _text("token"), _text("transport"), _text("account"),
    _text("letter"), _text("language"), _text("key"), _text("address_hash"),
    _text("outcome", nullable=True),
    _text("provider_id", nullable=True), _json("error", nullable=True), _at("at"),
    _text("actor"), _at("heard_at", nullable=True), sa.UniqueConstraint("token"),
)  # fmt: skip
"""A letter that a marketer sent to themselves on the very way of a bulk send. ``account`` is a
fingerprint of key, host and sender; ``heard_at`` is when an event about it came in."""

bucket = sa.Table(
    "bucket", metadata, sa.Column("account", sa.Text, primary_key=True), _at("promised_until"),
)  # fmt: skip
"""Until when the time of an account is promised to requests (``delivery.throttle``)."""

secret = sa.Table(
    "secret", metadata, sa.Column("name", sa.Text, primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False), _at("updated_at"), _text("updated_by"),
)  # fmt: skip
"""Keys of other services that were typed in the interface, sealed with the signing key."""

# --- what customers say ------------------------------------------------------------------------

testimonial = sa.Table(
    "testimonial", metadata, _id(), _to("contact_id", "contact.id", index=True),
    _to("message_id", "message.id", nullable=True), _text("state"), _text("language"),
    _text("text"), _text("original_text"), _text("display_name"),
    sa.Column("rating", sa.Integer, nullable=True), _text("consent_wording"),
    _text("consent_version"), _text("slug"), _text("token"), _at("submitted_at"),
    _at("moderated_at", nullable=True), _text("moderated_by", nullable=True),
    _text("reason", nullable=True), sa.Column("verified_buyer", sa.Boolean, nullable=False),
    sa.UniqueConstraint("slug"), sa.UniqueConstraint("token"), sa.UniqueConstraint("message_id"),
)  # fmt: skip
"""Words of a customer with the permission to quote them. ``original_text`` is never changed;
``consent_wording`` is the very sentence that the person agreed to."""

# --- background work -----------------------------------------------------------------------------

job = sa.Table(
    "job", metadata, _id(), _text("kind"), _text("key"), _json("args"), _text("state"),
    _text("actor"), _count("attempt"), _text("owner", nullable=True),
    _at("lease_until", nullable=True), _at("kicked_until", nullable=True),
    _json("error", nullable=True), _at("created_at"),
    _at("finished_at", nullable=True), sa.UniqueConstraint("key"), sa.Index(None, "state"),
)  # fmt: skip
"""Work for the worker. The row is the truth; the dispatcher only carries its id."""

worker = sa.Table(
    "worker", metadata, sa.Column("owner", sa.Text, primary_key=True), _at("started_at"),
    _at("heartbeat_at"),
)  # fmt: skip
