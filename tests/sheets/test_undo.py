"""An upload that was undone has never been: all tables are compared, whole."""

import shutil
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.delivery.inbox import replies
from campaigns.errors import ConflictError, NotAllowedError, NotFoundError
from campaigns.model.permission import Purpose
from campaigns.model.states import UploadState
from campaigns.settings import Settings
from campaigns.sheets import intake, reports
from campaigns.sheets.understanding.fields import Mapping, SheetKind
from campaigns.sheets.undo import ask_undo, may_undo, undo
from campaigns.store import snapshots, tables
from campaigns.store.consents import Proof, add_consent
from campaigns.store.workspace import open_workspace
from tests.delivery.mails import an_answer
from tests.support.sheets import arrive, store, take_in, xlsx

PEOPLE = ["Customer ID", "E-mail", "Name", "Phone", "City", "Consent", "Points"]
ANI = ["C-1", "ani@example.com", "Անի", "37491234567", "Երևան", "այո", 10]
NINO = ["C-2", "nino@example.com", "ნინო", "555 12 34 56", "Gori", "არა", None]
EMMA = ["C-3", "emma@example.com", "Emma", None, None, "yes", 3]
ORDERS = ["Order ID", "Date", "Customer ID", "Amount", "Product", "Status"]
CALLS = ["Date", "E-mail", "Topic", "Channel"]
PRODUCTS = ["Product code", "Product", "Category", "Price"]
TRADE = ["Order ID", "Date", "Customer ID", "E-mail", "Amount", "Product"]
TRADE_MAPPING = Mapping(
    SheetKind.ORDER_LINES,
    dict(zip(TRADE, ("order_id", "ordered_at", "customer_id", "address", "amount", "product"), strict=True)),
)  # fmt: skip
OUT = ["E-mail", "Reason", "Date"]
UNTOLD = {"upload", "source_file", "refusal", "audit", "job", "snapshot", "worker"}
"""What stays to tell of an upload that was undone."""


def _everything(workspace):
    kept = [table for table in tables.metadata.sorted_tables if table.name not in UNTOLD]
    with workspace.database.read() as connection:
        found = {
            table.name: connection.execute(sa.select(table).order_by(*table.primary_key)).all()
            for table in kept
        }
    orders = snapshots.orders(workspace).collect()
    return found, sorted(orders.rows(), key=str)


def _take(workspace, now, rows, name="a.xlsx"):
    said = TRADE_MAPPING if rows[0] == TRADE else None  # else memory of the others would decide
    [report] = take_in(workspace, xlsx(rows), name, now=now, mapping=said)
    return report.upload


def _later(now, hours=1):
    return now + timedelta(hours=hours)


@pytest.mark.slow
def test_a_first_upload_leaves_nothing_behind(workspace, now):
    before = _everything(workspace)
    upload_id = _take(
        workspace, now, [PEOPLE, ANI, NINO, EMMA, ["C-4", "x@", None, None, None, None, None]]
    )
    assert _everything(workspace) != before

    report = undo(workspace, upload_id, actor="anna", now=_later(now))

    assert _everything(workspace) == before
    assert (report.removed, report.restored, report.consents) == (3, 0, 3)
    told = reports.report(workspace, upload_id)
    assert (told.state, told.stored) == (UploadState.UNDONE, 3)


@pytest.mark.slow
def test_what_an_upload_changed_is_as_it_was(workspace, now):
    _take(workspace, now, [PEOPLE, ANI, NINO, EMMA])
    before = _everything(workspace)
    changed = [
        PEOPLE,
        ["C-1", "new@example.com", "Աննա", "37491234568", "Գյումրի", "ոչ", 11],
        ["C-2", "ani@example.com", None, None, None, "կի", 1],
        NINO,
        ["C-9", "zaza@example.com", "Zaza", None, None, "yes", None],
    ]

    upload_id = _take(workspace, _later(now), changed)
    changed_state = _everything(workspace)
    undo(workspace, upload_id, actor="anna", now=_later(now, 2))

    assert _everything(workspace) == before
    assert changed_state[0]["former_key"] != before[0]["former_key"]


