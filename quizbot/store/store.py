"""The store as the rest of quizbot sees it: one object with the event log, the drafts and what is derived from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from quizbot.store.bodies import AttemptBody
from quizbot.store.database import Clock, Database, NewId
from quizbot.store.drafts import Drafts
from quizbot.store.errors import damaged
from quizbot.store.events import Event, EventLog
from quizbot.store.paths import Paths
from quizbot.store.times import from_text


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _random_uuid() -> str:
    from uuid import uuid4

    return str(uuid4())


@dataclass(frozen=True, slots=True)
class AttemptSummary:
    """What the home screen shows of a question: the score (0 to 100) and UTC time of the latest attempt, and how many."""

    question: str
    score: float
    at: datetime
    attempts: int


class Store:
    """Everything quizbot remembers. Open it with `Store.open` or `Store.in_memory`; it may be used from any thread.

    `events` and `drafts` write; the methods here derive. Every failure is a `StoreError` whose text can be shown as it is.
    """

    def __init__(self, database: Database, *, now: Clock, new_id: NewId) -> None:
        self._database = database
        self.events = EventLog(database, now=now, new_id=new_id)
        self.drafts = Drafts(database, now=now)

    @classmethod
    def open(cls, paths: Paths, *, now: Clock = _utc_now, new_id: NewId = _random_uuid) -> Self:
        """The store on disk. An existing file is opened, checked and, if it is older, copied and migrated.

        Nothing is created before the first write; `prepare` creates it at once. `now` gives times with a zone, `new_id`
        unique texts. Raises StoreError; the caller may go on with `in_memory`, after telling the user.
        """
        database = Database(paths.database, backups=paths.backups, now=now, new_id=new_id)
        database.open_existing()
        return cls(database, now=now, new_id=new_id)

    @classmethod
    def in_memory(cls, *, now: Clock = _utc_now, new_id: NewId = _random_uuid) -> Self:
        """A store that forgets everything when it is closed: for tests, and for when the disk refuses."""
        database = Database(None, now=now, new_id=new_id)
        database.prepare()
        return cls(database, now=now, new_id=new_id)

    @property
    def where(self) -> str:
        """The path of the database, or "in memory"."""
        return "in memory" if self._database.path is None else str(self._database.path)

    @property
    def persistent(self) -> bool:
        """Whether what is written outlives this process."""
        return self._database.path is not None

    def prepare(self) -> None:
        """Create the file now, so that a place that cannot be written shows before somebody types. Raises StoreError."""
        self._database.prepare()

    def close(self) -> None:
        """Close the file; wait for a write that is under way. A second call does nothing. Raises StoreError."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def record_attempt(self, body: AttemptBody, *, at: datetime | None = None, discard_draft: bool = True) -> Event:
        """Append an attempt and, in the same transaction, delete the draft of its question and role.

        After a kill at any moment there is either the draft or the attempt, never neither. Raises StoreError.
        """
        with self._database.transaction():
            event = self.events.append("attempt", body, at=at)
            if discard_draft:
                self.drafts.discard(body["question"], body["role"])
        return event

    def attempts(self, question: str | None = None) -> Iterator[Event]:
        """Attempts, of one question or of all, the oldest first; `body` is an `AttemptBody`. Raises StoreError."""
        return self.events.read(kind="attempt", question=question)

    def last_attempts(self) -> dict[str, AttemptSummary]:
        """The latest attempt of every question that was ever answered, by question id. Raises StoreError."""
        # SQLite takes the other columns from the row that holds the one max(). The uuid breaks ties between machines.
        rows = self._database.query(
            "SELECT question, score, time, count(*), max(time || uuid) FROM events "
            "WHERE question IS NOT NULL AND kind = 'attempt' GROUP BY question"
        )
        try:
            return {
                question: AttemptSummary(question=question, score=float(score), at=from_text(time), attempts=attempts)
                for question, score, time, attempts, _ in rows
            }
        except (TypeError, ValueError) as error:
            raise damaged(self._database.path, "an attempt cannot be read") from error

    def problems(self) -> list[str]:
        """What a full integrity check finds; an empty list is a healthy file. Reads the whole file. Raises StoreError."""
        return self._database.problems()
