"""What a file is, by its content before its name; and that nothing but the table says which kinds are read."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from tools.command_pages import HOOK
from typer.testing import CliRunner

from collation.commands.app import app
from collation.errors import UnreadableInput
from collation.reading import LARGEST, content, read_data, read_file
from collation.reading.content import look
from collation.reading.inputs import find_inputs, is_document
from collation.reading.kinds import KINDS, SUFFIXES, kind_of
from collation.review.web.user_files import UserFiles

ROOT = Path(__file__).parents[1]
RUSSIAN = "Он прибыл в Москву пятого мая и сразу передал письмо министру иностранных дел.\n"
ENGLISH = "He arrived in Moscow on the fifth of May and handed the letter to the minister at once.\n"
OPEN = "application/vnd.oasis.opendocument."
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def packed(*members: str, mimetype: str = "") -> bytes:
    """A small ZIP with these members; its media type, if it has one, is the first and not packed."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        if mimetype:
            made.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name in members:
            made.writestr(name, RUSSIAN * 20)
    return file.getvalue()


def marked(root: str, *, before: str = DECLARED, attributes: str = "") -> bytes:
    """A small XML of Russian text."""
    return f"{before}<{root}{attributes}><p>{RUSSIAN}</p></{root}>\n".encode()


HOCR = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd">\n'
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><meta name="ocr-system" content="tesseract"/></head>'
    f'<body><div class="ocr_page"><span class="ocrx_word">{RUSSIAN}</span></div></body></html>\n'
)
TMX = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<!-- a memory -->\n'
MADE = [
    ("pdf", "letter.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
    ("djvu", "letter.djvu", b"AT&TFORM\0\0\1\0DJVMDIRM", "DjVu"),
    ("image", "page.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(100), "image"),
    ("image", "page.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(100), "image"),
    ("image", "page.tif", b"II*\0\x08\0\0\0" + bytes(100), "image"),
    ("image", "page.bmp", b"BM\x80\0\0\0" + bytes(100), "image"),
    ("image", "page.webp", b"RIFF\x40\0\0\0WEBPVP8 " + bytes(100), "image"),
    ("image", "page.heic", b"\0\0\0\x18ftypheic" + bytes(100), "image"),
    ("docx", "letter.docx", packed("[Content_Types].xml", "word/document.xml"), "Word document"),
    ("xlsx", "list.xlsx", packed("[Content_Types].xml", "xl/workbook.xml"), "spreadsheet"),
    ("pptx", "talk.pptx", packed("[Content_Types].xml", "ppt/presentation.xml"), "presentation"),
    ("odt", "letter.odt", packed("content.xml", mimetype=OPEN + "text"), "OpenDocument"),
    ("ods", "list.ods", packed("content.xml", mimetype=OPEN + "spreadsheet"), "spreadsheet"),
    ("odt, packed anew", "letter.odt", packed("META-INF/manifest.xml", "content.xml"), "OpenDocument"),
    ("epub", "book.epub", packed("META-INF/container.xml", mimetype="application/epub+zip"), "EPUB"),
    ("zip", "letters.zip", packed("a.txt", "b.txt"), "archive"),
    ("archive", "letters.gz", b"\x1f\x8b\x08\0" + bytes(20), "archive"),
    ("doc", "letter.doc", OLE + "WordDocument".encode("utf-16-le"), "before 2007"),
    ("xls", "list.xls", OLE + "Workbook".encode("utf-16-le"), "spreadsheet"),
    ("ppt", "talk.ppt", OLE + "PowerPoint Document".encode("utf-16-le"), "presentation"),
    ("protected", "letter.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected"),
    ("rtf", "letter.rtf", b"{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'e8\\'f1\\'fc\\'ec\\'ee}", "RTF"),
    ("hocr", "page.hocr", HOCR.encode(), "hOCR"),
    ("alto", "page.alto", marked("alto", attributes=' xmlns="http://www.loc.gov/standards/alto/ns-v4#"'), "ALTO"),
    ("page", "page.xml", marked("pc:PcGts"), "PAGE XML"),
    ("tei", "letter.tei", marked("TEI", attributes=' xmlns="http://www.tei-c.org/ns/1.0"'), "TEI"),
    ("xliff", "letter.xlf", marked("xliff", attributes=' version="1.2"'), "XLIFF"),
    ("xliff", "letter.xliff", (DECLARED + f"<xliff><p>{RUSSIAN}</p></xliff>").encode("utf-16"), "XLIFF"),
    ("tmx", "memory.tmx", marked("tmx", before=DECLARED + TMX), "TMX"),
    ("tmx", "memory.tmx", marked("tmx", before="\ufeff" + TMX), "TMX"),
    ("fb2", "book.fb2", marked("FictionBook"), "FictionBook"),
    ("html", "page.html", marked("html", before="<!-- saved -->\n"), "web page"),
    ("html, bare", "page.htm", f"<!DOCTYPE html>\n<title>Письмо</title><p>{RUSSIAN}".encode(), "web page"),
    ("xml", "letter.xml", marked("letter"), "XML"),
]
UNREAD = [made for made in MADE if any(kind.name == made[0] and not kind.is_read for kind in KINDS)]
each_unread = pytest.mark.parametrize(("kind", "name", "data", "said"), UNREAD, ids=[f"{m[0]}-{m[1]}" for m in UNREAD])


def refused(data: bytes, name: str) -> UnreadableInput:
    with pytest.raises(UnreadableInput) as caught:
        read_data(data, Path(name), label=name)
    return caught.value


@each_unread
def test_a_kind_is_known_under_every_name(kind: str, name: str, data: bytes, said: str) -> None:
    for path in (name, name.upper(), Path(name).stem, Path(name).stem + ".txt", Path(name).stem + ".pdf"):
        assert kind_of(look(data), Path(path).suffix).name == kind
        error = refused(data, path)
        assert error.path == path and said in str(error) and re.search(r"plain texts?\b.*\.txt", str(error))
        assert re.search("[а-я]", error.text("ru")) and "(.txt)" in error.text("ru")


def test_every_kind_that_is_not_read_has_a_made_file() -> None:
    unread = [kind.name for kind in KINDS if not kind.is_read]
    assert set(unread) == {made[0] for made in UNREAD} | {"zip, damaged"} and len(unread) == len(set(unread))


def test_every_ending_belongs_to_one_kind() -> None:
    endings = [suffix for kind in KINDS for suffix in kind.suffixes]
    assert len(endings) == len(set(endings)) and all(e.startswith(".") and e == e.lower() for e in endings)


@pytest.mark.parametrize(
    "name", ["letter.txt", "letter.md", "letter", "letter.dat", "letter.pdf", "letter.doc", "letter.xml"]
)
def test_a_plain_text_is_read_under_every_name(name: str) -> None:
    text = RUSSIAN + "\n" + ENGLISH
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1251"):
        assert read_data(text.encode(encoding), Path(name), label=name).text.removeprefix("\ufeff") == text


def test_what_only_looks_like_another_kind_at_its_start_is_read() -> None:
    for start in ("<Без даты> ", "<letter> ", "PK ", "BM ", "GIF ", "PDF-", "{rtf} ", "< html > "):
        assert read_data((start + RUSSIAN).encode(), Path("a.txt"), label="a.txt").text.startswith(start)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("letter.pptx", b"PK", "presentation"),
        ("letter.docx", b"PK", "no such document"),
        ("letter.pdf", bytes(range(256)) * 40, "no such document"),
        ("list.xlsx", b"\0\1\2" * 500, "spreadsheet"),
        ("letter.xml", f"<letter><p>{RUSSIAN}</p></letter>".encode(), "XML"),
        ("page.html", f"<p>{RUSSIAN}</p>".encode(), "web page"),
        ("letter.docx", b" \n", "the file is empty"),
        ("letter.txt", bytes(range(256)) * 40, "no text file"),
    ],
)
def test_the_name_decides_what_the_content_leaves_open(name: str, data: bytes, said: str) -> None:
    assert said in str(refused(data, name))


# Hostile files.


@pytest.mark.parametrize("left", [5, 31, 200, -1, -23])
def test_a_packed_document_that_is_cut_off_is_named(left: int) -> None:
    whole = packed("[Content_Types].xml", "xl/workbook.xml")
    assert "damaged or cut off" in str(refused(whole[:left], "letter.txt"))


def test_what_is_not_read_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", bytes(30_000_000))
    monkeypatch.setattr(zlib, "decompressobj", lambda *_: pytest.fail("unpacked"))
    assert len(file.getvalue()) < 40_000 and "spreadsheet" in str(refused(file.getvalue(), "a.docx"))


def directory(count: int, *, size: int | None = None) -> bytes:
    """A ZIP of nothing but a directory of so many members, which may claim a size of its own."""
    entry = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    listed = entry * count
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(listed) if size is None else size, 4, 0)
    return b"PK\3\4" + listed + end


