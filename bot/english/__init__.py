"""English, as answers, checking and drafting read it: one list of words, one cutter and one reading of each kind of thing.

Nothing here knows of facts or of a base: it takes text and gives back words, numbers, quotations and speakers.
"""
