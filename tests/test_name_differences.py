"""One difference of two names: one entry, with the readings of both sides, and whose fault it is where something shows it."""

from __future__ import annotations

import pytest

from collation.model import Entry
from collation.pipeline import examine
from collation.reading import read_pair


def _about_names(russian: str, english: str) -> list[Entry]:
    found = examine(read_pair(russian, english))
    return [entry for entry in found if entry.family == "NAM" or entry.code == "TRN954"]


@pytest.mark.parametrize(
    ("russian", "english", "word", "reading", "other"),
    [
        (
            "На совещании выступил инженер Горохов, после него слово взял директор.",
            "The engineer Gorakhov spoke at the meeting, and after him the director took the floor.",
            "Gorakhov",
            "Gorokhov",
            "Горахов",
        ),
        (
            "Приказ полковника Рыжова прочитали вечером, и солдаты вышли из города.",
            "The order of Colonel Ryazhov was read in the evening, and the soldiers left the town.",
            "Ryazhov",
            "Ryzhov",
            "Ряжова",
        ),
        (
            "Письмо товарища Яшина передали министру утром, а копию послали директору.",
            "The letter of Comrade Yakshin was handed to the minister in the morning, and a copy was sent to the director.",
            "Yakshin",
            "Yashin",
            "Якшина",
        ),
        (
            "После обеда майор Самойлов осмотрел позиции и доложил командиру.",
            "After dinner Major Samilov inspected the positions and reported to the commander.",
            "Samilov",
            "Samoylov",
            "Самилов",
        ),
    ],
)
def test_a_spelling_that_is_no_name_is_the_slip(
    russian: str, english: str, word: str, reading: str, other: str
) -> None:
    (entry,) = _about_names(russian, english)
    assert (entry.side, entry.lemma, entry.hand, entry.ruling) == ("translation", word, "translator", "other-side")
    assert entry.readings[0].text == reading and [r.text for r in entry.other_readings] == [other]
    assert entry.blame is not None and 0.75 <= entry.blame < 0.95


_ALWAYS = "Генерал Кравцов приехал в город вечером. Кравцов говорил с рабочими завода. Утром Кравцов уехал."
_THEN = (
    "General {0} came to the town in the evening. {1} spoke with the workers of the factory. In the morning {0} left."
)


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        (
            "Генерал Кравцов приехал в город вечером и говорил с рабочими завода.",
            "General Kravtsev came to the town in the evening and spoke with the workers of the factory.",
        ),
        (_ALWAYS, _THEN.format("Kravtsev", "Kravtsev")),
        (
            "Помещение осматривал гидротехник Сурков, который нашёл трещину.",
            "The premises were inspected by the hydraulic engineer Surnov, who found a crack.",
        ),
    ],
)
def test_of_two_names_spelt_evenly_nothing_decides(russian: str, english: str) -> None:
    found = _about_names(russian, english)
    assert len(found) == english.count("Kravtsev") or len(found) == 1
    for entry in found:
        assert entry.undecided and entry.ruling == "needs-scan"
        assert entry.readings and entry.other_readings


def test_the_rest_of_the_document_decides() -> None:
    (entry,) = _about_names(_ALWAYS, _THEN.format("Kravtsov", "Kravtsev"))
    assert (entry.side, entry.hand) == ("translation", "translator")
    assert entry.readings[0].text == "Kravtsov" and entry.other_readings
    assert any(f.says == "name-stands-again" and not f.against for f in entry.features)


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("Письмо вручили генералу ШТЯКОВУ лично.", "The letter was handed to General SHTYKOV in person."),
        ("Он беседовал с Манленковым о новом договоре.", "He spoke with Malenkov about the new treaty."),
        ("Делегация прибыла из Пекииа через Москву.", "The delegation arrived from Beijing by way of Moscow."),
    ],
)
def test_a_garbled_word_stays_an_error_of_the_scan(russian: str, english: str) -> None:
    (entry,) = examine(read_pair(russian, english))
    assert (entry.side, entry.hand, entry.ruling) == ("original", "scanner", "emend")


