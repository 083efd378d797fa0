"""Training of the reader. Needs the extra `training` (PyTorch, the start weights); nothing else in quizbot imports this."""
