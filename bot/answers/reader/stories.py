"""Which story a question is about, where the facts are of several.

The judge is trained on the facts of one story. Between stories its score says less than nearness does, so their order rests on
both; within a story the judge's score alone counts. A story that is named by its title, or that the conversation is about, is
preferred.

In: the facts as judged, the story of each, the preferred story. Out: the facts in order, and for each other story that
may be meant as well its best fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.answers.reader.encoder import Floats
from bot.answers.reader.judging import Judged, Judgement

# Fitted on the validation stories among 120 others.
BETWEEN = 1.5  # weight of nearness, beside the judge's score of 1, where stories are compared
PREFERRED = 6.0  # what a fact of the preferred story gains on others; which win where they are much likelier
NEARER = PREFERRED / (1 + BETWEEN)  # the same in nearness, which the score has in it and is added once more
DOUBTFUL = 4.0  # by so much another story may be less likely and be meant: of such answers three in four are wrong


def preference(stories: Sequence[str], preferred: str | None) -> Floats:
    """Return what is added to the nearness of each fact, given the story of each, so that those of one are preferred."""
    return np.array([NEARER if story == preferred else 0.0 for story in stories], dtype=np.float32)


def order_by_story(judgement: Judgement, stories: Sequence[str], preferred: str | None) -> tuple[Judgement, tuple[Judged, ...]]:
    """Order judged facts by how likely their stories are meant, and by their scores; ``stories`` has that of each place.

    Returned with them are the best facts of other stories that may be meant as well, the likeliest first.
    """
    nearest: dict[str, float] = {}
    for each in judgement.facts:
        story = stories[each.place]
        nearest[story] = max(each.near, nearest.get(story, each.near))
    lift = {story: BETWEEN * near + (PREFERRED if story == preferred else 0.0) for story, near in nearest.items()}
    likely = {each.place: each.score + lift[stories[each.place]] for each in judgement.facts}
    ordered = sorted(judgement.facts, key=lambda each: (-likely[each.place], each.place))
    best: dict[str, Judged] = {}
    for each in ordered:
        best.setdefault(stories[each.place], each)
    least = max(likely.values(), default=0.0) - DOUBTFUL
    of_other_stories = tuple(each for each in [*best.values()][1:] if likely[each.place] > least)
    return replace(judgement, facts=tuple(ordered)), of_other_stories
