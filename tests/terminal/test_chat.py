from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from bot.errors import DateError, EmptyQuestionError, FootnoteError, NotKnownError, UsageError
from bot.presentation.wording import NOT_REVIEWED
from bot.service.service import Service
from bot.service.session import Session
from bot.settings import Settings
from bot.stories.load import read_story
from bot.terminal import chat
from bot.terminal.blocks import screen, show
from bot.terminal.chat import Conversation
from bot.terminal.check_page import UNMARKED
from bot.terminal.pages import NOTHING_FOUND
from bot.terminal.prompt import prompt_session
from tests.support.command_line import Run


@pytest.fixture
def keyboard() -> Iterator[PipeInput]:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


async def converse(service: Service) -> None:
    await chat._typed(Conversation(service), screen(), prompt_session(service.settings, service))


def test_piped_lines_are_answered_in_turn_without_prompts(run: Run) -> None:
    result = run("chat", stdin="when was the bridge closed\n\n/who the mayor\n/quit\nnever read\n")
    assert result.stdout.startswith("3 March 2021\n\nThe city closed")
    assert "\n\nMaria Lee\nMayor of Harbour\n" in result.stdout
    assert "> " not in result.stdout
    assert (result.stderr, result.exit_code) == ("", 0)


def test_a_piped_line_that_cannot_be_answered_does_not_end_the_others(run: Run) -> None:
    result = run("chat", stdin=b"/who xyzzy\n\xff\xfe\n/foo\nwhen was the bridge closed")
    assert "\n3 March 2021\n" in f"\n{result.stdout}"
    assert "There is no command /foo" in result.stderr
    assert result.exit_code == 2


def test_piped_lines_wait_for_what_the_first_answer_needs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Service] = []

    async def warm_up(service: Service) -> None:
        loaded.append(service)

    monkeypatch.setattr(Service, "warm_up", warm_up)
    assert run("chat", stdin="when was the bridge closed\nwho resigned\n").stdout.startswith("3 March 2021\n")
    assert len(loaded) == 1


