"""Deciding what is said: how likely the best fact answers, which others answer too, and what is said where none does.

In: the question and the reader's judgement. Out: a probability, the facts that answer, a sentence on what is known, and why.
"""
