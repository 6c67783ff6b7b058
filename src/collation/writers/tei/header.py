"""The header of TEI: what the document is, where it is kept, who proposes and who ruled, how the apparatus is made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from collation.decisions.ruling import Ruling
from collation.decisions.tei_state import TYPE, WrittenState
from collation.model import Apparatus
from collation.writers.layout import Layout
from collation.writers.phrases import LANGS, Lang, in_quotes
from collation.writers.summary import title
from collation.writers.tei.app_forms import Form, witness_id
from collation.writers.tei.xml_tree import Element, node
from collation.writers.wording import one_line, unexamined

_SHELF_MARK = re.compile(r"(?<![\w.])(?:f|ф)\.\s*\d[^<\n]*?(?=\s*(?:<|https?:|$))", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_WITNESSES = {
    "R": ("ru", "the original, as scanned or transcribed", "оригинал: распознанный или переписанный текст"),
    "E": ("en", "the translation", "перевод"),
    "C": ("en", "the catalogue's description", "описание в каталоге"),
}
_SAID = {
    "title": ("{title}: text, translation and apparatus", "{title}: текст, перевод и аппарат"),
    "tool": ("proposed readings and their evidence", "предложенные чтения и основания для них"),
    "editor": ("rulings", "решения"),
    "publication": (
        "A working file of an edition, made from {label} (SHA-256 {digest}); it is not published.",
        "Рабочий файл издания, сделан из {label} (SHA-256 {digest}); не опубликован.",
    ),
    "method": (
        "The text is that of the file, character for character. Where an editor decided, the lemma is what was decided; "
        "a proposal that nobody decided on is never the lemma. cert says how probable a proposed reading is if something "
        "is wrong: high from .9, medium from .7; the figures are in certainty, where that of the document's own reading "
        "is the probability that nothing is wrong.",
        "Текст воспроизведён знак в знак. Где решил редактор, лемма — то, что он решил; предложение, о котором не решено, "
        "леммой не бывает. cert показывает, насколько вероятно предложенное чтение, если в тексте ошибка: high от 0,9, "
        "medium от 0,7; сами числа — в certainty, где число при чтении документа — вероятность того, что ошибки нет.",
    ),
    "tool-edition": ("rulings carried out, texts aligned", "внесение решений, выравнивание текстов"),
    "publication-edition": (
        "An edition, made from {label} (SHA-256 {digest}) and the rulings of its editors; it is not published.",
        "Издание, сделано из {label} (SHA-256 {digest}) и решений редакторов; не опубликовано.",
    ),
    "method-edition": (
        "The text of the document is that of the file, character for character. The lemma (corr) is what the editors "
        "decided; what they did not decide on is not marked. Each place has a footnote.",
        "Текст документа воспроизведён знак в знак. Лемма (corr) — то, что решили редакторы; места, о которых не решено, не "
        "отмечены. К каждому месту есть примечание.",
    ),
    "witness": ("another text of the original: {label} (SHA-256 {digest})", "другой текст подлинника: {label} (SHA-256 {digest})"),
    "why": ("a reason for the proposal", "основание предложения"),
    "against": ("what speaks against it", "что говорит против"),
    "character": ("a character that XML cannot hold", "знак, который нельзя записать в XML"),
    "rulings": ("Rulings: {count}.", "Решений: {count}."),
}  # fmt: skip


def write_header(
    root: Element,
    layout: Layout,
    rulings: Sequence[Ruling],
    editors: Mapping[str, str],
    *,
    form: Form,
    lang: Lang,
    characters: Sequence[str],
    state: WrittenState | None,
    remarks: Sequence[tuple[str, str]] = (),
) -> None:
    """The header, as the first child of a document; ``state`` is what is needed to read rulings back, which an edition
    does not have. ``remarks`` are said of the text, each with the type of its note.
    """
    kind = "-edition" if state is None else ""
    head = node(None, "teiHeader")
    root.insert(0, head)
    file = node(head, "fileDesc")
    _title(file, layout, editors, lang, kind)
    publication = node(file, "publicationStmt")
    source = layout.source
    node(publication, "p", _said(f"publication{kind}", lang, label=source.label, digest=source.digest), lang=lang)
    _remarks(file, layout, remarks, lang)
    _source(file, layout, lang)
    _encoding(head, layout.apparatus, form, lang, characters, kind)
    usage = node(node(head, "profileDesc"), "langUsage")
    node(usage, "language", "русский" if lang == "ru" else "Russian", ident="ru")
    node(usage, "language", "английский" if lang == "ru" else "English", ident="en")
    if state is not None:
        node(head, "xenoData", state.to_json(), type=TYPE)
    _revisions(head, rulings, editors, lang)


def _said(key: str, lang: Lang, **values: str) -> str:
    return _SAID[key][LANGS.index(lang)].format(**values)


def _title(file: Element, layout: Layout, editors: Mapping[str, str], lang: Lang, kind: str) -> None:
    statement = node(file, "titleStmt")
    node(statement, "title", _said("title", lang, title=title(layout)))
    version = dict(layout.apparatus.versions).get("collation", "")
    tool = node(statement, "respStmt", id="collation")
    node(tool, "resp", _said(f"tool{kind}", lang), lang=lang)
    node(tool, "name", f"collation {version}".strip(), type="program")
    for name, identifier in editors.items():
        editor = node(statement, "respStmt", id=identifier)
        node(editor, "resp", _said("editor", lang), lang=lang)
        node(editor, "persName", one_line(name))


def _remarks(file: Element, layout: Layout, remarks: Sequence[tuple[str, str]], lang: Lang) -> None:
    """What was not examined, and what is said of the text."""
    said = [unexamined(u.says, u.values, u.place, layout, lang) for u in layout.apparatus.unexamined]
    if said or remarks:
        notes = node(file, "notesStmt")
        for sentence in said:
            node(notes, "note", in_quotes(sentence, lang), type="not-examined", lang=lang)
        for name, remark in remarks:
            node(notes, "note", one_line(remark), type=name, lang=lang)


def _source(file: Element, layout: Layout, lang: Lang) -> None:
    """Where the document is kept, the catalogue's own words, and the witnesses."""
    described, catalogue = node(file, "sourceDesc"), layout.source.catalogue
    citation = one_line(catalogue.value("citation"))
    manuscript = node(described, "msDesc")
    place = node(manuscript, "msIdentifier")
    mark = _SHELF_MARK.search(citation)
    repository = _repository(citation[: mark.start()]) if mark else ""
    if repository:
        node(place, "repository", repository)
    node(place, "idno", mark[0].rstrip(" .,") if mark else layout.source.id, type="shelfmark" if mark else "document")
    contents = node(manuscript, "msContents")
    node(contents, "summary", one_line(catalogue.value("summary")) or title(layout))
    if date := one_line(catalogue.value("date")):
        origin = node(node(manuscript, "history"), "origin")
        node(node(origin, "p"), "origDate", date)
    if citation:
        quoted = node(described, "bibl", citation, type="citation")
        for address in dict.fromkeys(_ADDRESS.findall(citation)):
            node(quoted, "ptr", target=address)
    witnesses = node(described, "listWit")
    for siglum, (own, *names) in _WITNESSES.items():
        node(witnesses, "witness", names[LANGS.index(lang)], id=siglum, lang=own if lang == "en" else lang)
    for other in layout.apparatus.witnesses:
        told = _said("witness", lang, label=other.label, digest=other.digest)
        node(witnesses, "witness", told, id=witness_id(other.siglum), n=other.siglum, lang=lang)