async def test_typed_lines_are_answered_and_remembered(
    service: Service, keyboard: PipeInput, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    keyboard.send_text("when was the bridge closed\r/who xyzzy\r/quit\r")
    await converse(service)
    output = capsys.readouterr().out
    assert "3 March 2021" in output
    assert "xyzzy" in output
    assert "+when was the bridge closed" in (tmp_path / "chat-history").read_text(encoding="utf-8")


async def test_the_first_ctrl_c_takes_the_line_back_and_the_next_ends(service: Service, keyboard: PipeInput) -> None:
    keyboard.send_text("half a quest\x03\x03")
    with pytest.raises(KeyboardInterrupt):
        await converse(service)


async def test_the_end_of_the_input_ends(service: Service, keyboard: PipeInput) -> None:
    keyboard.send_text("\x04")
    await converse(service)


@pytest.fixture
def conversation(service: Service) -> Conversation:
    return Conversation(service)


async def said(conversation: Conversation, line: str) -> str:
    console = Console(width=80, force_terminal=False)
    with console.capture() as captured:
        show(await conversation.answer(line), console)
    return captured.get()


async def test_a_question_is_answered(conversation: Conversation) -> None:
    assert (await said(conversation, "when was the bridge closed")).startswith("3 March 2021\n\nThe city closed")


async def test_quotes_of_a_speaker_about_something(conversation: Conversation) -> None:
    quotes = await said(conversation, "/quote Maria Leee")
    assert (quotes.count("— Maria Lee ·"), quotes.count("— Maria Lee, Mayor of Harbour ·")) == (1, 1)
    about = await said(conversation, "/quote about money for the piers")
    assert about.startswith("  “We asked for money for the piers three years ago.” [1]")


async def test_an_actor_has_all_that_is_known_with_its_sources(conversation: Conversation) -> None:
    page = await said(conversation, "/who dan okoro")
    assert page.startswith("Daniel Okoro\nChief engineer of the port\nAlso called Dan Okoro.\n")
    assert "What happened\n26 February 2021\n  Divers under Daniel Okoro found cracks" in page
    assert "Said and claimed\n  “We asked for money" in page
    assert "\nSources\n  [1] Ann Lee, Harbour Gazette" in page


async def test_the_timeline_is_in_the_order_of_dates(conversation: Conversation) -> None:
    page = await said(conversation, "/timeline from March 2021 to 3 March 2021")
    assert page.startswith("3 March 2021\n  The city closed")
    assert "26 February" not in page
    dates = [line for line in (await said(conversation, "/timeline")).splitlines() if line.endswith("2021") and line[0].isdigit()]
    assert dates == ["26 February 2021", "3 March 2021", "4 March 2021"]
    assert "Safety comes first" in await said(conversation, "/timeline kind: quotes")
    assert (await said(conversation, "/timeline from 2030")).startswith("The facts I have contain nothing like that.")


async def test_sources_are_listed_with_their_use(conversation: Conversation) -> None:
    page = await said(conversation, "/sources story: harbour-bridge")
    assert "Harbour Gazette, “Bridge shut after inspection”, 4 March 2021 (cited by" in " ".join(page.split())


async def test_why_tells_of_the_last_answer(conversation: Conversation) -> None:
    with pytest.raises(UsageError):
        await conversation.answer("/why")
    await conversation.answer("when was the bridge closed")
    assert "You asked when" in await said(conversation, "/why")


async def test_help_and_quit(conversation: Conversation) -> None:
    helped = await said(conversation, "/help")
    assert "/timeline [ACTOR]" in helped
    assert "for example: what did Maria Lee say?\n" in helped
    assert await said(conversation, "") == ""
    assert not conversation.ended
    assert await said(conversation, "/quit") == ""
    assert conversation.ended


async def test_who_speaks_about_whom_is_listed(conversation: Conversation) -> None:
    assert "• Maria Lee → Harbour Bridge (1 quote, 1 claim)" in await said(conversation, "/network")
    assert "Gazette" not in await said(conversation, "/network mayor lee")


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("/ask", EmptyQuestionError),
        ("?!", EmptyQuestionError),
        ("/who", UsageError),
        ('/who " "', UsageError),
        ("/who xyzzy", NotKnownError),
        ("/who lee story: nowhere", NotKnownError),
        ("/quote xyzzy", NotKnownError),
        ("/timeline from someday", DateError),
        ("when? story: nowhere", NotKnownError),
        ("/sources story: nowhere", NotKnownError),
    ],
)
async def test_what_cannot_be_done_is_told(conversation: Conversation, line: str, error: type[FootnoteError]) -> None:
    with pytest.raises(error):
        await conversation.answer(line)


async def test_an_unknown_story_is_told_as_such_whoever_is_looked_for(conversation: Conversation) -> None:
    for line in ("/who lee story: nowhere", "/quote lee story: nowhere", "when? story: nowhere"):
        with pytest.raises(NotKnownError, match='no story "nowhere"'):
            await conversation.answer(line)


async def test_a_role_is_told_once_on_an_actors_page(conversation: Conversation) -> None:
    page = await said(conversation, "/who Maria Lee")
    assert page.count("Maria Lee") > 2
    assert page.count("Mayor of Harbour") == 1


async def test_why_no_answer_does_not_claim_that_a_fact_has_what_was_asked_for(conversation: Conversation) -> None:
    await conversation.answer("when was Daniel Okoro born?")
    reply = await said(conversation, "/why")
    assert "You asked when" in reply
    assert "says that" not in reply


async def test_what_happened_next_follows_the_answer_before(conversation: Conversation) -> None:
    await said(conversation, "When was the bridge closed?")
    after = await said(conversation, "what happened next?")
    assert "Counted from: The city closed the Harbour Bridge" in after
    assert "A free ferry began" in after


async def test_a_question_is_answered_as_of_a_day(conversation: Conversation) -> None:
    assert "3 March 2021\n" in await said(conversation, "when was the bridge closed? as_of: 5 March 2021")
    before = await said(conversation, "/ask when was the bridge closed? as_of: 1 March 2021")
    assert "No source had reported that by then." in before
    with pytest.raises(DateError):
        await conversation.answer("when was the bridge closed? as_of: soon")


