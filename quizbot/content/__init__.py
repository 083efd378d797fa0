"""Practice content: the question format, its loader and its cache."""
