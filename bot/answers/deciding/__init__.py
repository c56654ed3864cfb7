"""Deciding: which facts answer beyond doubt, what is said where none does, and why.

In: the question, the index of its facts and the reader's reading. Out: documents, a sentence, an explanation.
"""
