"""`python -m quizbot.scoring.reader.fit PATH…`: trains the reader on graded answers and sentences.

`--half N` trains on one half of the questions and writes its readings of the other half, for the weighing and for honest
measurement; without it the network is trained on all and written into the package. Needs the extra `training`. Seeds are
fixed; sums of floating-point numbers differ between machines, so weights made elsewhere agree closely, not to the byte.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random


def main(arguments: Sequence[str]) -> int:
    """Trains, and writes what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m quizbot.scoring.reader.fit", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="folders of graded answers and sentences")
    parser.add_argument("--leave-out", action="append", default=[], metavar="ID", help="a question to leave out")
    parser.add_argument("--half", type=int, choices=(0, 1), help="train on the other half, write readings of this one")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--hold", action="store_true", help="no decay of the learning rate: more training follows")
    parser.add_argument("--only-save", action="store_true", help="leave the package as it is")
    parser.add_argument("--known", action="append", default=[], type=Path, metavar="PATH",
                        help="what the start weights were trained on: in no half, drawn anew each epoch")  # fmt: skip
    parser.add_argument("--replay", type=float, default=1.0, metavar="SHARE", help="how much of what is known is drawn")
    parser.add_argument("--seed", type=int, default=0, help="of what is drawn")
    parser.add_argument("--rate", type=float, default=None, help="highest learning rate of the body")
    parser.add_argument("--sentences", type=float, default=1.0, metavar="SHARE", help="share drawn for each epoch")
    parser.add_argument("--begin", action="append", default=[], type=Path, metavar="FILE",
                        help="begin from the mean of these weights (--save) instead of MiniLM")  # fmt: skip
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep the trained weights as PyTorch saves them")
    parser.add_argument(
        "--readings", type=Path, metavar="FILE", help="with --half: where the readings go, as JSON Lines"
    )
    parser.add_argument("--only", action="append", default=[], type=Path, metavar="PATH",
                        help="with --readings: only questions that are in these files or folders")  # fmt: skip
    parser.add_argument("--fairness", action="store_true", help="with --readings: what `evaluate --fairness` judges")
    options = parser.parse_args(arguments)
    try:
        import torch

        from . import start
        from .cases import epoch, halves, read_sentences
        from .export import arrays_of, chosen_pieces, write
        from .model import started
        from .run import RATE, readings, train
    except ImportError as error:
        print(f"fit: {error}; install the extra: pip install 'quizbot[training]'", file=sys.stderr)
        return 2
    from ...data import GradedQuestion, documents, read_graded
    from ...report.fairness import fairness_cases
    from ...train_weighing import read_cases
    from ..wordpiece import WordPiece

    try:
        questions = [q for q in read_graded(options.paths, claims=True) if q.id not in options.leave_out]
        sentences = read_sentences(options.paths)
        vocabulary = start.vocabulary()
        model = started()
    except (OSError, ValueError, start.StartMissingError) as error:
        print(f"fit: {error}", file=sys.stderr)
        return 2
    cutter = WordPiece(vocabulary)
    if options.begin:
        given = [torch.load(file) for file in options.begin]
        model.load_state_dict({name: sum(one[name].float() for one in given) / len(given) for name in given[0]})
    known_ids = {q.id for q in read_graded(options.known, claims=True)} if options.known else set()
    known = [q for q in questions if q.id in known_ids]
    both = halves([q for q in questions if q.id not in known_ids])
    used = both[0] + both[1] if options.half is None else both[1 - options.half]
    print(f"{len(used)} questions, {sum(len(q.answers) for q in used)} answers, {len(known)} questions known")

    def drawn(number: int) -> list[GradedQuestion]:
        """The questions of one epoch."""
        random = Random(f"replay:{number}")
        return used + [question for question in known if random.random() < options.replay]

    train(
        model,
        cutter,
        lambda number: epoch(drawn(number), sentences, number, options.sentences),
        epochs=options.epochs,
        rate=options.rate or RATE,
        seed=options.seed,
        hold=options.hold,
    )
    if options.save:
        torch.save(model.state_dict(), options.save)
    if options.half is None and not options.only_save:
        texts = [text for q in questions for text in documents(q)] + [
            s.text for some in sentences.values() for s in some
        ]
        kept = chosen_pieces(vocabulary, texts)
        write(Path(__file__).parent.parent, arrays_of(model.state_dict(), vocabulary, kept), kept)
        print(f"{len(kept)} pieces")
    elif options.half is not None and options.readings:
        chosen = {q.id for q in read_graded(options.only, claims=True)} if options.only else {q.id for q in questions}
        asked = [q for q in questions if q.id in chosen]
        with options.readings.open("w", encoding="utf-8", newline="\n") as file:
            for question in both[options.half]:
                if question.id not in chosen:
                    continue
                for shape, points, cases in (
                    fairness_cases(question, asked) if options.fairness else read_cases(question)
                ):
                    made = readings(model, cutter, points, list(cases.values()))
                    for name, rows in zip(cases, made, strict=True):
                        line = {"question": question.id, "answer": name, "shape": shape,
                                "log_odds": {p.id: row for p, row in zip(points, rows, strict=True)}}  # fmt: skip
                        file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
