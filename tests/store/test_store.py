from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, timedelta
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbot.store import AttemptBody, Draft, InvalidRecordError, Store, StoreClosedError, StoreError
from quizbot.store.database import Database
from tests.store.samples import START, attempt, counting, paths_in, store_in, ticking
from tests.store.strategies import any_text


def in_memory() -> Store:
    return Store.in_memory(now=ticking(), new_id=counting())


# Drafts


@given(any_text, st.integers(), st.floats())
def test_a_draft_gives_back_every_text_exactly(text: str, caret: int, elapsed: float) -> None:
    with in_memory() as store:
        saved = store.drafts.save("q", "technical", text, caret, elapsed)
        assert store.drafts.load("q", "technical") == saved
    assert saved.text == text
    assert 0 <= saved.caret <= len(text)
    assert 0 <= saved.elapsed < float("inf")
    if 0 <= caret <= len(text):
        assert saved.caret == caret
    if 0 <= elapsed < float("inf"):
        assert saved.elapsed == elapsed


def test_drafts_are_kept_apart_by_question_and_role_and_outlive_the_store(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        store.drafts.save("a", "technical", "old", 1, 1.0)
        store.drafts.save("a", "managerial", "other role", 2, 2.0)
        store.drafts.save("b", "technical", "other question", 3, 3.0)
        store.drafts.save("a", "technical", "new", 3, 4.0)
    with store_in(tmp_path) as store:
        assert store.drafts.all() == [
            Draft("a", "technical", "new", 3, 4.0, START + timedelta(seconds=3)),
            Draft("b", "technical", "other question", 3, 3.0, START + timedelta(seconds=2)),
            Draft("a", "managerial", "other role", 2, 2.0, START + timedelta(seconds=1)),
        ]
        store.drafts.discard("a", "technical")
        store.drafts.discard("a", "technical")
        assert store.drafts.load("a", "technical") is None
        assert store.drafts.load("c", "technical") is None
        assert {draft.text for draft in store.drafts.all()} == {"other question", "other role"}


def test_an_attempt_takes_its_own_draft_with_it(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        store.drafts.save("learning-rate", "technical", "typed", 5, 9.0)
        store.drafts.save("learning-rate", "managerial", "kept", 4, 9.0)
        event = store.record_attempt(attempt(answer="typed"))
        assert store.drafts.load("learning-rate", "technical") is None
        assert [draft.text for draft in store.drafts.all()] == ["kept"]
        assert list(store.attempts("learning-rate")) == [event]
        store.drafts.save("learning-rate", "technical", "again", 5, 9.0)
        store.record_attempt(attempt(), discard_draft=False)
        assert len(store.drafts.all()) == 2


def test_an_attempt_that_fails_keeps_the_draft_and_a_draft_that_cannot_go_keeps_out_the_attempt(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        store.drafts.save("learning-rate", "technical", "typed", 5, 9.0)
        wrong: AttemptBody = attempt(score=101.0)
        with pytest.raises(InvalidRecordError):
            store.record_attempt(wrong)
        assert [draft.text for draft in store.drafts.all()] == ["typed"]
    database = Database(paths_in(tmp_path).database, now=ticking(), new_id=counting())
    with database.transaction() as connection:
        connection.execute("CREATE TRIGGER stuck BEFORE DELETE ON drafts BEGIN SELECT RAISE(ABORT, 'stuck'); END")
    database.close()
    with store_in(tmp_path) as store:
        with pytest.raises(StoreError, match="stuck"):
            store.record_attempt(attempt())
        assert store.events.count() == 0
        assert [draft.text for draft in store.drafts.all()] == ["typed"]


@pytest.mark.parametrize(
    ("question", "role"), [("", "technical"), ("a\0b", "technical"), ("\udc80", "technical"), ("q", "")]
)
def test_a_draft_needs_a_question_and_a_role(question: str, role: str) -> None:
    with in_memory() as store, pytest.raises(InvalidRecordError, match="draft"):
        store.drafts.save(question, role, "text", 0, 0.0)  # type: ignore[arg-type]


# What is derived


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["a", "b", "ü"]), st.integers(0, 5), st.integers(0, 100)), max_size=25))
def test_last_attempts_agree_with_a_plain_loop(rows: list[tuple[str, int, int]]) -> None:
    with in_memory() as store:
        events = [
            store.events.append("attempt", attempt(question, score=score), at=START + timedelta(hours=hour))
            for question, hour, score in rows
        ]
        summaries = store.last_attempts()
    assert set(summaries) == {question for question, _, _ in rows}
    for question, summary in summaries.items():
        of_it = [event for event in events if event.body["question"] == question]
        latest = max(of_it, key=lambda event: (event.at, event.uuid))
        assert (summary.question, summary.score, summary.at, summary.attempts) == (
            question,
            latest.body["score"],
            latest.at,
            len(of_it),
        )


def test_last_attempts_count_attempts_only() -> None:
    with in_memory() as store:
        event = store.record_attempt(attempt("a", score=40))
        store.events.append(
            "self_assessment",
            {"attempt": event.uuid, "question": "a", "role": "technical", "points": [], "score": 90},
        )
        store.events.append(
            "self_assessment",
            {"attempt": event.uuid, "question": "b", "role": "technical", "points": [], "score": 90},
        )
        summaries = store.last_attempts()
        assert {question: (item.score, item.attempts) for question, item in summaries.items()} == {"a": (40, 1)}


