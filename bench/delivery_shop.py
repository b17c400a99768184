"""A shop with as many customers as one likes, all of whom agreed: what sending is measured on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from campaigns.clock import new_token, utcnow
from campaigns.delivery.account import read_account
from campaigns.model.permission import Purpose
from campaigns.settings import Settings
from campaigns.store import bulk
from campaigns.store.options import Brand, save_brand
from campaigns.store.tables import consent, contact, rollup, trial
from campaigns.store.workspace import Workspace

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
BRAND = Brand(
    shop_name="Nur", legal_name="Nur Trade LLC", postal_address="12 Pomegranate Street, Yerevan",
    from_address="hello@nur.example", reply_to="hello@nur.example", signer="Ani",
    phone="+374 10 123456",
)  # fmt: skip
NAMES = {
    "hy": ("Անի Դավիթ Լիլիթ Տիգրան Մարիամ Հայկ Նարե Արամ Գոհար Վահե Սոնա Գոռ",
           "Գրիգորյան Սարգսյան Հակոբյան Հարությունյան Պետրոսյան Վարդանյան Մկրտչյան Ավագյան"),
    "ka": ("ნინო ქეთევან ანა თამარ გიორგი დავით ლევან მარიამ ელენე ლუკა სანდრო სალომე",
           "ბერიძე კაპანაძე გელაშვილი მაისურაძე ლომიძე ხუციშვილი წიკლაური ბოლქვაძე"),
    "en": ("Ann David Lily Mark Emma Grace Peter Susan Robert Helen Martin Alice",
           "Stone Miller Carter Hughes Foster Bennett Murray Palmer"),
}  # fmt: skip
PRODUCTS = {
    "hy": "Լեռնային թեյ", "ka": "მთის ჩაი", "en": "Mountain tea",
}  # fmt: skip
CITIES = {"hy": "Երևան", "ka": "თბილისი", "en": "London"}


def settings_of(folder: Path, port: int, database_url: str) -> Settings:
    """Return the settings of a shop whose SendGrid listens on ``port`` of this machine."""
    return Settings(
        data=folder, database_url=database_url, public_url="https://letters.nur.example",
        sendgrid_api_key="SG.bench", sendgrid_host=f"http://127.0.0.1:{port}",
    )  # fmt: skip


def try_out(workspace: Workspace, letter: str) -> None:
    """Note that a letter to ourselves was taken, which approval asks for."""
    fingerprint = read_account(workspace).fingerprint(BRAND.from_address)
    with workspace.database.begin() as connection:
        connection.execute(
            trial.insert().values(
                token=new_token(), transport="sendgrid", account=fingerprint, letter=letter,
                language="hy", key="k", address_hash="a", outcome="accepted", at=utcnow(),
                actor="bench",
            )
        )  # fmt: skip


def fill(workspace: Workspace, count: int) -> None:
    """Store ``count`` customers with an address, a purchase or none, and consent to offers."""
    people = _people(count)
    with workspace.database.begin() as connection:
        save_brand(connection, BRAND, actor="bench", now=NOW)
        bulk.insert(
            connection, contact, people.drop("orders", "revenue_minor", "day", "last_product"),
            language_evidence="choice", attributes="{}", created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        bulk.insert(
            connection, consent, people.select(id="id", contact_id="id", language="language"),
            purpose=Purpose.OFFERS, given=True, wording_version="v1", channel="till", at=NOW,
            source="card application", evidence="card", actor="bench", recorded_at=NOW,
        )  # fmt: skip
        bulk.insert(connection, rollup, _rollups(people), currency="AMD")
    with workspace.database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _people(count: int) -> pl.DataFrame:
    """Return the customers; the same ones every time."""
    chance = np.random.default_rng(7)
    spoken = chance.integers(0, len(NAMES), count)
    chosen = {name: chance.integers(0, 1 << 30, count) for name in ("given", "family", "product")}
    languages = list(NAMES)
    given = [NAMES[one][0].split() for one in languages]
    family = [NAMES[one][1].split() for one in languages]
    rows = range(count)
    return pl.DataFrame({
        "id": np.arange(1, count + 1),
        "address": [f"Person.{n * 7919 % 10_000_019}@mail{n % 9}.example" for n in rows],
        "language": [languages[code] for code in spoken],
        "given_name": [given[spoken[n]][chosen["given"][n] % 12] for n in rows],
        "family_name": [family[spoken[n]][chosen["family"][n] % 8] for n in rows],
        "city": [CITIES[languages[code]] for code in spoken],
        "orders": chance.integers(0, 12, count),
        "revenue_minor": chance.integers(100, 9_000, count) * 10_000,
        "day": chance.integers(0, 700, count),
        "last_product": [
            f"{PRODUCTS[languages[spoken[n]]]} № {chosen['product'][n] % 300}" for n in rows
        ],
    }).with_columns(address_key=pl.col("address").str.to_lowercase())  # fmt: skip


def _rollups(people: pl.DataFrame) -> pl.DataFrame:
    last = pl.lit(NOW) - pl.duration(days="day")
    return people.filter(pl.col("orders") > 0).select(
        pl.col("id").alias("contact_id"), "orders", "revenue_minor", "last_product",
        last_order_at=last, first_order_at=last - timedelta(days=300),
    )  # fmt: skip
