"""Drafts: answers that are being written. The one mutable table; neither synced nor exported."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from quizbot.store.bodies import Role, check_id, check_role
from quizbot.store.database import Clock, Database, Row
from quizbot.store.errors import damaged
from quizbot.store.times import from_text, to_text


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished answer. `caret` is an offset into `text` in code points, `elapsed` the seconds spent so far."""

    question: str
    role: Role
    text: str
    caret: int
    elapsed: float
    updated: datetime


class Drafts:
    """At most one draft for each question and role. It may be used from any thread (see `database`)."""

    def __init__(self, database: Database, *, now: Clock) -> None:
        self._database = database
        self._now = now

    def save(self, question: str, role: Role, text: str, caret: int, elapsed: float) -> Draft:
        """Replace the draft. When this returns it is on disk and survives a kill and a power cut (see `database`).

        Any text is kept exactly. A caret outside the text and a meaningless time are brought into range: neither is worth
        losing what somebody typed. Raises InvalidRecordError for a wrong question or role, another StoreError for the disk.
        """
        _check_key(question, role)
        updated = to_text(self._now())
        caret = min(max(caret, 0), len(text))
        elapsed = max(float(elapsed), 0.0) if math.isfinite(elapsed) else 0.0
        # "surrogatepass" bytes are the one form that gives back every Python string, whatever a terminal or clipboard sent.
        data = text.encode("utf-8", "surrogatepass")
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO drafts (question, role, text, caret, elapsed, updated) VALUES (?, ?, ?, ?, ?, ?)",
                (question, role, data, caret, elapsed, updated),
            )
        return Draft(question, role, text, caret, elapsed, from_text(updated))

    def load(self, question: str, role: Role) -> Draft | None:
        """The draft, or None. Raises StoreError."""
        _check_key(question, role)
        rows = self._database.query(f"{_SELECT} WHERE question = ? AND role = ?", (question, role))
        return self._draft(rows[0]) if rows else None

    def discard(self, question: str, role: Role) -> None:
        """Delete the draft, if there is one. Raises StoreError."""
        _check_key(question, role)
        if not self._database.open_existing():
            return
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM drafts WHERE question = ? AND role = ?", (question, role))

    def all(self) -> list[Draft]:
        """Every draft, the latest first. Raises StoreError."""
        return [self._draft(row) for row in self._database.query(f"{_SELECT} ORDER BY updated DESC, question, role")]

    def _draft(self, row: Row) -> Draft:
        question, role, data, caret, elapsed, updated = row
        try:
            text = bytes(data).decode("utf-8", "surrogatepass")
            return Draft(question, role, text, caret, elapsed, from_text(updated))
        except (TypeError, ValueError) as error:
            raise damaged(self._database.path, f"the draft of {question!r} cannot be read") from error


_SELECT = "SELECT question, role, text, caret, elapsed, updated FROM drafts"


def _check_key(question: str, role: str) -> None:
    check_id(question, "draft.question")
    check_role(role, "draft.role")
