"""Plots from numpy arrays: braille charts in terminal cells, and the same picture as SVG. Knows nothing of Textual."""

from quizbot.plot.options import ChartOptions, options_for

__all__ = ["ChartOptions", "options_for"]