_TWO_PLACES = [
    (
        "Рабочие этого завода жили тогда в Узбекистане и писали письма домой.",
        "The workers of this factory lived in Kazakhstan then and wrote letters home.",
    ),
    ("Армия отошла от Мукдена и ждала подкреплений.", "The army withdrew from Harbin and waited for reinforcements."),
    (
        "Солдаты шли по Дунаю три дня, ночью было холодно.",
        "The soldiers went along the Dniester for three days; at night it was cold.",
    ),
    (
        "Экспедиция дошла до устья Оби и вернулась осенью.",
        "The expedition reached the mouth of the Yenisei and returned in autumn.",
    ),
    ("Караван шел из Бухары двадцать дней.", "The caravan travelled from Khiva for twenty days."),
    (
        "Вчера в город приехал маршал Жуков и говорил с солдатами.",
        "Yesterday Marshal Konev came to the town and spoke with the soldiers.",
    ),
]


@pytest.mark.parametrize(("russian", "english"), _TWO_PLACES)
def test_of_two_names_that_no_scanner_confuses_nothing_decides(russian: str, english: str) -> None:
    (entry,) = _about_names(russian, english)
    assert entry.undecided and entry.ruling == "needs-scan"
    assert entry.readings and entry.other_readings


@pytest.mark.parametrize(
    ("russian", "english", "side", "hand"),
    [
        (
            "Караван шел из Бухары двадцать дней. В Бухаре купцы продали ткани. Эмир Бухары был стар.",
            "The caravan travelled from Khiva for twenty days. In Bukhara the merchants sold the cloth. "
            "The Emir of Bukhara was old.",
            "translation",
            "translator",
        ),
        (
            "Рабочие жили в Казахстане. Рабочие жили тогда в Узбекистане и писали письма домой. Казахстан им нравился.",
            "The workers lived in Kazakhstan. The workers lived in Kazakhstan then and wrote letters home. "
            "They liked Kazakhstan.",
            "original",
            "scanner",
        ),
        (
            "Армия отошла от Мукдена. Потом Мукден заняли. В Мукдене было тихо.",
            "The army withdrew from Harbin. Then Mukden was taken. It was quiet in Mukden.",
            "translation",
            "translator",
        ),
    ],
)
def test_other_places_of_the_document_decide(russian: str, english: str, side: str, hand: str) -> None:
    (entry,) = _about_names(russian, english)
    assert (entry.side, entry.hand) == (side, hand)
    assert entry.blame is not None and entry.blame >= 0.75


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("А. П. Иванов", "A. M. Ivanov"),
        ("Н. И. Иванов", "I. N. Ivanov"),
        ("К. Иванов", "P. Ivanov"),
        ("А. Иванов", "Mikhail Ivanov"),
    ],
)
def test_initials_that_differ_are_asked_about_once(russian: str, english: str) -> None:
    (entry,) = _about_names(
        f"Письмо подписал {russian}, секретарь.", f"The letter was signed by {english}, the secretary."
    )
    assert (entry.tier, entry.undecided) == ("query", True)
    assert any(f.says == "initials-differ" for f in entry.features)


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("Я. Ю. Иванов", "Ia. Iu. Ivanov"),
        ("Е. Иванова", "Catherine Ivanova"),
        ("Фёдор Иванов", "F. Ivanov"),
        ("А. П. Иванов", "A. Ivanov"),
        ("Иванов Х. Ж.", "Kh. Zh. Ivanov"),
        ("А. Иванов и П. Иванов", "P. Ivanov and A. Ivanov"),
    ],
)
def test_the_same_initials_written_otherwise_are_no_difference(russian: str, english: str) -> None:
    assert not _about_names(
        f"Письмо подписал {russian}, секретарь.", f"The letter was signed by {english}, the secretary."
    )
