"""Whom pronouns and quotations mean in the labelled articles, and which days: what reading finds, held against the labels.

In: parts of the corpus. Out: for each kind of words, how often what is read is right, wrong or left open; ``--show`` lists what
is not right. A speaker whom the text only describes beside the quotation is right, and so is whoever is no actor of the story.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from bot.drafting.article import read_article
from bot.drafting.dates import published_day
from bot.drafting.events import EventReader
from bot.drafting.reading import ArticleReading, read
from bot.english.attribution import AttributedQuote
from bot.english.sentences import Entity, Sentence
from bot.facts.dates import StoryDate, day_of, parse_date
from bot.facts.models import Actor
from bot.stories.load import load_story
from data.reader.articles import NOBODY, UNKNOWN, LabelledArticle, LabelledParagraph, Reference, articles_of

MAX_ABOUT = 4
"""Days by which what is told to be about a day, such as two weeks ago, may differ from it."""

CORPUS = Path(__file__).parent / "corpus"


@dataclass(slots=True)
class Tally:
    """How often what was read is right, by kind of words and outcome; ``shown`` has a line for what is not."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    shown: list[str] = field(default_factory=list)

    def count(self, kind: str, outcome: str, where: str) -> None:
        """Count an outcome, and keep a line about it unless it is right."""
        self.counts[kind][outcome] += 1
        if not outcome.startswith("right"):
            self.shown.append(f"{kind} {outcome}: {where}")


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of an article, and the actors of its story, whom it may name only by a description."""

    article: LabelledArticle
    actors: Mapping[str, Actor]

    def means(self, entity: Entity, actor_id: str) -> bool:
        """Return whether what was read may be called as an actor is: by a name, the surname, or words that a label has for it."""
        if actor_id == UNKNOWN:
            return not any(self.means(entity, other) for other in self.actors)
        actor = self.actors[actor_id]
        called = {_plain(name) for name in (actor.name, *actor.aliases)} | set(self._described_as(actor_id))
        read_as = {_plain(name) for name in (entity.name, *entity.aliases)}
        same_surname = _plain(entity.name).split()[-1] == _plain(actor.name).split()[-1]
        part = set(_plain(entity.name).split()) <= set(_plain(actor.name).split())
        return bool(called & read_as) or same_surname or part

    def _described_as(self, actor_id: str) -> Iterator[str]:
        for paragraph in self.article.paragraphs:
            for reference in paragraph.references:
                if reference.kind == "actor" and reference.meant == actor_id:
                    yield _plain(paragraph.text[reference.start : reference.end])


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    words = "".join(letter for letter in letters if not unicodedata.combining(letter)).replace(".", "").replace("’", "'").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


def compare(labels: Labels, tally: Tally) -> None:
    """Read an article, and count how what is read compares with its labels."""
    article = labels.article
    reading = read(read_article(article.text, title=article.headline))
    dates = EventReader(published_day(parse_date(article.day)), reading.sentences)
    quotes = {(quote.paragraph, quote.sentence.items[quote.index].start): quote for quote in reading.quotations}
    for number, paragraph in enumerate(article.paragraphs, start=1):
        sentences = [sentence for sentence in reading.sentences if sentence.paragraph.number == number]
        for reference in paragraph.references:
            sentence = next(one for one in sentences if reference.start < one.items[-1].end)
            where = _where(article, paragraph, reference)
            if reference.kind == "speaker":
                quote = quotes.get((number, reference.start))
                tally.count("speaker", *_speaker(labels, paragraph, reference, quote, where))
            elif reference.kind == "date":
                tally.count("date", *_date(dates, sentence, reference, where))
            elif paragraph.text[reference.start : reference.end].lower() in ("he", "she"):
                tally.count("pronoun", *_pronoun(labels, reading, sentence, reference, where))


def _where(article: LabelledArticle, paragraph: LabelledParagraph, reference: Reference) -> str:
    start, end = reference.start, reference.end
    text = f"{paragraph.text[max(0, start - 90) : start]}⟦{paragraph.text[start:end]}⟧{paragraph.text[end : end + 60]}"
    return f"{article.id}: {text} | {reference.meant}"


def _pronoun(labels: Labels, reading: ArticleReading, sentence: Sentence, reference: Reference, where: str) -> tuple[str, str]:
    at = next((at for at, item in enumerate(sentence.items) if item.start == reference.start), None)
    entity = reading.meant[sentence].get(at) if at is not None else None
    if entity is None:
        return "open", where
    return "right" if labels.means(entity, reference.meant) else "wrong", f"{where} | read: {entity.name}"


def _date(dates: EventReader, sentence: Sentence, reference: Reference, where: str) -> tuple[str, str]:
    read_dates = (dated for dated in dates.all_of(sentence) if dated.start < reference.end and reference.start < dated.end)
    dated = next(read_dates, None)
    if dated is None or dated.date is None:
        return "open" if dated is not None else "missed", where
    wanted = parse_date(reference.meant)
    date = dated.date
    where = f"{where} | read: {date.edtf} from “{dated.words}”"
    if (date.earliest, date.latest) == (wanted.earliest, wanted.latest):
        return "right", where
    if date.edtf.endswith("~") and _apart(date, wanted) <= MAX_ABOUT:
        return "right, less precise", where
    around = date.earliest and wanted.earliest and date.earliest <= wanted.earliest
    if around and date.latest and wanted.latest and date.latest >= wanted.latest:
        return "right, less precise", where
    return "wrong", where


def _apart(date: StoryDate, wanted: StoryDate) -> float:
    """Return how many days two dates are apart at their beginnings."""
    if date.earliest is None or wanted.earliest is None:
        return math.inf
    return abs((day_of(date.earliest) - day_of(wanted.earliest)).days)


def _speaker(
    labels: Labels, paragraph: LabelledParagraph, reference: Reference, quote: AttributedQuote | None, where: str
) -> tuple[str, str]:
    if reference.meant == NOBODY:
        return ("set off, taken" if quote else "right, set off"), where
    if quote is None:
        return "missed", where
    if not quote.speakers:
        return ("right, nobody" if reference.meant == UNKNOWN else "open"), where
    certain = "sure" if quote.sure else "guessed"
    where = f"{where} | read: {', '.join(entity.name for entity in quote.speakers)}"
    right = all(any(labels.means(entity, name) for entity in quote.speakers) for name in reference.meant.split())
    if not right and quote.sure and all(_stands_beside(entity, reference, paragraph) for entity in quote.speakers):
        return "right, described", where
    return f"{'right' if right else 'wrong'}, {certain}", where


def _stands_beside(entity: Entity, reference: Reference, paragraph: LabelledParagraph) -> bool:
    """Return whether somebody without a name is described right behind a quotation, or before it, where that goes on."""
    reach = len(entity.name) + 20
    before, behind = paragraph.text[max(reference.start - 200, 0) : reference.start], paragraph.text[reference.end :][:reach]
    return entity.described and any(entity.name.casefold() in text.casefold() for text in (before, behind))


def compare_parts(parts: Collection[str], corpus: Path = CORPUS) -> Tally:
    """Compare all articles of some parts of a corpus."""
    tally = Tally()
    for part in parts:
        for story in sorted((corpus / part).glob("*.yaml")):
            articles = articles_of(story)
            actors = {actor.id: actor for actor in load_story(story).actors} if articles else {}
            for article in articles:
                compare(Labels(article, actors), tally)
    return tally


@click.command()
@click.argument("parts", nargs=-1, required=True)
@click.option("--corpus", type=click.Path(exists=True, file_okay=False, path_type=Path), default=CORPUS)
@click.option("--show", is_flag=True, help="List what is not right.")
def main(parts: tuple[str, ...], corpus: Path, *, show: bool) -> None:
    """Compare what is read in the labelled articles of PARTS, such as train, with their labels."""
    tally = compare_parts(parts, corpus)
    for line in tally.shown if show else ():
        click.echo(line)
    for kind, counts in tally.counts.items():
        whole = sum(counts.values())
        click.echo(f"{kind}, {whole}: " + ", ".join(f"{outcome} {number}" for outcome, number in counts.most_common()))


if __name__ == "__main__":
    main()
