"""README and docs/ say what is so: their tables are made from the code, their samples are what is printed.

    python -m tests.docs

writes the tables and the output of the samples; the tests fail where a page says something else.
"""
