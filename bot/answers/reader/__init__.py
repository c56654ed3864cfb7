"""The trained reader: which facts answer a question, where in them the short answer stands, and how sure that is.

In: a question as typed and as read, and the index of its facts. Out: a `reading.Reading`. The networks come from
``data/reader/weights``, which ``data/reader/train.py`` made; what they are given (lines of facts and of questions, `features`)
is the same there and here.
"""
