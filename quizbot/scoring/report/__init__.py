"""What `python -m quizbot.scoring.evaluate` is made of: one subject a module, each with its figures and their lines.

Everything is scored by `judging.judge` with a `judging.Scorer`; where scorers come from is the matter of `methods`. Figures
are frozen dataclasses that `figures.plain` turns into JSON. Nothing that scores imports this package.
"""