def test_a_directory_larger_than_a_document_has_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kind_of(look(directory(3)), "").name == "zip"
    assert kind_of(look(directory(3, size=2)), "").name == "zip, damaged"
    monkeypatch.setattr(content.zipfile, "ZipFile", lambda _: pytest.fail("the directory was read"))
    assert kind_of(look(directory(30_000)), "").name == "zip"
    assert kind_of(look(directory(3, size=0xFFFFFFFF)), "").name == "zip"
    small = directory(3)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, 4, 1)
    assert kind_of(look(small[:-22] + locator + small[-22:]), "").name == "zip"


def test_entities_and_addresses_are_not_followed() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    before = f'{DECLARED}<!DOCTYPE TEI SYSTEM "file:///etc/passwd" [<!ENTITY a0 "{RUSSIAN}">{bomb}]>\n'
    assert "never expanded" in str(refused(f"{before}<TEI>&a11;</TEI>".encode(), "a.xml"))
    assert "never expanded" in str(refused(f"{before}<xliff>&a11;</xliff>".encode(), "a.xml"))
    assert "XML" in str(refused(f"{before[:-3]}".encode(), "a.txt"))


@pytest.mark.parametrize(
    "piece", ["<!--", "<?a ", " ", "<!doctype [", "<!doctype a [ ] ", "<!doctype [] >", "<a", "]    "]
)
def test_a_start_of_one_piece_many_times_is_looked_at_once(piece: str) -> None:
    assert look(piece.encode() * 40_000).root in ("", "a")


