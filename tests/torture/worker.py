"""Makes changes of all kinds in a session and prints each when it is made: ``python -m tests.torture.worker FILE FIRST LAST``.

Meanwhile others ask, which keeps replies and notes gaps, and copy the base.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from bot.editing.typed_fact import TypedFact
from bot.english.lexicon import Lexicon
from bot.errors import ConflictError, DecidedError, UsageError
from bot.facts.base import FactBase
from bot.facts.files import copy_base
from bot.facts.logbook import sign
from bot.facts.revisions import Applied
from bot.resources import lexicon_file
from bot.service.replies import Reply
from bot.service.session import Session
from bot.stories.load import load_story
from tests.support.paths import HARBOUR

STORY = "harbour-bridge"
QUESTIONS = ("When was the bridge closed?", "What did Lee say about safety?", "Who ate the fish?", "What will the repair cost?")
ANN = sign("ann", "because")
Made = dict[str, Any]


def main() -> None:
    """Make the changes, each under a key of its own, so that one that was made before is not made again."""
    path, first, last = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    with FactBase.open(path, create=False) as base, closing(Lexicon(lexicon_file())) as lexicon:
        session = Session(base, lexicon, reply_days=30)
        done = threading.Event()
        others = [
            threading.Thread(target=work, args=(done,), daemon=True)  # which a failure of the main thread does not wait for
            for work in (partial(ask, session), partial(ask, session), partial(copy, path))
        ]
        for other in others:
            other.start()
        print("ready", flush=True)
        for number in range(first, last):
            print(json.dumps({"number": number, **make(session, number)}), flush=True)
        done.set()
        for other in others:
            other.join()


def ask(session: Session, done: threading.Event) -> None:
    """Ask and keep the replies until the changes are made."""
    while not done.is_set():
        question = random.choice(QUESTIONS)
        answer = session.ask(question)
        facts = tuple(fact.record for fact in answer.facts)
        session.replies.store(Reply(question, answer.short, None, facts, ()))
        if not facts:
            session.gaps.note(question, "unanswered")


def copy(path: Path, done: threading.Event) -> None:
    """Copy the base as a backup does until the changes are made."""
    with tempfile.TemporaryDirectory() as folder:
        while not done.is_set():
            made = Path(folder, f"{random.random()}.db")
            copy_base(path, made)
            made.unlink()


def make(session: Session, number: int) -> Made:
    """Make one change of a random kind."""
    chance = random.Random(number)
    kind: Callable[[Session, str, random.Random], Made] = chance.choice(
        (add, add, edit, edit, retract, undo, suggest, gap, note_setting, import_story)
    )
    try:
        return {"kind": kind.__name__, **kind(session, f"key {number}", chance)}
    except (ConflictError, DecidedError, UsageError) as error:  # nothing to be done to, or done before
        return {"kind": "none", "why": type(error).__name__}


def add(session: Session, key: str, chance: random.Random) -> Made:
    """Add a claim with a new source."""
    word = f"{chance.choice(['ferry', 'pier', 'toll'])} {key}"
    typed_fact = TypedFact(
        "claim", STORY, text=f"The {word} is new.", by=("lee",), cite=f"https://example.org/{key.replace(' ', '-')} #3"
    )
    return _facts(session, session.editor.save(typed_fact, ANN, key=key))


def edit(session: Session, key: str, chance: random.Random) -> Made:
    """Change the words of a live fact."""
    typed_fact = session.editor.open_form(_some(session, chance))
    return _facts(session, session.editor.save(replace(typed_fact, text=f"It was changed under {key}."), ANN, key=key))


def retract(session: Session, key: str, chance: random.Random) -> Made:
    """Take a live fact back."""
    return _facts(session, session.editor.retract(_some(session, chance), ANN, key=key))


def undo(session: Session, key: str, chance: random.Random) -> Made:
    """Take the last change back."""
    return _facts(session, session.base.revisions.undo(session.base.revisions.last_change("ann") or 1, ANN, key=key))


def suggest(session: Session, key: str, chance: random.Random) -> Made:
    """Suggest a fact and approve it."""
    proposal = session.suggestions.suggest(
        TypedFact("claim", STORY, text=f"Suggested under {key}.", cite="gazette#8"), sign(key, None), key=key
    )
    if proposal.status == "open":
        session.suggestions.approve(proposal.number, ANN)
    return {"proposal": proposal.number, "change": session.base.proposals.get(proposal.number).change}


def gap(session: Session, key: str, chance: random.Random) -> Made:
    """Answer a reader's question with a fact."""
    number = session.gaps.note(f"what about {key} and {chance.random()}?", "unanswered") or 0
    return {"gap": number, "change": session.gaps.answered_by(number, _some(session, chance), ANN).change}


def note_setting(session: Session, key: str, chance: random.Random) -> Made:
    """Change a setting."""
    value = chance.randrange(101)
    session.base.settings.change(ANN, suggestions_a_day=max(value, 1))
    return {"change": None}


def import_story(session: Session, key: str, chance: random.Random) -> Made:
    """Import a story file of many facts, in which one has other words."""
    story = load_story(HARBOUR)
    facts = (replace(story.facts[0], text=f"It was imported under {key}."), *story.facts[1:])
    return _facts(session, session.base.revisions.import_story(replace(story, facts=facts), ANN, key=key))


def _some(session: Session, chance: random.Random) -> int:
    return chance.choice(session.base.all_facts()).number


def _facts(session: Session, applied: Applied) -> Made:
    history = [session.base.revisions.history(fact) for fact in applied.facts]
    steps = [(fact, step) for fact, steps in zip(applied.facts, history, strict=True) for step in steps[-1:]]
    return {"change": applied.change, "facts": [[fact, step.number, step.action, step.fact.text] for fact, step in steps]}


if __name__ == "__main__":
    main()
