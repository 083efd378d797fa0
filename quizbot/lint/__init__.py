"""Checks over content, scorer and demos; the one layer that sees all three."""

from quizbot.lint.run import Report, lint

__all__ = ["Report", "lint"]
