"""Asking a story its recorded questions once: most tests of edits try theirs out on the same story."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

from bot.answers.evaluation import Outcome
from bot.english.lexicon import Lexicon
from bot.facts.models import RecordedQuestion, Story

HELD = 64  # stories with their outcomes

Asked = Callable[[Story, Sequence[RecordedQuestion], Lexicon], tuple[Outcome, ...]]


def asked_once(asked: Asked) -> Asked:
    """Return a way to ask a story that asks it no question a second time: the same facts give the same answer."""
    stories: OrderedDict[Story, dict[RecordedQuestion, Outcome]] = OrderedDict()
    lock = threading.Lock()

    def asked_if_new(story: Story, questions: Sequence[RecordedQuestion], lexicon: Lexicon) -> tuple[Outcome, ...]:
        with lock:
            outcomes = stories.setdefault(story, {})
            stories.move_to_end(story)
            while len(stories) > HELD:
                stories.popitem(last=False)
        new = [question for question in dict.fromkeys(questions) if question not in outcomes]
        if new:
            outcomes.update(zip(new, asked(story, new, lexicon), strict=True))
        return tuple(outcomes[question] for question in questions)

    return asked_if_new
