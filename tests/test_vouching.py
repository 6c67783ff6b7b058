"""What speaks for a word as it stands: notation, the English letter for letter, names of the document, word formation."""

from __future__ import annotations

import pytest

from collation.evidence.context import Context, Word
from collation.evidence.fixed_endings import has_own_ending
from collation.evidence.vouching import is_vouched
from collation.knowledge.words import families
from collation.knowledge.words.derivation import is_derived
from collation.reading import read_text
from known import context_of


def context(russian: str, english: str = "") -> Context:
    return context_of(read_text(russian + (f"\n\n{english}\n" if english else "\n"), label="made"))


def word(made: Context, text: str, nth: int = 1) -> Word:
    return [w for w in made.words if w.text == text][nth - 1]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Лампы ртутные (ЛРД) и дуговые.", "ЛРД"), ("Прибор ЖКУ дорог, а иной ЖКУ дешёв.", "ЖКУ"),
        ("Поток достигает 12 лм в час.", "лм"), ("Мощность, Вт, указана ниже.", "Вт"), ("Нагрев до 90° С опасен.", "С"),
        ("Здесь к — постоянная величина.", "к"), ("При д=10 она растёт.", "д"), ("Это витамин С и другие.", "С"),
        ("Читайте Вечёрку.Ru каждый день.", "Вечёрку"), ("Канал #свежиеновости растёт.", "свежиеновости"),
        ("Рынок НПЗов растёт.", "НПЗов"), ("Купили IT-компанию за бесценок.", "IT-компанию"),
        ("Рабочие Гидростроя ждут.", "Гидростроя"), ("Он осужден в гор. Перми по списку.", "гор"),
        ("Дело вел опер. уполномоченный.", "опер"), ("Исп. Лужин, отп. два экз.", "Исп"), ("Паек на 3 с/дач выдан.", "дач"),
        ("Среди з/к спокойно.", "з"), ("Ссуду взяли в т-вом порядке.", "т-вом"), ("Лампа 6Ж7 сгорела.", "Ж"),
        ("Сожжены СУ-76 и Т-34 в бою.", "СУ"), ("Угол δ мал.", "δ"), ("Ток Uн велик.", "Uн"),
        ("В 6 гв. армии тихо.", "гв"), ("Напряжение 5 вт.", "вт"), ("Был в РИКа дважды.", "РИКа"),
    ],
)  # fmt: skip
def test_notation_is_vouched_for(text: str, own: str) -> None:
    made = context(text)
    assert is_vouched(made, word(made, own))


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Лампы ртутные (лод) и дуговые.", "лод"), ("Он жил С братом в городе.", "С"), ("Пришёл н сел к столу.", "н"),
        ("Он был ДОМа весь день.", "ДОМа"), ("Там стоял парохд. Он ждал.", "парохд"), ("Он взял дом. Потом ушёл.", "дом"),
        ("Видел Oн всё.", "Oн"), ("Сказал в-третьих он.", "в-третьих"), ("Дом / сарай сгорел.", "сарай"), ("ЖКУ ДОРОГ, А ДЕШЁВ", "ЖКУ"), ("Читайте Вечёрку. Она хороша.", "Вечёрку"), ("Он пошёл к дому.", "к"),
    ],
)  # fmt: skip
def test_what_is_no_notation_is_not(text: str, other: str) -> None:
    made = context(text)
    assert not is_vouched(made, word(made, other))


def test_the_english_vouches_for_what_it_spells() -> None:
    made = context("Аксакалы сидели у мазара и пили айран.", "The aksakals sat by the mazar and drank ayran.")
    assert is_vouched(made, word(made, "мазара"))
    assert not is_vouched(made, word(made, "сидели"))


def test_an_english_possessive_vouches_for_a_russian_one() -> None:
    made = context("Петькин брат и Митькин отец ушли.", "Petka's brother and father went away.")
    assert is_vouched(made, word(made, "Петькин"))
    assert not is_vouched(made, word(made, "Митькин"))


def test_a_common_english_word_vouches_for_nothing() -> None:
    made = context("Он купил бот и сел.", "He bought a but and sat down.")
    assert not is_vouched(made, word(made, "бот"))


def test_an_adjective_and_a_region_belong_to_a_name_of_the_document() -> None:
    made = context("О рябининском деле знают все на Рябининщине. Сам Рябинин молчал, рябиновский тоже.")
    assert is_vouched(made, word(made, "рябининском"))
    assert is_vouched(made, word(made, "Рябининщине"))
    assert not is_vouched(made, word(made, "рябиновский"))


