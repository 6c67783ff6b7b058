"""Slips of the cataloguer: names, references to leaves, dates, languages and hosts in the rows above the texts.

The catalogue is a witness and a patient. A name that the translation spells otherwise, and repeatedly, is mended in
its place, unless the original has the catalogue's; "II." before the number of a leaf is "ll."; a date that is that of the receipt, a language with
"Перевод с китайского" under it, a host that is a test host are notes. Blind to titles that say something untrue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import regex
from rapidfuzz.distance import Levenshtein

from collation.evidence.chronology import events, out_of_order
from collation.evidence.context import Context
from collation.evidence.read_values import read_values
from collation.knowledge import dictionaries
from collation.knowledge.names import authority
from collation.knowledge.names.sound_of_forms import sound_of_form
from collation.knowledge.values.finding import find_values
from collation.knowledge.values.quantities import Value, meet
from collation.knowledge.words import wordlist
from collation.model import Edit, Feature, Hypothesis, Place, Token
from collation.model.rule import Rule
from collation.rules.base import without_reading
from collation.rules.catalogue.leaves import leaves_cited, leaves_on_page

NAME, REFERENCE, DATE, LANGUAGE, HOST = "CAT801", "CAT802", "CAT803", "CAT804", "CAT805"
_ROWS = frozenset({"title", "citation", "summary"})
_LEAVES = regex.compile(r"(?<=[,;]\s*)(?P<label>II|I1|1l|l1|Il|lI|11)(?P<stop>\.\s?)(?=\d)")
_SHELFMARK = regex.compile(r"\b(?:fond|f|op|opis|d|delo)\b\.?\s*\d", regex.I)
_ADDRESS = regex.compile(r"https?://(?P<host>[\w.-]+)")
_BARE_HOST = regex.compile(r"(?m)^\W*(?P<host>(?:[a-z0-9-]+\.)+(?:org|com|edu|net|gov|ru))\W*$")
_LABEL = regex.compile(r"[.-]")
_TRIAL = regex.compile(r"(?:dev|beta|local|localhost|qa|uat|stage|staging|demo|test|sandbox|preview)\d*")
_TRANSLATED = regex.compile(r"перевод\s+с\s+(?P<language>\p{Ll}+)", regex.I)
_LEAST_NAME = 5  # letters
_SOUNDS = 0.97  # likeness by sound, 0 to 1, of the original's name to the catalogue's
# What moves the log-odds of the doubt
_EACH_TIME, _MOST_TIMES = 0.4, 4  # each further time that the translation has the name, and how many count
_KNOWN = 0.6  # the files have the name
_NOT_IN_TEXT = -0.8  # the text has other dates, and none is that of the receipt


def catalogue_names(context: Context) -> Iterator[Hypothesis]:
    """Names of the catalogue that the translation spells otherwise by one letter, and the original not as the catalogue does."""
    translation, catalogue = context.document.translation, context.document.role("catalogue")
    if translation is None or catalogue is None:
        return
    tokens = [t for s in (*translation.segments, *translation.furniture) for t in s.tokens if t.kind == "word"]
    spelt = Counter(_bare(t.text) for t in tokens if t.text[0].isupper())
    anywhere = {_bare(t.text) for t in tokens}
    rows = [f.place for f in context.document.source.catalogue.fields if f.name in _ROWS]
    for segment in catalogue.segments:
        for token in segment.tokens:
            if (
                any(r.start <= token.start < r.stop for r in rows)
                and _is_name(token)
                and _bare(token.text) not in anywhere
            ):
                yield from (h for h in _spelling(token, spelt, tokens) if not _is_of_original(context, h))


def _is_of_original(context: Context, slip: Hypothesis) -> bool:
    """Whether a name of the original sounds as the catalogue spells it, and less so as the translation does: Дмитров, Dmitrov."""
    own, other = slip.places[0].of(context.text), slip.edits[0].text
    original = context.document.original
    names = {t.text for s in (original.segments if original else ()) for t in s.tokens if t.text[:1].isupper()}
    return any((heard := sound_of_form(name, own)) >= _SOUNDS and heard > sound_of_form(name, other) for name in names)


def _bare(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s")


def _is_name(token: Token) -> bool:
    return token.kind == "word" and token.text[:1].isupper() and token.text.isalpha() and len(token.text) >= _LEAST_NAME


def _spelling(token: Token, spelt: Counter[str], tokens: list[Token]) -> Iterator[Hypothesis]:
    own = _bare(token.text)
    if authority.by_english(own):
        return
    for other, count in spelt.most_common():
        if other[0] != own[0] or len(other) < _LEAST_NAME or Levenshtein.distance(own, other) != 1:
            continue
        known = bool(authority.by_english(other))
        plural = own + "s" == other or other + "s" == own
        if plural or not (known or count >= 2):
            continue
        places = tuple(t.place for t in tokens if _bare(t.text) == other)
        said = (("value", token.text), ("reading", other.title()), ("count", str(count)))
        features = (
            Feature("name_elsewhere", float(count), places[:4], says="name-in-translation", values=said),
            *((Feature("known_name", 1.0, says="name-known", values=(("reading", other.title()),)),) if known else ()),
            Feature("strength", _EACH_TIME * (min(count, _MOST_TIMES) - 1) + (_KNOWN if known else 0.0)),
        )
        reading = other.upper() if token.text.isupper() else other.title()
        yield Hypothesis(NAME, (token.place,), (Edit(token.place, reading),), features, "catalogue", "attested")
        return


def catalogue_references(context: Context) -> Iterator[Hypothesis]:
    """The leaves in the citation: "II." for "ll.", "listy" for one leaf, leaves that the archive's line has otherwise."""
    row = context.document.source.catalogue.first("citation")
    if row is None or not _SHELFMARK.search(row.place.of(context.text)):
        return
    for match in _LEAVES.finditer(context.text, row.place.start, row.place.stop):
        place = Place.at(*match.span("label"))
        said = (("value", match.group("label") + "."), ("reading", "ll."))
        reason = Feature("leaves_label", 1.0, (place,), says="leaves-label", values=said)
        yield Hypothesis(REFERENCE, (place,), (Edit(place, "ll"),), (reason,), "catalogue", "conjecture")
    cited, archived = leaves_cited(context, row), leaves_on_page(context)
    if cited is None:
        return
    if archived is not None and archived.numbers != cited.numbers:
        said = (("value", cited.text), ("archive", archived.text))
        reason = Feature("leaves_differ", 1.0, (cited.place, archived.place), says="leaves-differ", values=said)
        yield without_reading(REFERENCE, (cited.place, archived.place), (reason,), side="catalogue")
    elif len(cited.numbers) == 1 and cited.label.text.lower() == "listy":
        reason = Feature("one_leaf", 1.0, (cited.place,), says="one-leaf", values=(("value", cited.text),))
        yield Hypothesis(
            REFERENCE, (cited.label.place,), (Edit(cited.label.place, "list"),), (reason,), "catalogue", "conjecture"
        )


