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


def main(arguments: Sequence[str]) -> int:
    """Trains, and writes what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m quizbot.scoring.reader.fit", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="folders of graded answers and sentences")
    parser.add_argument("--leave-out", action="append", default=[], metavar="ID", help="a question to leave out")
    parser.add_argument("--half", type=int, choices=(0, 1), help="train on the other half, write readings of this one")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=None, help="highest learning rate of the body")
    parser.add_argument("--sentences", type=float, default=1.0, metavar="SHARE", help="share drawn for each epoch")
    parser.add_argument("--begin", action="append", default=[], type=Path, metavar="FILE",
                        help="begin from the mean of these weights (--save) instead of MiniLM")  # fmt: skip
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep the trained weights as PyTorch saves them")
    parser.add_argument(
        "--readings", type=Path, metavar="FILE", help="with --half: where the readings go, as JSON Lines"
    )
    options = parser.parse_args(arguments)
    try:
        import torch

        from . import start
        from .cases import epoch, halves, read_sentences
        from .export import arrays_of, chosen_pieces, write
        from .model import TorchReader, started
        from .run import RATE, readings, train
    except ImportError as error:
        print(f"fit: {error}; install the extra: pip install 'quizbot[training]'", file=sys.stderr)
        return 2
    from ...data import documents, read_graded
    from ..wordpiece import WordPiece

    try:
        questions = [q for q in read_graded(options.paths) if q.id not in options.leave_out]
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
    both = halves(questions)
    used = questions if options.half is None else both[1 - options.half]
    print(f"{len(used)} questions, {sum(len(q.answers) for q in used)} answers")
    train(
        model,
        cutter,
        lambda number: epoch(used, sentences, number, options.sentences),
        epochs=options.epochs,
        rate=options.rate or RATE,
    )
    if options.save:
        torch.save(model.state_dict(), options.save)
    if options.half is None:
        texts = [text for q in questions for text in documents(q)] + [
            s.text for some in sentences.values() for s in some
        ]
        kept = chosen_pieces(vocabulary, texts)
        write(Path(__file__).parent.parent, arrays_of(model.state_dict(), vocabulary, kept), kept)
        print(f"{len(kept)} pieces")
    elif options.readings:
        with options.readings.open("w", encoding="utf-8", newline="\n") as file:
            for question in both[options.half]:
                made = readings(model, cutter, question, question.answers)
                for answer, rows in zip(question.answers, made, strict=True):
                    line = {"answer": answer.id, "question": question.id,
                            "log_odds": {p.id: row for p, row in zip(question.points, rows, strict=True)}}  # fmt: skip
                    file.write(json.dumps(line) + "\n")
    assert isinstance(model, TorchReader)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
