-- Passages: sentences of articles, which are facts that nobody has reviewed yet.
--
-- glosses are what words of a passage mean: a list of [from, to, meaning]. The constraint on the kind is widened where it stands,
-- as SQLite's documentation of ALTER TABLE describes for changes that leave all rows valid.

PRAGMA writable_schema = ON;

UPDATE sqlite_schema
SET sql = replace(sql, 'kind IN (''event'', ''quote'', ''claim'')', 'kind IN (''event'', ''quote'', ''claim'', ''passage'')')
WHERE type = 'table' AND name = 'fact';

PRAGMA writable_schema = RESET;

ALTER TABLE fact ADD COLUMN reviewed INTEGER NOT NULL DEFAULT 1 CHECK (reviewed IN (0, 1));

ALTER TABLE fact ADD COLUMN glosses TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(glosses));