def catalogue_dates(context: Context) -> Iterator[Hypothesis]:
    """The catalogue's date against the document's own: the day of receipt, a day after it, a day the texts do not have."""
    found = _catalogue_date(context)
    original = context.document.original
    if found is None or original is None:
        return
    place, date = found
    witnesses = [w for w in context.document.witnesses if w.role != "catalogue"]
    disputed = out_of_order(context)
    received = [
        e for e in events(context, original) if e.rank == 1 and e.date is not None and not disputed & {*e.places}
    ]
    receipts = {e.date.place for w in witnesses for e in events(context, w) if e.rank == 1 and e.date is not None}
    texts = [
        v
        for w in witnesses
        for s in (*w.segments, *w.furniture)
        for v in read_values(context, s.tokens, w.language, by_cells=False)
        if v.kind == "date" and v.piece("day") and v.piece("month") and not v.broken
    ]
    same_day = [v for v in texts if _same_day(v, date)]
    only_receipt = all(v.place in receipts for v in same_day)
    later = [e for e in received if e.date is not None and _after(date, e.date)]
    on_receipt = [e for e in received if e.date is not None and _same_day(e.date, date)]
    if later and later[0].date is not None:
        yield _note(context.text, place, date, "date-after-receipt", later[0].date)
    elif on_receipt and on_receipt[0].date is not None and only_receipt:
        yield _note(context.text, place, date, "date-of-receipt", on_receipt[0].date)
    elif texts and not same_day:
        yield _note(context.text, place, date, "date-not-in-text", texts[-1])


def _catalogue_date(context: Context) -> tuple[Place, Value] | None:
    catalogue = context.document.role("catalogue")
    for name in ("date", "title"):
        row = context.document.source.catalogue.first(name)
        for segment in catalogue.segments if catalogue and row else ():
            if row is None or not row.place.start <= segment.tokens[0].start < row.place.stop:
                continue
            for value in find_values(segment.tokens, context.languages.translation):
                if value.kind == "date" and value.piece("day") and value.piece("month") and value.piece("year"):
                    return value.place, value
    return None


def _same_day(left: Value, right: Value) -> bool:
    return all(meet(left.piece(r), right.piece(r)) for r in ("day", "month")) and (
        meet(left.piece("year"), right.piece("year")) is not False
    )


