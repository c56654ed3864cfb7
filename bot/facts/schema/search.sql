-- How facts are found: by their words, in an index that triggers keep in step with the facts, whoever writes them, and by meaning.
--
-- fact_words is a view with the words of each live fact. The triggers copy a fact's row from it into fact_search when the fact
-- or one of its parts changes. A part that is written before its fact causes nothing: the fact's row then brings all at once.

-- A row is the words of one live fact, its number being the fact's.
--
-- The tokenizer stems words as English has them. Those of stories in other languages are searched by stems, which come stemmed: it
-- stems these once more, but what is looked for in this column as well.
CREATE VIRTUAL TABLE fact_search USING fts5(text, phrasings, names, context, words, dates, stems,
    tokenize = "porter unicode61 remove_diacritics 2");

-- Months are found by their names, and a span of a year (1130 between two yyyymmdd keys) or more names no month.
CREATE VIEW fact_words AS
SELECT
    fact.id,
    fact.text,
    (SELECT group_concat(text, ' ') FROM phrasing WHERE fact_id = fact.id) AS phrasings,
    (
        SELECT group_concat(actor.name || ifnull(' ' || (
            SELECT group_concat(alias, ' ') FROM actor_alias WHERE actor_id = actor.id
        ), ''), ' ')
        FROM fact_actor JOIN actor ON actor.id = fact_actor.actor_id WHERE fact_actor.fact_id = fact.id
    ) AS names,
    said.context,
    replace(fact.slug, '-', ' ') AS words,
    said.dates,
    fact.stems
FROM fact JOIN (
    SELECT
        id,
        trim(ifnull(context, '') || ' ' || ifnull("where", '')) AS context,
        trim(
            CASE WHEN date_to - date_from < 1130 THEN
                CASE (date_from % 10000 + 10000) % 10000 / 100
                    WHEN 1 THEN 'January' WHEN 2 THEN 'February' WHEN 3 THEN 'March' WHEN 4 THEN 'April'
                    WHEN 5 THEN 'May' WHEN 6 THEN 'June' WHEN 7 THEN 'July' WHEN 8 THEN 'August'
                    WHEN 9 THEN 'September' WHEN 10 THEN 'October' WHEN 11 THEN 'November' WHEN 12 THEN 'December'
                END || ' ' ||
                CASE WHEN date_to / 100 <> date_from / 100 THEN CASE (date_to % 10000 + 10000) % 10000 / 100
                    WHEN 1 THEN 'January' WHEN 2 THEN 'February' WHEN 3 THEN 'March' WHEN 4 THEN 'April'
                    WHEN 5 THEN 'May' WHEN 6 THEN 'June' WHEN 7 THEN 'July' WHEN 8 THEN 'August'
                    WHEN 9 THEN 'September' WHEN 10 THEN 'October' WHEN 11 THEN 'November' WHEN 12 THEN 'December'
                END ELSE '' END
            ELSE '' END
            || ifnull(' ' || (date_from / 10000), '')
            || CASE WHEN date_from IS NULL OR date_to / 10000 <> date_from / 10000
                THEN ifnull(' ' || (date_to / 10000), '') ELSE '' END
        ) AS dates
    FROM fact
) AS said USING (id)
WHERE fact.retracted = 0;

CREATE TRIGGER fact_added AFTER INSERT ON fact
WHEN NEW.retracted = 0
BEGIN
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (NEW.id);
END;

CREATE TRIGGER fact_changed AFTER UPDATE OF id, slug, text, date_from, date_to, "where", context, stems, retracted ON fact
BEGIN
    DELETE FROM fact_search WHERE rowid IN (NEW.id);
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (NEW.id);
    DELETE FROM fact_search WHERE rowid IN (OLD.id);
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (OLD.id);
END;

CREATE TRIGGER phrasing_added AFTER INSERT ON phrasing
WHEN EXISTS (SELECT 1 FROM fact WHERE id = NEW.fact_id AND retracted = 0)
BEGIN
    DELETE FROM fact_search WHERE rowid IN (NEW.fact_id);
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (NEW.fact_id);
END;

CREATE TRIGGER phrasing_removed AFTER DELETE ON phrasing
WHEN EXISTS (SELECT 1 FROM fact WHERE id = OLD.fact_id AND retracted = 0)
BEGIN
    DELETE FROM fact_search WHERE rowid IN (OLD.fact_id);
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (OLD.fact_id);
END;

