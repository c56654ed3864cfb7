"""Twelve passages with the dates that news agencies write, each held against what a reader finds in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML

from bot.drafting.draft import ArticleDetails, make_draft
from bot.drafting.proposal import UNKNOWN_SPEAKER
from bot.facts.models import Actor, Fact, Story

CASES = Path(__file__).with_name("passages.yaml")
TODAY = date(2026, 1, 1)
LEAST = {"quotations": 1.0, "speakers": 0.97, "dates": 0.98, "roles": 0.97, "kinds": 0.97}
"""The share of each that has to be right at least."""


@dataclass(slots=True)
class Score:
    """How many were wanted of each kind, and what was found wrong."""

    wanted: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LEAST, 0))
    wrong: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in LEAST})

    def count(self, kind: str, what: str, actual: object, wanted: object) -> None:
        self.wanted[kind] += 1
        if actual != wanted:
            self.wrong[kind].append(f"{what}: {actual}, not {wanted}")

    def share(self, kind: str) -> float:
        return 1 - len(self.wrong[kind]) / self.wanted[kind]

    def __str__(self) -> str:
        lines = [f"{kind} {self.share(kind):.2f} of {self.wanted[kind]}" for kind in LEAST]
        return "\n".join([*lines, *(f"  {kind}: {mistake}" for kind in LEAST for mistake in self.wrong[kind])])


def rows(text: str) -> Iterator[list[str]]:
    yield from ([part.strip() for part in line.split("|")] for line in text.strip().splitlines())


def date_of(fact: Fact | None) -> str:
    return fact.date.edtf if fact is not None and fact.date else "-"


def judge(case: dict[str, str], story: Story, score: Score) -> None:
    """Hold a draft against what its passage should give."""
    name = case["name"]
    actors: dict[str, Actor] = {actor.id: actor for actor in story.actors}
    quotes = [fact for fact in story.facts if fact.kind == "quote"]
    known: set[str] = set()
    wanted = list(rows(case["quotes"]))
    score.count("quotations", name, len(quotes), len(wanted))
    for begins, by, day in wanted:
        fact = next((quote for quote in quotes if quote.text.startswith(begins)), None)
        speakers = [actors[speaker].name for speaker in fact.by if speaker != UNKNOWN_SPEAKER] if fact else None
        score.count("quotations", f"{name}: {begins}", fact is not None, True)
        score.count("speakers", f"{name}: {begins}", speakers, [speaker.strip() for speaker in by.split("&") if speaker.strip()])
        score.count("dates", f"{name}: {begins}", date_of(fact), day)
        known |= {fact.id} if fact else set()
    for begins, day in rows(case["dated"]):
        facts = [fact for fact in story.facts if fact.kind != "quote" and fact.text.startswith(begins)]
        score.count("dates", f"{name}: {begins}", date_of(next(iter(facts), None)), day)
        known |= {fact.id for fact in facts}
    for fact in story.facts:
        if fact.id not in known and fact.date:
            score.count("dates", f"{name}: {fact.text[:40]}", date_of(fact), "-")
    judge_actors(case, {actor.name: actor for actor in story.actors}, score)


def judge_actors(case: dict[str, str], named: dict[str, Actor], score: Score) -> None:
    for who, role in rows(case["roles"]):
        score.count("roles", f"{case['name']}: {who}", named[who].role if who in named else "no actor", role)
    for who, kind in rows(case["kinds"]):
        if who in named or kind == "person":  # what is named once need not be an actor, but no place is an organisation
            score.count("kinds", f"{case['name']}: {who}", named[who].kind if who in named else "no actor", kind)
    for who in filter(None, (name.strip() for name in case.get("not_actors", "").split("|"))):
        score.count("kinds", f"{case['name']}: {who}", who in named, False)


def test_what_agencies_write_is_read_as_readers_do() -> None:
    score = Score()
    cases = YAML(typ="safe").load(CASES)
    for case in cases:
        draft = make_draft(case["text"], ArticleDetails(source=case["name"], published=case["published"]), today=TODAY)
        judge(case, draft.story, score)
    assert len(cases) == 12
    assert all(score.share(kind) >= least for kind, least in LEAST.items()), f"\n{score}"
