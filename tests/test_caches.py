"""What the program keeps between two questions: every cache with its bound, none of them keyed by a document.

What is known of one document is kept by its Context (``once``) and dies with it. A cache in a module is for forms and
files: few, bounded, and listed here, so that a new one is a decision.
"""

from __future__ import annotations

import ast
import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

from collation.evidence.context import Context
from collation.languages.knowledge import knowledge_for
from collation.pipeline import trail
from collation.reading import read_pair
from collation.settings import Settings
from known import context_of

SOURCE = Path(__file__).parents[1] / "src" / "collation"
LISTED = """
alignment/affinity.py _answering 1000
alignment/affinity.py _roots_of 20000
decisions/candidate_places.py surroundings 4096
decisions/delicate_words.py _abbreviations 1
decisions/ruling_log.py _read_once 50000
decisions/smoothed_text.py page_of 16
decisions/smoothed_text.py smooth 8192
decisions/standing_reading.py _was_there 4096
decisions/standing_reading.py signed 256
decisions/word_diff.py words_of 16
decisions/word_diff.py words_answer 8
decisions/word_diff.py answered 8
decisions/word_diff.py once 16
edition/errata_and_notes.py _table 1
errors/__init__.py read_table 8
evidence/denials.py _table 1
evidence/denials.py words_of 16
evidence/denials.py _beginnings 16
evidence/denials.py _denies_in_russian 20000
evidence/denials.py _denies_in_english 20000
evidence/engine_confidence.py _table 1
evidence/government.py governed_cases 1
evidence/government.py governed_by_adjectives 1
evidence/government.py _infinitive_takers 1
evidence/letter_habits.py _exchanged 2000
evidence/losses_at_breaks.py is_fragment 2000
evidence/measures.py _tags 5000
evidence/predicates.py predicates 5000
evidence/shortened_words.py _begins_word 2000
evidence/subjects.py _noun 5000
evidence/subjects.py is_singular 5000
evidence/vouching.py _lettered 1
evidence/vouching.py units 1
evidence/wanted.py _places_in_shape 5000
evidence/wanted.py _shapes 20000
evidence/wanted.py _with_first_cases 2000
judge/recalibration.py _loaded 4
judge/weights.py load_weights 2
knowledge/alphabets.py _speaks_for 50000
knowledge/alphabets.py _alphabets 1
knowledge/collection.py _loaded 2
knowledge/dictionaries.py version 1
knowledge/latin_read.py is_cyrillic_read_as_latin 5000
knowledge/latin_read.py meant 1000
knowledge/latin_read.py _table 1
knowledge/letters.py fold 10000
knowledge/names/authority.py bearers 10000
knowledge/names/authority.py _stems 1000
knowledge/names/authority.py _seats 1
knowledge/names/authority.py by_english 20000
knowledge/names/authority.py latin_heads 1
knowledge/names/authority.py same_name 5000
knowledge/names/authority.py is_same_in_one_word 5000
knowledge/names/authority.py _is_rare 20000
knowledge/names/authority.py _heads 1
knowledge/names/authority.py near 5000
knowledge/names/authority.py declined 20000
knowledge/names/authority.py abbreviations 1
knowledge/names/authority_tables.py authority_tables 1
knowledge/names/name_kinds.py name_kinds 20000
knowledge/names/paradigms.py _dictionary_parse 20000
knowledge/names/paradigms.py in_case 20000
knowledge/names/paradigms.py nominatives 5000
knowledge/names/paradigms.py is_form_of 1000
knowledge/names/peoples.py _peoples 1
knowledge/names/peoples.py places_of 20000
knowledge/names/peoples.py _spelt 20000
knowledge/names/peoples.py _made_from 20000
knowledge/names/romanisation.py romanise 50000
knowledge/names/romanisation.py cyrillic 5000
knowledge/names/sound.py _sounds 1
knowledge/names/sound.py _graphemes 1
knowledge/names/sound.py _english 20000
knowledge/names/sound.py _russian 20000
knowledge/names/sound.py _answers_to 5000
knowledge/names/sound.py _stops 20000
knowledge/names/sound.py skeleton 20000
knowledge/names/sound.py same_sound 5000
knowledge/names/sound.py _weights 20000
knowledge/names/syllables.py chinese 1
knowledge/names/syllables.py korean 1
knowledge/names/syllables.py divide 20000
knowledge/names/syllables.py _russian 1
knowledge/values/blame.py weights 1
knowledge/values/numerals.py _table 2
knowledge/values/numerals.py numerals 20000
knowledge/values/numerals.py compound 20000
knowledge/values/numerals.py _words 4
knowledge/values/units_of_measure.py _units 1
knowledge/values/units_of_measure.py sizes 1
knowledge/words/answered.py _table 1
knowledge/words/bilingual_model.py _opened 2
knowledge/words/bilingual_model.py self._word 5000
knowledge/words/blemishes.py explained 2000
knowledge/words/blemishes.py _figures 1
knowledge/words/confused_words.py confusion_sets 1
knowledge/words/confusions.py substitution_costs 1
knowledge/words/confusions.py channel_cost 3000
knowledge/words/context_model.py _opened 2
knowledge/words/count_tables.py word_hash 1000
knowledge/words/count_tables.py _turned 5000
knowledge/words/derivation.py is_derived 20000
knowledge/words/derivation.py is_trust 5000
knowledge/words/derivation.py rests 5000
knowledge/words/derivation.py _first_parts 1
knowledge/words/derivation.py _offices 1
knowledge/words/derivation.py _listed 1
knowledge/words/dictd.py read_dictd 2
knowledge/words/english.py _variants 1
knowledge/words/english.py _forms 1
knowledge/words/english.py english_lemma 20000
knowledge/words/english.py lemma_candidates 20000
knowledge/words/english.py _mapped 1
knowledge/words/english.py _lemmas 1
knowledge/words/english.py _lemmatizer 1
knowledge/words/english.py _words 1
knowledge/words/families.py roots 20000
knowledge/words/families.py _endings 1000
knowledge/words/families.py unprefixed 20000
knowledge/words/families.py whole_root 20000
knowledge/words/families.py only_looks_alike 20000
knowledge/words/families.py _partners 1
knowledge/words/families.py partners 20000
knowledge/words/families.py kinship 40000
knowledge/words/gap_model.py _file 1
knowledge/words/gap_model.py _weights 8
knowledge/words/language_model.py load 4
knowledge/words/language_model.py tags 30000
knowledge/words/language_model.py _model 4
knowledge/words/language_model.py self._tags1.count 2000
knowledge/words/language_model.py self._words2.count 20000
knowledge/words/language_model.py self._single_uncached 20000
knowledge/words/language_model.py self._pair_uncached 30000
knowledge/words/language_model.py self._after_uncached 20000
knowledge/words/language_model.py self._share_uncached 2000
knowledge/words/language_model.py self._lifts_uncached 5000
knowledge/words/language_model.py self._words1.count 20000
knowledge/words/lexicon.py opened 4
knowledge/words/lexicon.py _glossary 1
knowledge/words/lexicon.py self._entry_uncached 20000
knowledge/words/lexicon.py self._equivalents 20000
knowledge/words/morphology.py _case 2000
knowledge/words/morphology.py analyser 1
knowledge/words/morphology.py is_known 20000
knowledge/words/morphology.py _grammemes 2000
knowledge/words/morphology.py _grammemes_of 2000
knowledge/words/morphology.py parses 20000
knowledge/words/morphology.py lemmas 20000
knowledge/words/morphology.py inflected 20000
knowledge/words/morphology.py _once 2000
knowledge/words/morphology.py _paradigm 1000
knowledge/words/morphology.py inflect 20000
knowledge/words/search.py graph 1
knowledge/words/search.py similar 2000
knowledge/words/search.py usual_similar 5000
knowledge/words/search.py any_letter 200
knowledge/words/search.py confusable_letters 200
knowledge/words/segmentation.py _price 50000
knowledge/words/usual_tree.py usual_tree 1
knowledge/words/word_kinds.py _inner_kind 20000
knowledge/words/wordlist.py _mapped 1
knowledge/words/wordlist.py _frequencies 3
knowledge/words/wordlist.py usual_forms 1
languages/ru/__init__.py _abbreviations 1
learning/clean_words.py frequent_exchanges 1
learning/damage.py _outlines 1
learning/kept_examples.py basis 1
learning/noise_in_words.py shapes_of 20000
learning/noise_in_words.py of_one_theme 2000
learning/noise_in_words.py _directions 1
learning/noise_in_words.py _by_letter 1
learning/noise_in_words.py _seen_as 1
learning/noise_in_words.py _parts 1
learning/noise_in_words.py _common_lemmas 1
project/jobs.py program_basis 8
project/known_documents.py _runs 64
review/labels.py spoken 1
review/web/pages.py page_environment 1
review/word/segments.py ways 20000
rules/catalogue/slips.py _languages 1
rules/context/confusion_sets.py neighbours 5000
rules/context/confusion_sets.py _likely 200
rules/context/confusion_sets.py same_beginning 5000
rules/context/unlikely_words.py _near 20000
rules/grammar/disagreeing_adjectives.py _all_of 5000
rules/lacunae/interpolation.py _kinds_of_bodies 1
rules/lacunae/interpolation.py _listed 1
rules/lacunae/retroversion.py _bodies 1
rules/lexical/alphabet.py _alike 1
rules/lexical/alphabet.py _latin_alike 1
rules/lexical/spelling.py _usual 1
rules/lexical/spelling.py _counted_with_yo 1
rules/lexical/unspaced.py _words 5000
rules/names/candidate_names.py _listed_near 2000
rules/names/english_names.py _edits 500
rules/translation/contraries.py members 1
rules/translation/contraries.py _by_russian 1
rules/translation/contraries.py members_in_english 1
rules/translation/learned_weights.py _weights 4
rules/translation/learned_weights.py _forest 2
rules/translation/name_answers.py _ordinal 20000
rules/translation/name_answers.py _figure 20000
rules/translation/name_answers.py _same_origin 20000
rules/translation/titles.py _titles 1
rules/translation/titles.py _english 1
system/collector.py freeze_loaded 1
writers/as_html.py report_environment 1
writers/as_html.py report_style 1
writers/as_json.py _hints 64
writers/as_json.py _if_any 64
writers/phrases.py table 8
"""
WHOLE_TEXTS = {
    "decisions/smoothed_text.py page_of",
    "decisions/word_diff.py words_of",
    "decisions/word_diff.py words_answer",
    "decisions/word_diff.py answered",
    "decisions/word_diff.py once",
    "project/known_documents.py _runs",
}
"""Keyed by a text's value: rulings are relocated one by one, and all of them ask the same two texts."""
KEYS = {
    "Settings",
    "Change",  # of a ruling: an anchor and its words
    "str",
    "int",
    "float",
    "bool",
    "bytes",
    "type",
    "Fraction",
    "Path",
    "Path | None",
    "frozenset[str]",
    "frozenset[frozenset[str]]",
    "tuple[frozenset[str], ...]",
    "tuple[tuple[str, float], ...]",  # a word's equivalents
    "WordFamilies",  # a language's
    "Any",  # a tag of the dictionary
    "Anchor",
}


