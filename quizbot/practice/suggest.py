"""Which question comes next, as long as nothing is scheduled: new ones first, then the weakest and oldest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from quizbot.content.records import LEVELS, Header, Role


class LastAttempt(Protocol):
    """What is known of the latest attempt at a question."""

    @property
    def score(self) -> float: ...

    @property
    def at(self) -> object: ...


def in_learning_order(headers: Iterable[Header]) -> list[Header]:
    """Headers so that what a question `needs` comes before it where it can; otherwise by level and title.

    Needs of questions that are not there, and circles of needs, are no obstacle.
    """
    ordered = sorted(
        headers, key=lambda header: (LEVELS.index(header["level"]), header["title"].casefold(), header["id"])
    )
    known = {header["id"]: header for header in ordered}
    placed: dict[str, Header] = {}
    begun: set[str] = set()
    # Depth first with a stack of its own: a long chain of needs is no reason to run out of Python's.
    for header in ordered:
        waiting = [(header, iter(header["needs"]))] if header["id"] not in begun else []
        begun.add(header["id"])
        while waiting:
            current, needs = waiting[-1]
            needed = next((name for name in needs if name in known and name not in begun), None)
            if needed is None:
                placed[current["id"]] = current
                waiting.pop()
            else:
                begun.add(needed)
                waiting.append((known[needed], iter(known[needed]["needs"])))
    return list(placed.values())


def as_listed(headers: Iterable[Header]) -> list[Header]:
    """Headers as lists show them: pack after pack, each in learning order."""
    return sorted(in_learning_order(headers), key=lambda header: header["pack"])


def next_question(
    headers: Sequence[Header], last: Mapping[str, LastAttempt], *, role: Role | None = None, after: str | None = None
) -> Header | None:
    """The question to practise next: the first unseen one in learning order, then the lowest last score, oldest first.

    `after` is the question just answered, which does not come again while there is another.
    """
    fitting = [header for header in in_learning_order(headers) if role is None or role in header["roles"]]
    others = [header for header in fitting if header["id"] != after]
    unseen = [header for header in others if header["id"] not in last]
    if unseen:
        return unseen[0]
    seen = sorted(others, key=lambda header: (last[header["id"]].score, str(last[header["id"]].at)))
    return seen[0] if seen else next(iter(fitting), None)
