-- What the reader made of a fact: the vectors of its tokens, so that a question costs no more than reading the question.
--
-- digest is that of the line which was read (text, names, roles, event), model the reader's version; where either differs the
-- vectors are made anew. vectors holds 8-bit numbers: one row for the whole and one for each token.

CREATE TABLE fact_vector (
    fact_id INTEGER PRIMARY KEY REFERENCES fact(id),
    model TEXT NOT NULL,
    digest BLOB NOT NULL,
    vectors BLOB NOT NULL
) STRICT;