@pytest.mark.parametrize(
    "made",
    "видеообращение супермощный двадцатипятиэтажного полуразвалившийся быстренько шкапа чортом одиннадцатидневный "
    "начштаба завотделом предуисполкома губкома волкомы укомах цынгой пиэсе энтого цириков вакфами эксплоатации на-днях "
    "довнесены артсклада Индо-Китай".split(),
)
def test_words_that_russian_makes_are_words(made: str) -> None:
    assert is_derived(made)


@pytest.mark.parametrize(
    "other",
    "видеообрашение супермошный двадцатипятиэтожного шкипа быстрентко автобсу полукнига_ начштабе волкомья цынгай".split(),
)
def test_a_misreading_of_one_is_none(other: str) -> None:
    assert not is_derived(other)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Мы довольны самими собой.", "самими"), ("Разговор с Пак Чен Гыном окончен.", "Пак"),
        ("Он избран в депутаты.", "депутаты"), ("В принятом тов. Беляевым решении это есть.", "Беляевым"),
        ("Решение Беляевым принято.", "Беляевым"), ("Статья, изданная в пятницу союзом, плоха.", "союзом"),
        ("Он сказал о сложившемся за год положении.", "положении"),
        ("Он плыл на пароходе «Красная звезда» домой.", "звезда"), ("Построили три новых дома.", "новых"),
        ("Пройдут ближайшие полгода.", "ближайшие"), ("Фонд помог почти 730 миллионам детей.", "миллионам"),
        ("Скоб отпущено 3,2 тонны сразу.", "тонны"), ("Вырыли за 2,5 дня колодец.", "дня"), ("Толщина ноль целых пять десятых метра.", "метра"),
        ("Требуется: а) балок двутавровых – 28 штук; б) цемента – 45 тонн.", "цемента"),
        ("Требуется: а) балок двутавровых – 28 штук; б) цемента – 45 тонн.", "двутавровых"),
        ("Отпущено: досок 340 штук, кирпича красного 12 вагонов.", "кирпича"), ("Шерсти овечьей – 9 пудов.", "Шерсти"),
        ("Золота промышленного значения не обнаружено.", "Золота"), ("Хлеба на станции не оказалось.", "Хлеба"),
        ("В колодце воды давно нет.", "воды"),
    ],
)  # fmt: skip
def test_an_ending_may_be_accounted_for(text: str, own: str) -> None:
    made = context(text)
    assert has_own_ending(made, word(made, own))


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Мы довольны самими братьями.", "самими"), ("Разговор с Пак вчера окончен.", "Пак"), ("Он сидел в депутатах.", "депутатах"),
        ("Решение Беляевым хорошее.", "Беляевым"), ("Он плыл на пароходе звезда домой.", "звезда"),
        ("Приказ о 300 тысячам пайков подписан.", "тысячам"),
        ("Скоб отпущено 3,2 тонн сразу.", "тонн"),
        ("Пришли рабочие, студента 5 курса и дети.", "студента"), ("Нужно: а) балками – 28 штук.", "балками"),
        ("Завода давно не построен.", "Завода"), ("Директора не видели писем.", "Директора"),
    ],
)  # fmt: skip
def test_another_is_not(text: str, other: str) -> None:
    made = context(text)
    assert not has_own_ending(made, word(made, other))


def test_prefixes_come_off_and_denials_are_told() -> None:
    assert families.unprefixed("привнести") & families.unprefixed("принести")
    assert families.unprefixed("взаимоотношение") & families.unprefixed("отношение")
    assert not families.unprefixed("спорт") & families.unprefixed("порт")
    assert not families.unprefixed("предположение") & families.unprefixed("предложение")
    assert families.denies("безвредный")


@pytest.mark.parametrize(
    ("russian", "english"),
    [("Вижье", "Viguier"), ("Дижье", "Digier"), ("Вюйара", "Vuillard"), ("Ожье", "Augier"), ("Трюйе", "Truillet")],
)
def test_a_name_spelt_in_french_is_vouched_for(russian: str, english: str) -> None:
    made = context(f"Картины художника {russian} купил музей.", f"The museum bought pictures by the painter {english}.")
    assert is_vouched(made, word(made, russian))


@pytest.mark.parametrize(("russian", "english"), [("Вихье", "Viguier"), ("Динье", "Digier"), ("Вюдара", "Vuillard")])
def test_and_a_misread_one_is_not(russian: str, english: str) -> None:
    made = context(f"Картины художника {russian} купил музей.", f"The museum bought pictures by the painter {english}.")
    assert not is_vouched(made, word(made, russian))
