"""Many rows at once, between tables and frames: what an upload of a million rows goes through.

SQLite takes them by its own executemany and PostgreSQL by COPY, both inside the transaction of the
connection that is given. Values are typed columns of a frame (moments, dates, booleans) or texts
as the database stores them (JSON).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
import polars as pl
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, REGCLASS

Kind = pl.DataType | type[pl.DataType]
Schema = Mapping[str, Kind]
READ_ROWS = 50_000
WRITTEN_ROWS = 20_000
WORTH_IT = 1_000
"""From so many rows on, columns are looked at for one value in all of them."""
CACHE_KIB = 150_000
"""Pages that SQLite may hold while much is written: those of an index are written to in any order. It
is taken back when the connection is (``store.database``)."""
_MOMENT = "%Y-%m-%d %H:%M:%S%.6f"


def fetch(connection: sa.Connection, query: sa.Select[Any], schema: Schema) -> pl.DataFrame:
    """Return the rows of ``query``, whose columns are those of ``schema`` in its order.

    Values are taken as the driver gives them: ask for :func:`as_stored` where that is no plain
    number or text.
    """
    cursor = connection.execute(query).cursor
    parts = [pl.DataFrame(schema=schema)]
    while rows := (cursor.fetchmany(READ_ROWS) if cursor else []):
        parts.append(pl.DataFrame(rows, schema=schema, orient="row"))
    return pl.concat(parts, rechunk=True)


def fetch_columns(connection: sa.Connection, query: sa.Select[Any], schema: Schema) -> pl.DataFrame:
    """Return the rows of ``query``, as ``fetch`` does: whole numbers and texts, a batch of them.

    SQLite hands each column over as one JSON list. That spares a tuple a row, and other threads
    the wait for every single row.
    """
    if connection.dialect.name != "sqlite":
        return fetch(connection, query, schema)
    rows = query.subquery()
    lists = (sa.func.json_group_array(sa.type_coerce(each, sa.Text)) for each in rows.c)
    found = connection.execute(sa.select(*lists)).one()
    return pl.DataFrame([
        pl.Series(name, orjson.loads(values), dtype=kind)
        for (name, kind), values in zip(schema.items(), found, strict=True)
    ])  # fmt: skip


def as_stored(
    connection: sa.Connection, columns: Sequence[sa.Column[Any]]
) -> tuple[list[sa.ColumnElement[Any]], Schema]:
    """Return what to select to get columns exactly as the database keeps them, and their types."""
    if connection.dialect.name == "postgresql":
        plain = [isinstance(each.type, sa.Integer) for each in columns]
        shown: list[sa.ColumnElement[Any]] = [
            each if is_plain else sa.cast(each, sa.Text).label(each.name)
            for each, is_plain in zip(columns, plain, strict=True)
        ]
        kinds = [pl.Int64 if is_plain else pl.String for is_plain in plain]
        return shown, dict(zip((each.name for each in columns), kinds, strict=True))
    return list(columns), {each.name: kind_of(each.type) for each in columns}


def among(
    connection: sa.Connection, columns: Sequence[sa.Column[Any]], keys: pl.DataFrame
) -> sa.ColumnElement[bool]:
    """Return the condition that ``columns`` are one of the rows of ``keys``, however many."""
    place: Any = columns[0] if len(columns) == 1 else sa.tuple_(*columns)
    condition: sa.ColumnElement[bool] = place.in_(_listed(connection, columns, keys))
    return condition


def among_named(dialect: str, column: sa.Column[Any], name: str) -> sa.ColumnElement[bool]:
    """Return the condition that ``column`` is in the list that is bound to ``name`` (``named``).

    For a statement that is built once: building it costs as much as finding hundreds of rows.
    """
    if dialect == "postgresql":
        kind: sa.types.TypeEngine[Any] = ARRAY(column.type)
        given = sa.func.unnest(sa.cast(sa.bindparam(name, type_=kind), kind))
        return column.in_(sa.select(given.column_valued()))
    each = sa.func.json_each(sa.bindparam(name, type_=sa.Text)).table_valued("value")
    return column.in_(sa.select(each.c.value))


def named(dialect: str, values: pl.Series) -> object:
    """Return a list as :func:`among_named` takes it."""
    told = values.to_list()
    return told if dialect == "postgresql" else orjson.dumps(told).decode()


def insert(
    connection: sa.Connection, table: sa.Table, frame: pl.DataFrame, **constants: object
) -> None:
    """Insert the rows of ``frame``; ``constants`` are columns that are the same in all of them."""
    if frame.is_empty():
        return
    same = [each.name for each in frame if _is_one_value(each)][: frame.width - 1]
    constants = {**{name: frame[name][0] for name in same}, **constants}
    frame = frame.drop(same)
    names = ", ".join(_quoted([*frame.columns, *constants]))
    if connection.dialect.name == "postgresql":
        _copy(connection, f"{table.name} ({names})", _filled(frame, constants))
        return
    fixed = [_literal(connection, table.c[name], value) for name, value in constants.items()]
    values = ", ".join([*("?" for _ in frame.columns), *fixed])
    _many(connection, f"INSERT INTO {table.name} ({names}) VALUES ({values})", frame)


def update(
    connection: sa.Connection, table: sa.Table, frame: pl.DataFrame, **constants: object
) -> None:
    """Set the other columns of ``frame`` in the rows that its primary key names."""
    keys = [column.name for column in table.primary_key]
    names = [name for name in frame.columns if name not in keys]
    if frame.is_empty() or not (names or constants):
        return
    fixed = {name: _literal(connection, table.c[name], value) for name, value in constants.items()}
    if connection.dialect.name == "postgresql":
        _update_by_copy(connection, table, frame, fixed)
        return
    sets = [f"{name} = ?" for name in _quoted(names)]
    sets += [f'"{name}" = {value}' for name, value in fixed.items()]
    where = " AND ".join(f"{name} = ?" for name in _quoted(keys))
    statement = f"UPDATE {table.name} SET {', '.join(sets)} WHERE {where}"
    _many(connection, statement, frame.select(*names, *keys))


def delete(connection: sa.Connection, table: sa.Table, keys: pl.DataFrame) -> None:
    """Delete the rows whose primary keys are the rows of ``keys``."""
    if keys.height:
        columns = [table.c[name] for name in keys.columns]
        connection.execute(table.delete().where(among(connection, columns, keys)))


def new_ids(connection: sa.Connection, table: sa.Table, number: int) -> pl.Series:
    """Reserve ``number`` ids of ``table``, ascending. On SQLite nobody else writes meanwhile."""
    if connection.dialect.name == "postgresql":
        # In a query of its own: the name of the sequence is looked up once, not for each number.
        sequence = sa.select(sa.func.pg_get_serial_sequence(table.name, "id").cast(REGCLASS))
        each = sa.func.generate_series(1, number).table_valued("number")
        query = sa.select(sa.func.nextval(sequence.scalar_subquery())).select_from(each)
        return fetch(connection, query, {"id": pl.Int64})["id"]
    last = connection.execute(sa.select(sa.func.max(table.c.id))).scalar_one() or 0
    return pl.Series("id", range(last + 1, last + 1 + number), dtype=pl.Int64)


def kind_of(of: sa.types.TypeEngine[Any]) -> Kind:
    """Return how SQLite keeps values of a type: moments, dates and JSON as text."""
    if isinstance(of, sa.Integer | sa.Boolean):
        return pl.Int64
    if isinstance(of, sa.Numeric | sa.Float):
        return pl.Float64
    return pl.Binary if isinstance(of, sa.LargeBinary) else pl.String


def _is_one_value(values: pl.Series) -> bool:
    """Whether a column had better stand in the statement than in each row."""
    if len(values) < WORTH_IT or values[0] is None:
        return len(values) >= WORTH_IT and values.null_count() == len(values)
    return bool((values == values[0]).all(ignore_nulls=False))


def _quoted(names: Sequence[str]) -> list[str]:
    """Some of our columns are named by words of SQL."""
    return [f'"{name}"' for name in names]


def _listed(
    connection: sa.Connection, columns: Sequence[sa.Column[Any]], keys: pl.DataFrame
) -> sa.Select[Any]:
    if connection.dialect.name == "postgresql":
        lists = [
            sa.cast(sa.literal(each.to_list(), ARRAY(column.type)), ARRAY(column.type))
            for column, each in zip(columns, keys, strict=True)
        ]
        names = [f"c{place}" for place in range(len(lists))]
        rows = sa.func.unnest(*lists).table_valued(*names).render_derived()
        return sa.select(*rows.c)
    told = keys.to_series().to_list() if keys.width == 1 else keys.rows()
    given = sa.literal(orjson.dumps(told).decode(), sa.Text)
    each = sa.func.json_each(given).table_valued("value")
    if keys.width == 1:
        return sa.select(each.c.value)
    cells = (sa.func.json_extract(each.c.value, f"$[{place}]") for place in range(len(columns)))
    return sa.select(*cells)


def _many(connection: sa.Connection, statement: str, frame: pl.DataFrame) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - the connection is open
    if frame.height > WRITTEN_ROWS:
        driver.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    driver.executemany(statement, _rows(_plain(frame)))


def _rows(frame: pl.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Column by column values leave a frame in two thirds of the time that rows take."""
    for part in _slices(frame):
        yield from zip(*(column.to_list() for column in part), strict=True)


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """The values as SQLite keeps them, which is how SQLAlchemy writes them."""
    return frame.with_columns(
        pl.selectors.datetime().dt.strftime(_MOMENT),
        pl.selectors.date().dt.strftime("%Y-%m-%d"),
        pl.selectors.boolean().cast(pl.Int8),
    )


