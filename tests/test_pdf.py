"""The text layer of PDF files: lines, words, boxes; what has no text, or no letters, is told."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from collation.commands.app import app
from collation.errors import LANGS, UnreadableInput
from collation.reading import from_pdf, read_data, read_file

PDF = Path(__file__).parent / "files" / "libreoffice.pdf"


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableInput) as caught:
        read_data(data, Path("a.pdf"), label="a.pdf")
    assert all("{" not in caught.value.text(lang) for lang in LANGS)
    return str(caught.value)


def images(count: int) -> bytes:
    file = io.BytesIO()
    pages = [Image.new("L", (20, 20), 200) for _ in range(count)]
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:])
    return file.getvalue()


def test_a_pdf_of_libreoffice_is_read_with_its_boxes() -> None:
    document = read_file(PDF)
    assert document.original and document.translation
    assert len(document.original.segments) == 2 and len(document.translation.segments) == 1
    words = [t.text for t in document.original.words()]
    assert words[:5] == ["Он", "прибыл", "в", "Москву", "пятого"] and words[-1] == "сильнее"
    (part,) = document.file.parts
    assert [(page.width, page.height) for page in part.pages] == [(595.3, 841.9)] and not part.told
    before = (0.0, 0.0, 0.0, 0.0)
    for token in (*document.original.words(), *document.translation.words()):
        (item,) = document.source.on_page(token.place)
        assert item.page == 1 and item.confidence is None and item.box
        left, top, right, bottom = item.box
        assert 0 < left < right < 595 and 0 < top < bottom < 842
        assert left >= before[2] or top > before[1], "to the right, or on a line below"
        before = item.box
        element = document.source.element(token.start)
        assert element and element.kind == "line"


def test_what_has_no_text_or_no_letters_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = PDF.read_bytes()
    assert "only images" in refused(images(2))
    assert "which letters" in refused(data.replace(b"/ToUnicode", b"/XoUnicode"))
    assert "damaged" in refused(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    monkeypatch.setattr(from_pdf, "MOST_PAGES", 1)
    assert "2 pages, and 1 is the limit" in refused(images(2))
    monkeypatch.chdir(tmp_path)
    Path("scan.pdf").write_bytes(images(1))
    Path("large.pdf").write_bytes(b"%PDF-1.7" + bytes(50_000_000))
    done = CliRunner().invoke(app, ["check", "scan.pdf", "large.pdf", "--no-cache"])
    assert done.exit_code == 2 and "only images" in done.stderr and "is the limit" in done.stderr


@pytest.mark.parametrize("cut", [100, 3000, 9000, -200])
def test_a_pdf_that_is_cut_off_ends_in_a_sentence(cut: int) -> None:
    data = PDF.read_bytes()
    try:
        read_data(data[:cut], Path("a.pdf"), label="a.pdf")
    except UnreadableInput as error:
        assert error.path == "a.pdf"
