"""The rows that reports of uploads are made of."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from campaigns.store.tables import job, refusal, upload


def refused_rows(connection: sa.Connection, upload_id: int, limit: int) -> list[sa.Row[Any]]:
    """Return the first refused rows of an upload in the order of the sheet."""
    query = sa.select(refusal).where(refusal.c.upload_id == upload_id)
    ordered = query.order_by(refusal.c.row_number, refusal.c.id).limit(limit)
    return list(connection.execute(ordered))


def seconds_taken(connection: sa.Connection, upload_ids: list[int]) -> dict[int, float]:
    """Return for each stored upload how long that took, from the word of a person on."""
    keys = {f"upload:{upload_id}": upload_id for upload_id in upload_ids}
    query = sa.select(job.c.key, job.c.created_at, job.c.finished_at).where(
        job.c.key.in_(list(keys)), job.c.finished_at.is_not(None)
    )
    return {
        keys[row.key]: (row.finished_at - row.created_at).total_seconds()
        for row in connection.execute(query)
    }


def set_problem_book(connection: sa.Connection, upload_id: int, key: str) -> None:
    """Write down where the newest problem book of an upload lies in the file store."""
    connection.execute(upload.update().where(upload.c.id == upload_id).values(problem_book=key))
