"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# No test may depend on how fast the machine is; a loaded one would fail by hypothesis' deadline.
settings.register_profile("quizbot", deadline=None)
settings.load_profile("quizbot")
