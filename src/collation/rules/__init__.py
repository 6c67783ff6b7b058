"""The rules, each doubting one kind of corruption, in folders by family. The tuple is explicit; nothing registers itself."""

from __future__ import annotations

from collation.model.rule import Rule
from collation.rules.catalogue import document_numbers, slips
from collation.rules.context import (
    confusion_sets,
    formulae,
    negation,
    real_words,
    renderings,
    small_words,
    unlikely_words,
)
from collation.rules.grammar import (
    disagreeing_adjectives,
    disagreeing_verbs,
    endings,
    governed_cases,
    infinitives,
    numeral_genders,
)
from collation.rules.lacunae import dittography, doubled_words, interpolation, omission
from collation.rules.lexical import alphabet, capitals, division, glued_signs, spelling, stray_letters, unspaced
from collation.rules.names import english_names, exchanged_names, russian_names
from collation.rules.page import page_readings
from collation.rules.pairing import misplaced_translation
from collation.rules.sigla import repeated_signs
from collation.rules.translation import (
    added,
    contraries,
    english_misprints,
    left_out,
    repeated_english,
    replaced_names,
    turned_round,
    uneven_terms,
)
from collation.rules.values import date_series, differences, impossible_dates, letters_for_figures, totals
from collation.rules.witnesses import more_or_fewer_words, read_otherwise

RULES: tuple[Rule, ...] = (
    spelling.RULE,
    spelling.OWN_WORDS,
    division.MERGED,
    division.TORN,
    glued_signs.RULE,
    unspaced.RULE,
    stray_letters.RULE,
    negation.RULE,
    negation.LOST_RULE,
    real_words.RULE,
    confusion_sets.RULE,
    small_words.RULE,
    unlikely_words.RULE,
    formulae.RULE,
    renderings.RULE,
    endings.RULE,
    governed_cases.RULE,
    disagreeing_adjectives.RULE,
    disagreeing_verbs.RULE,
    infinitives.RULE,
    numeral_genders.RULE,
    russian_names.RULE,
    english_names.RULE,
    exchanged_names.RULE,
    alphabet.RULE,
    capitals.RULE,
    differences.NUMBERS,
    differences.DATES,
    differences.TIMES,
    impossible_dates.DAMAGED_DATES,
    impossible_dates.ORDER,
    date_series.RULE,
    letters_for_figures.RULE,
    totals.RULE,
    page_readings.RULE,
    repeated_signs.ODD_ONE,
    repeated_signs.SHEETS,
    omission.RULE,
    interpolation.RULE,
    dittography.RULE,
    doubled_words.RULE,
    left_out.RULE,
    added.RULE,
    turned_round.RULE,
    replaced_names.RULE,
    uneven_terms.RULE,
    english_misprints.RULE,
    contraries.RULE,
    repeated_english.RULE,
    misplaced_translation.RULE,
    read_otherwise.RULE,
    read_otherwise.PHRASES,
    more_or_fewer_words.LOST_WORDS,
    more_or_fewer_words.WORDS_TOO_MANY,
    more_or_fewer_words.LOST_PASSAGES,
    slips.NAMES,
    slips.REFERENCES,
    slips.DATES,
    slips.LANGUAGES,
    slips.HOSTS,
    document_numbers.RULE,
)
"""Every rule that is shipped, in the order in which they are asked."""

__all__ = ["RULES", "Rule"]