async def test_a_quotation_is_checked_word_for_word(conversation: Conversation) -> None:
    page = await said(conversation, "/check “Safety comes first, and the bridge is safe.” speaker: Maria Lee")
    assert page.startswith("❌ Not what was said")
    assert "“Safety comes first, and the bridge is not safe.”" in page
    assert "Sources" in page
    with pytest.raises(UsageError):
        await conversation.answer("/check")


async def test_what_was_not_marked_or_passed_over_in_a_check_is_said(conversation: Conversation) -> None:
    page = " ".join((await said(conversation, f"/check {'The gates of the port froze over. ' * 6}")).split())
    assert page.endswith(UNMARKED)
    page = " ".join((await said(conversation, "/check It is “shut”. “Safety comes first, and the bridge is not safe.”")).split())
    assert page.endswith("1 passage in quotation marks was skipped: it is too short, and no speaker is named.")


async def test_a_greeting_is_answered_in_kind(conversation: Conversation) -> None:
    assert (await said(conversation, "hello!")).startswith("Hello.")


COUNCIL = """
story: {id: council, title: Council}
sources:
  log: {type: webpage, title: Log, url: https://example.org/log, archive: https://archive.example/log}
actors:
"""


async def test_pages_of_an_actor_without_facts_of_many_speakers_and_of_archived_sources(
    service: Service, conversation: Conversation
) -> None:
    actors = "".join(f"  a{number}: {{name: Member {number}, kind: person}}\n" for number in range(9))
    quote = "quotes:\n  all: {by: [a0, a1, a2, a3, a4, a5, a6, a7], text: We resign., cite: log}\n"
    empty = "story: {id: empty, title: Nothing yet}\n"

    def add(session: Session, file: str) -> None:
        session.base.apply(read_story(file, "x.yaml"), by="test")

    for file in (COUNCIL + actors + quote, empty):
        await service.write(None, add, file)
    assert await said(conversation, "/who Member 8") == f"Member 8\n\n{NOTHING_FOUND}\n"
    page = await said(conversation, "/quote Member 0")
    assert "— Member 0, Member 1, Member 2, Member 3, Member 4, Member 5 and 2 others" in page
    assert "archived: https://archive.example/log" in page
    assert (await said(conversation, "/sources story: empty")).strip() == NOTHING_FOUND


async def test_follow_ups_in_time_are_counted_from_the_event_that_was_asked_about_and_next_from_the_last_shown(
    tmp_path: Path,
) -> None:
    async with Service(Settings(tmp_path, answer_deadline=60.0)) as service:
        conversation = Conversation(service)
        await said(conversation, "When did Twitter ban RT and Sputnik from advertising?")
        for question in ("What happened after that?", "And what happened before that?", "What happened after that?"):
            page = " ".join((await said(conversation, question)).split())
            assert page.startswith("Counted from: Twitter announced on Thursday that two Russian media companies"), question
        page = " ".join((await said(conversation, "What happened next?")).split())
        assert "Counted from: The World Socialist Web Site published its article on the ban." in page or "no fact" in page.lower()


def test_outside_a_conversation_no_slash_command_is_named(run: Run) -> None:
    unknown = run("timeline", "Xyzzy")
    assert "footnote network" in unknown.stderr
    assert "Start typing" not in unknown.stderr


def test_what_an_article_quotes_and_tells_is_listed_and_marked(run: Run, tmp_path: Path) -> None:
    article = tmp_path / "crane.txt"
    article.write_text(
        "Crane falls\nCoast Wire, 2021-05-06\n\nA crane fell onto the quay of Skerrow on Wednesday.\n\n"
        "“The crane was forty years old,” the engineer Ingrid Sallow told reporters.\n"
    )
    run("read", str(article))
    output = run("chat", stdin="/quote sallow\n/timeline from:2021-05-01\n/who sallow\n").stdout
    quote = f"  “The crane was forty years old” [1]\n  — Ingrid Sallow, Engineer · {NOT_REVIEWED}\n"
    assert output.startswith(quote)
    day = f"5 May 2021\n  A crane fell onto the quay of Skerrow on Wednesday [5 May 2021]. [1]\n  {NOT_REVIEWED}\n"
    assert day in output
    assert "Said and claimed\n  “The crane was forty years old” [1]\n" in output
    assert day in run("timeline", "--from", "2021-05-01").stdout
