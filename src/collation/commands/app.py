"""The command line: it parses, prints and sets the exit code; the rest is done below.

Exit codes: 0 done, with findings or without; 2 when any input failed, the others being done all the
same; 130 when interrupted. Whatever is heavy is imported inside the command that needs it, so that
``--help`` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collation.commands import check as gate_commands
from collation.commands import learn as learning_commands
from collation.commands import review as review_commands
from collation.commands import rulings as rulings_commands
from collation.errors import CollationError, UnreadableInput
from collation.system.console import say, traceback_of

if TYPE_CHECKING:
    from collation.model import Apparatus, Document
    from collation.settings import Settings

app = typer.Typer(
    name="collation",
    help="Find what scanners and typists did to Russian archival documents, with the English translation "
    "as a witness. Nothing leaves this computer, and no document is ever changed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
FAILED = 2
_LONGEST_NUMBER = 9

Encoding = Annotated[
    str | None,
    typer.Option(
        help="The encoding of the files, such as cp1251. Without it the encoding is recognised.",
        metavar="NAME",
    ),
]
Lang = Annotated[
    str, typer.Option(help="The language of the report, en or ru. The HTML page has both.", metavar="en|ru")
]
Format = Annotated[
    str, typer.Option("--format", help="Write text for reading or json for programs.", metavar="text,json")
]
File = Annotated[Path, typer.Argument(help="The document.", metavar="FILE")]


@app.command(short_help="Write the apparatus of each document, and an index.")
def report(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, patterns, or - for standard input.", metavar="PATH…", show_default=False),
    ],
    out: Annotated[
        Path | None,
        typer.Option(help="The folder in which the reports are written; without it, reports.", metavar="FOLDER"),
    ] = None,
    formats: Annotated[
        str,
        typer.Option(
            "--format",
            help="What to write: html, md, json, or several joined by commas.",
            metavar="html,md,json",
        ),
    ] = "html",
    decisions: Annotated[
        Path | None, typer.Option(help="The folder of the rulings, in place of the project's.", metavar="FOLDER")
    ] = None,
    lang: Lang = "en",
    encoding: Encoding = None,
) -> None:
    """Write the apparatus of doubtful places of each document, and an index of them all.

    A folder stands for its .txt and .md files at any depth. Places that editors have ruled on are shown as settled.
    A document that cannot be read is named with the reason; the others are done all the same.
    """
    from collation.reading.inputs import find_inputs
    from collation.review.logs import RulingsByDocument
    from collation.writers import WRITERS
    from collation.writers.folder import ReportFolder

    language = _one_of(lang, ("en", "ru"), "--lang")
    chosen = [_one_of(name, tuple(WRITERS), "--format") for name in formats.split(",") if name]
    failures = _Failures()
    target = out or Path("reports")
    inputs = list(failures.drop(find_inputs(paths, without=target)))
    with failures.told():
        if out is None and target.is_symlink():
            raise CollationError(
                "this is a link; name the folder with --out if the reports are to go there", path=target
            )
        folder = ReportFolder(target, chosen, language)
        rulings = RulingsByDocument(paths, inputs, decisions=decisions)
        for examined in _examined(inputs, encoding, failures):
            with failures.told():
                apparatus, book = rulings.on(examined, tell=failures.tell)
                written = ", ".join(str(path) for path in folder.add(apparatus, book))
                _print(f"{apparatus.source.label}: doubtful places: {len(apparatus)}; see {written}\n")
        folder.finish()
        for sentence in rulings.identities.copies():
            say(f"collation: {sentence}", err=True)
    failures.leave()


@app.command(short_help="Show what answers what in the translation.")
def align(file: File, form: Format = "text", encoding: Encoding = None) -> None:
    """Show which paragraphs, sentences and words of a document and its translation answer each other."""
    from collation.alignment.align import align as run
    from collation.languages.knowledge import knowledge_for
    from collation.writers.as_alignment import align_json, align_text

    write = {"text": align_text, "json": align_json}[_one_of(form, ("text", "json"), "--format")]
    failures = _Failures()
    with failures.told():
        _print(write(run(_read(file, encoding), knowledge_for())))
    failures.leave()


@app.command(short_help="Compare Russian texts of one document.")
def collate(
    files: Annotated[list[Path], typer.Argument(help="Two or more Russian texts of one document.", metavar="A B [C…]")],
    form: Format = "text",
    encoding: Encoding = None,
) -> None:
    """Compare several Russian texts of one document word by word and class their differences.

    The first text is the one from which the others are said to differ.
    """
    from collation.alignment.witnesses import collate as run
    from collation.writers.as_table import to_text, write_table

    write = {"text": to_text, "json": write_table}[_one_of(form, ("text", "json"), "--format")]
    if len(files) < 2:
        raise typer.BadParameter("name two texts at least", param_hint="A B [C…]")
    failures = _Failures()
    documents: list[Document] = []
    for file in files:
        with failures.told():
            documents.append(_read(file, encoding))
    if not failures.count:
        sigla = _sigla([document.source.label for document in documents])
        _print(write(run([(s, _tokens(d)) for s, d in zip(sigla, documents, strict=True)])))
    failures.leave()


@app.command(short_help="Tell everything that was weighed on a line.")
def explain(
    place: Annotated[
        str, typer.Argument(help="A file and one of its lines, such as letter.txt:53.", metavar="FILE:LINE")
    ],
    lang: Lang = "en",
    encoding: Encoding = None,
) -> None:
    """Tell everything that was weighed on a line.

    What was proposed there, for which reasons, how it was weighed, and what was not shown and why.
    """
    from collation.judge.account import account
    from collation.judge.model import load
    from collation.pipeline import trail
    from collation.writers.trail import explain_text

    language = _one_of(lang, ("en", "ru"), "--lang")
    name, _, number = place.rpartition(":")
    if not name or not number.isdecimal() or len(number) > _LONGEST_NUMBER or int(number) < 1:
        raise typer.BadParameter("a file and a line are expected, such as letter.txt:53", param_hint="FILE:LINE")
    failures = _Failures()
    with failures.told():
        document = _read(Path(name), encoding)
        if int(number) > len(document.file.line_starts):
            raise UnreadableInput(f"the file has {len(document.file.line_starts)} lines only", path=name)
        settings = _settings_for(Path(name))
        _, _, verdicts = trail(document, settings=settings)
        weights = load(settings.weights)
        text = explain_text(
            document.file,
            document.in_file(verdicts),
            int(number),
            emend=settings.emend,
            query=settings.query,
            lang=language,
            accounts=lambda verdict: account(verdict, weights),
        )
        _print(text)
    failures.leave()


@app.command(short_help="List the rules, or tell about one.")
def rule(
    code: Annotated[str | None, typer.Argument(help="The code of a rule, such as LEX101.", metavar="[CODE]")] = None,
) -> None:
    """List the rules, or tell what one of them doubts, why the damage arises and where the rule is blind."""
    from collation.commands.thresholds import numbers_of
    from collation.rules import RULES

    if code is None:
        for rule in sorted(RULES, key=lambda p: p.code):
            _print(f"{rule.code}  {rule.name}\n")
        return
    found = [p for p in RULES if p.code == code.upper()]
    if not found:
        raise typer.BadParameter(f"there is no rule {code}; “collation rule” lists them", param_hint="CODE")
    for rule in found:
        about = sys.modules[rule.propose.__module__].__doc__ or ""
        needs = "; needs the translation" if rule.why == "with-translation" else ""
        what = " ".join((rule.propose.__doc__ or "").split())
        _print(f"{rule.code}  {rule.name}\nSides: {', '.join(rule.sides)}{needs}.")
        _print(f" Since rule set {rule.since}.\n\n{what}\n\n{about.strip()}\n\n{numbers_of(rule)}")


# Commands of other folders; each imports what is heavy when it is called.
gate_commands.register(app)
learning_commands.register(app)
review_commands.register(app)
rulings_commands.register(app)


# What the commands share.


class _Failures:
    """What went wrong so far. Each failure is told on standard error when it happens; the command goes on."""

    def __init__(self) -> None:
        self.count = 0

    @contextmanager
    def told(self, path: Path | None = None) -> Iterator[None]:
        try:
            yield
        except CollationError as error:
            self.tell(error)
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:  # a fault of the program at one document must not cost the others
            self.count += 1
            say(traceback_of(error), err=True, nl=False)
            where = f"{path}: " if path else ""
            say(
                f"collation: {where}the above is a fault of the program, not of the document; please report it",
                err=True,
            )

    def tell(self, error: CollationError) -> None:
        self.count += 1
        say(f"collation: {error}", err=True)

    def drop(self, found: Iterable[Path | UnreadableInput]) -> Iterator[Path]:
        """The paths among what was found; errors are told."""
        for item in found:
            if isinstance(item, UnreadableInput):
                self.tell(item)
            else:
                yield item

    def leave(self) -> None:
        if self.count:
            raise typer.Exit(FAILED)


def _one_of(value: str, allowed: tuple[str, ...], option: str) -> Any:
    if value not in allowed:
        raise typer.BadParameter(f"“{value}” is none of {', '.join(allowed)}", param_hint=option)
    return value


def _print(text: str) -> None:
    say(text, nl=False)


def _read(path: Path, encoding: str | None) -> Document:
    from collation.reading import LARGEST, read_bytes, read_file

    if path == Path("-"):
        return read_bytes(sys.stdin.buffer.read(LARGEST + 1), label="(stdin)", encoding=encoding)
    return read_file(path, encoding=encoding)


def _tokens(document: Document) -> Any:
    original = document.original
    return document.in_file(tuple(t for s in original.segments for t in s.tokens)) if original else ()


def _sigla(labels: list[str]) -> list[str]:
    """The names of the files, or their paths where two have one name; numbered where one is named twice."""
    stems = [Path(label).stem for label in labels]
    names = stems if len(set(stems)) == len(stems) else labels
    return [name if name not in names[:i] else f"{name} ({i + 1})" for i, name in enumerate(names)]


def _examined(inputs: list[Path], encoding: str | None, failures: _Failures) -> Iterator[Apparatus]:
    """The apparatus of each input that can be read."""
    if not inputs:
        return
    from collation.pipeline import examine
    from collation.system.console import progress

    with progress(len(inputs)) as step:
        for path in inputs:
            step(str(path))
            with failures.told(path):
                yield examine(_read(path, encoding), settings=_settings_for(path))


def _settings_for(path: Path) -> Settings:
    """What the nearest project file above a document sets, as for every other command."""
    from collation.project.configuration import find_project
    from collation.reading.inputs import STANDARD_INPUT

    return find_project(Path.cwd() if path == STANDARD_INPUT else path.parent).settings