def test_a_file_too_large_to_be_read_is_named_all_the_same(tmp_path: Path) -> None:
    large = tmp_path / "scan.bin"
    large.write_bytes(b"\xff\xd8\xff\xe0" + bytes(LARGEST))
    with pytest.raises(UnreadableInput, match="image"):
        read_file(large)
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("word/media/image1.png", bytes(LARGEST))
        made.writestr("word/document.xml", "x")
    large.write_bytes(file.getvalue())
    with pytest.raises(UnreadableInput, match="is the limit"):
        read_file(large)
    large.write_bytes(b"a" * (LARGEST + 1))
    with pytest.raises(UnreadableInput, match="is the limit"):
        read_file(large)


# Whoever asks which files are documents reads the table.


def test_the_command_line_names_each_kind_and_leaves_with_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number, (_, name, data, _) in enumerate(UNREAD):
        Path(f"{number}-{name}").write_bytes(data)
    done = CliRunner().invoke(
        app, ["check", *(f"{n}-{name}" for n, (_, name, _, _) in enumerate(UNREAD)), "--no-cache"]
    )
    assert done.exit_code == 2
    for number, (_, name, _, said) in enumerate(UNREAD):
        (line,) = [line for line in done.stderr.splitlines() if f": {number}-{name}: " in line]
        assert said in line
    piped = CliRunner().invoke(app, ["report", "-"], input=UNREAD[0][2])
    assert piped.exit_code == 2 and UNREAD[0][3] in piped.stderr


def test_a_folder_is_walked_for_what_is_read(tmp_path: Path) -> None:
    for suffix in (s for kind in KINDS for s in kind.suffixes):
        (tmp_path / f"{suffix[1:]}{suffix}").write_text(RUSSIAN, encoding="utf-8")
        assert is_document(Path(f"a{suffix}")) == (suffix in SUFFIXES)
    assert sorted(p.suffix for p in find_inputs([str(tmp_path)]) if isinstance(p, Path)) == sorted(SUFFIXES)


def test_the_hook_asks_for_what_is_read() -> None:
    hook = HOOK.read_text(encoding="utf-8")
    wanted = rf"\.({'|'.join(suffix[1:] for suffix in SUFFIXES)})$"
    assert re.findall(r"^  files: (.*)$", hook, re.M) == [wanted], "make golden renews .pre-commit-hooks.yaml"
    assert not re.search(r"^  types", hook, re.M), "what is read need not be text"


def test_the_help_of_the_commands_and_messages_name_what_is_read(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["report", "--help"]).output
    (empty,) = find_inputs([str(tmp_path)])
    assert all(suffix in told and suffix in str(empty) for suffix in SUFFIXES)


def test_the_start_page_takes_what_is_read_and_names_what_is_not(tmp_path: Path) -> None:
    files = UserFiles(tmp_path / "recent.json", tmp_path / "chosen")
    for suffix in SUFFIXES:
        assert files.take(f"letter{suffix}", RUSSIAN.encode()).suffix == suffix
    for _, name, data, said in UNREAD:
        with pytest.raises(UnreadableInput, match=said):
            files.take(name, data)
    assert len(list((tmp_path / "chosen").iterdir())) == len(SUFFIXES)
