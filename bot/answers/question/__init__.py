"""Reading a question: what it asks for, its words with their weights, its names, dates and amounts.

In: the text as typed, and the index of the facts that it is asked of, for the names and the spelling of its words. Out: a
`parsing.Question`. Nothing here knows which fact answers.
"""