def test_last_attempts_read_no_rows_only_their_index(tmp_path: Path) -> None:
    """The home screen asks this at each start; 50,000 long rows must not be read for it."""
    asked: list[str] = []

    class Watching(Database):
        def query(self, sql: str, parameters: object = ()) -> list[tuple[object, ...]]:
            asked.append(sql)
            return super().query(sql, parameters)  # type: ignore[arg-type]

    database = Watching(tmp_path / "q.db", now=ticking(), new_id=counting())
    database.prepare()
    Store(database, now=ticking(), new_id=counting()).last_attempts()
    assert len(asked) == 1
    plan = " ".join(str(row[3]) for row in database.query("EXPLAIN QUERY PLAN " + asked[0]))
    database.close()
    assert "USING COVERING INDEX events_by_question" in plan
    assert "TEMP B-TREE" not in plan


def test_question_and_score_columns_repeat_the_body(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        for score in (0, 33.3, 100):
            store.record_attempt(attempt("ü", score=score))
    database = Database(paths_in(tmp_path).database, now=ticking(), new_id=counting())
    rows = database.query("SELECT question, score, body FROM events")
    database.close()
    assert len(rows) == 3
    for question, score, body in rows:
        assert (question, score) == (json.loads(body)["question"], json.loads(body)["score"])


# Opening, closing, threads


def test_reading_creates_nothing_and_the_first_write_creates_all(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        assert list(store.events.read()) == []
        assert list(store.attempts()) == []
        assert store.last_attempts() == {}
        assert store.drafts.all() == []
        assert store.drafts.load("q", "technical") is None
        store.drafts.discard("q", "technical")
        assert store.events.count() == 0
        assert store.problems() == []
        assert list(tmp_path.iterdir()) == []
        # Another instance writes first; this one sees it.
        with store_in(tmp_path) as other:
            other.record_attempt(attempt())
        assert store.events.count() == 1
        assert store.where == str(paths_in(tmp_path).database)
        assert store.persistent


def test_a_query_cannot_write(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        store.drafts.save("q", "technical", "typed", 0, 0.0)
        database = Database(paths_in(tmp_path).database, now=ticking(), new_id=counting())
        with pytest.raises(StoreError):
            database.query("DELETE FROM drafts")
        database.close()
        assert len(store.drafts.all()) == 1


def test_prepare_creates_the_file_and_a_closed_store_leaves_one_file(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        store.prepare()
        assert paths_in(tmp_path).database.is_file()
        store.record_attempt(attempt())
    assert [path.name for path in paths_in(tmp_path).data.iterdir()] == ["quizbot.db"]


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    for store in (store_in(tmp_path), in_memory()):
        store.drafts.save("q", "technical", "x", 0, 0.0)
        store.close()
        store.close()
        with pytest.raises(StoreClosedError):
            store.drafts.save("q", "technical", "y", 0, 0.0)
        with pytest.raises(StoreClosedError):
            store.last_attempts()


def test_memory_stores_are_separate_and_touch_no_disk() -> None:
    with in_memory() as one, in_memory() as two:
        one.record_attempt(attempt())
        assert one.events.count() == 1
        assert two.events.count() == 0
        assert one.where == "in memory"
        assert not one.persistent


def test_default_clock_and_ids_are_real() -> None:
    with Store.in_memory() as one, Store.in_memory() as two:
        events = [store.record_attempt(attempt()) for store in (one, one, two)]
    assert len({event.uuid for event in events}) == 3
    assert events[0].machine == events[1].machine != events[2].machine
    assert all(event.at.tzinfo is UTC for event in events)


def test_the_machine_keeps_its_name(tmp_path: Path) -> None:
    names = []
    for _ in range(2):
        with Store.open(paths_in(tmp_path)) as store:
            names.append(store.record_attempt(attempt()).machine)
    assert names[0] == names[1]


@pytest.mark.parametrize("on_disk", [True, False])
def test_threads_write_while_others_read(tmp_path: Path, on_disk: bool) -> None:
    store = Store.open(paths_in(tmp_path)) if on_disk else Store.in_memory()
    failures: list[BaseException] = []

    def guarded(work: object) -> None:
        try:
            assert callable(work)
            for number in range(40):
                work(number)
        except BaseException as error:
            failures.append(error)

    def write(number: int) -> None:
        store.drafts.save("learning-rate", "technical", str(number), 0, 0.0)
        store.record_attempt(attempt(answer=str(number)))

    def read(_: int) -> None:
        events = list(store.attempts())
        counted = sum(summary.attempts for summary in store.last_attempts().values())
        assert len(events) <= counted

    threads = [Thread(target=guarded, args=(work,)) for work in (write, write, write, read, read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.events.count() == 120
    store.close()


def test_importing_and_opening_load_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys, quizbot.store as s\n"
        "early = {'sqlite3', 'platformdirs', 'uuid', 'textual', 'pydantic', 'numpy', 'yaml'} & set(sys.modules)\n"
        "s.Store.open(s.resolve({'QUIZBOT_HOME': sys.argv[1]})).last_attempts()\n"
        "late = {'platformdirs', 'uuid', 'textual', 'pydantic', 'numpy', 'yaml'} & set(sys.modules)\n"
        "print(sorted(early), sorted(late))\n"
    )
    with store_in(tmp_path) as store:
        store.prepare()
    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "home")],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert run.stdout.strip() == "[] []"
