"""Checking quotations: what somebody is said to have said, held word by word against what the facts have.

`checker` is the whole way. `quotations` finds what a text quotes and whose it is, by the `names` in it, `provenance` where it is
said to be from. `alignment` lays it against a recorded quote, `recognition` tells whether it is that one, `flags` what must not
be overlooked (with `altered_words`, `hedges`, `denials` and `brackets`), and `verdict` decides; `splices` finds two quotes run
together. `wording`, `flag_wording` and `differences` say and show what was found. `lexis` is what all of them know of words.
"""
