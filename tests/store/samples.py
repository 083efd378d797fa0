"""Records and stores for the tests of the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizbot.store import AttemptBody, DemoPredictionBody, Paths, SelfAssessmentBody, Store, resolve
from quizbot.store.database import Database
from quizbot.store.schema import STEPS, Step

START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def ticking(start: datetime = START, step: timedelta = timedelta(seconds=1)) -> Callable[[], datetime]:
    """A clock that moves one step at each look."""
    moment = start - step

    def now() -> datetime:
        nonlocal moment
        moment += step
        return moment

    return now


def counting(prefix: str = "id") -> Callable[[], str]:
    """Ids that sort in the order in which they were made."""
    number = 0

    def new_id() -> str:
        nonlocal number
        number += 1
        return f"{prefix}-{number:06}"

    return new_id


def paths_in(folder: Path) -> Paths:
    return resolve({"QUIZBOT_HOME": str(folder / "home")})


def store_in(folder: Path) -> Store:
    return Store.open(paths_in(folder), now=ticking(), new_id=counting())


def attempt(question: str = "learning-rate", *, answer: str = "It diverges.", score: float = 64.0) -> AttemptBody:
    return {
        "question": question,
        "role": "technical",
        "prompt": "What does the learning rate do?",
        "answer": answer,
        "score": score,
        "band": "solid",
        "passed": True,
        "points": [
            {
                "id": "too-high",
                "verdict": "covered",
                "credit": 0.93,
                "confidence": 0.88,
                "matched": "accept[1]",
                "evidence": [{"start": 3, "end": 11, "text": "diverges"}],
            },
            {"id": "too-low", "verdict": "missing", "credit": 0, "confidence": 1, "matched": None, "evidence": []},
        ],
        "misconceptions": [{"point": "adaptive", "says": "Adam needs none.", "because": "It does.", "evidence": []}],
        "flags": ["unsure"],
        "seconds": 81.5,
        "scorer_version": "1",
        "content_version": "3f2a",
        "mode": "tui",
    }


def assessment(attempt_uuid: str) -> SelfAssessmentBody:
    return {
        "attempt": attempt_uuid,
        "question": "learning-rate",
        "role": "technical",
        "points": [{"id": "too-low", "own": "partial", "automatic": "missing", "reason": "I hinted at it."}],
        "score": 75.0,
    }


def prediction() -> DemoPredictionBody:
    return {
        "demo": "learning-rate-bowl",
        "question": None,
        "params": {"rates": [0.1, 2.1], "curvatures": [1, 25], "steps": 40, "label": "bowl", "log": True, "seed": None},
        "ask": "Which run leaves the plot?",
        "chosen": "2.1",
        "correct": True,
    }


def filled(folder: Path, count: int = 30) -> Path:
    """A closed database with attempts and one draft; its path."""
    with store_in(folder) as store:
        for number in range(count):
            store.record_attempt(attempt(answer=f"{number} " + "words " * 100))
        store.drafts.save("learning-rate", "technical", "typed", 5, 1.0)
    return paths_in(folder).database


def use_everything(store: Store) -> None:
    """Every way of reading and writing once."""
    list(store.events.read())
    store.last_attempts()
    store.drafts.all()
    store.drafts.save("learning-rate", "technical", "more", 0, 0.0)
    store.record_attempt(attempt())


def database_of(path: Path, steps: tuple[Step, ...] = tuple(STEPS)) -> Database:
    return Database(path, now=ticking(), new_id=counting("other"), steps=steps)
