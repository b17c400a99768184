import pytest
import sqlalchemy as sa

from campaigns.store.tables import contact, message
from tests.support.made_once import made_once
from tests.support.sending import a_running_campaign, a_shop, people

times = []


@made_once
def counted(workspace, number):
    times.append(number)
    with workspace.database.begin() as connection:
        connection.execute(contact.update().values(given_name=f"n{number}"))
    return [number]


def _names(workspace):
    with workspace.database.read() as connection:
        return list(connection.execute(sa.select(contact.c.given_name)).scalars())


@pytest.mark.slow
@pytest.mark.parametrize("_", range(4))
def test_what_begins_alike_becomes_alike(sqlite_workspace, now, _):
    a_shop(sqlite_workspace, now)
    people(sqlite_workspace, now, 2, languages=("hy",))

    assert a_running_campaign(sqlite_workspace, now) == 1

    with sqlite_workspace.database.read() as connection:
        written = sa.select(sa.func.count()).select_from(message.join(contact))
        assert connection.scalar(written) == 2


def test_nothing_is_shared_by_what_differs(sqlite_workspace, now):
    people(sqlite_workspace, now, 1)
    given = []

    for number in (1, 2, 1, 2, 1, 2, 1):
        given.append(counted(sqlite_workspace, number))
        assert _names(sqlite_workspace) == [f"n{number}"]
        given[-1].append("changed by a test")

    assert [one[0] for one in given] == [1, 2, 1, 2, 1, 2, 1]
    assert 2 <= len(times) < 7
