"""The dearest that a member or a moderator can send: each call with the allowance that it counts against.

No input is sent twice, so that no remembered answer helps. What is pressed is not listed here: `hostile_ranking` presses whatever
the replies to these calls offer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simcord import ChannelHandle, InteractionResult, MemberActor
from simcord.actors import _autocomplete_result
from simcord.backend.models import Message
from simcord.results import to_discord_message

from bot.client.limits import RequestKind
from bot.formats.export import FORMATS
from data.benchmarks.hostile_bases import GIANT, quotes
from data.benchmarks.hostile_files import article, bibliography, page_of_tags, story_file
from tests.support.served_discord import ServedDiscord

Sent = InteractionResult | Message
_RARE = "antidisestablishmentarian valkyrie quixotic zephyr obfuscation juxtaposed rhythmic sphinx"
_TYPOS = "wehn dd teh britge colapse aftr spkr Numbr said becuse reson wittness Vsat Combne anounced"
_DATES = "on 1/1/1/1/1 between January January January 2020-2020-2020 from 1.1.1.1 until 99th of Maytember "
_NAMES = "Speaker Number17 and Vast Combine and Ida Witness and Speaker Number4000 and "
_SAID = quotes(200)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the hostile members are: a channel of all stories (None), one of each story, one in which the bot listens."""

    channels: Mapping[str | None, ChannelHandle]
    listening: ChannelHandle
    discord: ServedDiscord

    @property
    def channel(self) -> ChannelHandle:
        """The channel of all stories."""
        return self.channels[None]


@dataclass(frozen=True, slots=True)
class Call:
    """One thing to send: its name, what it counts as, how it is sent (with a number of its own), whether only a moderator may."""

    name: str
    kind: RequestKind
    send: Callable[[Place, MemberActor, int], Awaitable[Sent]] = field(repr=False)
    moderator: bool = False

    @property
    def dear(self) -> bool:
        """Whether it is among the dearest by what `hostile_ranking` finds."""
        return self.name in DEAREST or self.kind is not RequestKind.QUESTION


DEAREST = frozenset(
    {
        "/check in trial: one word of 4,000",
        "/check in trial: single letters",
        "/check in trial: hundreds of quotations",
        "/check names and verbs",
        "/check apostrophes",
        "/who, a long name",
        "/quote, long words",
        "/timeline all",
        "/timeline of the giant",
        "/timeline of a dispute: one event of a thousand claims, one of five thousand",
        "/ask in trial: typos in every word",
    }
)


def long_text(part: str, size: int, number: int) -> str:
    """Repeat a part to a text of so many characters, with a number in front that makes it new."""
    return f"{number} {part * (size // len(part) + 1)}"[:size]


Text = Callable[[int], str]
Options = Callable[[int], Mapping[str, Any]]
Sending = Callable[[Place, MemberActor, int], Awaitable[Sent]]


def _slash(name: str, options: Options, story: str | None = None) -> Sending:
    async def send(place: Place, who: MemberActor, number: int) -> Sent:
        return await who.slash(place.channels[story], name, **options(number))

    return send


def _given(given: Mapping[str, Any]) -> Options:
    return lambda _: given


def _with(option: str, text: Text, **given: Any) -> Options:
    return lambda number: {option: text(number), **given}


def _mention(text: Text) -> Sending:
    async def send(place: Place, who: MemberActor, number: int) -> Sent:
        words = f"{text(number)} {text(number)}"
        return said(place.channel, who, f"<@{place.discord.backend.bot_user.id}> {words}"[:2000])

    return send


def said(channel: ChannelHandle, who: MemberActor, content: str) -> Message:
    """Let somebody write a message."""
    return channel._env.backend.create_message(channel.id, who.id, content)


async def _chatter(place: Place, who: MemberActor, number: int) -> Sent:
    return said(place.listening, who, long_text(f"what {_RARE} ", 300, number))


def _menu(name: str, text: Text) -> Sending:
    async def send(place: Place, who: MemberActor, number: int) -> Sent:
        message = said(place.channel, who, text(number)[:2000])
        return await who.context_menu(place.channel, name, to_discord_message(who._env, message))

    return send


def _typing(name: str, option: str, text: Text) -> Sending:
    async def send(place: Place, who: MemberActor, number: int) -> Sent:
        return await _autocomplete_result(who, place.channel, name, option, text(number), {})

    return send


def _quoted(number: int) -> str:
    """Return as many quotations as fit, each a piece of what is recorded."""
    pieces = [f'"{" ".join(words.split()[start : start + 5])}" ' for start in range(0, 100, 7) for words in _SAID[:6]]
    return f"{number} {''.join(pieces)}"[:4000]


