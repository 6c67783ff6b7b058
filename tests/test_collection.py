"""What the documents of a collection say of each other's words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from collation.commands.app import app
from collation.errors import DamagedDictionary
from collation.knowledge.collection import Collection, Use, frames_of, load_collection, merged, written
from collation.learning.from_collection import counted, of_document
from collation.learning.near_copies import near_copies
from collation.learning.noise import corrupt
from collation.model.doubt import WeighedDoubt
from collation.pipeline import trail
from collation.project.cache import basis_of
from collation.reading import read_text
from collation.rules import RULES
from collation.settings import Settings

SEEDS = Path(__file__).parents[1] / "seeds"
WORD = "гелиоверк"
REPLY = f"Вчера сюда приехал {WORD} завода.\n\nYesterday the wauchmeister of the factory came here.\n"
OTHER = f"Он видел, что {WORD} ушёл.\n\nHe saw that the wauchmeister had left.\n"
MISREAD = "Товарищ Штяков приехал вчера вечером.\n\nComrade Shtykov came yesterday evening.\n"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def one(label: str, text: str) -> Collection:
    return of_document(read_text(text, label=label))


def test_rare_words_are_counted_by_documents() -> None:
    found = one("a.txt", REPLY + REPLY.replace("Вчера", "Сегодня"))
    assert found.forms[WORD] == Use(1, ("a.txt",))
    assert "вчера" not in found.forms and "завода" not in found.forms, "usual words say nothing"
    assert found.words >= 10 and len(found.texts) == 1


def test_merging_does_not_depend_on_the_order_and_one_text_counts_once() -> None:
    parts = [one(f"{name}.txt", f"Здесь {WORD} {name}.\n") for name in ("клён", "дуб", "ясень", "вяз")]
    whole = merged(parts)
    assert whole.forms[WORD] == Use(4, ("вяз.txt", "дуб.txt", "клён.txt"))
    assert merged(reversed(parts)) == whole == merged([merged(parts[:2]), merged(parts[2:])])
    assert merged([*parts, parts[0]]) == whole


def test_a_text_under_two_names_counts_under_the_first_in_whatever_order() -> None:
    two = [one(name, f"{REPLY}") for name in ("б.txt", "а.txt")]
    assert merged(two) == merged(reversed(two))
    assert list(merged(two).texts.values()) == ["а.txt"]


def test_a_file_comes_back_as_it_was(tmp_path: Path) -> None:
    whole = merged([one("a.txt", REPLY), one("b.txt", OTHER)])
    path = tmp_path / "collection.json"
    path.write_text(written(whole), "utf-8")
    found = load_collection(path)
    assert found is not None and found.digest
    assert (found.texts, found.words, found.forms) == (whole.texts, whole.words, whole.forms)
    twice = {
        frame: fillers for frame, fillers in whole.frames.items() if sum(u.documents for u in fillers.values()) > 1
    }
    assert found.frames == twice, "what one document has alone is not kept"
    assert found.renderings["wauchmeister"] == {WORD: Use(2, ("a.txt", "b.txt"))}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"what": "collation collection", "version": 2}', "[" * 100_000])
def test_a_file_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "collection.json"
    path.write_text(text, "utf-8")
    with pytest.raises(DamagedDictionary, match="collation learn --collection"):
        load_collection(path)


def moved(tmp_path: Path, text: str, lemma: str, *others: Collection) -> tuple[float, float]:
    """The probability of the doubt of a word, without the collection and with it."""
    path = tmp_path / "collection.json"
    path.write_text(written(merged([one("own.txt", text), *others])), "utf-8")
    found = []
    for settings in (Settings(), Settings(collection=path)):
        verdicts = trail(read_text(text, label="own.txt"), settings=settings).verdicts
        found.append(max((v.probability for v in verdicts if v.place.of(text) == lemma), default=0.0))
    return found[0], found[1]


def test_a_word_at_home_in_the_collection_is_doubted_less(tmp_path: Path) -> None:
    alone, same = moved(tmp_path, REPLY, WORD)
    assert alone == same > 0, "a document is no witness for itself"
    three = [one(f"{n}.txt", f"{OTHER}\n\n{n}.\n") for n in range(3)]
    before, after = moved(tmp_path, REPLY, WORD, *three)
    assert before == alone and after < 0.5 * before


def test_a_name_that_others_write_otherwise_is_doubted_more(tmp_path: Path) -> None:
    name = "Штяков"
    alone, same = moved(tmp_path, MISREAD, name)
    others = [one(f"{n}.txt", f"Тов. Штыков {n} раз выступил.\n") for n in range(12)]
    before, after = moved(tmp_path, MISREAD, name, *others)
    assert before == alone == pytest.approx(same, abs=1e-9) and after > before > 0


def test_a_misreading_of_a_usual_word_gains_little_from_its_own_kind(tmp_path: Path) -> None:
    """The scanner that misread a word here may have done so elsewhere: not so much of that is a sign of a word."""
    text = "Он прпбыл в Москву вчера вечером.\n\nHe arrived in Moscow yesterday evening.\n"
    right = [one(f"r{n}.txt", f"Делегация пребылла в город {n}. Он прибыл сюда {n}.\n") for n in range(30)]
    wrong = [one("w.txt", "Поезд прпбыл утром.\n\nThe train arrived in the morning.\n")]
    before, after = moved(tmp_path, text, "прпбыл", *right, *wrong)
    assert before > 0.8 and after > 0.6


# Between the same neighbours

FORMULA = "Правительство Союза поручает Вам {word} американскому правительству о следующем"
ENGLISH = "The Government of the Union instructs you to inform the American government of the following"
INFORM, SAID = "сообщить", "сорить"  # what stands in the formula, and what a reader made of it


def letter(label: str, word: str = INFORM) -> Collection:
    return one(label, f"{FORMULA.format(word=word)}: {label}.\n")


def test_a_frame_is_the_four_neighbours_in_the_sentence() -> None:
    lines = (
        "Посол Петров передал, что 12 делегатов прибыли вчера.",
        "Посол Петров сообщил, что 300 делегатов прибыли вчера.",
    )
    named, same = (
        {t.text: f for t, f in frames_of(read_text(f"{line}\n", label="x").witnesses[0].segments[0].tokens)}
        for line in lines
    )
    assert named["что"] != same["что"] and named["делегатов"] == same["делегатов"], "numbers are alike"
    assert named["вчера"] == same["вчера"], "the end of a sentence counts as a word"
    assert "12" not in named, "a number is no word to be read otherwise"


def test_a_formula_of_other_documents_is_evidence_for_its_words(tmp_path: Path) -> None:
    text = f"{FORMULA.format(word=SAID)}: о войне.\n\n{ENGLISH}: of the war.\n"
    alone, _ = moved(tmp_path, text, SAID)
    _, with_formula = moved(tmp_path, text, SAID, *(letter(f"l{n}") for n in range(6)))
    assert with_formula > alone > 0
    _, with_own = moved(tmp_path, text, SAID, *(letter(f"l{n}", SAID) for n in range(6)))
    assert with_own < alone


def test_one_copy_of_the_same_passage_says_little_against_a_doubt(tmp_path: Path) -> None:
    text = f"{FORMULA.format(word=SAID)}: о войне.\n\n{ENGLISH}: of the war.\n"
    alone, with_copy = moved(tmp_path, text, SAID, letter("copy", SAID))
    _, with_six = moved(tmp_path, text, SAID, *(letter(f"l{n}", SAID) for n in range(6)))
    assert alone >= with_copy > with_six
    assert with_copy > 0.9 * alone, "it may be a copy of this scan"


# What raises a doubt, and how words are rendered


def verdicts_of(tmp_path: Path, text: str, *others: Collection) -> tuple[WeighedDoubt, ...]:
    """What is thought of a document beside others."""
    path = tmp_path / "collection.json"
    path.write_text(written(merged([one("own.txt", text), *others])), "utf-8")
    return trail(read_text(text, label="own.txt"), settings=Settings(collection=path)).verdicts


def said(verdicts: tuple[WeighedDoubt, ...], key: str) -> list[dict[str, str]]:
    """What the sentences of a key name, those of rules and those of the judge."""
    features = [f for v in verdicts for f in (*v.lessons, *(f for p in v.doubt.proposals for f in p.features))]
    return [dict(f.values) for f in features if f.says == key]


def test_nothing_of_a_collection_is_asked_unless_the_settings_name_one(tmp_path: Path) -> None:
    text = f"{FORMULA.format(word=SAID)}: о войне.\n\n{ENGLISH}: of the war.\n"
    codes = {rule.code for rule in RULES if rule.needs_collection}
    found = trail(read_text(text, label="own.txt"), settings=Settings()).verdicts
    beside = verdicts_of(tmp_path, text, *(letter(f"l{n}") for n in range(6)))
    assert not codes & {code for v in found for p in v.doubt.proposals for code in p.codes}
    assert codes & {code for v in beside for p in v.doubt.proposals for code in p.codes}


def test_a_departure_from_a_formula_names_it_and_its_documents(tmp_path: Path) -> None:
    text = f"{FORMULA.format(word=SAID)}: о войне.\n\n{ENGLISH}: of the war.\n"
    (found,) = said(verdicts_of(tmp_path, text, *(letter(f"l{n}") for n in range(6))), "formula-reads")
    assert found["formula"] == "поручает Вам сообщить американскому правительству"
    assert (found["count"], found["names"]) == ("6", "l0, l1, l2")
    assert not said(verdicts_of(tmp_path, text, *(letter(f"l{n}") for n in range(2))), "formula-reads"), (
        "two may be copies"
    )
    assert not said(
        verdicts_of(tmp_path, text, *(letter(f"l{n}") for n in range(6)), letter("same", SAID)), "formula-reads"
    ), "another document has it so too"


def test_a_word_rendered_so_elsewhere_is_doubted_no_more_than_one_that_is_only_there_too(tmp_path: Path) -> None:
    def probability(*others: Collection) -> float:
        found = verdicts_of(tmp_path, REPLY, *others)
        return max(v.probability for v in found if v.place.of(REPLY) == WORD)

    rendered = [one(f"{n}.txt", OTHER.replace("ушёл", f"ушёл {n}")) for n in range(2)]
    merely = [one(f"{n}.txt", f"Он видел, что {WORD} ушёл {n}.\n") for n in range(2)]
    assert probability(*rendered) <= probability(*merely) < probability()
    (found,) = said(verdicts_of(tmp_path, REPLY, *rendered), "rendered-so")
    assert (found["english"], found["names"]) == ("wauchmeister", "0.txt, 1.txt")


def test_a_word_of_the_translation_that_others_render_so_is_doubted_less(tmp_path: Path) -> None:
    body = "Местные рыбаки посетили народный театр в начале зимы. Погода в районе остаётся холодной."
    english = "The local fishermen visited the people's theatre at the beginning of winter. The weather in the district remains cold."

    def secret(number: int) -> str:
        heads = f"Совершенно секретно\nШифртелеграмма № {number}", f"Top secret\nCipher telegram No. {number}"
        return f"{heads[0]}\n\n{body}\n\n{heads[1]}\n\n{english}\n"

    text = secret(412)

    def doubted(*known: Collection) -> list[WeighedDoubt]:
        found = verdicts_of(tmp_path, text, *known)
        return [v for v in found if v.doubt.side == "translation" and v.place.of(text) == "Cipher"]

    (alone,), (beside,) = doubted(), doubted(*(one(f"{n}.txt", secret(n)) for n in range(3)))
    assert beside.probability < alone.probability
    assert "rendered-so" in {f.says for f in beside.lessons}


# Numbers and days


def cable(number: int, day: str, english: str = "") -> str:
    return (
        f"Шифртелеграмма № {number} из Крутогорска\n{day}\n\nПредседатель колхоза уехал в район.\n\n"
        f"Cipher telegram No. {number} from Krutogorsk\n{english}\n\nThe chairman of the collective farm left for the district.\n"
    )


def cables(*listed: tuple[int, str, str]) -> list[Collection]:
    return [one(f"n{number}.txt", cable(number, day, english)) for number, day, english in listed]


MARCH = cables(
    (409, "1 марта 1951 года", "1 March 1951"),
    (411, "2 марта 1951 года", "2 March 1951"),
    (413, "5 марта 1951 года", "5 March 1951"),
    (415, "7 марта 1951 года", "7 March 1951"),
)


def test_a_date_that_breaks_its_series_names_both_neighbours(tmp_path: Path) -> None:
    text = cable(412, "3 марта 1950 года", "3 March 1951")
    found = verdicts_of(tmp_path, text, *MARCH)
    (broken,) = said(found, "series-breaks")
    assert (broken["before"], broken["after"]) == ("411, 2.03.1951 (n411.txt)", "413, 5.03.1951 (n413.txt)")
    best = max((v for v in found if v.doubt.side == "original"), key=lambda v: v.probability)
    assert best.probability > 0.6 and best.readings[0].proposal.edits[0].text == "1951"
    assert all(v.probability < 0.5 for v in found if v.place.of(text) == "1951"), "the other side is in order"
    assert said(found, "series-fits")


def test_a_date_in_order_is_left_alone_and_so_is_one_that_nothing_would_mend(tmp_path: Path) -> None:
    for day, english in (("3 марта 1951 года", "3 March 1951"), ("29 мая 1950 года", "29 May 1950")):
        assert not said(verdicts_of(tmp_path, cable(412, day, english), *MARCH), "series-breaks")
    day = ("3 марта 1950 года", "3 March 1950")
    others = cables((300, "9 января 1950 года", "9 January 1950"), (310, "11 января 1950 года", "11 January 1950"))
    assert said(verdicts_of(tmp_path, cable(412, *day), *MARCH), "series-breaks")
    assert not said(verdicts_of(tmp_path, cable(412, *day), *MARCH, *others), "series-breaks"), (
        "1950 has its own numbers"
    )


def test_a_document_whose_texts_differ_in_the_day_is_no_neighbour() -> None:
    assert one("a.txt", cable(411, "2 марта 1951 года", "2 March 1951")).series
    assert not one("a.txt", cable(411, "2 марта 1950 года", "2 March 1951")).series


# Copies of one text


def scans(text: str, seeds: range) -> dict[str, tuple[str, ...]]:
    """The sketches of a text and of scans of it with one word in twenty misread."""
    document = read_text(text, label="text")
    noisy = [corrupt(document, seed=seed, rate=0.05).text for seed in seeds]
    return {f"{n}.txt": counted(read_text(t, label="scan")).sketch for n, t in enumerate([text, *noisy])}


def test_copies_of_one_text_are_found_and_other_texts_are_not() -> None:
    text, other = (path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))[:2])
    known = scans(text, range(2)) | {"other.txt": counted(read_text(other, label="other")).sketch}
    found = near_copies(known)
    assert {(c.left, c.right) for c in found} == {("0.txt", "1.txt"), ("0.txt", "2.txt"), ("1.txt", "2.txt")}
    assert all(0.3 < c.share < 0.99 for c in found)
    assert near_copies({"a": known["0.txt"], "b": known["0.txt"]})[0].share == 1.0
    assert near_copies({"a": (), "b": ()}) == []


def test_a_formula_of_many_documents_makes_no_copies() -> None:
    formula = tuple(f"{n:016x}" for n in range(20))
    sketches = {f"{n:03}": tuple(sorted({*formula, *(f"f{n:07}{k:08}" for k in range(100))})) for n in range(60)}
    assert near_copies(sketches) == []


# A project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    (tmp_path / "collation.toml").write_text('collection = "collection.json"\nquery = 0.02\n', "utf-8")
    (tmp_path / "letters").mkdir()
    for name, text in {"reply": REPLY, "copy": REPLY, **{f"o{n}": f"{OTHER}\n{n}.\n" for n in range(2)}}.items():
        (tmp_path / "letters" / f"{name}.txt").write_text(text, "utf-8")
    return tmp_path


def test_a_collection_is_learned_and_told(project: Path) -> None:
    learned = run("learn", "--collection", "letters", "--out", "collection.json", "-j", "1")
    assert learned.exit_code == 0 and "in 3 documents" in learned.stdout, "the copy is the same text"
    assert "copies of one text" not in learned.stdout, "they are short"
    assert run("report", "letters/reply.txt", "--out", "out", "--format", "json,md").exit_code == 0
    data = json.loads(Path("out/reply.json").read_text("utf-8"))
    (doubt,) = [e for e in data["entries"] if e["lemma"] == WORD]
    (heard,) = [f for f in doubt["features"] if f["says"] == "rendered-so"]
    assert heard["against"] and dict(heard["values"])["names"] == "letters/o0.txt, letters/o1.txt"
    text = Path("out/reply.md").read_text("utf-8")
    assert "documents of the collection: 3," in text and "letters/o0.txt" in text
    assert "the other documents of the collection moved it by -" in run("explain", "letters/reply.txt:1").output
    assert "rare words of 3 documents" in run("doctor").output


def test_a_damaged_document_is_named_and_the_others_count(project: Path) -> None:
    (project / "letters" / "bad.txt").write_bytes(b"\x00\x01\x02" * 50)
    learned = run("learn", "--collection", "letters", "--out", "collection.json", "-j", "1")
    assert learned.exit_code == 2 and "bad.txt" in learned.output
    assert len(json.loads(Path("collection.json").read_text("utf-8"))["texts"]) == 3


def test_several_processes_count_the_same(project: Path) -> None:
    for jobs in ("1", "2"):
        assert run("learn", "--collection", "letters", "--out", f"{jobs}.json", "-j", jobs).exit_code == 0
    assert Path("1.json").read_bytes() == Path("2.json").read_bytes()


def test_results_of_another_collection_are_not_used(project: Path) -> None:
    path = project / "collection.json"
    bases = []
    for known in (Collection(), one("a.txt", REPLY)):
        path.write_text(written(known), "utf-8")
        bases.append(basis_of(Settings(collection=path), "1"))
    assert bases[0] != bases[1]