@pytest.mark.slow
def test_two_uploads_are_undone_the_newest_first(workspace, now):
    empty = _everything(workspace)
    first = _take(workspace, now, [PEOPLE, ANI, NINO])
    between = _everything(workspace)
    second = _take(
        workspace, _later(now), [PEOPLE, [*ANI[:4], "Գյումրի", "ոչ", 12], EMMA], "b.xlsx"
    )

    with pytest.raises(ConflictError) as caught:
        undo(workspace, first, actor="anna", now=_later(now, 2))
    assert caught.value.code == "undo.later_upload"
    assert (caught.value.facts["later"], caught.value.facts["file"]) == (second, "b.xlsx")

    undo(workspace, second, actor="anna", now=_later(now, 3))
    assert _everything(workspace) == between
    undo(workspace, first, actor="anna", now=_later(now, 4))
    assert _everything(workspace) == empty


@pytest.mark.slow
def test_uploads_of_different_people_are_undone_in_any_order(workspace, now):
    second_alone = _everything(workspace)
    first = _take(workspace, now, [PEOPLE, ANI])
    second = _take(workspace, _later(now), [PEOPLE, EMMA])

    undo(workspace, first, actor="anna", now=_later(now, 2))
    undo(workspace, second, actor="anna", now=_later(now, 3))

    assert _everything(workspace) == second_alone


@pytest.mark.slow
def test_an_undone_upload_is_stored_again_as_if_it_had_never_been_undone(sqlite_workspace, now):
    workspace = sqlite_workspace
    upload_id = _take(
        workspace, now, [PEOPLE, ANI, NINO, ["x", "x@", None, None, None, None, None]]
    )
    once = _everything(workspace)
    report = reports.report(workspace, upload_id)
    undo(workspace, upload_id, actor="anna", now=_later(now))

    again = store(workspace, upload_id, now=now)

    assert _everything(workspace) == once
    assert (again.stored, again.merged, again.reasons) == (2, 0, report.reasons)
    undo(workspace, upload_id, actor="anna", now=_later(now, 2))
    with workspace.database.read() as connection:
        assert connection.execute(sa.select(tables.contact)).all() == []


def _a_shop(workspace, now):
    """Two kinds of everything, orders and calls of strangers among them."""
    _take(workspace, now, [PEOPLE, NINO])
    orders = [
        ORDERS,
        [1, "01.01.2026", "C-1", 100, "Tea", "paid"],
        [2, "02.01.2026", "C-2", 200, "Cup", "paid"],
    ]
    _take(workspace, now, orders)
    _take(workspace, now, [CALLS, ["03.01.2026", "ani@example.com", "Tea", "phone"]])
    _take(workspace, now, [PRODUCTS, ["P-1", "Tea", "Food", 100]])
    _take(workspace, now, [OUT, ["gone@example.com", "unsubscribed", "01.01.2026"]])


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([PEOPLE, ANI], id="a-customer-whose-orders-were-there"),
        pytest.param([ORDERS, [2, "02.01.2026", "C-2", 200, "Cup", "cancelled"],
                      [3, "05.01.2026", "C-2", 50, "Pot", "paid"]], id="orders"),
        pytest.param([CALLS, ["03.01.2026", "ani@example.com", "Tea", "visit"],
                      ["04.01.2026", "nino@example.com", "Cup", "phone"]], id="calls"),
        pytest.param([PRODUCTS, ["P-1", "Tea", "Drinks", 120], ["P-2", "Cup", None, 30]], id="products"),
        pytest.param([OUT, ["gone@example.com", "complained", "02.01.2026"],
                      ["off@example.com", None, None]], id="suppressions"),
        pytest.param([["E-mail", "Consent", "Consent date"], ["nino@example.com", "no", "01.02.2026"],
                      ["new@example.com", "yes", "01.02.2026"]], id="consents"),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_a_sheet_of_each_kind_is_taken_back(workspace, now, rows):
    _a_shop(workspace, now)
    before = _everything(workspace)

    upload_id = _take(workspace, _later(now), rows)
    stored = _everything(workspace)
    undo(workspace, upload_id, actor="anna", now=_later(now, 2))

    assert stored != before
    assert _everything(workspace) == before


@pytest.mark.slow
def test_an_upload_whose_customers_have_orders_since_stays(sqlite_workspace, now):
    first = _take(sqlite_workspace, now, [PEOPLE, ANI])
    orders = _take(
        sqlite_workspace, _later(now), [ORDERS, [1, "01.01.2026", "C-1", 100, "Tea", "paid"]]
    )

    problem = may_undo(sqlite_workspace, first)

    assert problem is not None
    assert (problem.code, problem.facts["later"]) == ("undo.later_upload", orders)
    undo(sqlite_workspace, orders, actor="anna", now=_later(now, 2))
    assert may_undo(sqlite_workspace, first) is None


