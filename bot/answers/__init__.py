"""From a question to an answer over one fact base; `answerer` is the way through.

In: a question as typed. Out: a `models.Answer`. Each stage imports only those before it: finding (the facts that it is held
against), question (what it asks), reader (which fact answers it best, and how surely), extraction (the short answer
that one fact gives), yes_or_no (with denials), short_answer (that of several), relations (what is asked about time and sides),
selection (which facts answer), explanation (why), fallbacks (what is said where no fact answers). `as_of` answers as of an
earlier day, `evaluation` measures.
"""
