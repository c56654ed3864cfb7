-- The first row of each fact's vectors, which stands for the whole fact, in an index of its own: some 110 bytes a fact.
--
-- A big base is searched by these alone, and from the index they are read in a hundredth of the time that the whole vectors take.

CREATE INDEX fact_vector_whole ON fact_vector(model, fact_id, substr(vectors, 1, 96));
