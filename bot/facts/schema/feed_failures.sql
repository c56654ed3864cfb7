-- Why a feed, or an article that was to be read at once, could not be read last, in the words of that day, and when.

ALTER TABLE feed ADD COLUMN problem TEXT NOT NULL DEFAULT '';

ALTER TABLE feed ADD COLUMN failed_at TEXT;

ALTER TABLE feed_item ADD COLUMN problem TEXT NOT NULL DEFAULT '';

ALTER TABLE feed_item ADD COLUMN failed_at TEXT;
