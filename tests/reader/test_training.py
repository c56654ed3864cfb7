"""How the reader is trained, on two small stories, as far as the libraries that are installed allow.

torch and scipy come with the extra ``reader``: whoever trains runs these tests with it, as data/reader/README.md says.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from bot.answers.reader.features import FEATURES
from bot.answers.reader.reader import Reader
from bot.answers.reader.reading import Evidence
from bot.english.lexicon import Lexicon
from bot.resources import reader_folder
from data.reader import train
from data.reader.check import check_languages, check_part
from data.reader.decide import (
    AGAINST,
    LEFT_ALONE,
    Row,
    also_of,
    chances_of,
    fit,
    read_numbers,
    rows_of,
    short_of,
    threshold_of,
    yes_of,
)
from data.reader.examples import CHECKPOINT, corpus_stories, read_folder
from data.reader.languages import read_languages
from data.reader.recipe import Sitting
from tests.support.paths import ROOT

READER = ROOT / "data" / "reader"
VALIDATION, GERMAN = READER / "corpus" / "validation", READER / "corpus" / "languages" / "train"
QUESTIONS = 132 + 110  # about both English stories
NEEDS_READER = "the extra `reader` is installed to train with alone"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two stories, one with articles and one to choose by as well, and of a third in German."""
    corpus = tmp_path_factory.mktemp("corpus")
    train, validation, languages = corpus / "train", corpus / "validation", corpus / "languages" / "train"
    files = {train: [*VALIDATION.glob("nightingale-trap.*")], languages: [*GERMAN.glob("de-parzelle-47.*")]}
    files[validation] = [path for path in VALIDATION.glob("oakmere-regatta-1908.*") if ".articles" not in path.suffixes]
    files[train] += files[validation]
    for folder, paths in files.items():
        folder.mkdir(parents=True)
        for path in paths:
            shutil.copy(path, folder)
    return corpus


@pytest.fixture(scope="module")
def rows(corpus: Path, lexicon: Lexicon) -> list[Row]:
    """The questions of both English stories as the reader that ships reads them."""
    stories = (story for story in corpus_stories(corpus / "train", lexicon) if not story.in_articles)
    return [*rows_of(stories, Reader(reader_folder()), lexicon)]


def test_stories_are_read_into_examples(corpus: Path) -> None:
    *stories, articles = read_folder(corpus / "train")
    assert [story.in_articles for story in (*stories, articles)] == [False, False, True]
    assert sum(len(story.questions) for story in stories) > QUESTIONS  # some are asked once more about strangers
    for story in stories:
        for example in story.questions:
            assert example.features.shape == (len(story.facts), len(FEATURES))
            assert {story.ids[fact] for fact in example.right} <= set(example.row["expect"])
            assert bool(example.right) is bool(example.row["expect"])
            if example.span is not None:
                start, end = example.span
                assert story.facts[example.right[0]].line[start:end].casefold() == example.row["short"].casefold()
    assert sum(example.span is not None for story in stories for example in story.questions) > QUESTIONS / 3
    (german,) = read_languages(corpus / "train")
    assert (german.name, len(german.facts), len(german.questions)) == ("de-parzelle-47", 30, 40)


def test_two_stories_are_sound(corpus: Path, lexicon: Lexicon) -> None:
    part, german = check_part(corpus / "train", lexicon), check_languages(corpus / "train", lexicon)
    assert (part.stories, part.questions, part.with_articles, part.faults) == (2, QUESTIONS, 1, [])
    assert (german.stories, german.questions, german.faults) == (1, 40, [])


def test_the_thresholds_are_fitted_to_what_the_shipped_reader_makes_of_two_stories(rows: list[Row]) -> None:
    assert len(rows) >= QUESTIONS
    shipped = read_numbers(reader_folder())
    chances = chances_of(rows, {name: shipped["decide"][name] for name in Evidence._fields}, shipped["bias"])
    right = np.array([row.right for row in rows])
    assert chances[right].mean() > 0.8 > 0.4 > chances[~right].mean()
    threshold = threshold_of(rows, chances, LEFT_ALONE)
    unanswerable = np.array([not row.answers for row in rows])
    assert threshold == 0.9 or np.mean(chances[unanswerable] < threshold) >= LEFT_ALONE
    assert -3 <= also_of(rows) <= 3
    assert -4 <= short_of(rows) <= 4
    assert 0 <= yes_of(rows) <= 4


