"""The second reading: a small language model that reads the whole answer against each key point.

The lexical scorer beside this package is quick and shows its reasons; it misses points made in unforeseen words. This network
reads meaning from context. Its four log-odds a key point are weighed against those of the trees in `quizbot.scoring.stack`.
Nothing here is imported, and no file read, before an answer is read thoroughly.
"""
