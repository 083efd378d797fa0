"""The event log: what happened, in order, never changed afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quizbot.store.bodies import check_body, check_id
from quizbot.store.database import Clock, Database, NewId, Row
from quizbot.store.errors import InvalidRecordError, damaged
from quizbot.store.times import from_text, to_text

_PAGE = 200  # rows fetched at a time: a reader holds neither the lock nor the whole log in memory


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `seq` is the order of arrival in this file; `uuid` names the event on every machine.

    `at` is in UTC with microseconds. `kind` is any text: a newer quizbot may have written kinds that this one does not know.
    `body` is plain JSON data; see `bodies` for what each kind holds.
    """

    seq: int
    uuid: str
    machine: str
    at: datetime
    kind: str
    body: dict[str, Any]


class EventLog:
    """Appends events and reads them. It may be used from any thread (see `database`)."""

    def __init__(self, database: Database, *, now: Clock, new_id: NewId) -> None:
        self._database = database
        self._now = now
        self._new_id = new_id

    def append(self, kind: str, body: Mapping[str, object], *, at: datetime | None = None) -> Event:
        """Write one event and return it as it will be read. It is on disk when this returns, or nothing was written.

        `at` (with a time zone) says when it happened, now by default. Texts are kept as they are, NUL and lone surrogates
        included, with one exception: a high surrogate directly before a low one becomes the one character that the two
        encode, because JSON cannot tell them apart.

        Raises InvalidRecordError for an unknown kind or a body that does not fit it, another StoreError for the disk.
        """
        check_body(kind, body)
        try:
            # ASCII with escapes: SQLite's text could hold neither lone surrogates nor, in every tool, NUL.
            text = json.dumps(body, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
        except (TypeError, ValueError, RecursionError) as error:
            raise InvalidRecordError(f"{kind}: this is not JSON data ({error}).") from error
        kept: dict[str, Any] = json.loads(text)
        time = to_text(self._now() if at is None else at)
        uuid = self._new_id()
        check_id(uuid, "uuid")
        with self._database.transaction() as connection:
            machine = self._database.machine()
            cursor = connection.execute(
                "INSERT INTO events (uuid, machine, time, kind, question, score, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (uuid, machine, time, kind, kept.get("question"), kept.get("score"), text),
            )
            seq = cursor.lastrowid
        assert seq is not None
        return Event(seq=seq, uuid=uuid, machine=machine, at=from_text(time), kind=kind, body=kept)

    def read(
        self, kind: str | None = None, question: str | None = None, since: datetime | None = None
    ) -> Iterator[Event]:
        """Events in the order of their times (then uuids), which is the same on every machine that holds them.

        `since` keeps those at or after that time. What is appended while the iterator runs is not part of it; nothing is
        locked between two items. Kinds that are not known here are passed through. Raises StoreError, also while iterating.
        """
        conditions = ["seq <= ?", "(time, uuid) > (?, ?)"]
        fixed: list[object] = []
        for column, value in (("kind", kind), ("question", question)):
            if value is not None:
                conditions.append(f"{column} = ?")
                fixed.append(_as_key(value))
        sql = (
            "SELECT seq, uuid, machine, time, kind, body FROM events WHERE "
            + " AND ".join(conditions)
            + f" ORDER BY time, uuid LIMIT {_PAGE}"
        )
        last = self._database.query("SELECT coalesce(max(seq), 0) FROM events")
        if not last:
            return
        # No uuid is empty, so this lies before every event of that very time.
        place: tuple[str, str] = ("" if since is None else to_text(since), "")
        while rows := self._database.query(sql, [last[0][0], *place, *fixed]):
            for row in rows:
                yield self._event(row)
            place = (rows[-1][3], rows[-1][1])
            if len(rows) < _PAGE:
                return

    def count(self) -> int:
        """How many events there are. Raises StoreError."""
        rows = self._database.query("SELECT count(*) FROM events")
        return int(rows[0][0]) if rows else 0

    def _event(self, row: Row) -> Event:
        seq, uuid, machine, time, kind, text = row
        try:
            body = json.loads(text)
            at = from_text(time)
        except (TypeError, ValueError, RecursionError) as error:
            raise damaged(self._database.path, f"event {seq} cannot be read") from error
        if not isinstance(body, dict):
            raise damaged(self._database.path, f"event {seq} cannot be read")
        return Event(seq=seq, uuid=uuid, machine=machine, at=at, kind=kind, body=body)


def _as_key(value: str) -> str:
    # A lone surrogate cannot be sent to SQLite; no stored key holds one, and none holds a replacement mark by accident.
    return value.encode("utf-8", "replace").decode("utf-8")