def _answer(workspace, now, *, given):
    proof = Proof("1", "hy", "web", now, "form", "token")
    with workspace.database.begin() as connection:
        contact_id = connection.execute(sa.select(tables.contact.c.id)).scalars().first()
        add_consent(
            connection, contact_id, Purpose.OFFERS, given=given, proof=proof, actor="web", now=now
        )


@pytest.mark.slow
def test_an_upload_whose_customers_have_answered_since_stays(sqlite_workspace, now):
    upload_id = _take(sqlite_workspace, now, [PEOPLE, ANI])
    _answer(sqlite_workspace, _later(now), given=False)
    before = _everything(sqlite_workspace)

    with pytest.raises(NotAllowedError) as caught:
        undo(sqlite_workspace, upload_id, actor="anna", now=_later(now, 2))

    assert (caught.value.code, caught.value.facts["number"]) == ("undo.answers", 1)
    assert _everything(sqlite_workspace) == before


@pytest.mark.slow
def test_an_upload_whose_customers_have_written_by_mail_stays(sqlite_workspace, now):
    upload_id = _take(sqlite_workspace, now, [PEOPLE, ANI])
    mail = an_answer("Hello", sender=ANI[1])
    replies.keep_mail(sqlite_workspace, replies.FILE, mail, now=_later(now))
    assert replies.ingest(sqlite_workspace, now=_later(now)).joined == 1

    with pytest.raises(NotAllowedError, match="answer"):
        undo(sqlite_workspace, upload_id, actor="anna", now=_later(now, 2))


@pytest.mark.slow
def test_an_answer_from_before_an_upload_hinders_nothing(sqlite_workspace, now):
    _take(sqlite_workspace, now, [PEOPLE, ANI])
    _answer(sqlite_workspace, _later(now), given=False)
    before = _everything(sqlite_workspace)
    upload_id = _take(sqlite_workspace, _later(now, 2), [PEOPLE, [*ANI[:4], "Գյումրի", None, None]])

    undo(sqlite_workspace, upload_id, actor="anna", now=_later(now, 3))

    assert _everything(sqlite_workspace) == before


def test_an_upload_that_letters_stand_on_stays(sqlite_workspace, now):
    upload_id = _take(sqlite_workspace, now, [PEOPLE, ANI])
    _plan_letter(sqlite_workspace, now)

    with pytest.raises(NotAllowedError) as caught:
        undo(sqlite_workspace, upload_id, actor="anna", now=_later(now, 2))

    assert (caught.value.code, caught.value.facts["number"]) == ("undo.letters", 1)


def _plan_letter(workspace, now):
    with workspace.database.begin() as connection:
        campaign = connection.execute(
            tables.campaign.insert().values(
                name="c", segment="s", rule="", letter="l", purpose="offers", transport="outbox",
                state="planned", texts={}, created_at=now, created_by="anna",
            ).returning(tables.campaign.c.id)
        ).scalar_one()  # fmt: skip
        batch = connection.execute(
            tables.batch.insert()
            .values(campaign_id=campaign, language="hy", state="ready")
            .returning(tables.batch.c.id)
        ).scalar_one()
        consent = connection.execute(sa.select(tables.consent)).one()
        connection.execute(
            tables.message.insert().values(
                campaign_id=campaign, contact_id=consent.contact_id, batch_id=batch, token="t",
                address="a", address_key="a", language="hy",
                consent_id=consent.id, state="pending",
            )
        )  # fmt: skip


def test_an_upload_that_is_not_stored_cannot_be_undone(sqlite_workspace, now):
    [upload_id] = arrive(sqlite_workspace, xlsx([PEOPLE, ANI]), now=now)

    with pytest.raises(ConflictError):
        ask_undo(sqlite_workspace, upload_id, actor="anna", now=now)
    with pytest.raises(NotFoundError):
        undo(sqlite_workspace, 99, actor="anna", now=now)


@pytest.mark.slow
def test_a_second_undo_finds_it_done(sqlite_workspace, now):
    upload_id = _take(sqlite_workspace, now, [PEOPLE, ANI])
    undo(sqlite_workspace, upload_id, actor="anna", now=now)

    assert undo(sqlite_workspace, upload_id, actor="anna", now=now).removed == 0


