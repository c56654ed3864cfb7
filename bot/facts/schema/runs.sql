-- The story of a fact, known from its number alone: a row for the first fact of each run of facts of one story.
--
-- Facts are numbered as they come and never deleted, and a story's come together, so there are hardly more runs than stories.
-- Looking up the stories of thousands of facts that hold a word thus reads none of the facts themselves.

CREATE TABLE story_run (
    first INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES story(id)
) STRICT;

CREATE INDEX story_run_story ON story_run(story_id);

INSERT INTO story_run
SELECT id, story_id FROM (SELECT id, story_id, lag(story_id) OVER (ORDER BY id) AS before FROM fact)
WHERE story_id IS NOT before;

CREATE TRIGGER fact_begins_run AFTER INSERT ON fact
WHEN NEW.story_id IS NOT (SELECT story_id FROM story_run WHERE first < NEW.id ORDER BY first DESC LIMIT 1)
BEGIN INSERT INTO story_run VALUES (NEW.id, NEW.story_id); END;
