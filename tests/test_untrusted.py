"""XML and packed files from anybody: bombs, addresses, damage. Nothing is expanded, fetched or written."""

from __future__ import annotations

import socket
import struct
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from collation.errors import LANGS, refusal
from collation.reading import from_pdf
from collation.system import untrusted
from collation.system.untrusted import KEYS, NotRead, library, open_package, parse_xml

ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<!DOCTYPE a [<!ENTITY a0 "ха">{ENTITIES}]><a>&a11;</a>'


def refused(made: Callable[[], object]) -> NotRead:
    with pytest.raises(NotRead) as caught:
        made()
    assert caught.value.key in KEYS
    for lang in LANGS:
        assert "{" not in refusal(caught.value).text(lang)
    return caught.value


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return file.getvalue()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("something was fetched"))


# XML


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "cp1251"])
def test_entities_are_refused_and_never_expanded(encoding: str) -> None:
    name = {"utf-16-le": "utf-16"}.get(encoding, encoding).replace("cp", "windows-")
    data = (f'<?xml version="1.0" encoding="{name}"?>' + BOMB).encode(encoding)
    assert refused(lambda: parse_xml(data)).key in ("xml-entities", "xml-broken")


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "http://127.0.0.1:9/b">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:9/b"> %b;]><a/>',
        '<!DOCTYPE a [<!ENTITY b "x">]><a c="&b;"/>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a>&mdash;</a>',
    ],
)
def test_no_entity_and_no_address_is_followed(text: str) -> None:
    assert refused(lambda: parse_xml(text.encode())).key in ("xml-entities", "xml-broken")


def test_the_address_of_a_dtd_is_passed_over() -> None:
    text = '<!DOCTYPE TEI SYSTEM "http://127.0.0.1:9/tei_all.dtd"><TEI n="1">&lt;при&#1074;ет<!-- x -->!<?y?></TEI>'
    root = parse_xml(text.encode())
    assert (root.text, len(root), root.attrib) == ("<привет!", 0, {"n": "1"})


@pytest.mark.parametrize("text", ["", "<a>", "<a><b></a></b>", "<a>&b;</a>", "no XML", "<a>\x01</a>", "<a/>" * 2])
def test_what_is_no_xml_is_named_with_its_line(text: str) -> None:
    assert refused(lambda: parse_xml(("\n" + text).encode())).key == "xml-broken"
    with pytest.raises(NotRead, match="xml-broken"):
        parse_xml(b"\xff\xfe\xff" + text.encode())


def test_xml_that_is_too_large_or_too_deep_is_not_read() -> None:
    large = refused(lambda: parse_xml(b"<a>" + b"x" * 100 + b"</a>", most=100))
    assert (large.key, large.values["most"]) == ("xml-large", "100 bytes")
    assert len(parse_xml(b"<a>" * 5 + b"</a>" * 5, deepest=5)) == 1
    assert refused(lambda: parse_xml(b"<a>" * 6 + b"</a>" * 6, deepest=5)).key == "xml-deep"
    assert refused(lambda: parse_xml(b"<a>" * 100_000 + b"</a>" * 100_000)).key in ("xml-deep", "xml-broken")


# Packed files


def test_members_are_read_as_they_are() -> None:
    package = open_package(packed({"a.xml": b"<a>1</a>", "b/c.txt": b"2"}))
    assert package.names == {"a.xml", "b/c.txt"} and package.read("b/c.txt") == b"2"
    assert package.xml("a.xml").text == "1"
    assert refused(lambda: package.read("d")).key == "zip-member-missing"


def test_a_member_that_grows_without_measure_is_not_unpacked_to_its_end() -> None:
    data = packed({"a.xml": bytes(40_000_000), "b.xml": bytes(untrusted.SMALL)})
    assert len(data) < 50_000
    package = open_package(data)
    assert refused(lambda: package.read("a.xml")).key == "zip-large"
    assert refused(lambda: package.read("a.xml", most=50_000_000)).key == "zip-bomb"
    assert len(package.read("b.xml")) == untrusted.SMALL


def test_a_member_that_is_larger_than_it_says_is_read_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(packed({"a.xml": bytes(5_000_000)}))
    at = data.index(b"PK\1\2") + 24
    data[at : at + 4] = struct.pack("<I", 1000)
    assert refused(lambda: open_package(bytes(data)).read("a.xml")).key == "zip-member-damaged"


def test_claims_no_document_makes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(untrusted, "MOST_MEMBERS", 3)
    assert refused(lambda: open_package(packed({str(n): b"" for n in range(4)}))).key == "zip-many"
    monkeypatch.setattr(untrusted, "MOST_UNPACKED", 1000)
    assert refused(lambda: open_package(packed({"a": bytes(600), "b": bytes(600)}))).key == "zip-large"


@pytest.mark.parametrize("name", ["../a", "/a", "a/../../b", "C:a", "a\\..\\b", "\\a"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    assert refused(lambda: open_package(packed({name: b"x"}))).key == "zip-path"


def test_a_name_that_is_there_twice_is_refused() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("a", b"1")
        made.writestr("a", b"2")
    assert refused(lambda: open_package(file.getvalue())).key == "zip-member-twice"


def test_what_is_encrypted_is_said() -> None:
    data = bytearray(packed({"a": b"secret"}))
    for sign, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(sign) + at] |= 1
    assert refused(lambda: open_package(bytes(data)).read("a")).key == "zip-encrypted"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(method: int) -> None:
    assert refused(lambda: open_package(packed({"a": b"x"}, method)).read("a")).key == "zip-member-damaged"


def test_a_damaged_or_cut_off_file_is_said_wherever_it_is_cut() -> None:
    whole = packed({"a.xml": b"<a>" + bytes(range(32, 127)) * 20 + b"</a>"})
    for cut in range(0, len(whole), 7):
        assert refused(lambda cut=cut: open_package(whole[:cut]).read("a.xml")).key == "zip-member-damaged"  # type: ignore[misc]
    for at in range(0, len(whole), 3):
        broken = bytearray(whole)
        broken[at] ^= 0x55
        try:
            open_package(bytes(broken)).read("a.xml")
        except NotRead as error:
            assert error.key in KEYS


# PDF


def test_a_pdf_that_is_none_or_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(lambda: from_pdf.read_pdf(b"%PDF-1.7\n", label="a.pdf")).key == "pdf-broken"
    monkeypatch.setattr(from_pdf, "MOST_PAGES", 0)
    whole = Path(__file__).with_name("files") / "libreoffice.pdf"
    assert refused(lambda: from_pdf.read_pdf(whole.read_bytes(), label="a.pdf")).key == "pdf-pages"


# Libraries


def test_a_missing_library_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    error = refused(lambda: library("docx", extra="office"))
    assert (
        error.key == "extra-missing"
        and 'pip install "collation[office]"' in refusal(error).text("en")
        and "docx" in refusal(error).text("ru")
    )


def test_every_key_has_its_case_here_or_among_those_of_pages() -> None:
    here = Path(__file__)
    cases = "".join(path.read_text(encoding="utf-8") for path in (here, here.with_name("test_page_witness.py")))
    assert [key for key in KEYS if f'"{key}"' not in cases] == []
