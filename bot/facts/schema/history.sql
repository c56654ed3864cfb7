-- What was changed, when, by whom and why. Nothing here is ever changed or deleted.
--
-- REPLACE deletes without firing triggers, unless a connection asks for them, so a row that is there is never inserted again.

-- A row is a story, a source, an actor or a fact as a change left it: number 3 of item 12 of kind fact is F12@3. What is changed
-- at once has one number in change.
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

CREATE TRIGGER revision_is_not_replaced BEFORE INSERT ON revision
WHEN EXISTS (SELECT 1 FROM revision WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM revision WHERE kind = NEW.kind AND item_id = NEW.item_id AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'a revision is never changed: write a new one'); END;

-- A row is a line of the logbook: something that somebody did. undoes is the change that it takes back.
CREATE TABLE logbook (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    story_id INTEGER REFERENCES story(id),
    change INTEGER,
    what TEXT NOT NULL,
    reason TEXT,
    undoes INTEGER
) STRICT;

CREATE INDEX logbook_undoes ON logbook(undoes) WHERE undoes IS NOT NULL;

CREATE INDEX logbook_story ON logbook(story_id);

CREATE INDEX logbook_at ON logbook(at);

CREATE INDEX logbook_by ON logbook(by);

CREATE INDEX logbook_change ON logbook(change);

CREATE TRIGGER logbook_is_kept BEFORE UPDATE ON logbook
BEGIN SELECT RAISE(ABORT, 'the logbook is never changed'); END;

CREATE TRIGGER logbook_is_not_deleted BEFORE DELETE ON logbook
BEGIN SELECT RAISE(ABORT, 'the logbook is never deleted'); END;

CREATE TRIGGER logbook_is_not_replaced BEFORE INSERT ON logbook
WHEN EXISTS (SELECT 1 FROM logbook WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the logbook is never changed'); END;
