"""The benchmark: `python -m tests.bench`. Figures for people to judge; no test asserts a wall-clock time."""
