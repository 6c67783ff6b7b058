"""The run, top to bottom: a document read, aligned, doubted by every rule, weighed by one judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath
from typing import NamedTuple

from collation.alignment.align import align
from collation.alignment.facing import facing_rows, facing_sentences
from collation.evidence.context import Context
from collation.evidence.engine_confidence import calibration_of
from collation.evidence.listed_words import ListedWords
from collation.evidence.other_texts import Compared, OtherTexts, other_texts
from collation.evidence.page_witness import witness_of
from collation.judge.entries import entries
from collation.judge.recalibration import load_recalibration
from collation.judge.weighing import weigh
from collation.judge.weights import load_weights
from collation.knowledge import dictionaries
from collation.knowledge.collection import load_collection
from collation.knowledge.words import morphology
from collation.languages import pair_of_document
from collation.languages.knowledge import knowledge_for
from collation.model import Aligned, Apparatus, Document, Entry, Hypothesis, ListedWitness, Unexamined
from collation.model.doubt import WeighedDoubt
from collation.model.language import LanguagePair, Need
from collation.model.rule import Rule, Rules, by_code
from collation.reading.changes_of_script import originals_within
from collation.rules import RULES
from collation.settings import Settings

_WHOLE = 0.9  # the share of the original that another text has, below which what it lacks is told


def examine(
    document: Document,
    *,
    settings: Settings | None = None,
    rules: tuple[Rule, ...] = RULES,
    languages: LanguagePair | None = None,
) -> Apparatus:
    """The apparatus of a document. Pure: the same document, settings and versions give the same apparatus.

    ``languages`` are those in which it was read, when they are not of the table.
    """
    chosen, declared = settings or Settings(), by_code((*RULES, *rules))
    run = trail(document, settings=chosen, rules=rules, languages=languages)
    found = entries(run.context, run.verdicts, chosen, declared)
    left_alone = _left_alone(run, entries(run.context, run.left_alone, chosen, declared), found)
    others = run.context.once(other_texts)
    unexamined = (
        *_unexamined(run.aligned),
        *_within_translation(run.context),
        *_not_compared(others),
        *_strange_pages(run.context),
        *_uncalibrated(document),
        *_switched_off(run.context, rules),
        *left_alone,
    )
    witnesses = tuple(
        ListedWitness(o.siglum, o.source.label, o.source.digest, any(c.other is o for c in others.used))
        for o in document.others
    )
    run.context.forget()
    return Apparatus(
        source=document.file,
        rows=document.in_file(facing_rows(run.aligned)),
        entries=document.in_file(found),
        unexamined=document.in_file(unexamined),
        versions=versions(chosen),
        settings=chosen.facts(),
        sentences=document.in_file(facing_sentences(run.aligned)),
        witnesses=witnesses,
    )


class Trail(NamedTuple):
    """Everything that was weighed. ``left_alone`` is what would have been thought of the words that the project lists."""

    aligned: Aligned
    context: Context
    verdicts: tuple[WeighedDoubt, ...]
    left_alone: tuple[WeighedDoubt, ...]


def trail(
    document: Document,
    *,
    settings: Settings,
    rules: tuple[Rule, ...] = RULES,
    languages: LanguagePair | None = None,
) -> Trail:
    """Everything that was weighed, for ``examine`` and for ``collation explain``. Places are in the text as read."""
    if not settings.translation:
        document = replace(document, witnesses=tuple(w for w in document.witnesses if w.role != "translation"))
    knowledge = knowledge_for(settings, languages or pair_of_document(document))
    aligned = align(document, knowledge)
    context = Context(aligned, knowledge)
    hypotheses, declared = doubts_of(context, rules), by_code((*RULES, *rules))
    doubts, listed = _without_listed(context, hypotheses, settings, declared)
    verdicts = weigh(context, doubts, settings, declared)
    return Trail(aligned, context, verdicts, weigh(context, listed, settings, declared) if listed else ())


def doubts_of(context: Context, rules: tuple[Rule, ...] = RULES) -> list[Hypothesis]:
    """What the rules doubt in an aligned document."""
    hypotheses: list[Hypothesis] = []
    for rule in rules if context.document.original else ():
        if lacking(rule, context) or (rule.needs_translation and not context.aligned.parallel):
            continue
        if rule.needs_witness and not context.once(other_texts).used:
            continue
        if rule.needs_collection and context.knowledge.collection is None:
            continue
        hypotheses.extend(h for h in rule.propose(context) if _says_otherwise(context.text, h))
    declared = by_code((*RULES, *rules))
    for hypothesis in hypotheses:
        if hypothesis.code not in declared:
            raise ValueError(f"no rule declares the code {hypothesis.code} of a doubt")
    return hypotheses


def _says_otherwise(text: str, hypothesis: Hypothesis) -> bool:
    """Whether a hypothesis has no reading, or one that differs from the text."""
    edits = hypothesis.edits
    return not edits or any(edit.place.of(text) != edit.text for edit in edits)


def _without_listed(
    context: Context, hypotheses: list[Hypothesis], settings: Settings, rules: Rules
) -> tuple[list[Hypothesis], list[Hypothesis]]:
    """The doubts that count, and those whose reason is only a word that the project lists as right."""
    if not settings.words:
        return hypotheses, []
    listed = ListedWords.of(context, settings.words)
    alone = [rules[h.code].about_word and listed.cover(h) for h in hypotheses]
    return (
        [h for h, is_alone in zip(hypotheses, alone, strict=True) if not is_alone],
        [h for h, is_alone in zip(hypotheses, alone, strict=True) if is_alone],
    )


def _left_alone(run: Trail, spared: tuple[Entry, ...], found: tuple[Entry, ...]) -> Iterator[Unexamined]:
    """The places that would be entries if the project did not list their words, with the first, reported once."""
    taken = {span for entry in found for place in entry.places for span in place.spans}
    alone = [e for e in spared if not any(span.overlaps(other) for span in e.place.spans for other in taken)]
    if alone:
        counts = Counter(" ".join(entry.lemma.split()) for entry in alone)
        words = ", ".join(f"{word} ({count})" if count > 1 else word for word, count in counts.items())
        yield Unexamined("listed-words", (("count", str(len(alone))), ("words", words)), alone[0].place)


def lacking(rule: Rule, context: Context) -> tuple[Need, ...]:
    """What a rule needs and the language of the original lacks."""
    return tuple(need for need in rule.needs if context.language.lacks(need))


def _switched_off(context: Context, rules: tuple[Rule, ...]) -> Iterator[Unexamined]:
    """The rules that were not run for what is not known of the original's language, reported once."""
    asked = [rule for rule in rules if context.knowledge.collection or not rule.needs_collection]
    codes = [rule.code for rule in asked if lacking(rule, context)]
    if codes and context.document.original:
        yield Unexamined("rules-off", (("codes", ", ".join(codes)),))


