"""quizbot: a terminal practice partner for technical interviews."""

__version__ = "0.1.0"