CREATE TRIGGER phrasing_changed AFTER UPDATE ON phrasing
BEGIN
    DELETE FROM fact_search WHERE rowid IN (NEW.fact_id);
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (NEW.fact_id);
    DELETE FROM fact_search WHERE rowid IN (OLD.fact_id);
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (OLD.fact_id);
END;

CREATE TRIGGER fact_actor_added AFTER INSERT ON fact_actor
WHEN EXISTS (SELECT 1 FROM fact WHERE id = NEW.fact_id AND retracted = 0)
BEGIN
    DELETE FROM fact_search WHERE rowid IN (NEW.fact_id);
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (NEW.fact_id);
END;

CREATE TRIGGER fact_actor_removed AFTER DELETE ON fact_actor
WHEN EXISTS (SELECT 1 FROM fact WHERE id = OLD.fact_id AND retracted = 0)
BEGIN
    DELETE FROM fact_search WHERE rowid IN (OLD.fact_id);
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (OLD.fact_id);
END;

CREATE TRIGGER fact_actor_changed AFTER UPDATE ON fact_actor
BEGIN
    DELETE FROM fact_search WHERE rowid IN (NEW.fact_id);
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (NEW.fact_id);
    DELETE FROM fact_search WHERE rowid IN (OLD.fact_id);
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (OLD.fact_id);
END;

CREATE TRIGGER actor_renamed AFTER UPDATE OF name ON actor
WHEN NEW.name IS NOT OLD.name
BEGIN
    DELETE FROM fact_search WHERE rowid IN (SELECT fact_id FROM fact_actor WHERE actor_id = NEW.id);
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (SELECT fact_id FROM fact_actor WHERE actor_id = NEW.id);
END;

CREATE TRIGGER alias_added AFTER INSERT ON actor_alias
BEGIN
    DELETE FROM fact_search WHERE rowid IN (SELECT fact_id FROM fact_actor WHERE actor_id = NEW.actor_id);
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (SELECT fact_id FROM fact_actor WHERE actor_id = NEW.actor_id);
END;

CREATE TRIGGER alias_removed AFTER DELETE ON actor_alias
BEGIN
    DELETE FROM fact_search WHERE rowid IN (SELECT fact_id FROM fact_actor WHERE actor_id = OLD.actor_id);
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (SELECT fact_id FROM fact_actor WHERE actor_id = OLD.actor_id);
END;

CREATE TRIGGER alias_changed AFTER UPDATE ON actor_alias
BEGIN
    DELETE FROM fact_search WHERE rowid IN (SELECT fact_id FROM fact_actor WHERE actor_id = NEW.actor_id);
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (SELECT fact_id FROM fact_actor WHERE actor_id = NEW.actor_id);
    DELETE FROM fact_search WHERE rowid IN (SELECT fact_id FROM fact_actor WHERE actor_id = OLD.actor_id);
    INSERT INTO fact_search(rowid, text, phrasings, names, context, words, dates, stems)
        SELECT id, text, phrasings, names, context, words, dates, stems FROM fact_words
        WHERE id IN (SELECT fact_id FROM fact_actor WHERE actor_id = OLD.actor_id);
END;

-- A row is the first fact of each run of facts of one story, from which the story of a fact is known by its number alone.
--
-- Facts are numbered as they come and never deleted, and a story's come together, so there are hardly more runs than stories.
-- Looking up the stories of thousands of facts that hold a word thus reads none of the facts themselves.
CREATE TABLE story_run (
    first INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES story(id)
) STRICT;

CREATE INDEX story_run_story ON story_run(story_id);

CREATE TRIGGER fact_begins_run AFTER INSERT ON fact
WHEN NEW.story_id IS NOT (SELECT story_id FROM story_run WHERE first < NEW.id ORDER BY first DESC LIMIT 1)
BEGIN INSERT INTO story_run VALUES (NEW.id, NEW.story_id); END;

-- A row is what the reader made of a fact: the vectors of its tokens, so that a question costs no more than reading the question.
--
-- digest is that of the line which was read (text, names, roles, event), model the reader's version; where either differs the
-- vectors are made anew. vectors holds 8-bit numbers: one row for the whole and one for each token.
CREATE TABLE fact_vector (
    fact_id INTEGER PRIMARY KEY REFERENCES fact(id),
    model TEXT NOT NULL,
    digest BLOB NOT NULL,
    vectors BLOB NOT NULL
) STRICT;

-- The first row of each fact's vectors, which stands for the whole fact: some 110 bytes a fact. A big base is searched by these
-- alone, and from the index they are read in a hundredth of the time that the whole vectors take.
CREATE INDEX fact_vector_whole ON fact_vector(model, fact_id, substr(vectors, 1, 96));
