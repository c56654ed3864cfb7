"""Whether a question about time or sides is worth reading a whole story for, told by the facts that have most to do with it."""

from __future__ import annotations

from bot.answers.finding.index import StoryIndex
from bot.answers.question.parsing import Question
from bot.answers.relations.disputes import read_disputes
from bot.answers.relations.requests import read_requests
from bot.answers.relations.topics import ReadAmong, Topics
from bot.english.lexicon import Lexicon


def may_answer(question: Question, index: StoryIndex, lexicon: Lexicon, read_among: ReadAmong) -> bool:
    """Return whether the story of some facts may answer a question; ``index`` holds those that have most to do with it.

    What somebody said about something is answered where an event or an actor is called that, and they are among these facts.
    """
    if next(read_disputes(question.words), None) is not None:
        return True
    topics = Topics(index, lexicon, read_among)
    requests = read_requests(question.words)
    return any(each.wish != "about" or topics.anything(each.topic or "") is not None for each in requests)
