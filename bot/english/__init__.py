"""English, as answers, checking and drafting read it: one list of each kind of words, and one reading of each kind of thing.

A text is cut for three ends: `tokens` keeps it as it is written, to find sentences, names and speakers in; `search_words` leaves
what questions and facts are searched by; `words` what two texts are compared by, with numbers in figures.

Nothing here knows of facts or of a base: it takes text and gives back words, numbers, quotations and speakers.
"""
