"""A process that writes to a store and says what was confirmed, for the tests that kill it or run two of it at once.

    python -m tests.store.writer practice HOME        drafts and attempts until it is killed
    python -m tests.store.writer events HOME COUNT    COUNT attempts, begun when a line arrives on stdin

It prints `ready` when all is imported, then one line after each write that has returned: `draft N` or `attempt N UUID`.
"""

from __future__ import annotations

import sys
from itertools import count

from quizbot.store import Store, resolve
from tests.store.samples import attempt


def practise(store: Store) -> None:
    """Three drafts of an answer, each longer, then the attempt; the texts carry their number."""
    for number in count():
        text = f"{number} " + "words " * (number % 400)
        store.drafts.save("learning-rate", "technical", text, 0, float(number))
        print(f"draft {number}", flush=True)
        if number % 4 == 3:
            event = store.record_attempt(attempt(answer=text))
            print(f"attempt {number} {event.uuid}", flush=True)


def main(mode: str, home: str, *rest: str) -> None:
    print("ready", flush=True)
    if mode == "events":
        sys.stdin.readline()
    with Store.open(resolve({"QUIZBOT_HOME": home})) as store:
        if mode == "practice":
            practise(store)
        for number in range(int(rest[0])):
            event = store.events.append("attempt", attempt(answer=str(number)))
            print(f"attempt {number} {event.uuid}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
