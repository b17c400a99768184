"""Twenty campaigns with one letter: who got which text in which design."""

from __future__ import annotations

import sqlalchemy as sa

from campaigns.delivery import campaigns
from campaigns.letters import library
from campaigns.model.language import Language
from campaigns.store.tables import batch, message
from tests.support.sending import people, source

TEXTS = [
    "The new tea from the mountains is in the shop, come and taste it on any day of this week.",
    "We have baked bread with walnuts since Monday, and a warm loaf waits for every early guest.",
]


def planned(shop, now, number, letter="walnuts"):
    """Plan a campaign and call all of it sent; return contact → pair."""
    name = f"c{number}"
    campaigns.create(shop, name, segment="everyone", letter=letter, actor="a", now=now)
    report = campaigns.plan(shop, name, actor="a", now=now)
    with shop.database.begin() as connection:
        rows = connection.execute(
            sa.select(message.c.contact_id, message.c.text, message.c.design).where(
                message.c.state == "pending"
            )
        ).all()
        connection.execute(message.update().values(state="accepted"))
    return report, {row.contact_id: (row.text, row.design) for row in rows}


def save(shop, now, sources, letter="walnuts"):
    with shop.database.begin() as connection:
        library.save(connection, letter, {Language.EN: sources}, actor="a", now=now)


def looks(words, designs):
    return source(words).replace("designs: note", f"designs: {designs}")


def test_over_several_campaigns_nobody_gets_a_pair_twice_running(shop, now):
    people(shop, now, 40, languages=("en",))
    save(shop, now, [looks(words, "note, card") for words in TEXTS])

    _, last = planned(shop, now, 0)
    assert len(set(last.values())) == 4
    for number in range(1, 6):
        _, got = planned(shop, now, number)
        assert got.keys() == last.keys()
        assert all(got[one][0] != last[one][0] for one in got)  # another text each time
        last = got


def test_a_batch_holds_one_pair(sqlite_shop, now):
    people(sqlite_shop, now, 30, languages=("en",))
    save(sqlite_shop, now, [looks(words, "note, card") for words in TEXTS])
    planned(sqlite_shop, now, 0)

    with sqlite_shop.database.read() as connection:
        rows = connection.execute(
            sa.select(message.c.text, message.c.design, batch.c.text, batch.c.design, batch.c.size)
            .join(batch, batch.c.id == message.c.batch_id)
        ).all()  # fmt: skip
    assert all(row[:2] == row[2:4] for row in rows)
    assert sum({row[2:]: row[4] for row in rows}.values()) == 30


def test_who_could_only_get_the_very_same_again_is_left_out(sqlite_shop, now):
    people(sqlite_shop, now, 3, languages=("en",))
    save(sqlite_shop, now, [looks(TEXTS[0], "note")])
    planned(sqlite_shop, now, 0)
    people(sqlite_shop, now, 1, languages=("en",))

    report, got = planned(sqlite_shop, now, 1)

    assert (report.planned, report.left_out) == (1, {"repeated": 3})
    assert len(got) == 1
    save(sqlite_shop, now, [looks(TEXTS[0], "note")], letter="another")
    report, _ = planned(sqlite_shop, now, 2, letter="another")
    assert report.planned == 4


def test_a_text_that_reads_like_the_last_one_gives_way_to_another(sqlite_shop, now):
    people(sqlite_shop, now, 20, languages=("en",))
    twin = TEXTS[0].replace("tea", "coffee")
    save(sqlite_shop, now, [looks(words, "note, card") for words in (TEXTS[0], twin, TEXTS[1])])

    _, first = planned(sqlite_shop, now, 0)
    _, second = planned(sqlite_shop, now, 1)

    assert {second[one][0] for one in first if first[one][0] in (1, 2)} == {3}
