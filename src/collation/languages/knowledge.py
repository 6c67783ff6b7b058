"""What one run knows apart from its document; made once from the settings, carried on the context, never reached for."""

from __future__ import annotations

from dataclasses import dataclass

from collation.knowledge.collection import Collection, load_collection
from collation.knowledge.words import bilingual_model, context_model, language_model, lexicon
from collation.knowledge.words.bilingual_model import BilingualModel
from collation.knowledge.words.context_model import ContextModel
from collation.knowledge.words.language_model import LanguageModel
from collation.knowledge.words.lexicon import Lexicon
from collation.languages import RUSSIAN_ENGLISH
from collation.model.language import LanguagePair
from collation.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """Two languages, the lexicon between them, empty where there is none, and what is known of the original's words in
    their surroundings: counts of words and tags, the net, and the net that reads the translation too; None where there is none. ``collection`` is what is known of the other documents."""

    languages: LanguagePair
    lexicon: Lexicon
    language_model: LanguageModel | None
    context_model: ContextModel | None = None
    bilingual_model: BilingualModel | None = None
    collection: Collection | None = None


def knowledge_for(settings: Settings | None = None, languages: LanguagePair = RUSSIAN_ENGLISH) -> Knowledge:
    """What the settings name, or what is shipped, of what the languages have.

    Raises BadSettings when a file that the settings name is not there, DamagedDictionary when it cannot be read.
    """
    chosen, original = settings or Settings(), languages.original
    return Knowledge(
        languages,
        lexicon.opened(chosen.dictd, chosen.translations) if original.glossary else Lexicon(),
        language_model.opened(chosen.language_model) if original.language_model else None,
        context_model.opened() if original.context_model else None,
        bilingual_model.opened() if original.context_model and original.glossary else None,
        load_collection(chosen.collection),
    )
