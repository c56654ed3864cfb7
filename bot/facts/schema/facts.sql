-- Stories with their sources, actors and facts, and the questions that they must be able to answer.
--
-- A fact is one row of fact, with its citations, its actors and its other phrasings in tables beside it. slug is the id that a
-- story file gives; id is the number by which rows point at each other, and which for a fact is shown to people: F12. A row
-- stands as it is now; what it was before is in revision.

-- A row is a story.
CREATE TABLE story (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    summary TEXT,
    language TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;

-- A row is a publication that a story cites.
--
-- details is what else is known of it, for citations and reference managers (volume, pages, editors, the day it was seen): a list
-- of pairs, a variable of the Citation Style Language and its text. A name of several is several pairs.
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES story(id),
    slug TEXT NOT NULL,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT,
    authors TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(authors)),
    published TEXT,
    url TEXT,
    archive TEXT,
    note TEXT,
    details TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(details)),
    position INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1)),
    UNIQUE (story_id, slug)
) STRICT;

-- A row is a person, an organisation or another actor of a story. wikidata is the id of its item there: Q and digits.
CREATE TABLE actor (
    id INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES story(id),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    role TEXT,
    wikidata TEXT CHECK (wikidata GLOB 'Q[1-9]*' AND substr(wikidata, 2) NOT GLOB '*[^0-9]*'),
    position INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1)),
    UNIQUE (story_id, slug)
) STRICT;

-- A row is another name of an actor.
CREATE TABLE actor_alias (
    actor_id INTEGER NOT NULL REFERENCES actor(id),
    position INTEGER NOT NULL,
    alias TEXT NOT NULL,
    PRIMARY KEY (actor_id, position)
) STRICT, WITHOUT ROWID;

-- A row is a source for what is said of an actor, and where in it: label is a CSL locator such as paragraph, locator its value.
CREATE TABLE actor_citation (
    actor_id INTEGER NOT NULL REFERENCES actor(id),
    position INTEGER NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source(id),
    label TEXT,
    locator TEXT,
    PRIMARY KEY (actor_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX actor_citation_source ON actor_citation(source_id);

-- A row is a fact: an event, a quote, a claim, or a passage, which is a sentence of an article.
--
-- date is EDTF, date_from and date_to its first and last day as yyyymmdd. reviewed is 0 for what nobody has reviewed yet. Of
-- passages, glosses are what their words mean, a list of [from, to, meaning]; quoted are the characters that are their speakers'
-- own words, a list of [from, to]; happened is 1 where one tells what happened on its date.
--
-- stems are its words and its actors' names as its story's language stems them, by which it is searched; NULL in English. No
-- trigger makes them: they are written with the fact.
--
-- cited makes a fact point at its own first citation, so that a fact without one cannot be committed. The keys between a fact
-- and its parts are checked at commit: parts may be written first, and the index is then written once a fact.
CREATE TABLE fact (
    id INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES story(id),
    slug TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('event', 'quote', 'claim', 'passage')),
    text TEXT NOT NULL CHECK (text <> ''),
    date TEXT,
    date_from INTEGER,
    date_to INTEGER,
    "where" TEXT,
    context TEXT,
    event_id INTEGER REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1)),
    reviewed INTEGER NOT NULL DEFAULT 1 CHECK (reviewed IN (0, 1)),
    glosses TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(glosses)),
    quoted TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(quoted)),
    happened INTEGER NOT NULL DEFAULT 0 CHECK (happened IN (0, 1)),
    stems TEXT,
    cited INTEGER NOT NULL GENERATED ALWAYS AS (1) STORED,
    UNIQUE (story_id, slug),
    FOREIGN KEY (id, cited) REFERENCES citation(fact_id, position) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX fact_order ON fact(story_id, retracted, position);

CREATE INDEX fact_date ON fact(kind, retracted, date_from);

CREATE INDEX fact_event ON fact(event_id) WHERE event_id IS NOT NULL;

CREATE INDEX fact_quoted ON fact(retracted, date_from) WHERE quoted <> '[]';

CREATE INDEX fact_happened ON fact(retracted, date_from) WHERE happened = 1;

CREATE TRIGGER fact_is_not_deleted BEFORE DELETE ON fact
BEGIN SELECT RAISE(ABORT, 'a fact is never deleted: set retracted = 1'); END;

-- A row is a source that says a fact, and where in it.
CREATE TABLE citation (
    fact_id INTEGER NOT NULL REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source(id),
    label TEXT,
    locator TEXT,
    PRIMARY KEY (fact_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX citation_source ON citation(source_id);

-- A row is an actor who speaks in a fact, takes part in it, or is spoken of.
CREATE TABLE fact_actor (
    fact_id INTEGER NOT NULL REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL CHECK (role IN ('speaker', 'participant', 'subject')),
    position INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES actor(id),
    PRIMARY KEY (fact_id, role, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX fact_actor_actor ON fact_actor(actor_id, role);

-- A row is another way in which readers ask for a fact.
CREATE TABLE phrasing (
    fact_id INTEGER NOT NULL REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (fact_id, position)
) STRICT, WITHOUT ROWID;

-- A row is a question that a story must be able to answer, or must not where no fact is expected.
CREATE TABLE question (
    id INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES story(id),
    position INTEGER NOT NULL,
    ask TEXT NOT NULL,
    short TEXT
) STRICT;

CREATE INDEX question_story ON question(story_id, position);

-- A row is a fact that a recorded question is to be answered with.
CREATE TABLE question_fact (
    question_id INTEGER NOT NULL REFERENCES question(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    fact_id INTEGER NOT NULL REFERENCES fact(id),
    PRIMARY KEY (question_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX question_fact_fact ON question_fact(fact_id);
