"""Checking quotations: what somebody is said to have said, held word by word against what the facts have.

`checker` is the whole way. `quotations` finds what a text quotes and whose it is, `provenance` where it is said to be from.
`alignment` lays it against a recorded quote, `recognition` tells whether it is that one, `flags` what must not be overlooked
(with `altered_words`, `hedges` and `brackets`), and `verdict` decides, also where two quotes are run together. `vocabulary` is
what all of them know of words and their spellings. What was found is said and shown by `verdicts` and `differences` in
`bot.presentation`.
"""
