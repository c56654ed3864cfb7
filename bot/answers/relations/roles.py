"""Answers to who has a role, and who came before or after whom: the actor, with facts in which they take part.

Where facts tell that somebody else took the role, or that its holder left it, that is what is answered: a role stands in a story
as it was when somebody wrote it down.

In: the words of a question and the index of a whole story. Out: a `chronology.RelationAnswer`, None where it is no such question
or its answer is not clear.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.finding.documents import Document
from bot.answers.finding.index import StoryIndex
from bot.answers.relations.chronology import RelationAnswer
from bot.answers.relations.offices import LESSER, OfficeRequest, holders, read_offices, tells_lesser, titles_held, titles_of
from bot.answers.relations.successions import Change, SuccessionRequest, changes, read_succession, took
from bot.english.search_words import stem, words_of
from bot.facts.sourcing import is_publishers
from bot.messages import Message

HAS_LEFT = "{actor} had that role and left it. No fact says who has it now."
_MAX_FACTS = 2  # that show who somebody is
_MAX_SHORT = 3  # names of a short answer


def asks_role(words: tuple[str, ...]) -> bool:
    """Return whether a question has the form of one for whoever has a role."""
    return read_succession(words) is not None or next(read_offices(words), None) is not None


def answer_by_role(words: tuple[str, ...], index: StoryIndex, *, best: Document | None) -> RelationAnswer | None:
    """Answer who has a role, or came before or after somebody in one.

    ``best`` is the fact that the reader takes for the answer, where it is sure of one: an actor who is not in it does not
    answer by what their role is called alone.
    """
    succession = read_succession(words)
    if succession is not None:
        answer = _successor(succession, index)
        if answer is not None:
            return answer
        meant = {key for mention in index.names.mentions(words_of(succession.name)) for key in mention.actors}
        if best is not None and meant and meant.isdisjoint(best.actors):
            return RelationAnswer((), final=True)  # the fact tells who came after somebody else
    for request in read_offices(words):
        answer = _holder(request, index, best)
        if answer is not None:
            return answer
    return None


def _holder(request: OfficeRequest, index: StoryIndex, best: Document | None) -> RelationAnswer | None:
    keys = holders(request, index)
    if not keys:
        return None
    role_changes = changes(index)
    now = _now(request, role_changes, keys, index)
    if now is not None:
        latest, gone = now
        if gone:
            return RelationAnswer((), known=Message(HAS_LEFT, actor=index.actors[keys[0]].name), final=True)
        keys = [latest.new] if latest.new else keys
        return RelationAnswer(_facts(keys, index, (latest.document,)), index.actors[keys[0]].name)
    if request.now or (best is not None and not any(key in best.actors for key in keys) and not _is_lesser(best, request)):
        return None
    documents = _facts(keys, index)
    if not documents:
        return None
    short = ", ".join(index.actors[key].name for key in keys[:_MAX_SHORT]) if len(keys) <= _MAX_SHORT else None
    return RelationAnswer(documents, short, note=_roles(keys, index))


def _is_lesser(best: Document, request: OfficeRequest) -> bool:
    """Return whether the fact that the reader takes for the answer is of somebody with a lesser role."""
    return not request.top and tells_lesser(request, best.record.fact.text)


def _now(
    request: OfficeRequest, role_changes: Sequence[Change], keys: Sequence[str], index: StoryIndex
) -> tuple[Change, bool] | None:
    """Return the last change by which somebody else has the role now, or none of its holders has it any more, and which it was.

    None where nothing of the kind is told, and where the question is for whoever had the role.
    """
    if not request.present or len(keys) != 1:
        return None
    titles = titles_held(keys[0], index) if request.top else request.titles
    of_title = [change for title in titles for change in took(role_changes, stem(title), keys, LESSER)]
    succeeded = [change for change in role_changes if change.old in keys and change.new]
    left = [change for change in role_changes if change.old in keys and not change.new]
    last = max((*of_title, *succeeded, *left), key=lambda change: (change.moment is not None, change.moment or ()), default=None)
    if last is None or last.new in keys:
        return None
    return last, last.new is None


def _successor(request: SuccessionRequest, index: StoryIndex) -> RelationAnswer | None:
    """Return who came before or after somebody, by a fact that tells so, else by who took the same role in which order."""
    read = words_of(request.name)
    named = [mention for mention in index.names.mentions(read) if len(mention.actors) == 1]
    if len(named) != 1 or len(read) > named[0].end - named[0].start + 1:
        return None
    (key,) = named[0].actors
    role_changes = changes(index)
    for change in role_changes:
        one, other = (change.old, change.new) if request.side == "after" else (change.new, change.old)
        if one == key and other is not None and other != key:
            return RelationAnswer(_facts([other], index, (change.document,)), index.actors[other].name)
    words = request.title.removeprefix("the ").split() if request.title else []
    titles = [stem(words[-1])] if words else [title for change in role_changes if change.new == key for title in change.title]
    for title in titles:
        answer = _in_order(request, key, title, role_changes, index)
        if answer is not None:
            return answer
    return None


def _in_order(
    request: SuccessionRequest, key: str, title: str, role_changes: Sequence[Change], index: StoryIndex
) -> RelationAnswer | None:
    """Return who took a role next to somebody; whoever is recorded to have it and is not told to have taken it was the first."""
    having = [holder for holder in titles_of(title, index) if holder != key]
    taken = [change for change in took(role_changes, title, having, LESSER) if change.moment is not None]
    own = [position for position, change in enumerate(taken) if change.new == key]
    if not own:
        return None
    if request.side == "after":
        others = [change for change in taken[own[-1] :] if change.new != key][:1]
    else:
        others = [change for change in taken[: own[-1]] if change.new != key][-1:]
    documents = [change.document for change in (*others, taken[own[-1]])]
    if others and others[0].new is not None:
        return RelationAnswer(tuple(documents), index.actors[others[0].new].name)
    if request.side == "before" and len(having) == 1:
        return RelationAnswer(tuple(documents), index.actors[having[0]].name, note=_roles(having, index))
    return None


def _facts(keys: Sequence[str], index: StoryIndex, first: tuple[Document, ...] = ()) -> tuple[Document, ...]:
    """Return facts in which actors take part, after the first: a few of each, their own words and deeds before what is said."""
    documents = list(first)
    for key in keys:
        own = [document for document in index.documents if key in document.actors and document not in documents]
        own.sort(key=lambda document: (is_publishers(document.record), not document.is_event and key not in document.speakers))
        documents += own[: max(1, _MAX_FACTS - len(first))] if len(keys) <= _MAX_SHORT else own[:1]
    return tuple(documents)


def _roles(keys: Sequence[str], index: StoryIndex) -> str | None:
    """Return what the story records as the roles of actors, by which they answer."""
    roles = [(index.actors[key].name, index.actors[key].role) for key in keys[:_MAX_SHORT]]
    return "; ".join(f"{name}: {role}" for name, role in roles if role) or None
