"""`collation import`: what editors did in a Word or TEI file, taken back as rulings after it was shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collation.commands.failures import leave_if_failed, leaving_on_failure
from collation.commands.options import Decisions, Encoding, OutputLang, one_of
from collation.commands.review import examine_one
from collation.system.console import say

if TYPE_CHECKING:
    from collation.decisions.ruling import Ruling
    from collation.errors import Lang
    from collation.model import Apparatus
    from collation.project.run import DocumentRun
    from collation.reading.tei_edition import TeiEdition
    from collation.review.logs import Logs
    from collation.review.tei_rulings import TeiRulings
    from collation.review.word.letter_rulings import LetterRulings
    from collation.review.word.returned import Returned

_LARGEST = 100_000_000  # bytes of a file


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that came back: its bytes, what is in it, and of which document it was made (``label`` "" where it does not
    say what that was called).
    """

    data: bytes
    content: Returned | TeiEdition
    document: str
    digest: str
    label: str


def import_letter(
    letter: Annotated[Path, typer.Argument(help="The Word or TEI file as it came back.", metavar="FILE")],
    places: Annotated[
        list[Path] | None,
        typer.Argument(
            help="The document it was made of, or where to look for it; without it, where it was, and here.",
            metavar="[PATH…]",
            show_default=False,
        ),
    ] = None,
    editor: Annotated[
        str,
        typer.Option(
            help="Who ruled, where Word has not kept a name: it names the author of typed words and of comments, and not "
            "who accepted or rejected a change.",
            envvar="COLLATION_EDITOR",
            metavar="NAME",
        ),
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be written.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    decisions: Decisions = None,
    lang: OutputLang = "en",
    encoding: Encoding = None,
) -> None:
    """Take back what editors did in a Word file that `collation report --format docx` wrote: changes accepted, rejected
    or typed over, comments resolved or answered, words typed anywhere. Of a TEI file that `report --format tei` wrote:
    readings chosen, typed or taken out.

    All of it is shown before anything is written; what cannot be told with certainty is said and left. The same file
    read twice writes nothing twice.
    """
    from collation.errors import Message, UnwritableLog
    from collation.project.opening import open_project, open_run
    from collation.review.logs import Logs

    language = one_of(lang, ("en", "ru"), "--lang")
    with leaving_on_failure():
        sent = _read(letter)
        run = open_run(open_project(None), encoding=encoding, names=[str(p) for p in places or []], decisions=decisions)
        path = _document(run, letter, sent, places or [], encoding)
        apparatus = examine_one(run, path)
        logs = Logs.of([apparatus], [run.folders.of(path)], second_reader=run.project.second_reader)
        found = _found(logs, letter, sent, apparatus, editor)
        for line in shown(found, apparatus, language):
            say(line)
        leave_if_failed(run)
        if not found.made or dry_run:
            return
        if not yes and not typer.confirm(_ask(language, len(found.made)), default=False):
            raise UnwritableLog(Message("letter-unconfirmed"))
        logs.write([(0, ruling) for ruling in found.made])
        say(f"{logs.folders[0].folder}: {_word('written', language)}: {len(found.made)}")


def _read(letter: Path) -> Sent:
    """What came back. Raises UnreadableInput, and BadRuling for a TEI file that is damaged in what it keeps of itself."""
    from collation.errors import Message, UnreadableInput
    from collation.errors.extras import need_extra
    from collation.system.files import read_regular

    try:
        data = read_regular(letter, most=_LARGEST)
    except OSError as error:
        raise UnreadableInput(Message("letter-damaged", reason=error.strerror or error), path=letter) from error
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        need_extra("tei", ("lxml",), form="tei")
        return _read_tei(data, letter)
    need_extra("office", ("docx",), form="docx")
    from collation.review.word.returned import read_returned

    returned = read_returned(data, letter)
    return Sent(data, returned, returned.letter.document, returned.letter.digest, returned.letter.label)


def _read_tei(data: bytes, letter: Path) -> Sent:
    from collation.errors import UnreadableInput, refusal
    from collation.reading.tei_edition import read_edition
    from collation.system.untrusted import NotRead

    try:
        edition = read_edition(data)
    except NotRead as error:
        raise UnreadableInput(refusal(error), path=letter) from error
    except UnreadableInput as error:
        raise UnreadableInput(error.message, path=letter) from error
    return Sent(data, edition, edition.state.document, edition.state.digest, "")


def _document(run: DocumentRun, letter: Path, sent: Sent, places: list[Path], encoding: str | None) -> Path:
    """The document of which a letter was made: among those named, else where it was, else in the working folder. Raises
    UnreadableInput when it is not there, or not as it was.
    """
    from collation.errors import CollationError, Message, UnreadableInput
    from collation.reading import bytes_of, read_data

    label = Path(sent.label)
    first = [label] if not places and sent.label and label.is_file() else []
    changed = None
    for names in ([str(p) for p in places] or [str(p) for p in first], [] if places else ["."]):
        for path in run.find(names) if names else []:
            try:
                label_here = run.label(path)
                data = bytes_of(path, label=label_here)
                file = read_data(data, path, encoding=encoding, label=label_here).file
            except CollationError:
                continue
            if file.digest == sent.digest:
                return path
            if file.id == sent.document or path == label:
                changed = path
    run.failures.clear()  # what else lies there is not asked for
    if changed is not None:
        raise UnreadableInput(Message("letter-document-changed", document=changed), path=letter)
    raise UnreadableInput(Message("letter-document-missing", label=sent.label or sent.document), path=letter)


def _found(logs: Logs, letter: Path, sent: Sent, apparatus: Apparatus, editor: str) -> LetterRulings | TeiRulings:
    """What a file comes to beside the rulings that there are."""
    import hashlib
    from datetime import UTC, datetime

    from collation.decisions.placing import match
    from collation.errors import Message, UnreadableInput
    from collation.project.git import editor_name
    from collation.project.opening import own_version
    from collation.reading.tei_edition import TeiEdition
    from collation.review.rulings_from_choices import Signature, stamp
    from collation.review.tei_rulings import rulings_of_edition
    from collation.review.word.letter_rulings import LetterContext, rulings_of_letter

    history = logs.history()
    book = match(apparatus, history.state, logs.reviewed(history)[0])
    now, version, digest = datetime.now(UTC), own_version(), hashlib.sha256(sent.data).hexdigest()[:12]
    if isinstance(sent.content, TeiEdition):
        signature = Signature(editor or editor_name(), stamp(now, history.state.history), version, f"tei-{digest}")
        return rulings_of_edition(sent.content, apparatus, book, signature)
    by = editor or sent.content.saved_by or editor_name()
    context = LetterContext(apparatus, book, history.state.history, by, now, version, f"word-{digest}")
    try:
        return rulings_of_letter(sent.content, context)
    except ValueError as error:
        raise UnreadableInput(Message("letter-damaged", reason=str(error)), path=letter) from error


def shown(found: LetterRulings | TeiRulings, apparatus: Apparatus, lang: Lang) -> Iterator[str]:
    """What would be written, what is only told, and the counts."""
    from collation.writers.layout import lay_out
    from collation.writers.wording import where

    layout = lay_out(apparatus)
    for ruling in found.made:
        yield f"{where(ruling.anchor.place(), layout, lang)}: {in_words(ruling, lang)}"
    for told in found.told:
        at = f"{where(told.place, layout, lang)}: " if told.place else ""
        yield f"{_word('told', lang)}: {at}{told.message.text(lang)}"
    counts = (("new", len(found.made)), ("told-count", len(found.told)), ("known", found.known), ("open", found.open))
    yield ", ".join(f"{_word(key, lang)}: {count}" for key, count in counts)


def in_words(ruling: Ruling, lang: Lang) -> str:
    """A ruling on one line: what was decided on which words, by whom and when."""
    from collation.writers.phrases import label
    from collation.writers.ruled import state_of

    lemma = " ".join(ruling.anchor.exact.split()) or "‹…›"
    reading = f": {ruling.reading or '∅'}" if ruling.reading is not None else ""
    note = f". {ruling.note}" if ruling.note else ""
    return f"{lemma} ] {label(f'ruled.{state_of(ruling)}', lang)}{reading} ({ruling.editor}, {ruling.time[:16]}){note}"


def _word(key: str, lang: Lang) -> str:
    from collation.writers.phrases import label

    return label(f"word.{key}", lang)


def _ask(lang: Lang, count: int) -> str:
    return f"{_word('ask', lang)} ({count})"
