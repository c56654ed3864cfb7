"""How a suggestion looks to those who decide it, open or decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from discord import ButtonStyle, ui

from bot import phrases
from bot.client.articles.views import source_parts
from bot.client.errors import sentence_for
from bot.client.fact_text import summary
from bot.client.facts import words as fact_words
from bot.client.facts.views import differences, fact_lines, trial_lines
from bot.client.interactions import RouteButton
from bot.client.panels import AMBER, BLUE, GREEN, GREY, RED, Block, panel, section
from bot.client.permissions import shown_signer
from bot.client.text import fitting, inline, link, quoted, timestamp
from bot.drafting.read_article import ReadArticle
from bot.editing.previews import FactPreview
from bot.editing.typed_fact import TypedFact
from bot.errors import DecidedError, FootnoteError
from bot.facts.models import Fact, FactKind
from bot.facts.state.proposals import Proposal
from bot.languages import say
from bot.service.facts import Names
from bot.service.session import Session

_MAX_TEXT = 3200
_MAX_NEAR = 3
_TEXT, _CHANGED, _LINE, _REASON, _TYPED = 900, 500, 160, 500, 900
_COLOURS = {"open": BLUE, "approved": GREEN, "rejected": RED, "withdrawn": GREY}

APPROVE = "Approve"
REJECT = "Reject…"
READ = "Read"
DECLINE = "Decline…"
ARTICLE = "Article"
SAME_FACT = "Same fact: add the source"
NOT_SENT = "### Not sent yet"
WITHDRAWN = "Withdrawn by whoever suggested it."
CHANGED_SINCE = "F{fact} was changed in the meantime, and is {ref} now. Edit this to build on that, then approve it."
APPROVED = "**Approved** by {who} {when}: it is {ref} now."
AGREED = "**{number} of {needed} moderators agree**{names}: it names a person."

TITLES: Mapping[FactKind, str] = {
    "event": "### Suggestion {number}: a new event",
    "quote": "### Suggestion {number}: a new quote",
    "claim": "### Suggestion {number}: a new claim",
    "passage": "### Suggestion {number}: an article to read",
}

STATES = {
    "open": "waits for a decision",
    "approved": "was accepted",
    "rejected": "was not accepted",
    "withdrawn": "was withdrawn",
}


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """A suggestion with all that its panel shows.

    ``typed_fact`` is None if it was withdrawn, ``look`` None if it is decided or can no longer be read. ``trouble`` says why it
    cannot be accepted as it is, ``current`` is the fact that it changes, ``ref`` the revision that it became, "" for none.
    """

    proposal: Proposal
    typed_fact: TypedFact | None
    look: FactPreview | None = None
    names: Names = field(default_factory=Names)
    current: Fact | None = None
    trouble: str = ""
    ref: str = ""


def shown_suggestion(session: Session, number: int) -> ShownSuggestion:
    """Return a suggestion as it stands. Raises NotKnownError."""
    proposal = session.proposals.get(number)
    try:
        typed_fact = session.suggestions.typed_fact(number)
    except DecidedError:
        return ShownSuggestion(proposal, None)
    if proposal.status != "open":
        applied = session.changes.result_for_key(f"proposal {number}") if proposal.status == "approved" else None
        became = session.facts.show(applied.facts[0]).ref if applied and applied.facts else ""
        return ShownSuggestion(proposal, typed_fact, ref=became)
    if typed_fact.article:
        return ShownSuggestion(proposal, typed_fact)
    try:
        current = session.facts.show(typed_fact.fact) if typed_fact.fact is not None else None
        look, names = session.editor.preview(typed_fact), session.facts.names(typed_fact.story)
    except FootnoteError as error:
        return ShownSuggestion(proposal, typed_fact, trouble=sentence_for(error))
    stale = current is not None and current.revision != typed_fact.seen
    trouble = say(CHANGED_SINCE, fact=typed_fact.fact, ref=current.ref) if current is not None and stale else ""
    return ShownSuggestion(proposal, typed_fact, look, names, current.fact if current else None, trouble)


def suggestion_panel(suggestion: ShownSuggestion) -> ui.LayoutView:
    """Return the panel of a suggestion: with buttons while it is open, then with who decided it, when and why."""
    proposal, typed_fact, look = suggestion.proposal, suggestion.typed_fact, suggestion.look
    blocks: list[Block] = []
    room = _MAX_TEXT
    for part in _parts(suggestion):
        if len(part) <= room:
            blocks.append(part)
            room -= len(part)
    argument = f"{proposal.number}.{proposal.version}"  # with the version, so that only what was seen can be approved
    near = look.duplicates[:_MAX_NEAR] if look is not None and typed_fact and typed_fact.fact is None else ()
    if near:  # facts that may say the same: each can be given the source instead
        duplicates = [
            section(
                f"F{record.number} {summary(record, _LINE)}",
                RouteButton("approve-same", f"{argument}:{record.number}", say(SAME_FACT)),
            )
            for record in near
        ]
        blocks.append([say(fact_words.NEAR), *duplicates])
    buttons: tuple[RouteButton, ...] = (
        RouteButton("approve", argument, say(APPROVE), style=ButtonStyle.success),
        RouteButton("review-edit", argument, say(fact_words.EDIT)),
        RouteButton("reject", proposal.number, say(REJECT), style=ButtonStyle.danger),
    )
    if typed_fact is not None and typed_fact.article:
        buttons = (
            RouteButton("article-accept", proposal.number, say(READ), style=ButtonStyle.success),
            RouteButton("reject", proposal.number, say(DECLINE), style=ButtonStyle.danger),
        )
    colour = AMBER if suggestion.trouble or (look and look.duplicates) else _COLOURS[proposal.status]
    return panel(blocks, buttons if proposal.status == "open" else (), colour=colour)


def typed_lines(typed_fact: TypedFact) -> str:
    """Return a fact as it was typed."""
    lines = [
        fitting(typed_fact.text, _TYPED),
        inline(typed_fact.date, 100),
        *(inline(line, _LINE) for line in typed_fact.cite.splitlines()[:5]),
    ]
    return "\n".join(f"> {line}" for text in lines for line in text.split("\n") if line)


def kind_of(typed_fact: TypedFact) -> str:
    """Say what is suggested: an event, a quote, a claim, or an article."""
    return say(ARTICLE) if typed_fact.kind == "passage" else say(fact_words.KINDS[typed_fact.kind])


def _article_lines(typed_fact: TypedFact) -> str:
    """Return the headline, outlet and beginning of an article that somebody suggests."""
    read = ReadArticle.decode(typed_fact.article)
    about = source_parts(read.source)
    lines = [f"**{link(read.source.title, read.source.url, _LINE)}**", *([f"-# {' · '.join(about)}"] if about else [])]
    return "\n".join([*lines, quoted(fitting(read.article.paragraphs[0].text, _CHANGED))])


def new_sources(look: FactPreview) -> str:
    """Name the new sources of a typed fact; "" for none."""
    sources = [link(source.title, source.url, 120) for source in look.edit.sources[:3]]
    return fact_words.new_source(", ".join(sources)) if sources else ""


def _parts(suggestion: ShownSuggestion) -> Iterator[str]:
    proposal, typed_fact, look = suggestion.proposal, suggestion.typed_fact, suggestion.look
    if typed_fact is None:
        yield say("### Suggestion {number}", number=proposal.number)
    else:
        title = say(TITLES[typed_fact.kind], number=proposal.number)
        if typed_fact.fact is not None:
            title = say("### Suggestion {number}: a change of F{fact}", number=proposal.number, fact=typed_fact.fact)
        author = say("-# by {who} · {when}", who=shown_signer(proposal.by), when=timestamp(proposal.at, "R"))
        yield f"{title}\n{author}"
    if typed_fact is not None and typed_fact.article:
        yield _article_lines(typed_fact)
    elif look is None:
        yield typed_lines(typed_fact) if typed_fact else ""
    else:
        yield fact_lines(look.record, suggestion.names, room=_TEXT)
    yield _state(suggestion)
    if suggestion.trouble:
        yield f"{say('**It cannot be accepted as it is:**')} {fitting(suggestion.trouble, _TYPED)}"
    if look is None:
        return
    if suggestion.current is not None:
        yield "\n".join(differences(suggestion.current, look.edit.facts[0], suggestion.names, room=_CHANGED))
    yield new_sources(look)
    yield trial_lines(look.trial)


def _state(suggestion: ShownSuggestion) -> str:
    proposal = suggestion.proposal
    if proposal.status == "withdrawn":
        return say(WITHDRAWN)
    who, when = shown_signer(proposal.decided_by or ""), timestamp(proposal.decided_at, "R") if proposal.decided_at else ""
    if proposal.status == "approved":
        return say(APPROVED if suggestion.ref else "**Approved** by {who} {when}.", who=who, when=when, ref=suggestion.ref)
    if proposal.status == "rejected":
        return say("**Rejected** by {who} {when}: {reason}", who=who, when=when, reason=fitting(proposal.reason or "", _REASON))
    if proposal.needed > 1:
        names = f" ({listed})" if (listed := phrases.listed([*map(shown_signer, proposal.approvals[:5])])) else ""
        return say(AGREED, names=names, number=len(proposal.approvals), needed=proposal.needed)
    return ""


def earlier_line(text: str, state: str, reason: str) -> str:
    """Say in a line what became of an earlier suggestion."""
    became = f"{phrases.in_marks(text)} {say(STATES.get(state, state))}"
    return phrases.labelled(became, reason) if reason else f"{became}."
