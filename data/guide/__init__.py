"""What in README and docs/ is made rather than written: the tables, from the code, and what the samples print.

    python -m data.guide

writes both into the pages anew; `tests/docs` fails where a page says something else.
"""
