"""Text that is no modern Russian: reported once, not flagged word by word, not taken for the translation; and Russian
text, however badly read, that must not be silenced.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from collation.commands.app import app
from collation.knowledge import dictionaries
from collation.knowledge.latin_read import is_cyrillic_read_as_latin
from collation.model import Apparatus
from collation.pipeline import examine
from collation.reading import read_file, read_text
from collation.writers import WRITERS
from collation.writers.phrases import LANGS, label, sentence, without_marks
from office_files import as_text

SEEDS = Path(__file__).parents[1] / "seeds"
RUSSIAN = "Урожай в области собран полностью, и зерно сдано на склады до пятого сентября."
ENGLISH = "The harvest in the region has been gathered in full, and the grain is in store since the fifth of September."
LANGUAGES = {
    "uk": "Урожай в області зібрано повністю, зерно здано на склади. Просимо надіслати вагони для відправлення до Києва.",
    "be": "Ураджай у вобласці сабраны цалкам, збожжа здадзена на склады. Просім прыслаць вагоны для адпраўкі ў Мінск.",
    "bg": "Реколтата в областта е събрана напълно, зърното е предадено в складовете. Молим да ни изпратите вагони, които ще отидат в София.",
    "sr": "Жетва у области је завршена, жито је предато у складишта. Молимо да пошаљете вагоне који ће ићи у Београд.",
    "mk": "Жетвата во областа е завршена, житото е предадено во складиштата. Ве молиме да испратите вагони кои ќе одат во Скопје.",
    "kk": "Облыста егін толық жиналды, астық қоймаларға тапсырылды. Алматыға жіберу үшін вагондар жіберуіңізді сұраймыз.",
    "tt": "Өлкәдә уңыш тулысынча җыеп алынды, ашлык складларга тапшырылды. Казанга җибәрү өчен вагоннар җибәрүегезне сорыйбыз.",
    "ky": "Облуста түшүм толук жыйналды, дан кампаларга өткөрүлдү. Бишкекке жөнөтүү үчүн вагондорду жиберүүңүздөрдү суранабыз.",
    "mn": "Аймагт ургацыг бүрэн хурааж, үр тариаг агуулахад өгсөн. Улаанбаатар руу явуулах вагон илгээхийг хүсэж байна.",
    "tg": "Ҳосили вилоят пурра ҷамъоварӣ шуда, ғалла ба анборҳо супорида шуд. Хоҳишмандем, ки вагонҳо фиристед.",
}  # fmt: skip
OLD = [
    "Урожай въ области собранъ вполнѣ, и хлѣбъ сданъ въ склады до пятаго сентября.",
    "Имѣю честь донести Вашему Превосходительству, что сего числа отрядъ выступилъ изъ крѣпости и занялъ мостъ.",
    "Приказъ\n\nПо войскамъ Петербургскаго округа.\nСъ 1-го мая всѣмъ частямъ стоять лагеремъ у Краснаго Села.",
    "Милостивый Государь Иванъ Петровичъ! Письмо Ваше отъ 3 іюня я получилъ и спѣшу отвѣтить на всѣ вопросы.",
]
LATIN = ["COAEPXAHNE", "COBEPIIIEHHO CEKPETHO", "IIPHKA3", "TOB. ИBAHOBY cTp. 5 JIeHuH", "OCHOBA MAKCHMOB"]


def apparatus(*paragraphs: str) -> Apparatus:
    return examine(read_text("\n\n".join(paragraphs), label="letter.txt"))


def told(found: Apparatus) -> list[tuple[str, str]]:
    """What was not examined for its language or letters: the reason and the language."""
    reasons = ("other-language", "old-spelling", "latin-for-cyrillic")
    return [(u.says, dict(u.values).get("language", "")) for u in found.unexamined if u.says in reasons]


# Other languages


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_document_in_another_language_is_told_once(name: str) -> None:
    found = apparatus("Копия", LANGUAGES[name], LANGUAGES[name].replace(". ", ".\n"), ENGLISH)
    assert told(found) == [("other-language", f"language.{name}")]
    assert not found.entries
    assert "no-translation" not in {u.says for u in found.unexamined}


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_passage_in_another_language_leaves_the_rest_examined(name: str) -> None:
    found = apparatus("Они прпбыли в Москву пятого мая и ждали ответа.", LANGUAGES[name], RUSSIAN)
    assert told(found) == [("other-language", f"language.{name}")]
    assert [(e.lemma, e.readings[0].text) for e in found] == [("прпбыли", "прибыли")]


def test_a_line_in_another_language_inside_a_paragraph() -> None:
    ukrainian = "Урожай в області зібрано повністю, зерно здано на склади"
    found = apparatus(
        f"Настоящим сообщаю Вам, что на собрании пели песню\n{ukrainian}\nи что потом все разошлись по домам до утра."
    )
    (passage,) = (u for u in found.unexamined if u.says == "other-language")
    assert passage.place is not None
    assert passage.place.of(found.source.text) == ukrainian
    assert not found.entries


def test_letters_of_no_listed_language_are_another_language() -> None:
    assert told(apparatus("Ꙋ лꙋки ꙗко ꙋченикъ, и ꙗ ꙋ мꙋжа ꙋзрѣхъ ꙗзыкъ.", RUSSIAN))


@pytest.mark.parametrize("text", OLD)
def test_a_document_in_the_old_spelling_is_told_once(text: str) -> None:
    found = apparatus(text, ENGLISH)
    assert told(found) == [("old-spelling", "")]
    assert not found.entries


@pytest.mark.parametrize("text", OLD)
def test_a_passage_in_the_old_spelling_leaves_the_rest_examined(text: str) -> None:
    found = apparatus(RUSSIAN, "Они прпбыли в Москву пятого мая и ждали ответа.", text.replace("\n\n", "\n"), RUSSIAN)
    assert told(found) == [("old-spelling", "")]
    assert [e.lemma for e in found if e.lemma != "прпбыли"] in ([], [RUSSIAN])


# Cyrillic read as Latin


@pytest.mark.parametrize("line", LATIN)
def test_cyrillic_read_as_latin_is_not_the_translation(line: str) -> None:
    document = read_text(f"{line}\n{RUSSIAN}", label="x")
    assert document.translation is None
    assert [(p.name, p.place.of(document.text)) for p in document.passages] == [("latin", line)]
    found = examine(document)
    assert told(found) == [("latin-for-cyrillic", "")]
    assert not found.entries


def test_an_address_read_as_latin_is_not_the_translation() -> None:
    document = read_text("COBEPIIIEHHO CEKPETHO\nTOB. ИBAHOBY\nПрошу выслать два вагона угля.", label="x")
    assert [(p.name, p.lines) for p in document.passages] == [("latin", 2)]
    assert document.translation is None


def test_cyrillic_read_as_latin_leaves_the_translation_in_place() -> None:
    document = read_text(f"COBEPIIIEHHO CEKPETHO\nIIPHKA3\n{RUSSIAN}\n\nTOP SECRET\n\nORDER\n\n{ENGLISH}", label="x")
    assert document.translation is not None
    assert document.translation.words()[0].text == "TOP"
    assert [p.lines for p in document.passages] == [2]


@pytest.mark.parametrize(
    "word",
    "Moscow SECRET MOLOTOV PETROV Karpov KOREA Komintern kolkhoz oblast Churchill Vyshinsky Panyushkin TACC Sung HANOI".split(),
)
def test_english_words_and_names_are_no_cyrillic(word: str) -> None:
    assert not is_cyrillic_read_as_latin(word)


# What must not be silenced

CONFUSED = {
    "и": "нпій", "н": "ип", "п": "ни", "о": "сеа", "е": "сое", "а": "оя", "с": "ое", "ь": "ъб", "ы": "ъьіы", "й": "иї",
    "э": "зє", "в": "Бз", "т": "гтп", "л": "дп", "р": "гр", "ш": "щп", "щ": "ш", "ц": "ии", "я": "аи", "г": "тп", "е ": "в ",
}  # fmt: skip


def damaged(text: str, share: float, seed: int) -> str:
    """The text as a bad scan of it is read, foreign letters and hard signs among the misreadings."""
    chance = random.Random(seed)
    return "".join(chance.choice(CONFUSED[c]) if c in CONFUSED and chance.random() < share else c for c in text)


@pytest.mark.parametrize("share", [0.03, 0.08, 0.15, 0.2])
@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_russian_text_is_not_silenced(share: float, seed: int) -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        document = read_file(path)
        assert document.original is not None
        russian = "\n\n".join(s.place.of(document.text) for s in document.original.segments)
        assert read_text(damaged(russian, share, seed), label="x").passages == ()


def test_the_seeds_are_examined_whole() -> None:
    assert [p for path in SEEDS.glob("*.txt") for p in read_file(path).passages] == []


@pytest.mark.parametrize(
    "text",
    [
        "Объём подъёма и объезд съезда: адъютант, субъект, двухъярусный, сверхъестественный, инъекция, объявление.",
        "Доклад ІІ съезда, глава ІV, том ХІ, часть ІІІ и раздел VІ приложены.",
        "Он взялъ путъ на северъ, но дома никого не было, и он вернулся в город с товарищем.",
        "Прибылі і сталі ждать, пока придут і осталіные, і многіе сіделі в приёмной до вечера.",
        "В газете «Робітнича газета» напечатано письмо рабочих Киева о положении дел на заводе.",
        "Казахский поэт Абай сказал, что слово «қазақ» пишется через особую букву, а «жүз» через другую.",
        "Се человек, ще не вмерла, яна и гэта, но это только слова из чужой песни, которую пели вечером.",
    ],
)
def test_what_looks_foreign_and_is_russian(text: str) -> None:
    assert read_text(f"{RUSSIAN}\n\n{text}", label="x").passages == ()


# How it is reported


@pytest.mark.parametrize("form", [name for name, writer in WRITERS.items() if writer.sheet is None])
def test_every_report_tells_it_and_shows_the_passage(form: str) -> None:
    found = apparatus(LANGUAGES["uk"], RUSSIAN)
    for lang, words in (("en", "Lines in Ukrainian: 1"), ("ru", "Строки на украинском языке: 1")):
        text = as_text(WRITERS[form].write(found, lang=lang))
        assert words in text or (form == "json" and '"says": "other-language"' in text)
        assert "зібрано повністю" in text


def test_every_listed_language_has_a_name() -> None:
    for name, *_ in dictionaries.rows("alphabets.tsv", columns=4):
        for lang in LANGS:
            assert label(f"language.{name}", lang) in without_marks(
                sentence("other-language", (("language", f"language.{name}"), ("count", "2")), lang)
            )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LANGUAGES["uk"], "not examined, for it is in another language: “Урожай в області"),
        (OLD[0], "not examined, for it is in the spelling before 1918: “Урожай въ области"),
        ("COBEPIIIEHHO CEKPETHO", "not examined, for it is Cyrillic read as Latin letters: “COBEPIIIEHHO CEKPETHO”"),
    ],
)
def test_the_check_tells_it_once_and_passes(
    text: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("letter.txt").write_text(f"{RUSSIAN}\n\n{text}\n\n{RUSSIAN}\n\n{text}\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", "letter.txt", "--no-cache"])
    assert result.stdout.count("not examined") == 1
    assert f"letter.txt:3: {words}" in result.stdout


@pytest.mark.parametrize("text", [LANGUAGES["bg"], OLD[1]])
def test_explain_and_align_take_a_document_that_is_not_examined(text: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(f"{text}\n\n{ENGLISH}\n", encoding="utf-8")
    for command in (
        ["explain", f"{path}:1"],
        ["align", str(path)],
        ["report", str(path), "--out", str(tmp_path / "out")],
    ):
        assert CliRunner().invoke(app, command).exit_code == 0
