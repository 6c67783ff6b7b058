"""Letters of an invented office, Russian and English, for trials of what a collection knows.

Every sentence, name and term is made up. The letters have numbers that rise with their days, begun anew each year, from two towns;
openings, titles and closings of which each has a usual wording and rarer ones that are as right; names and terms that no list has,
some of them often, most of them seldom; and sentences of their own. ``misdate`` plants a wrong year or month at the head of the Russian text, or of both.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

TOWNS = (("Крутогорска", "Krutogorsk"), ("Вязоречья", "Vyazorechye"))
MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
ENGLISH_MONTHS = "January February March April May June July August September October November December".split()
_STEMS = (
    ("Дробыш", "Drobysh"), ("Телят", "Telyat"), ("Жилозуб", "Zhilozub"), ("Крамар", "Kramar"), ("Опалих", "Opalikh"),
    ("Шлыкар", "Shlykar"), ("Вербонос", "Verbonos"), ("Гуськар", "Guskar"), ("Мехолюб", "Mekholyub"), ("Чистопляс", "Chistoplyas"),
    ("Щербинч", "Shcherbinch"), ("Рудокол", "Rudokol"), ("Кислобок", "Kislobok"), ("Морошк", "Moroshk"), ("Ветлуж", "Vetluzh"),
    ("Бурьян", "Buryan"), ("Долгопят", "Dolgopyat"), ("Сухоруч", "Sukhoruch"), ("Пустовар", "Pustovar"), ("Зеленчук", "Zelenchuk"),
)  # fmt: skip
_ENDINGS = (("енко", "enko"), ("евич", "evich"), ("овский", "ovsky"), ("анов", "anov"))
_FIRST = (
    ("трубо", "pipe"), ("шлюзо", "lock"), ("ветро", "wind"), ("паро", "steam"), ("листо", "leaf"), ("камне", "stone"),
    ("дымо", "smoke"), ("рельсо", "rail"), ("грузо", "load"), ("смоло", "tar"), ("мосто", "bridge"), ("песко", "sand"),
)  # fmt: skip
_SECOND = (
    ("став", "setter"), ("вар", "brewer"), ("лом", "breaker"), ("гон", "runner"), ("бой", "beater"), ("ряд", "rower"),
    ("мер", "gauger"), ("прав", "wright"),
)  # fmt: skip
TITLES = (("Совершенно секретно", "Top secret"), ("Строго секретно", "Strictly secret"), ("Секретно", "Secret"))
OPENINGS = (
    ("По поручению правительства имею честь сообщить Вам следующее", "On behalf of the government I have the honour to inform you of the following"),
    ("По поручению министерства имею честь доложить Вам следующее", "On behalf of the ministry I have the honour to report to you the following"),
    ("По просьбе правительства имею честь напомнить Вам следующее", "At the request of the government I have the honour to remind you of the following"),
)  # fmt: skip
CLOSINGS = (
    ("Прошу Вас принять уверения в моём высоком уважении", "Please accept the assurances of my high esteem"),
    ("Прошу Вас принять уверение в моём глубоком уважении", "Please accept the assurance of my deep esteem"),
    ("Просим Вас принять уверения в нашем высоком уважении", "We ask you to accept the assurances of our high esteem"),
)  # fmt: skip
REQUESTS = (
    ("Просьба сообщить об исполнении настоящего указания не позднее конца месяца", "You are requested to report on the execution of this instruction not later than the end of the month"),
    ("Просьба сообщить о получении настоящего указания не позднее начала месяца", "You are requested to report on the receipt of this instruction not later than the beginning of the month"),
)  # fmt: skip
SUBJECTS = (
    ("Рабочие завода", "The workers of the factory"), ("Жители посёлка", "The inhabitants of the settlement"),
    ("Члены совета", "The members of the council"), ("Учителя школы", "The teachers of the school"),
    ("Врачи больницы", "The doctors of the hospital"), ("Местные рыбаки", "The local fishermen"),
    ("Молодые агрономы", "The young agronomists"), ("Иностранные гости", "The foreign guests"),
    ("Старые мастера", "The old craftsmen"), ("Наши инженеры", "Our engineers"),
)  # fmt: skip
DEEDS = (
    ("осмотрел", "осмотрели", "новый мост", "inspected the new bridge"),
    ("получил", "получили", "письменный отказ", "received a written refusal"),
    ("обсудил", "обсудили", "годовой отчёт", "discussed the annual report"),
    ("потребовал", "потребовали", "честной проверки", "demanded an honest inspection"),
    ("купил", "купили", "тёплую одежду", "bought warm clothing"),
    ("покинул", "покинули", "горную деревню", "left the mountain village"),
    ("подписал", "подписали", "торговый договор", "signed the trade agreement"),
    ("отремонтировал", "отремонтировали", "паровую мельницу", "repaired the steam mill"),
    ("посетил", "посетили", "народный театр", "visited the people's theatre"),
    ("построил", "построили", "каменный склад", "built a stone warehouse"),
    ("похвалил", "похвалили", "скромного повара", "praised the modest cook"),
    ("посадил", "посадили", "фруктовый сад", "planted an orchard"),
    ("нашёл", "нашли", "древнюю монету", "found an ancient coin"),
    ("отправил", "отправили", "срочную посылку", "sent an urgent parcel"),
    ("услышал", "услышали", "сильный взрыв", "heard a strong explosion"),
    ("написал", "написали", "подробную жалобу", "wrote a detailed complaint"),
)  # fmt: skip
WHENS = (
    ("в начале зимы", "at the beginning of winter"), ("после долгого спора", "after a long dispute"),
    ("перед самым праздником", "just before the holiday"), ("на прошлой неделе", "last week"),
    ("вместе с соседями", "together with the neighbours"), ("ради общего дела", "for the common cause"),
    ("без всякой помощи", "without any help"), ("вопреки прежнему решению", "contrary to the former decision"),
    ("по совету друзей", "on the advice of friends"), ("за короткое время", "in a short time"),
    ("с большим трудом", "with great difficulty"), ("у южной границы", "near the southern border"),
)  # fmt: skip


def _made(firsts: tuple[tuple[str, str], ...], seconds: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Every first part with every second one, in an order of no meaning, Russian and English."""
    found = [(a + c, b + d) for a, b in firsts for c, d in seconds]
    random.Random(0).shuffle(found)
    return tuple(found)


