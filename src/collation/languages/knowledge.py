"""What one run knows apart from its document; made once from the settings, carried on the context, never reached for."""

from __future__ import annotations

from dataclasses import dataclass

from collation.knowledge.words import language_model, lexicon
from collation.knowledge.words.language_model import LanguageModel
from collation.knowledge.words.lexicon import Lexicon
from collation.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """The lexicon between the two languages and the language model of the original, None where there is none."""

    lexicon: Lexicon
    language_model: LanguageModel | None


def knowledge_for(settings: Settings | None = None) -> Knowledge:
    """What the settings name, or what is shipped.

    Raises BadSettings when a file that they name is not there, DamagedDictionary when it cannot be read.
    """
    chosen = settings or Settings()
    return Knowledge(lexicon.opened(chosen.dictd, chosen.translations), language_model.opened(chosen.language_model))
