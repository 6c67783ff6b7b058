"""A dictd dictionary beside the glossary: found, read in either encoding, weighed less, and asked for only when named."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from collation.errors import BadSettings, DamagedDictionary
from collation.knowledge.words import dictd, lexicon
from collation.pipeline import examine
from collation.reading import read_pair
from collation.settings import Settings

_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
ARTICLES = {
    "00-database-short": "A tiny dictionary",
    "frobnicate": "frobnicate\n  [↗frɔb] _v. (frobbed)\n  1) вертеть, крутить(ся)\n  2) _тех. перенастраивать (прибор, станок и т.п.);"
    " to frobnicate the dial вертеть ручку; frobnicate out\n   а) изгонять;\n   б) стирать\n  3) работать кое-как",
    "harvest": "harvest\n  1. _n. жатва, урожай 2. _v. пожинать плоды",
    "see also": "see also см. frobnicate",
}


def digits(number: int) -> str:
    """A number in dictd's base-64 digits."""
    text = _BASE64[number % 64]
    while number := number // 64:
        text = _BASE64[number % 64] + text
    return text


def make(folder: Path, *, encoding: str = "utf-8", packed: bool = False) -> Path:
    """A dictionary of the articles above; returns its index."""
    rows, body = [], b""
    for head, article in ARTICLES.items():
        written = article.replace("↗", "").replace("ɔ", "o").encode(encoding) + b"\n"
        rows.append(f"{head}\t{digits(len(body))}\t{digits(len(written))}\n")
        body += written
    (folder / "tiny.index").write_text("".join(rows), encoding=encoding)
    name, text = ("tiny.dict.dz", gzip.compress(body)) if packed else ("tiny.dict", body)
    (folder / name).write_bytes(text)
    return folder / "tiny.index"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "koi8-r"])
def test_equivalents_are_read_without_remarks_and_examples(tmp_path: Path, encoding: str, packed: bool) -> None:
    book = dictd.read_dictd(make(tmp_path, encoding=encoding, packed=packed))
    assert book.encoding == encoding
    assert book.equivalents("Frobnicate") == ("вертеть", "крутить", "перенастраивать", "работать кое-как")
    assert book.equivalents("see also") == ()
    assert book.equivalents("dog") == () and book.equivalents("00-database-short") == ()


@pytest.mark.parametrize(("text", "number"), [("A", 0), ("B", 1), ("/", 63), ("BA", 64), ("jfVQ", 9303376)])
def test_numbers_are_read_in_base_64(text: str, number: int) -> None:
    assert dictd.number_of(text) == number and digits(number) == text


def test_a_dictionary_is_found_by_path_with_or_without_ending(tmp_path: Path) -> None:
    index = make(tmp_path, packed=True)
    assert dictd.find(str(index)) == index
    assert dictd.find(str(tmp_path / "tiny")) == index
    assert dictd.find(str(tmp_path / "tiny.dict.dz")) == index


def test_a_plain_name_and_auto_look_at_the_usual_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictd, "FOLDERS", (tmp_path / "none", tmp_path))
    monkeypatch.chdir(tmp_path.parent)
    assert dictd.find("auto") is None, "nothing installed is no fault"
    index = make(tmp_path)
    assert dictd.find("tiny") == index
    assert dictd.find("auto") is None, "only English–Russian dictionaries known by name are taken unasked"
    usual = index.rename(tmp_path / "mueller7.index")
    assert dictd.find("auto") == usual


def test_a_dictionary_named_and_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="there is no dictd dictionary"):
        dictd.find(str(tmp_path / "absent"))
    with pytest.raises(BadSettings, match="absent"):
        examine(read_pair("Слово и дело.", "Word and deed."), settings=Settings(dictd=str(tmp_path / "absent")))


@pytest.mark.parametrize("damage", ["no text", "not gzip", "torn index", "beyond"])
def test_a_damaged_dictionary_is_said_with_its_path(tmp_path: Path, damage: str) -> None:
    index = make(tmp_path)
    if damage == "no text":
        (tmp_path / "tiny.dict").unlink()
    elif damage == "not gzip":
        (tmp_path / "tiny.dict.dz").write_bytes(b"not packed")
    else:
        index.write_text("harvest\n" if damage == "torn index" else f"harvest\tA\t{digits(99_999)}\n", encoding="utf-8")
    with pytest.raises(DamagedDictionary) as caught:
        dictd.read_dictd(index)
    assert caught.value.path == str(index)


def test_what_it_adds_weighs_less_than_our_own(tmp_path: Path) -> None:
    plain, more = lexicon.opened(), lexicon.opened(str(make(tmp_path)))
    assert plain.equivalents("frobnicate") == {}
    added = more.equivalents("frobnicate")
    assert added["вертеть"] > added["крутить"] > added["перенастраивать"] > 0
    assert more.weight("harvest", "урожай") == plain.weight("harvest", "урожай"), "our own entry stands"
    assert plain.weight("harvest", "пожинать") < more.weight("harvest", "пожинать") < 0.4
    words = ("урожай", "вертеть", "крутить", "пожинать", "перенастраивать")
    listed = [plain.lists(word) for word in words]
    assert [more.lists(word) for word in words] == listed, "what the glossary lists is what was written for it"
    assert listed[0] and not listed[-1]
    assert more.retroversions(("frobnicate",)) == ()
