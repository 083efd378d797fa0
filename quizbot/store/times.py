"""Times in the store: UTC text of fixed width, so that sorting the text sorts the times."""

from __future__ import annotations

from datetime import UTC, datetime

from quizbot.store.errors import InvalidRecordError


def to_text(moment: datetime) -> str:
    """`2026-03-01T09:30:00.000000Z`. Raises InvalidRecordError for a time without zone or outside the years 1 to 9999."""
    if moment.utcoffset() is None:
        raise InvalidRecordError("A time without a time zone cannot be stored. Use datetime.now(UTC).")
    try:
        utc = moment.astimezone(UTC)
    except OverflowError as error:
        raise InvalidRecordError("A time outside the years 1 to 9999 cannot be stored.") from error
    return utc.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def from_text(text: str) -> datetime:
    """The time of `to_text`, in UTC. Raises ValueError."""
    return datetime.fromisoformat(text).astimezone(UTC)
