from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbot.store import AttemptBody, DamagedStoreError, Event, InvalidRecordError, Store
from quizbot.store.database import Database
from quizbot.store.events import EventLog
from tests.store.samples import START, assessment, attempt, counting, prediction, store_in, ticking
from tests.store.strategies import any_text


def in_memory() -> Store:
    return Store.in_memory(now=ticking(), new_id=counting())


def test_what_is_appended_is_read_back_by_another_instance(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        first = store.events.append("attempt", attempt())
        written = [
            first,
            store.events.append("self_assessment", assessment(first.uuid)),
            store.events.append("demo_prediction", prediction()),
        ]
    with store_in(tmp_path) as store:
        assert list(store.events.read()) == written
    assert [event.kind for event in written] == ["attempt", "self_assessment", "demo_prediction"]
    assert first.body == json.loads(json.dumps(attempt()))
    assert written[1].body == assessment(first.uuid)
    assert written[2].body == prediction()
    assert first.at == START
    assert len({event.uuid for event in written}) == 3
    assert len({event.machine for event in written}) == 1


@given(any_text, any_text)
def test_any_text_survives(answer: str, says: str) -> None:
    body = attempt(answer=answer)
    body["misconceptions"] = [{"point": "p", "says": says, "because": "", "evidence": []}]
    with in_memory() as store:
        event = store.events.append("attempt", body)
        [read] = store.events.read()
    assert read == event
    # JSON's one known limit: UTF-16 halves that meet become their character.
    for given_text, kept in ((answer, read.body["answer"]), (says, read.body["misconceptions"][0]["says"])):
        assert kept == given_text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


@given(st.datetimes(timezones=st.timezones()))
def test_any_time_survives_as_utc(at: datetime) -> None:
    with in_memory() as store:
        try:
            event = store.events.append("attempt", attempt(), at=at)
        except InvalidRecordError:
            with pytest.raises(OverflowError):
                at.astimezone(UTC)
            return
        [read] = store.events.read()
    assert read.at == event.at == at.astimezone(UTC)
    assert read.at.tzinfo is UTC


def test_times_are_text_of_one_width_in_utc(tmp_path: Path) -> None:
    database = Database(tmp_path / "q.db", now=ticking(), new_id=counting())
    log = EventLog(database, now=ticking(), new_id=counting("e"))
    log.append("attempt", attempt(), at=datetime(2026, 3, 1, 1, 0, tzinfo=timezone(timedelta(hours=2))))
    log.append("attempt", attempt(), at=datetime(987, 3, 1, 1, 0, 0, 7, tzinfo=UTC))
    rows = database.query("SELECT time FROM events ORDER BY seq")
    database.close()
    assert rows == [("2026-02-28T23:00:00.000000Z",), ("0987-03-01T01:00:00.000007Z",)]


def test_a_time_without_zone_is_refused() -> None:
    with in_memory() as store, pytest.raises(InvalidRecordError, match="time zone"):
        store.events.append("attempt", attempt(), at=datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_refused_body_leaves_nothing(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        wrong = cast("AttemptBody", dict(attempt()) | {"score": float("nan")})
        with pytest.raises(InvalidRecordError):
            store.record_attempt(wrong)
        assert store.events.count() == 0


def test_an_id_that_is_there_already_is_refused() -> None:
    with Store.in_memory(now=ticking(), new_id=lambda: "same") as store:
        store.events.append("attempt", attempt(answer="first"))
        with pytest.raises(InvalidRecordError, match="already there"):
            store.events.append("attempt", attempt(answer="second"))
        assert [event.body["answer"] for event in store.events.read()] == ["first"]


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.booleans(), st.integers(0, 20)),
        max_size=40,
    ),
    st.sampled_from([None, "attempt", "self_assessment"]),
    st.sampled_from([None, "a", "b", "c", "\ud800"]),
    st.none() | st.integers(0, 20),
)
def test_reading_filters_and_sorts_like_a_plain_list(
    rows: list[tuple[str, bool, int]], kind: str | None, question: str | None, since: int | None
) -> None:
    with in_memory() as store:
        events = []
        for name, is_attempt, second in rows:
            at = START + timedelta(seconds=second)
            body = attempt(name) if is_attempt else assessment("u") | {"question": name}
            events.append(store.events.append("attempt" if is_attempt else "self_assessment", body, at=at))
        after = None if since is None else START + timedelta(seconds=since)
        read = list(store.events.read(kind=kind, question=question, since=after))
    expected = [
        event
        for event in sorted(events, key=lambda event: (event.at, event.uuid))
        if kind in (None, event.kind)
        and question in (None, event.body["question"])
        and (after is None or event.at >= after)
    ]
    assert read == expected


def test_reading_goes_on_over_many_pages_and_ignores_what_is_appended_meanwhile() -> None:
    with in_memory() as store:
        # Many events of one moment, so that pages end inside a tie.
        written = [store.events.append("attempt", attempt(), at=START + timedelta(seconds=n % 3)) for n in range(650)]
        read: list[Event] = []
        for event in store.events.read():
            if len(read) % 100 == 0:
                store.events.append("attempt", attempt(), at=START + timedelta(days=1))
            read.append(event)
        assert read == sorted(written, key=lambda event: (event.at, event.uuid))
        assert store.events.count() == 650 + 7


def test_kinds_of_a_newer_version_are_read_untouched(tmp_path: Path) -> None:
    body = {"question": "learning-rate", "shape": {"unknown": [1, None, "x"]}}
    path = tmp_path / "q.db"
    database = Database(path, now=ticking(), new_id=counting())
    with database.transaction() as connection:
        connection.execute(
            "INSERT INTO events (uuid, machine, time, kind, question, body) VALUES (?, ?, ?, ?, ?, ?)",
            ("u", "other", "2030-01-01T00:00:00.000000Z", "hologram", "learning-rate", json.dumps(body)),
        )
    log = EventLog(database, now=ticking(), new_id=counting())
    [event] = log.read(question="learning-rate")
    assert (event.kind, event.machine, event.body) == ("hologram", "other", body)
    with pytest.raises(InvalidRecordError, match="hologram"):
        log.append("hologram", body)
    database.close()


@pytest.mark.parametrize("text", ["{", "[]", "", "[" * 100_000])
def test_a_body_that_is_no_json_object_is_called_damage(tmp_path: Path, text: str) -> None:
    database = Database(tmp_path / "q.db", now=ticking(), new_id=counting())
    with database.transaction() as connection:
        connection.execute(
            "INSERT INTO events (uuid, machine, time, kind, body) VALUES ('u', 'm', ?, 'attempt', ?)",
            ("2030-01-01T00:00:00.000000Z", text),
        )
    with pytest.raises(DamagedStoreError, match="event 1"):
        list(EventLog(database, now=ticking(), new_id=counting()).read())
    database.close()
