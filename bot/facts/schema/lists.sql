-- A reply that lists many facts, such as a time line, holds their numbers packed in one value, in the order shown.
--
-- change is the last change when it was sent, which tells at what revision it showed each of them; seen is the change up to which
-- it has been corrected where it stands.

ALTER TABLE reply ADD COLUMN listed BLOB;

ALTER TABLE reply ADD COLUMN change INTEGER;

ALTER TABLE reply ADD COLUMN seen INTEGER;

CREATE INDEX reply_list_at ON reply(at) WHERE listed IS NOT NULL;