def _copy(connection: sa.Connection, target: str, frame: pl.DataFrame) -> None:
    driver: Any = connection.connection.driver_connection
    statement = rf"COPY {target} FROM STDIN (FORMAT csv, NULL '\N')"
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for part in _slices(frame):
            copy.write(
                part.write_csv(
                    include_header=False, null_value=r"\N", quote_style="non_numeric",
                    datetime_format=f"{_MOMENT}%z",
                )
            )  # fmt: skip


def _slices(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    yield from frame.iter_slices(WRITTEN_ROWS)


def _filled(frame: pl.DataFrame, constants: Mapping[str, object]) -> pl.DataFrame:
    return frame.with_columns(pl.lit(value).alias(name) for name, value in constants.items())


def _update_by_copy(
    connection: sa.Connection, table: sa.Table, frame: pl.DataFrame, fixed: Mapping[str, str]
) -> None:
    keys = [column.name for column in table.primary_key]
    names = ", ".join(_quoted(frame.columns))
    connection.exec_driver_sql(
        f"CREATE TEMP TABLE bulk AS SELECT {names} FROM {table.name} WITH NO DATA"
    )
    _copy(connection, f"bulk ({names})", frame)
    sets = [f'"{name}" = bulk."{name}"' for name in frame.columns if name not in keys]
    sets += [f'"{name}" = {value}' for name, value in fixed.items()]
    where = " AND ".join(f"{table.name}.{name} = bulk.{name}" for name in _quoted(keys))
    connection.exec_driver_sql(f"UPDATE {table.name} SET {', '.join(sets)} FROM bulk WHERE {where}")
    connection.exec_driver_sql("DROP TABLE bulk")


def _literal(connection: sa.Connection, column: sa.Column[Any], value: object) -> str:
    """The value in the statement's own text: bound to each row it would cost as much as a cell."""
    literal = sa.literal(value, sa.Text() if isinstance(value, str) else column.type)
    return str(literal.compile(connection, compile_kwargs={"literal_binds": True}))
