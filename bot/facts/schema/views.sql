-- Views for people who open a fact base with sqlite-utils or Datasette: live facts only, with every name written out.

CREATE VIEW events AS
SELECT
    'F' || fact.id AS fact, story.title AS story, fact.date,
    fact.text AS what, fact."where",
    (
        SELECT group_concat(name, '; ') FROM (
            SELECT actor.name FROM fact_actor JOIN actor ON actor.id = fact_actor.actor_id
            WHERE fact_actor.fact_id = fact.id AND fact_actor.role = 'participant' ORDER BY fact_actor.position
        )
    ) AS who,
    (
        SELECT group_concat(cited, '; ') FROM (
            SELECT
                source.title || ifnull(', ' || source.publisher, '')
                || ifnull(', ' || citation.label || ' ' || citation.locator, '') AS cited
            FROM citation JOIN source ON source.id = citation.source_id
            WHERE citation.fact_id = fact.id ORDER BY citation.position
        )
    ) AS cited,
    fact.slug AS id
FROM fact JOIN story ON story.id = fact.story_id
WHERE fact.kind = 'event' AND fact.retracted = 0
ORDER BY fact.story_id, ifnull(fact.date_from, fact.date_to) IS NULL, ifnull(fact.date_from, fact.date_to), fact.position;

CREATE VIEW quotes AS
SELECT
    'F' || fact.id AS fact, story.title AS story, fact.date,
    (
        SELECT group_concat(name, '; ') FROM (
            SELECT actor.name FROM fact_actor JOIN actor ON actor.id = fact_actor.actor_id
            WHERE fact_actor.fact_id = fact.id AND fact_actor.role = 'speaker' ORDER BY fact_actor.position
        )
    ) AS said_by,
    fact.text, fact.context,
    (
        SELECT group_concat(name, '; ') FROM (
            SELECT actor.name FROM fact_actor JOIN actor ON actor.id = fact_actor.actor_id
            WHERE fact_actor.fact_id = fact.id AND fact_actor.role = 'subject' ORDER BY fact_actor.position
        )
    ) AS about,
    (SELECT event.text FROM fact AS event WHERE event.id = fact.event_id AND event.retracted = 0) AS event,
    (
        SELECT group_concat(cited, '; ') FROM (
            SELECT
                source.title || ifnull(', ' || source.publisher, '')
                || ifnull(', ' || citation.label || ' ' || citation.locator, '') AS cited
            FROM citation JOIN source ON source.id = citation.source_id
            WHERE citation.fact_id = fact.id ORDER BY citation.position
        )
    ) AS cited,
    fact.slug AS id
FROM fact JOIN story ON story.id = fact.story_id
WHERE fact.kind = 'quote' AND fact.retracted = 0
ORDER BY fact.story_id, ifnull(fact.date_from, fact.date_to) IS NULL, ifnull(fact.date_from, fact.date_to), fact.position;

CREATE VIEW claims AS
SELECT
    'F' || fact.id AS fact, story.title AS story, fact.date,
    (
        SELECT group_concat(name, '; ') FROM (
            SELECT actor.name FROM fact_actor JOIN actor ON actor.id = fact_actor.actor_id
            WHERE fact_actor.fact_id = fact.id AND fact_actor.role = 'speaker' ORDER BY fact_actor.position
        )
    ) AS claimed_by,
    fact.text, fact.context,
    (
        SELECT group_concat(name, '; ') FROM (
            SELECT actor.name FROM fact_actor JOIN actor ON actor.id = fact_actor.actor_id
            WHERE fact_actor.fact_id = fact.id AND fact_actor.role = 'subject' ORDER BY fact_actor.position
        )
    ) AS about,
    (SELECT event.text FROM fact AS event WHERE event.id = fact.event_id AND event.retracted = 0) AS event,
    (
        SELECT group_concat(cited, '; ') FROM (
            SELECT
                source.title || ifnull(', ' || source.publisher, '')
                || ifnull(', ' || citation.label || ' ' || citation.locator, '') AS cited
            FROM citation JOIN source ON source.id = citation.source_id
            WHERE citation.fact_id = fact.id ORDER BY citation.position
        )
    ) AS cited,
    fact.slug AS id
FROM fact JOIN story ON story.id = fact.story_id
WHERE fact.kind = 'claim' AND fact.retracted = 0
ORDER BY fact.story_id, ifnull(fact.date_from, fact.date_to) IS NULL, ifnull(fact.date_from, fact.date_to), fact.position;
