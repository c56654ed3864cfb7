"""Time and sides: questions that are answered by how facts stand to each other, and not by one fact alone.

In: the question and the index of a whole story. Out: an `answers.Told` (facts in order, a note), None where it is no such
question; and the index as it was known by a day (`as_of`).
"""
