"""`python -m quizbot` is the same as the `quizbot` command."""

import sys

from quizbot.cli import main

if __name__ == "__main__":
    sys.exit(main())