@pytest.mark.slow
def test_the_mapping_that_was_remembered_before_is_remembered_again(workspace, now):
    first = _take(workspace, now, [PEOPLE, ANI])
    before = _everything(workspace)
    [upload_id] = arrive(workspace, xlsx([PEOPLE, EMMA]), now=now)
    mapping = intake.preview(workspace, upload_id).mapping
    mapping.columns["City"] = "ignore"
    store(workspace, upload_id, now=_later(now), mapping=mapping)
    assert _everything(workspace) != before

    undo(workspace, upload_id, actor="anna", now=_later(now, 2))

    assert _everything(workspace) == before
    undo(workspace, first, actor="anna", now=_later(now, 3))
    assert _everything(workspace)[0]["sheet_mapping"] == []


_ADDRESSES = st.sampled_from([None, "a@example.com", "b@example.com", "c@example.com"])
_PERSON = st.tuples(
    st.sampled_from([None, "C-1", "C-2", "C-3"]), _ADDRESSES,
    st.sampled_from([None, "Անի", "Nino"]), st.sampled_from([None, "37491234567", "37491234568"]),
    st.sampled_from([None, "Gori"]), st.sampled_from([None, "yes", "no"]),
    st.sampled_from([None, 1, 2]),
).map(list)  # fmt: skip
_ORDER = st.tuples(
    st.integers(1, 3), st.sampled_from(["01.01.2026", "02.01.2026"]),
    st.sampled_from(["C-1", "C-2", "C-4"]), st.sampled_from([100, 200]), st.just("Tea"),
    st.sampled_from(["paid", "cancelled"]),
).map(list)  # fmt: skip
_OTHERS = st.integers(10, 19).map(
    lambda n: [f"C-{n}", f"emma{n}@example.com", "Emma", None, None, "yes", 3]
)
_SHEET = st.one_of(
    st.tuples(st.lists(_PERSON, max_size=3), _OTHERS).map(lambda two: [PEOPLE, *two[0], two[1]]),
    st.lists(_ORDER, min_size=1, max_size=4).map(lambda rows: [ORDERS, *rows]),
)
_STEPS = st.lists(st.one_of(_SHEET, st.integers(0, 3)), min_size=2, max_size=6)


def _walk(workspace, now, steps):
    """Take sheets in and undo some; each undo must lead back to what was before its upload.

    Only the newest that is not undone is sure to be undoable, and then the state before it returns.
    """
    states, uploads = [_everything(workspace)], []
    for number, step in enumerate(steps):
        at = _later(now, number + 1)
        if isinstance(step, list):
            uploads.append(_take(workspace, at, step))
            states.append(_everything(workspace))
        elif uploads:
            undo(workspace, uploads.pop(), actor="anna", now=at)
            states.pop()
            assert _everything(workspace) == states[-1]
    for upload_id in reversed(uploads):
        undo(workspace, upload_id, actor="anna", now=_later(now, 99))
        states.pop()
        assert _everything(workspace) == states[-1]


_QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=_QUIET)
@given(steps=_STEPS)
def test_any_walk_of_uploads_and_undos_leads_back(sqlite_workspace, now, steps):
    _walk(sqlite_workspace, now, steps)


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=_QUIET)
@given(steps=_STEPS)
def test_any_walk_leads_back_on_postgresql_too(postgres_workspace, now, steps):
    _walk(postgres_workspace, now, steps)


def _told(workspace):
    """What is stored, without the numbers that depend on what else was ever stored."""
    contact, drop = tables.contact, {"id", "contact_id", "upload_id", "evidence"}
    who = [contact.c.customer_id, contact.c.address_key, contact.c.phone, contact.c.given_name]
    with workspace.database.read() as connection:
        found = [connection.execute(sa.select(*(c for c in contact.c if c.name != "id"))).all()]
        for table in (tables.consent, tables.rollup, tables.former_key):
            values = [column for column in table.c if column.name not in drop]
            found.append(
                connection.execute(sa.select(*who, *values).join_from(table, contact)).all()
            )
        found.append(connection.execute(sa.select(tables.sheet_mapping)).all())
    orders = snapshots.orders(workspace).drop("contact_id", "upload_id").collect().rows()
    return [sorted(map(str, rows)) for rows in (*found, orders)]


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=_QUIET)
@given(sheets=st.lists(_SHEET, min_size=2, max_size=5), which=st.integers(0, 4))
def test_whichever_upload_is_undone_the_others_stand_as_if_it_had_never_been(
    tmp_path_factory, sqlite_template, now, sheets, which
):
    _undone_is_never(tmp_path_factory, sqlite_template, now, sheets, which)