def test_what_speaks_for_a_fact_is_never_fitted_against_it(rows: list[Row]) -> None:
    pytest.importorskip("scipy", reason=NEEDS_READER)
    weights, bias = fit(rows)
    assert all(weight <= 0 if name in AGAINST else weight >= 0 for name, weight in weights.items())
    chances, right = chances_of(rows, weights, bias), np.array([row.right for row in rows])
    assert chances[right].mean() > chances[~right].mean() + 0.3


def test_the_steps_are_taken_in_their_order_which_the_readme_tells(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    section = (READER / "README.md").read_text(encoding="utf-8").partition("## Training it anew")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE) == [*train.STEPS]
    taken: list[str] = []
    monkeypatch.setattr(train, "STEPS", {name: lambda _, name=name: taken.append(name) for name in train.STEPS})
    folders = ["--pretrained", str(tmp_path), "--work", str(tmp_path / "work")]
    assert CliRunner().invoke(train.main, ["--all", *folders]).exit_code == 0
    assert taken == [*train.STEPS]
    assert CliRunner().invoke(train.main, ["decide", "second", *folders]).exit_code == 0
    assert taken[len(train.STEPS) :] == ["second", "decide"]
    assert "Name the steps" in CliRunner().invoke(train.main, folders).output


def small_encoder(folder: Path) -> Path:
    """Write a pretrained encoder that is small and knows nothing; its tokens are letters."""
    transformers, unpack = pytest.importorskip("transformers"), pytest.importorskip("data.reader.unpack", exc_type=ImportError)
    pieces = [(piece, 0.0) for piece in ("<s>", "<pad>", "</s>", "<unk>")]
    pieces += [(chr(letter), -1.0) for letter in (0x2581, *range(0x21, 0x7F))]
    unpack.tokenizer_of(pieces, 0, 2, 3).save_pretrained(folder)
    sizes = {"hidden_size": 96, "num_hidden_layers": 3, "num_attention_heads": 2, "intermediate_size": 96}
    transformers.BertModel(transformers.BertConfig(vocab_size=len(pieces), pad_token_id=1, **sizes)).save_pretrained(folder)
    return folder


def test_a_training_takes_its_steps_and_another_goes_on_from_it(corpus: Path, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason=NEEDS_READER)
    from data.reader.train_encoder import train_encoder

    model, first, second = small_encoder(tmp_path / "model"), tmp_path / "first", tmp_path / "second"
    train_encoder(Sitting(seed=1, steps=2, languages=1, rounded=True), model, corpus, first, second=True)
    *steps, report = [json.loads(line) for line in (first / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["step"] for line in steps] == [1, 2]
    assert all(line["loss"] > 0 for line in steps)
    assert 0 <= report["first"] <= report["three"] <= 1
    train_encoder(Sitting(seed=2, steps=1), model, corpus, second, second=True, after=first)
    before, after = (torch.load(folder / CHECKPOINT, weights_only=True)["net"] for folder in (first, second))
    changed = {name for name, values in after.items() if not torch.equal(values, before[name])}
    assert changed
    assert not any(".embeddings." in name for name in changed)


def test_the_adapter_begins_as_the_second_network_and_learns_to_be_like_the_first(corpus: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason=NEEDS_READER)
    from data.reader.train_adapter import train_adapter

    weights = tmp_path / "weights"
    shutil.copytree(reader_folder(), weights)
    sittings = Sitting(seed=1, steps=2), Sitting(seed=1, steps=2, rounded=True)
    train_adapter(corpus, tmp_path / "work", weights, sittings, share=1.0)
    logs = [(tmp_path / "work" / f"adapter-{number}.jsonl").read_text(encoding="utf-8").splitlines() for number in (0, 1)]
    near, judged = ([json.loads(line) for line in log] for log in logs)
    assert [line["step"] for line in (*near, *judged)] == [1, 2, 1, 2]
    assert "judge" not in near[-1]
    assert judged[-1]["judge"] > 0
    assert near[-1]["english"] > 0.5  # two steps after the upper layers and least squares
    asked = Reader(weights).adapted.question("Wer hat das Boot gerudert?")
    assert asked.second is not None
    assert asked.tokens.shape == asked.second.tokens.shape
    assert asked.weights.sum() == pytest.approx(1, abs=1e-3)