def _repository(before: str) -> str:
    """The archive of a citation: what is between the site (or the date) and the shelf mark."""
    parts = [part.strip(' ."“”') for part in before.split(",")]
    last = max((i for i, p in enumerate(parts) if re.search(r"\b1[89]\d\d|\b20\d\d|Digital Archive", p)), default=-1)
    return ", ".join(part for part in parts[last + 1 :] if part)


def _encoding(
    head: Element, apparatus: Apparatus, form: Form, lang: Lang, characters: Sequence[str], kind: str
) -> None:
    described = node(head, "encodingDesc")
    version = re.match(r"\d+(?:\.\d+){0,2}", dict(apparatus.versions).get("collation", ""))
    application = node(
        node(described, "appInfo"), "application", ident="collation", version=version[0] if version else "0"
    )
    node(application, "desc", "; ".join(f"{name}: {value}" for name, value in apparatus.versions))
    correction = node(node(described, "editorialDecl"), "correction", method="markup")
    node(correction, "p", _said(f"method{kind}", lang), lang=lang)
    if form == "app":
        node(described, "variantEncoding", method="parallel-segmentation", location="internal")
    if not kind:
        classes = node(node(described, "classDecl"), "taxonomy", id="arguments")
        for argument in ("why", "against"):
            node(node(classes, "category", id=argument), "catDesc", _said(argument, lang), lang=lang)
    if characters:
        declared = node(described, "charDecl")
        for identifier in characters:
            character = node(declared, "char", id=identifier)
            node(character, "desc", f"U+{identifier[1:]}: {_said('character', lang)}", lang=lang)


def _revisions(head: Element, rulings: Sequence[Ruling], editors: Mapping[str, str], lang: Lang) -> None:
    """A line for each editor and day, the latest first."""
    counts = Counter((ruling.time[:10], ruling.editor) for ruling in rulings)
    if counts:
        revisions = node(head, "revisionDesc")
        for (day, editor), count in sorted(counts.items(), reverse=True):
            said = _said("rulings", lang, count=str(count))
            node(revisions, "change", said, when=day, who=f"#{editors[editor]}", lang=lang)