def _undone_is_never(tmp_path_factory, sqlite_template, now, sheets, which):
    with _fresh(tmp_path_factory, sqlite_template) as workspace:
        ids = [_take(workspace, _later(now, place), rows) for place, rows in enumerate(sheets)]
        undone = ids[which % len(ids)]
        if may_undo(workspace, undone) is not None:
            return
        undo(workspace, undone, actor="anna", now=_later(now, 99))
        with _fresh(tmp_path_factory, sqlite_template) as other:
            for place, rows in enumerate(sheets):
                if ids[place] != undone:
                    _take(other, _later(now, place), rows)
            assert _told(workspace) == _told(other)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "mine", "others"),
    [
        (ORDERS, [1, "01.01.2026", "C-1", 100, "Tea", "paid"], [2, "02.01.2026", "C-2", 5, "Cup", "paid"]),
        (PRODUCTS, ["P-1", "Tea", "Food", 100], ["P-2", "Cup", None, 30]),
        (CALLS, ["03.01.2026", "ani@example.com", "Tea", "phone"],
         ["03.01.2026", "nino@example.com", "Cup", "visit"]),
    ],
)  # fmt: skip
def test_only_a_later_sheet_that_repeats_a_row_of_an_upload_keeps_it(
    sqlite_workspace, now, head, mine, others
):
    workspace = sqlite_workspace
    _take(workspace, now, [head, others])
    without = _everything(workspace)
    upload_id = _take(workspace, _later(now), [head, mine])
    apart = _take(workspace, _later(now, 2), [head, others])
    assert may_undo(workspace, upload_id) is None
    again = _take(workspace, _later(now, 3), [head, others, mine], "again.csv")

    problem = may_undo(workspace, upload_id)

    assert problem is not None
    assert (problem.code, problem.facts["later"]) == ("undo.later_upload", again)
    for number, each in enumerate((again, upload_id, apart)):
        undo(workspace, each, actor="anna", now=_later(now, 4 + number))
    assert _everything(workspace) == without


_TOLD_ORDER = st.tuples(
    st.integers(1, 5), st.just("01.01.2026"), st.sampled_from(["C-1", "C-2", None]),
    st.sampled_from(["ani@example.com", "nino@example.com"]), st.sampled_from([100, 200]),
    st.sampled_from(["Tea", "Cup"]),
).map(list)  # fmt: skip
_ORDER_SHEET = st.lists(_TOLD_ORDER, min_size=1, max_size=3).map(lambda rows: [TRADE, *rows])
_TRADE = st.one_of(
    _ORDER_SHEET, _ORDER_SHEET, st.sampled_from([[PEOPLE, ANI], [PEOPLE, NINO, EMMA]])
)


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=_QUIET)
@given(sheets=st.lists(_TRADE, min_size=3, max_size=5), which=st.integers(0, 4))
def test_whichever_orders_are_undone_the_others_stand_as_if_they_had_never_been(
    tmp_path_factory, sqlite_template, now, sheets, which
):
    _undone_is_never(tmp_path_factory, sqlite_template, now, sheets, which)


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=_QUIET)
@given(sheet=_ORDER_SHEET)
def test_customers_who_come_after_their_orders_have_the_same_sums(
    tmp_path_factory, sqlite_template, now, sheet
):
    people = [PEOPLE, ANI, NINO]
    sums = []
    for steps in ([people, sheet], [sheet, people]):
        with _fresh(tmp_path_factory, sqlite_template) as workspace:
            for place, rows in enumerate(steps):
                _take(workspace, _later(now, place), rows)
            sums.append(_told(workspace)[2])
    assert sums[0] == sums[1]


@contextmanager
def _fresh(folders, template):
    data = folders.mktemp("shop")
    shutil.copy(template, data / "campaigns.sqlite")
    workspace = open_workspace(Settings(data=data))
    yield workspace
    workspace.database.close()


@pytest.mark.slow
def test_what_an_earlier_version_stored_cannot_be_undone(sqlite_workspace, now):
    [report] = take_in(sqlite_workspace, xlsx([PEOPLE, ANI]), now=now)
    with sqlite_workspace.database.begin() as connection:
        connection.execute(tables.upload.update().values(stage=None))

    problem = may_undo(sqlite_workspace, report.upload)

    assert problem is not None
    assert problem.code == "undo.before"
    assert not reports.report(sqlite_workspace, report.upload).may_undo