QUESTIONS: Mapping[str, Text] = {
    "an ordinary question": lambda number: f"why did the Larch1000 bridge collapse, reason {number}?",
    "rare words": lambda number: long_text(f"{_RARE} ", 1000, number),
    "typos in every word": lambda number: long_text(f"{_TYPOS} ", 1000, number),
    "hostile dates": lambda number: long_text(_DATES, 1000, number),
    "many names": lambda number: long_text(_NAMES, 1000, number),
    "one long word": lambda number: long_text("a", 1000, number),
    "digits": lambda number: long_text("1,", 1000, number),
    "what each side says": lambda number: f"who disagrees about the Larch5000 bridge, {number}?",
    "a time": lambda number: f"what happened before and after the Larch5000 bridge collapsed, {number}?",
}
TEXTS: Mapping[str, Text] = {
    "one long word": lambda number: long_text("a", 1000, number),
    "one word of 4,000": lambda number: long_text("a", 4000, number),
    "single letters": lambda number: long_text("a ", 4000, number),
    "hundreds of quotations": lambda number: long_text('"a b c d" ', 4000, number),
    "hundreds of recorded pieces": _quoted,
    "recorded words, mixed": lambda number: long_text(f"{_SAID[number % 200]} {_SAID[(number + 7) % 200]} ", 4000, number),
    "open marks": lambda number: long_text('"', 4000, number),
    "curly marks in each other": lambda number: long_text("“a ‘b ", 4000, number),
    "brackets": lambda number: f'"{long_text("[the] ... bridge [was] ", 3990, number)}"',
    "names and verbs": lambda number: long_text('Ida Witness said "the bridge was never safe" and ', 4000, number),
    "apostrophes": lambda number: long_text("'tis 'twas the dogs' ", 4000, number),
}


def _of(story: str | None) -> str:
    return f"in {story}: " if story else ""


def _asking() -> list[Call]:
    asked = RequestKind.QUESTION
    scoped = [(story, name) for story in (None, "dispute", "trial") for name in QUESTIONS]
    typos = _menu("Answer this", lambda number: long_text(f"{_TYPOS} ", 2000, number))
    dated = _with("question", QUESTIONS["an ordinary question"], as_of=_DATES[:100])
    return [
        *(
            Call(f"/ask {_of(story)}{name}", asked, _slash("ask", _with("question", QUESTIONS[name]), story))
            for story, name in scoped
        ),
        *(Call(f"mention of 2,000: {name}", asked, _mention(text)) for name, text in QUESTIONS.items() if len(text(1)) > 500),
        *(
            Call(f"/ask as of a day: {name}", asked, _slash("ask", _with("question", QUESTIONS[name], as_of="March 2020")))
            for name in [*QUESTIONS][:3]
        ),
        Call("/ask as of a hostile date", asked, _slash("ask", dated)),
        Call("Answer this, a message of 2,000", asked, typos),
    ]


def _checking() -> list[Call]:
    asked = RequestKind.QUESTION
    scoped = [(story, name) for story in (None, "trial") for name in TEXTS]
    all_options = _with("text", _quoted, speaker="Ida Witness", source="The paper", date="January 2020")
    return [
        *(
            Call(f"/check {_of(story)}{name}", asked, _slash("check", _with("text", TEXTS[name]), story))
            for story, name in scoped
        ),
        Call("/check with all options", asked, _slash("check", all_options)),
        Call("Check quotes, a message of 2,000", asked, _menu("Check quotes", _quoted)),
    ]


_LOOKING: Sequence[tuple[str, str, Mapping[str, Any]]] = (
    ("/timeline all", "timeline", {"kind": "all"}),
    ("/timeline of the giant", "timeline", {"actor": GIANT, "kind": "all"}),
    ("/timeline of a time", "timeline", {"from": "January 1990", "to": "December 2025", "kind": "all"}),
    ("/timeline, hostile dates", "timeline", {"from": _DATES, "to": _DATES}),
    ("/who of the giant", "who", {"actor": GIANT}),
    ("/who, a long name", "who", {"actor": "Speaker " * 25}),
    ("/network", "network", {}),
    ("/network of the giant", "network", {"actor": GIANT}),
    ("/quote about", "quote", {"about": "the bridge"}),
    ("/quote of a speaker", "quote", {"speaker": "Ida Witness"}),
    ("/quote, long words", "quote", {"about": "bridge " * 28}),
    ("/sources", "sources", {}),
    ("/privacy", "privacy", {}),
    ("/help", "help", {}),
    ("/suggest", "suggest", {"kind": "claim", "speaker": "Speaker Number17", "story": "dispute"}),
)


def _looking() -> list[Call]:
    asked, disputed = RequestKind.QUESTION, "/timeline of a dispute: one event of a thousand claims, one of five thousand"
    return [
        Call(disputed, asked, _slash("timeline", _given({}), "dispute")),
        *(Call(name, asked, _slash(command, _given(given))) for name, command, given in _LOOKING),
    ]


