"""The short answer above the facts: cut out of them, never composed.

In: the question and the facts that answer, as judged. Out: a few words, or None where none apply.
"""