def caches() -> Iterator[tuple[str, str, int, list[str]]]:
    """File, function, bound and the types of the keys of every cache; of one made in a method no types are given."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for made in node.decorator_list:
                    if "cache" in ast.unparse(made) and "cached_property" not in ast.unparse(made):
                        arguments = (*node.args.args, *node.args.kwonlyargs)
                        kinds = [ast.unparse(a.annotation) if a.annotation else a.arg for a in arguments]
                        yield name, node.name, bound(made, kinds), kinds
            elif (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Call) and "lru_cache" in ast.unparse(node.func)
            ):
                yield name, ast.unparse(node.args[0]), bound(node.func, []), []


def bound(made: ast.expr, kinds: list[str]) -> int:
    if ast.unparse(made) == "cache" and not kinds:
        return 1  # of a function without arguments
    assert isinstance(made, ast.Call) and made.keywords[0].arg == "maxsize", f"{ast.unparse(made)}: without a bound"
    value = made.keywords[0].value
    assert isinstance(value, ast.Constant) and isinstance(value.value, int), (
        f"{ast.unparse(made)}: the bound is a number"
    )
    return value.value


def test_every_cache_is_listed_with_its_bound() -> None:
    found = [f"{name} {function} {most}" for name, function, most, _ in caches()]
    assert found == LISTED.strip().splitlines()


def test_no_cache_of_a_module_is_keyed_by_a_document() -> None:
    for name, function, _, kinds in caches():
        assert set(kinds) <= KEYS or f"{name} {function}" in WHOLE_TEXTS, (name, function, kinds)


def test_what_is_kept_of_a_document_dies_with_it() -> None:
    document = read_pair("Пусть она будет топорь, а не через 12 лет в Москве.", "Let it be now, and not in 13 years.")
    _, context, verdicts, _ = trail(document, settings=Settings())
    assert verdicts
    seen = weakref.ref(context)
    del context, verdicts, document
    gc.collect()
    assert seen() is None


def test_a_question_about_a_document_is_asked_once() -> None:
    context, other = (context_of(read_pair("Дом стоит.", "The house stands.")) for _ in range(2))
    asked: list[tuple[Context, int]] = []

    def ask(of: Context, number: int) -> int:
        asked.append((of, number))
        return number

    assert [one.once(ask, 3) for one in (context, context, other)] == [3, 3, 3]
    assert asked == [(context, 3), (other, 3)]


def test_what_the_settings_name_is_opened_once() -> None:
    assert knowledge_for().lexicon is knowledge_for(Settings()).lexicon
    assert knowledge_for().language_model is knowledge_for().language_model
