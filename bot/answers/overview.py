"""Questions about a story as a whole: "what is this about", "what's new", "what can I ask", "who spoke", "tell me about Lee".

They are answered by what is stored of it: its summary, its newest events, a statement of each speaker, all facts of an actor, or
by questions to go on with. They are recognised by patterns that take in the whole of the question.

In: a question as typed, its words, and the index of what it is asked of. Out: an `Answer`, None where it is no such question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot import phrases
from bot.answers.finding.documents import Document
from bot.answers.finding.index import StoryIndex
from bot.answers.models import MAX_FACTS, SURE, Answer, ScoredFact
from bot.answers.relations.chronology import PART, dated
from bot.answers.relations.resolver import names_of_speakers
from bot.answers.relations.sides import by_side, speakers_of
from bot.facts.models import StoryInfo
from bot.messages import Message, joined

YOU_CAN_ASK = "You can ask, for example: {questions}"
_NEWEST = 3  # events that are news
_MAX_QUESTIONS = 4  # that are offered
_MAX_QUESTION = 80  # characters of a question that is offered
_SO = (
    r"(?:(?:so|and|ok|okay|well|hi|hello|hey|please|can|could|would|will|you|just|now|quickly|briefly|give|show|tell|write|make|"
    r"me|us|a|an|the|some|i want|i need|lets have) )*"
)
_THIS = (
    r"(?: (?:of|on|about))?"
    r"(?: (?:this|it|all|the|whole|entire|story|affair|case|matter|thing|everything|here|so|far|please|for|me|us))*"
)
_FORMS = {
    "story": re.compile(
        rf"{_SO}(?:(?:tl ?dr|(?:short |brief |quick )?(?:summary|recap|overview|synopsis|rundown)|gist|short version){_THIS}"
        rf"|(?:summari[sz]e|recap|sum up|explain)(?: (?:this|it|everything|all|the story|the case|the affair|the whole story))"
        r"(?: (?:for me|to me|please|quickly|briefly|in short|up))*"
        r"|what (?:is|was) (?:this|the|all this|this whole|the whole)(?: (?:story|case|affair|thing|server|base))?(?: all)? about"
        r"|what is (?:this|the)(?: (?:story|case|affair))|what is (?:all )?this|what is going on(?: here)?"
        r"|(?:everything|all|about|what is known)(?: about)? (?:this|the) (?:story|case|affair)"
        r"|fill me in|catch me up|bring me up to speed)"
    ),
    "news": re.compile(
        rf"{_SO}(?:what is new(?: here| today)?|(?:is there )?(?:anything|something) new|news|updates?|newest facts"
        r"|(?:(?:is|are) there )?(?:any|recent|new) (?:news|updates|developments)"
        r"|what are the (?:latest|newest|recent) (?:news|facts|developments))"
    ),
    "questions": re.compile(
        rf"{_SO}(?:what (?:can|could|should|may|do|might) (?:i|we|one) ask(?: you| about| this| here)*"
        r"|what (?:kinds? of |sorts? of )?questions can (?:i ask|we ask|you answer)(?: you| about| this| here)*"
        r"|(?:few |example |sample )+questions|questions to ask|what (?:can|do) you (?:know|answer))"
    ),
    "speakers": re.compile(
        rf"{_SO}(?:(?:list |name )?(?:of )?(?:everyone|everybody|anyone|anybody|all people|people|all|those)(?: who| that)? "
        r"(?:spoke|has spoken|have spoken|said (?:something|anything)|is quoted|are quoted|was quoted|were quoted)"
        r"|who (?:all )?(?:spoke|has spoken|have spoken|said (?:something|anything)|is quoted|was quoted|are quoted)"
        r"|list (?:of )?(?:all )?(?:the )?speakers|who are (?:all )?the speakers)"
    ),
}
_ABOUT = re.compile(
    rf"{_SO}(?:more |everything |all |something |info |information |facts |what you know |what do you know |what is known )*"
    r"(?:you know )?(?:about|on)(?: the)? (?P<name>.+)"
)
_TELLS = re.compile(r"\b(?:tell|know|known|info|information|everything|facts|more)\b")


def overview(text: str, words: Sequence[str], index: StoryIndex, stories: Sequence[StoryInfo], *, follows: bool) -> Answer | None:
    """Answer a question about a story as a whole; ``words`` are its own, ``stories`` those that it is asked of.

    A question that ``follows`` others is not about all there is where it says "it".
    """
    joined = " ".join(words)
    kind = next((name for name, form in _FORMS.items() if form.fullmatch(joined)), None)
    if kind is not None and not (follows and "it" in words):
        return _ANSWERS[kind](text, index, stories)
    about = _ABOUT.fullmatch(joined)
    return _of_actor(text, about["name"].split(), index) if about is not None and _TELLS.search(joined) else None


def _story(text: str, index: StoryIndex, stories: Sequence[StoryInfo]) -> Answer | None:
    """Return the title of the one story and its summary, or the titles of several, with questions to go on with."""
    if len(stories) == 1:
        title, summary = stories[0].title, stories[0].summary
        known = Message("{name}: {text}", name=title, text=summary) if summary else title
    else:
        known = phrases.known_stories(story.title for story in stories)
    return Answer(text, "unknown", known=known, is_question=False, questions=_questions(index), page="story")


def _news(text: str, index: StoryIndex, stories: Sequence[StoryInfo]) -> Answer | None:
    """Return the newest events, the last one first."""
    course = sorted(dated(index, lambda document: document.is_event), key=lambda event: event.moment, reverse=True)
    return _listed(text, [event.document for event in course[:_NEWEST]], "news")


def _to_ask(text: str, index: StoryIndex, stories: Sequence[StoryInfo]) -> Answer | None:
    questions = _questions(index)
    if not questions:
        return None
    known = Message(YOU_CAN_ASK, questions=" ".join(questions))
    return Answer(text, "unknown", known=known, is_question=False, questions=questions, page="questions")


def _speakers(text: str, index: StoryIndex, stories: Sequence[StoryInfo]) -> Answer | None:
    """Return a statement of each who spoke, and the names of all."""
    spoken = [document for document in index.documents if document.speakers and not document.is_event]
    every = speakers_of(spoken)
    first = by_side(spoken, min(MAX_FACTS, len({document.speakers for document in spoken})))
    note = Message(PART, number=len(first), all=len(spoken)) if len(every) > MAX_FACTS else None
    return _listed(text, first, "speakers", short=names_of_speakers(spoken), note=note)


def _of_actor(text: str, name: Sequence[str], index: StoryIndex) -> Answer | None:
    """Return the facts of the one actor whose name is all that is asked about: deeds, then words, then what others say."""
    mentions = index.names.mentions(name)
    if len(mentions) != 1 or (mentions[0].start, mentions[0].end) != (0, len(name)) or len(mentions[0].actors) != 1:
        return None
    (key,) = mentions[0].actors
    documents = [document for document in index.documents if key in document.actors]
    documents.sort(key=lambda document: (not document.is_event, key not in document.speakers))
    actor = index.actors[key]
    about = joined([actor.role, phrases.also_called(actor.aliases) if actor.aliases else None], ". ")
    part = Message(PART, number=MAX_FACTS, all=len(documents)) if len(documents) > MAX_FACTS else None
    note = joined([about and joined([about, "."], ""), part])
    return _listed(text, documents[:MAX_FACTS], actor.id, note=note, actor=actor.name)


def _listed(
    text: str,
    documents: Sequence[Document],
    page: str,
    *,
    short: str | None = None,
    note: str | None = None,
    actor: str | None = None,
) -> Answer | None:
    facts = tuple(ScoredFact(document.record, SURE) for document in documents)
    if not facts:
        return None
    return Answer(text, "answered", facts=facts, short=short, note=note, by_relation=True, page=page, actor=actor)


def _questions(index: StoryIndex) -> tuple[str, ...]:
    """Return questions that the facts answer: as somebody recorded them, else about those who are in most facts."""
    recorded = [wording for document in index.documents for wording in document.record.fact.asked_as]
    spoken = Counter(actor.name for document in index.documents for actor in document.record.speakers)
    involved = Counter(key for document in index.documents for key in document.actors if index.actors[key].role)
    made = [f"What did {name} say?" for name, _ in spoken.most_common(1)]
    made += [f"Who is {index.actors[key].name}?" for key, _ in involved.most_common(2) if key in index.names.people]
    made += ["What happened first?", "What's new?", "Who spoke?"] if index.documents else []
    questions = dict.fromkeys((*recorded[: _MAX_QUESTIONS - 1], *made))
    return tuple(question for question in questions if len(question) <= _MAX_QUESTION)[:_MAX_QUESTIONS]


_ANSWERS = {"story": _story, "news": _news, "questions": _to_ask, "speakers": _speakers}
