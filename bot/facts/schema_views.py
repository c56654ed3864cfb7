"""Views for people who open a fact base with sqlite-utils or Datasette: live facts only, everything spelt out."""

from __future__ import annotations


def _people(role: str) -> str:
    return f"""(
        SELECT group_concat(name, '; ') FROM (
            SELECT actor.name FROM fact_actor JOIN actor ON actor.id = fact_actor.actor_id
            WHERE fact_actor.fact_id = fact.id AND fact_actor.role = '{role}' ORDER BY fact_actor.position
        )
    )"""


_CITED = """(
    SELECT group_concat(place, '; ') FROM (
        SELECT
            source.title || ifnull(', ' || source.publisher, '')
            || ifnull(', ' || citation.label || ' ' || citation.locator, '') AS place
        FROM citation JOIN source ON source.id = citation.source_id
        WHERE citation.fact_id = fact.id ORDER BY citation.position
    )
)"""
_EVENT = "(SELECT event.text FROM fact AS event WHERE event.id = fact.event_id AND event.retracted = 0)"


def _view(name: str, kind: str, columns: str) -> str:
    return f"""
    CREATE VIEW {name} AS
    SELECT 'F' || fact.id AS fact, story.title AS story, fact.date, {columns}, {_CITED} AS cited, fact.slug AS id
    FROM fact JOIN story ON story.id = fact.story_id
    WHERE fact.kind = '{kind}' AND fact.retracted = 0
    ORDER BY fact.story_id, ifnull(fact.date_from, fact.date_to) IS NULL, ifnull(fact.date_from, fact.date_to), fact.position
    """


_SAID = f"fact.text, fact.context, {_people('subject')} AS about, {_EVENT} AS event"

VIEWS = (
    _view("events", "event", f'fact.text AS what, fact.place AS "where", {_people("participant")} AS who'),
    _view("quotes", "quote", f"{_people('speaker')} AS said_by, {_SAID}"),
    _view("claims", "claim", f"{_people('speaker')} AS claimed_by, {_SAID}"),
)
