"""Any question gets a reply that Discord takes, from the real service."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.client.answering.answers import Asker, answer_view
from bot.client.custom_ids import ReplyKind
from bot.client.incoming_messages import typed_text
from bot.errors import EmptyQuestionError
from bot.service.service import Service
from bot.settings import Settings
from tests.client.records import assert_harmless, shown_text, texts
from tests.discord_limits import assert_within_limits

OPERATORS = st.sampled_from(
    ("NOT", "AND", "OR", "NEAR(", "(", ")", '"', "*", "^", "ads:now", "a-b", "50%", "\x00", "RT", "Twitter", "when", " ")
)
questions = st.one_of(texts, st.lists(OPERATORS).map(" ".join), texts.map(lambda text: ((text or "why ") * 4000)[:4000]))


def test_any_question_gets_a_reply_within_limits(tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        service = runner.run(Service(Settings(tmp_path, answer_deadline=60.0)).__aenter__())

        @given(questions, st.sampled_from((ReplyKind.REPLY, ReplyKind.ANSWER)))
        def check(question: str, kind: ReplyKind) -> None:
            try:
                view = runner.run(answer_view(Asker(service, None, 1), typed_text(question), kind))
            except EmptyQuestionError:
                return
            assert_within_limits(view)
            assert_harmless(shown_text(view))

        try:
            check()
        finally:
            runner.run(service.__aexit__(None, None, None))
