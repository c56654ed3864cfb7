-- Stories with their sources, actors and facts, and the history of each.
--
-- A fact is one row of fact, with its citations, its actors and its other phrasings in tables beside it. Its former states are
-- in revision, which is only ever added to.

CREATE TABLE story (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    summary TEXT,
    language TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;

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
    position INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1)),
    UNIQUE (story_id, slug)
) STRICT;

CREATE TABLE actor (
    id INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES story(id),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    role TEXT,
    position INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1)),
    UNIQUE (story_id, slug)
) STRICT;

CREATE TABLE actor_alias (
    actor_id INTEGER NOT NULL REFERENCES actor(id),
    position INTEGER NOT NULL,
    alias TEXT NOT NULL,
    PRIMARY KEY (actor_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE actor_citation (
    actor_id INTEGER NOT NULL REFERENCES actor(id),
    position INTEGER NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source(id),
    label TEXT,
    locator TEXT,
    PRIMARY KEY (actor_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX actor_citation_source ON actor_citation(source_id);

-- "cited" makes a fact point at its own first citation, so that a fact without one cannot be committed. The keys between a fact
-- and its parts are checked at commit: parts may be written first, and the index is then written once a fact.
CREATE TABLE fact (
    id INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES story(id),
    slug TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('event', 'quote', 'claim')),
    text TEXT NOT NULL CHECK (text <> ''),
    date TEXT,
    date_from INTEGER,
    date_to INTEGER,
    place TEXT,
    context TEXT,
    event_id INTEGER REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    retracted INTEGER NOT NULL DEFAULT 0 CHECK (retracted IN (0, 1)),
    cited INTEGER NOT NULL GENERATED ALWAYS AS (1) STORED,
    UNIQUE (story_id, slug),
    FOREIGN KEY (id, cited) REFERENCES citation(fact_id, position) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX fact_order ON fact(story_id, retracted, position);

CREATE INDEX fact_date ON fact(kind, retracted, date_from);

CREATE INDEX fact_event ON fact(event_id) WHERE event_id IS NOT NULL;

CREATE TABLE citation (
    fact_id INTEGER NOT NULL REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source(id),
    label TEXT,
    locator TEXT,
    PRIMARY KEY (fact_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX citation_source ON citation(source_id);

CREATE TABLE fact_actor (
    fact_id INTEGER NOT NULL REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL CHECK (role IN ('speaker', 'participant', 'subject')),
    position INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES actor(id),
    PRIMARY KEY (fact_id, role, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX fact_actor_actor ON fact_actor(actor_id, role);

CREATE TABLE phrasing (
    fact_id INTEGER NOT NULL REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (fact_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE question (
    id INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES story(id),
    position INTEGER NOT NULL,
    ask TEXT NOT NULL,
    short TEXT
) STRICT;

CREATE INDEX question_story ON question(story_id, position);

CREATE TABLE question_fact (
    question_id INTEGER NOT NULL REFERENCES question(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    fact_id INTEGER NOT NULL REFERENCES fact(id),
    PRIMARY KEY (question_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX question_fact_fact ON question_fact(fact_id);

CREATE TABLE reply (
    key TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX reply_at ON reply(at);

CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('story', 'source', 'actor', 'fact')),
    item_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('add', 'revise', 'retract', 'restore')),
    content TEXT NOT NULL CHECK (json_valid(content)),
    change INTEGER NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    reason TEXT,
    UNIQUE (kind, item_id, number)
) STRICT;

CREATE INDEX revision_change ON revision(change);

CREATE TRIGGER revision_is_kept BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'a revision is never changed: write a new one'); END;

CREATE TRIGGER revision_is_not_deleted BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'a revision is never deleted'); END;

CREATE TRIGGER fact_is_not_deleted BEFORE DELETE ON fact
BEGIN SELECT RAISE(ABORT, 'a fact is never deleted: set retracted = 1'); END;

-- 0x464F4F54, the letters FOOT: marks the file as ours in its header.
PRAGMA application_id = 1179602772;
