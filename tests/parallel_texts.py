"""Small clean parallel texts, written for the tests of the trainer: six documents of eleven sentences."""

from __future__ import annotations

SENTENCES = (
    ("Правительство приняло решение о помощи народу.", "The government took a decision on aid to the people."),
    (
        "Посол передал письмо министру иностранных дел.",
        "The ambassador handed the letter to the minister of foreign affairs.",
    ),
    (
        "Он просил ответить на вопрос до конца недели.",
        "He asked for an answer to the question before the end of the week.",
    ),
    ("Наша делегация прибыла в столицу утром.", "Our delegation arrived in the capital in the morning."),
    ("Переговоры о торговле начались в новом здании.", "The negotiations on trade began in the new building."),
    ("Министр сказал, что война неизбежна.", "The minister said that war was inevitable."),
    ("Армия заняла город и перешла реку.", "The army occupied the town and crossed the river."),
    (
        "Рабочие завода приняли резолюцию против войны.",
        "The workers of the factory adopted a resolution against the war.",
    ),
    ("Старый солдат рассказал о тяжелой зиме.", "The old soldier told of the hard winter."),
    ("Союзники обещали помощь оружием и хлебом.", "The allies promised aid with weapons and bread."),
    (
        "Комитет обсудил вопрос о положении крестьян.",
        "The committee discussed the question of the position of the peasants.",
    ),
    ("Командующий приказал отступить к старой крепости.", "The commander ordered a retreat to the old fortress."),
    ("Газета напечатала речь председателя.", "The newspaper printed the speech of the chairman."),
    ("Между двумя странами был подписан договор.", "A treaty was signed between the two countries."),
    ("Мы надеемся на скорое решение этого вопроса.", "We hope for an early decision of this question."),
    ("Письмо было получено в Москве вечером.", "The letter was received in Moscow in the evening."),
)


def text(number: int) -> str:
    """The document of that number: its own eleven sentences in their own order, in Russian and then in English."""
    rows = [SENTENCES[(number * 3 + k * (1 + 2 * (number % 2))) % len(SENTENCES)] for k in range(11)]
    thirds = [rows[0:4], rows[4:8], rows[8:11]]
    sides = ["\n\n".join(" ".join(row[side] for row in part) for part in thirds) for side in (0, 1)]
    return "\n\n".join(sides) + "\n"
