"""English, as answers, checking and drafting read it: one list of each kind of words, and one reading of each kind of thing.

A text is cut for three ends: `sentences` keeps it as it is written, to find names and speakers in; `search_words` leaves what
questions and facts are searched by; `compared_words` what two texts are compared by, with numbers in figures.

Words are listed in `word_classes` (small words, verbs of saying), `name_words` (titles, roles, bodies, places), `compared_words`
(negations, hedges), `search_words` (what a search leaves out), `numbers` and `amounts` (units) and `calendar` (months, days).
Dates are read by `date_expressions`, by the forms in `date_forms`; what is meant by them others decide.
How common a word is, its forms and what is related to it are in the `lexicon`.

Whose words are quoted is read by `attribution`: from `quotation_marks` and `sentences`, with `name_runs` and `roles` for names,
`subjects` for who speaks, and `coreference` for whom a pronoun means.

Nothing here knows of facts or of a base: it takes text and gives back words, numbers, quotations and speakers.
"""
