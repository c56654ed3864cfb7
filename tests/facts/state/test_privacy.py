"""What a base stores of a person: shown, and deleted on request."""

from __future__ import annotations

from pathlib import Path

from bot.facts.base import FactBase
from bot.facts.logbook import sign
from bot.facts.state.privacy import GONE, PersonalData
from tests.facts.stories import ANN

ALICE = sign("discord:7", None)


def test_what_is_kept_is_shown_and_deleted_and_of_nobody_else(base: FactBase) -> None:
    assert not base.privacy.personal_data("discord:7", 7)
    base.unfinished_forms.put("discord:7", "{}")
    mine, decided, others = (
        base.proposals.add('{"text": "mine"}', signature, key=str(n)) for n, signature in enumerate((ALICE, ALICE, ANN))
    )
    base.proposals.reject(decided.number, ANN)
    gap = base.gaps.note("who pays", ["who", "pays"], "unanswered", story=None, reply=None, days=30)
    base.gaps.follow(gap, 7)
    base.gaps.follow(gap, 8)
    assert base.privacy.personal_data("discord:7", 7) == PersonalData(1, 2, ("who pays",))
    base.privacy.delete("discord:7", 7)
    assert not base.privacy.personal_data("discord:7", 7)
    assert base.proposals.get(decided.number).by == GONE
    gone = base.proposals.get(mine.number)
    assert (gone.status, gone.content, gone.by) == ("withdrawn", "{}", GONE)
    assert [proposal.number for proposal in base.proposals.open()] == [others.number]
    assert base.gaps.get(gap).followers == 1


def test_what_is_deleted_is_gone_from_the_files_too(base: FactBase, tmp_path: Path) -> None:
    base.unfinished_forms.put("alice", '{"text": "a secret plan"}')
    base.proposals.add('{"text": "a secret plan"}', sign("alice", None))
    base.privacy.delete("alice", 1)
    for file in tmp_path.iterdir():
        assert b"a secret plan" not in file.read_bytes()