_OPTIONS = (
    ("who", "actor"),
    ("check", "speaker"),
    ("check", "source"),
    ("ask", "story"),
    ("quote", "speaker"),
    ("timeline", "actor"),
)
_MODERATORS_OPTIONS = (("fact retract", "fact"), ("fact edit", "event"), ("source edit", "source"), ("audit", "fact"))


def _typings() -> list[Call]:
    texts: Mapping[str, Text] = {
        "a letter": lambda number: "aeiou"[number % 5],
        "1,000 signs": lambda number: long_text("speaker number ", 1000, number),
    }
    return [
        Call(f"typing {how}: /{name} {option}", RequestKind.COMPLETION, _typing(name, option, text), moderator)
        for options, moderator in ((_OPTIONS, False), (_MODERATORS_OPTIONS, True))
        for name, option in options
        for how, text in texts.items()
    ]


_MODERATING: Sequence[tuple[str, str, Mapping[str, Any]]] = (
    ("/fact retract, a story of 1,000", "fact retract", {"fact": "said-1"}),
    ("/fact retract, an event of 5,000 claims", "fact retract", {"fact": "collapse-5000"}),
    ("/fact retract, words of many", "fact retract", {"fact": "bridge collapsed because"}),
    ("/fact retract, long words", "fact retract", {"fact": "bridge " * 28}),
    ("/fact edit", "fact edit", {"fact": "said-1"}),
    ("/fact edit, with options", "fact edit", {"fact": "said-1", "speaker": "Ida Witness"}),
    ("/fact rating", "fact rating", {"fact": "claim-5000-1"}),
    ("/fact history", "fact history", {"fact": "said-1"}),
    ("/fact show", "fact show", {"fact": "collapse-5000"}),
    ("/fact undo", "fact undo", {}),
    ("/fact add claim", "fact add claim", {"by": "Speaker Number17", "event": "collapse-5000", "story": "dispute"}),
    ("/fact add event", "fact add event", {"who": "Ida Witness", "story": "trial"}),
    ("/fact add quote", "fact add quote", {"speaker": "Ida Witness", "story": "trial"}),
    ("/source edit", "source edit", {"source": "The paper"}),
    ("/actor edit", "actor edit", {"actor": GIANT}),
    ("/story check, a story of 1,000", "story check", {"story": "trial"}),
    ("/story check, a story of 10,000", "story check", {"story": "crowd"}),
    ("/story report", "story report", {"story": "crowd"}),
    *((f"/story export as {form}", "story export", {"story": "crowd", "format": form}) for form in FORMATS),
    ("/story list", "story list", {}),
    ("/review", "review", {}),
    ("/gaps", "gaps", {}),
    ("/gaps with words", "gaps", {"text": "bridge " * 8}),
    ("/settings", "settings", {}),
    ("/status", "status", {}),
    ("/audit", "audit", {}),
    ("/audit of a time", "audit", {"from": "January 2000", "to": "2030"}),
)
_FILES: Sequence[tuple[str, str, str, Callable[[int], tuple[str, bytes]]]] = (
    ("story draft", "article", "an article of 200 kB", lambda number: ("article.txt", article(number, 200_000))),
    ("story draft", "article", "a page of tags", lambda number: ("page.html", page_of_tags(number, 1_000_000))),
    ("article", "file", "an article of 200 kB", lambda number: ("article.txt", article(number, 200_000))),
    ("article", "file", "a page of tags", lambda number: ("page.html", page_of_tags(number, 1_000_000))),
    ("source import", "file", "a bibliography of 1 MB", lambda number: ("sources.bib", bibliography(number, 1_000_000))),
    ("story import", "file", "a story of 1 MB", lambda number: ("story.yaml", story_file(number, 1_000_000))),
)


def _upload(option: str, make: Callable[[int], tuple[str, bytes]]) -> Options:
    return lambda number: {option: make(number)}


def _moderating() -> list[Call]:
    asked, sent = RequestKind.QUESTION, RequestKind.FILE
    add = _menu("Add as fact", lambda number: long_text("the bridge was never safe ", 2000, number))
    return [
        *(Call(name, asked, _slash(command, _given(given)), True) for name, command, given in _MODERATING),
        Call("Add as fact, a message of 2,000", asked, add, True),
        *(
            Call(f"/{command}, {name}", sent, _slash(command, _upload(option, make), _scope(command)), True)
            for command, option, name, make in _FILES
        ),
    ]


def _scope(command: str) -> str | None:
    """Return the story in whose channel a file is sent: a list of sources needs one."""
    return "trial" if command == "source import" else None


def calls(only: Sequence[str] = ()) -> list[Call]:
    """Return all calls, the cheap and the dear, or those alone whose name has one of some words in it."""
    listening = Call("chatter in a listening channel", RequestKind.UNASKED, _chatter)
    all_calls = [*_asking(), *_checking(), *_looking(), *_typings(), listening, *_moderating()]
    return [call for call in all_calls if not only or any(part in call.name for part in only)]