def _unexamined(aligned: Aligned) -> tuple[Unexamined, ...]:
    found = [*_left_out(aligned.document), *_told(aligned.document)]
    if aligned.document.original is None:
        pass
    elif aligned.document.translation is None:
        found.append(Unexamined("no-translation"))
    elif not aligned.parallel:
        found.append(Unexamined("not-parallel"))
    else:
        gaps = [i for link in aligned.links if not link.translation for i in link.original]
        if gaps:
            found.append(Unexamined("without-opposite", (("count", str(len(gaps))),)))
    if aligned.document.source.encoding != "utf-8":
        found.append(Unexamined("encoding", (("encoding", aligned.document.source.encoding),)))
    return tuple(found)


def _not_compared(others: OtherTexts) -> Iterator[Unexamined]:
    """The further texts that are none of the document, and those that lack much of it."""
    for compared in others.aside:
        yield Unexamined("witness-aside", (*_named(compared), ("share", f"{compared.agreement:.0%}")))
    for compared in others.used:
        if compared.reach < _WHOLE:
            yield Unexamined("witness-lacks-much", (*_named(compared), ("share", f"{1 - compared.reach:.0%}")))
        if compared.warnings:
            yield Unexamined("witness-coarse", (*_named(compared), ("count", str(len(compared.warnings)))))


def _named(compared: Compared) -> tuple[tuple[str, str], ...]:
    return ("siglum", compared.siglum), ("file", PurePosixPath(compared.other.source.label).name)


def _strange_pages(context: Context) -> Iterator[Unexamined]:
    """The pages that are of another text, and so were not used, and those on which nothing is read."""
    if context.document.pages:
        strange = witness_of(context).words.strange
        for page in context.document.pages:
            if page in strange or not page.lines:
                says = "page-strange" if page.lines else "page-blank"
                yield Unexamined(says, (("file", f"{PurePosixPath(page.label).name}, {page.number}"),))


def _uncalibrated(document: Document) -> Iterator[Unexamined]:
    """The files whose engine gives its words a confidence of which it is not known what it means."""
    for part in document.file.parts:
        if calibration_of(part.engine) is None and any(item.confidence is not None for item in part.on_page):
            file = ("file", PurePosixPath(part.label).name)
            engine = (("engine", part.engine),) if part.engine else ()
            yield Unexamined("engine-uncalibrated" if engine else "engine-unnamed", (file, *engine))


def _told(document: Document) -> Iterator[Unexamined]:
    """What the files hold that is no text of the document, and what was done with it."""
    for part in document.file.parts:
        for told in part.told:
            yield Unexamined(told.says, (("count", str(told.count)), ("file", PurePosixPath(part.label).name)))


def _left_out(document: Document) -> Iterator[Unexamined]:
    """The passages that are no modern Russian, once for each reason, with the first place."""
    for name in dict.fromkeys(passage.name for passage in document.passages):
        own = [passage for passage in document.passages if passage.name == name]
        says = {"old": "old-spelling", "latin": "latin-for-cyrillic"}.get(name, "other-language")
        values = (("language", f"language.{name}"), ("count", str(sum(passage.lines for passage in own))))
        yield Unexamined(says, values if says == "other-language" else values[1:], own[0].place)


def _within_translation(context: Context) -> Iterator[Unexamined]:
    """What is written in the original's script inside the translation, with the first place."""
    translation = context.document.translation
    places = originals_within(translation, context.knowledge.languages) if translation else ()
    if places:
        yield Unexamined("original-in-translation", (("count", str(len(places))),), places[0])


def versions(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Versions of the program, its dictionaries, its weights and the morphology, and what the project taught."""
    try:
        own = version("collation")
    except PackageNotFoundError:
        own = "unknown"
    weights = load_weights(settings.weights).facts
    taught, collection = load_recalibration(settings.recalibration), load_collection(settings.collection)
    learned = [("rulings learned from", f"{taught.rulings}, {taught.digest[:12]}")] if taught else []
    if collection:
        learned.append(("documents of the collection", f"{len(collection.texts)}, {collection.digest[:12]}"))
    return (
        ("collation", own),
        ("dictionaries", dictionaries.version()),
        ("weights", str(weights.get("date", ""))),
        ("morphology", morphology.version()),
        *learned,
    )
