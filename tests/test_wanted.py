"""What the translation calls for where a Russian word is doubted."""

from __future__ import annotations

from collation.alignment.align import align
from collation.evidence.context import Context
from collation.evidence.wanted import wanted_lemmas
from collation.languages.knowledge import knowledge_for
from collation.reading import read_text


def wanted_for(word: str, russian: str, english: str) -> set[str]:
    knowledge = knowledge_for()
    context = Context(align(read_text(f"{russian}\n\n{english}\n", label="wanted"), knowledge), knowledge)
    (found,) = (w for w in context.words if w.text == word)
    return set(wanted_lemmas(context, found))


def test_a_word_that_is_answered_faintly_is_called_for() -> None:
    """распорядительность shares a root with what "allotted" calls for, and does not stand for it."""
    lost = wanted_for(
        "вывезен",
        "Хлеб вывезен, а распорядительности мало.",
        "The grain has been allotted, but good management is lacking.",
    )
    assert "выделить" in lost


def test_a_word_that_is_answered_is_not_called_for() -> None:
    assert "выделить" not in wanted_for(
        "вчера", "Хлеб выделен вчера утром.", "The grain was allotted yesterday morning."
    )