NAMES, TERMS = _made(_STEMS, _ENDINGS), _made(_FIRST, _SECOND)
_SENTENCES = 5  # of its own that a letter has
_OF_NAMES, _OF_TERMS = 0.3, 0.3  # of these sentences are about somebody of a name, of a calling
_USUAL = 0.7  # of the letters have the usual wording
_KEPT = 0.5  # of the letters of an office are in the collection
_EVERY = 3  # days between two letters, at the most


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: its text, and its day as both texts have it."""

    text: str
    day: date
    number: int


@dataclass(frozen=True, slots=True)
class Misdated:
    """A letter with a wrong date: its text, and for each head that is wrong the stretch and what should be there."""

    text: str
    wrong: tuple[tuple[int, int, str], ...]


def letters(count: int, seed: int) -> list[Letter]:
    """So many letters of two towns and two years."""
    chance = random.Random(seed)
    found: list[Letter] = []
    series = [(town, year) for year in (1950, 1951) for town in TOWNS]
    share = -(-count // len(series))
    for town, year in series:
        number, day, own = chance.randrange(1, 40), date(year, 1, 3), 0
        while own < share:
            number += 1
            day += timedelta(days=chance.randint(0, _EVERY))
            if chance.random() < _KEPT:
                own += 1
                found.append(Letter(_text(town, number, day, chance), day, number))
    return found[:count]


def _text(town: tuple[str, str], number: int, day: date, chance: random.Random) -> str:
    def one(wordings: tuple[tuple[str, str], ...]) -> tuple[str, str]:
        return wordings[0] if chance.random() < _USUAL else chance.choice(wordings[1:])

    title, opening, closing, request = (one(each) for each in (TITLES, OPENINGS, CLOSINGS, REQUESTS))
    body = [_sentence(chance) for _ in range(_SENTENCES)]
    heads = (
        f"{title[0]}\nТелеграмма № {number}\nиз {town[0]}\n{day.day} {MONTHS[day.month - 1]} {day.year} года",
        f"{title[1]}\nTelegram No. {number}\nfrom {town[1]}\n{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}",
    )
    sides = []
    for side, head in enumerate(heads):
        lines = [opening[side], *(pair[side] for pair in body), request[side]]
        sides.append(f"{head}\n\n" + " ".join(f"{line}." for line in lines) + f"\n\n{closing[side]}.")
    return "\n\n".join(sides) + "\n"


def _one_of(listed: tuple[tuple[str, str], ...], chance: random.Random) -> tuple[str, str]:
    """One of a list, as names are: the second half as often as the first, the third a third as often (Zipf)."""
    return chance.choices(listed, [1 / rank for rank in range(1, len(listed) + 1)])[0]


def _sentence(chance: random.Random) -> tuple[str, str]:
    """A sentence of its own: somebody did something somewhere."""
    one, several, what, english = chance.choice(DEEDS)
    when = chance.choice(WHENS)
    kind = chance.random()
    if kind < _OF_NAMES:
        who = _one_of(NAMES, chance)
    elif kind < _OF_NAMES + _OF_TERMS:
        term = _one_of(TERMS, chance)
        who = (f"Старший {term[0]}", f"The senior {term[1]}")
    else:
        who, one = chance.choice(SUBJECTS), several
    return f"{who[0]} {one} {what} {when[0]}", f"{who[1]} {english} {when[1]}"


def misdate(letter: Letter, chance: random.Random, *, both: bool) -> Misdated:
    """The letter with a wrong year or month in the Russian head, or in the heads of both texts."""
    day = letter.day
    if chance.random() < 0.5:
        wrong = day.year + chance.choice((-1, 1, 4, 8))
        changes = ((str(day.year), str(wrong)), (str(day.year), str(wrong)))
    else:
        month = chance.choice([m for m in range(12) if m != day.month - 1])
        changes = ((MONTHS[day.month - 1], MONTHS[month]), (ENGLISH_MONTHS[day.month - 1], ENGLISH_MONTHS[month]))
    text, wrong = letter.text, []
    for (right, other), head in list(zip(changes, ("Телеграмма", "Telegram"), strict=True))[: 2 if both else 1]:
        start = text.index(right, text.index(head))
        text = text[:start] + other + text[start + len(right) :]
        wrong.append((start, start + len(other), right))
    return Misdated(text, tuple(wrong))