def _after(left: Value, right: Value) -> bool:
    """Whether one full date is later than another."""
    a = [left.known(r) for r in ("month", "day")]
    b = [right.known(r) for r in ("month", "day")]
    if None in a or None in b or meet(left.piece("year"), right.piece("year")) is not True:
        return False
    return [x or 0 for x in a] > [x or 0 for x in b]


def _note(text: str, place: Place, date: Value, says: str, other: Value) -> Hypothesis:
    said = (("value", date.written(text)), ("other", other.written(text)))
    reason = Feature("catalogue_date", 1.0, (other.place,), says=says, values=said)
    strength = Feature("strength", _NOT_IN_TEXT if says == "date-not-in-text" else 0.0)
    return without_reading(DATE, (place, other.place), (reason, strength), side="catalogue")


def catalogue_languages(context: Context) -> Iterator[Hypothesis]:
    """ "Original Language: Russian" over a text that calls itself a translation."""
    row, original = context.document.source.catalogue.first("language"), context.document.original
    if row is None or original is None or "russian" not in row.value.lower():
        return
    start, stop = original.segments[0].place.start, original.segments[-1].place.stop
    for match in _TRANSLATED.finditer(context.text, start, stop):
        named = next((n for stem, n in _languages().items() if match.group("language").lower().startswith(stem)), None)
        if named is not None:
            place = Place.at(*match.span())
            said = (("text", " ".join(match.group().split())), ("reading", named))
            reason = Feature("translated_from", 1.0, (place,), says="translated-from", values=said)
            yield without_reading(LANGUAGE, (row.place, place), (reason,), side="catalogue")
            return


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """The English names of languages by the beginnings of the Russian ones."""
    return {row[0]: row[1] for row in dictionaries.rows("languages.tsv", columns=2)}


def catalogue_hosts(context: Context) -> Iterator[Hypothesis]:
    """An address on a test host, or on another host than the one that the header names."""
    row = context.document.source.catalogue.first("citation")
    match = _ADDRESS.search(context.text, row.place.start, row.place.stop) if row else None
    if row is None or match is None:
        return
    host, place = match.group("host").lower(), Place.at(*match.span("host"))
    named = _BARE_HOST.search(context.text, 0, row.place.start)
    if named and named.group("host").lower() != host:
        reading = named.group("host")
        said = (("value", host), ("reading", reading))
        reason = Feature("host_named", 1.0, (Place.at(*named.span("host")),), says="host-differs", values=said)
        yield Hypothesis(HOST, (place,), (Edit(place, reading),), (reason,), "catalogue", "attested")
    elif _is_trial(host):
        reason = Feature("host_trial", 1.0, (place,), says="host-is-trial", values=(("value", host),))
        yield without_reading(HOST, (place,), (reason,), side="catalogue")


def _is_trial(host: str) -> bool:
    """Whether a label of a host is that of a trial, or ends in "test" and is no word: contest, latest, protest are."""
    labels = [label for label in _LABEL.split(host) if label]
    return any(
        _TRIAL.fullmatch(label) or (label.endswith("test") and not wordlist.english_zipf(label)) for label in labels
    )


NAMES = Rule(
    code=NAME,
    family="CAT",
    name="catalogue name",
    propose=catalogue_names,
    sides=("catalogue",),
    harm="catalogue",
    prior=1.6,
    level="note",
    since="2026.11",
    says=("name-in-translation", "name-known"),
)
REFERENCES = Rule(
    code=REFERENCE,
    family="CAT",
    name="catalogue foliation",
    propose=catalogue_references,
    sides=("catalogue",),
    harm="catalogue",
    prior=0.8,
    level="note",
    since="2026.11",
    says=("leaves-differ", "leaves-label", "one-leaf"),
)
DATES = Rule(
    code=DATE,
    family="CAT",
    name="catalogue date",
    propose=catalogue_dates,
    sides=("catalogue",),
    harm="catalogue",
    prior=0.4,
    level="note",
    since="2026.11",
    says=("date-after-receipt", "date-not-in-text", "date-of-receipt"),
)
LANGUAGES = Rule(
    code=LANGUAGE,
    family="CAT",
    name="catalogue language",
    propose=catalogue_languages,
    sides=("catalogue",),
    harm="catalogue",
    prior=0.4,
    level="note",
    since="2026.11",
    says=("translated-from",),
)
HOSTS = Rule(
    code=HOST,
    family="CAT",
    name="citation host",
    propose=catalogue_hosts,
    sides=("catalogue",),
    harm="catalogue",
    prior=0.4,
    level="note",
    since="2026.11",
    says=("host-differs", "host-is-trial"),
)
