"""The review server: who gets in, what is refused and logged, and what is written to the log."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import sys
import threading
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import httpx
import pytest
from filelock import FileLock
from lxml import html
from starlette.testclient import TestClient
from typer.testing import CliRunner

import sample_apparatus
from collation.commands.app import app
from collation.decisions.ruling import Ruling
from collation.decisions.ruling_log import append, load_folder, log_path
from collation.errors import BadSettings, CollationError, Message
from collation.model import Apparatus, Place
from collation.pipeline import examine
from collation.project.configuration import Project, find_project
from collation.project.opening import open_run
from collation.reading.kinds import SUFFIXES
from collation.reading.part_files import Groups
from collation.reading.text import read_text
from collation.review.applying import make_edition
from collation.review.web import lists
from collation.review.web.pages import other_value, scan_address
from collation.review.web.server import serve
from machine import PATIENCE, hear_interrupts
from web_site import HOME, KEY, Site

RULE = f"/api/documents/{KEY}/rule"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture
def refused(caplog: pytest.LogCaptureFixture) -> Any:
    """What was refused, as it was logged."""
    caplog.set_level(logging.WARNING, logger="collation.review")
    return lambda: " ".join(r.getMessage() for r in caplog.records)


def rulings(site: Site) -> list[Ruling]:
    return [r for log in load_folder(site.folder / "decisions") for r in log.rulings]


def send(client: TestClient, address: str, **data: Any) -> Any:
    answer = client.post(address, json=data)
    return answer.status_code, answer.json()


def accept(client: TestClient, place: str, **more: Any) -> Any:
    return send(client, RULE, **{"place": place, "verdict": "accept", "seen": [], **more})


# Who gets in.


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8765", "127.0.0.1:9999", "127.0.0.1", ""])
def test_a_foreign_host_is_refused_and_logged(site: Site, refused: Any, host: str) -> None:
    answer = site.browser().get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert "foreign Host" in refused()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9999", f"{HOME}.evil.example"])
def test_a_foreign_origin_is_refused_and_logged(site: Site, refused: Any, origin: str) -> None:
    place = site.place("топорь")
    answer = site.browser().post(RULE, json={"place": place, "verdict": "accept"}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert "foreign Origin" in refused()
    assert not rulings(site)


def test_a_change_without_an_origin_is_refused(site: Site, refused: Any) -> None:
    client = site.browser()
    del client.headers["Origin"]
    assert accept(client, site.place("топорь"))[0] == 403
    assert "no Origin" in refused()


def test_a_page_elsewhere_cannot_even_read(site: Site, refused: Any) -> None:
    for origin in ("cross-site", "same-site"):
        answer = site.browser().get(f"/api/documents/{KEY}", headers={"Sec-Fetch-Site": origin})
        assert answer.status_code == 403
    assert "fetched from a page" in refused()


@pytest.mark.parametrize("address", ["/", f"/d/{KEY}", f"/api/documents/{KEY}", "/places", "/scan", "/ruled", "/start"])
def test_without_a_cookie_nothing_is_shown(site: Site, refused: Any, address: str) -> None:
    answer = site.stranger().get(address)
    assert answer.status_code == 403
    assert "топорь" not in answer.text
    assert "no cookie" in refused()


def test_a_false_cookie_is_no_cookie(site: Site) -> None:
    client = site.stranger(cookies={site.access.cookie: "x" * 43})
    assert client.get("/").status_code == 403


def test_the_token_gives_a_strict_cookie_and_locks_nobody_out(site: Site, refused: Any) -> None:
    """Whoever comes first, its owner comes in as well; another token does not."""
    address = site.access.invite("Petrova").removeprefix(HOME)
    for _ in range(3):
        answer = site.stranger().get(address, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/"
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
    assert site.stranger().get(address[:-1]).status_code == 403
    assert "unknown token" in refused()


def test_a_preview_of_the_address_lets_nobody_in_and_uses_nothing_up(site: Site) -> None:
    address = site.access.invite("Petrova").removeprefix(HOME)
    for asked in (address, "/enter?token=none"):
        answer = site.stranger().head(asked, follow_redirects=False)
        assert (answer.status_code, answer.headers.get("set-cookie"), answer.text) == (200, None, "")
    assert site.stranger().get(address).status_code == 200


def test_who_comes_from_the_file_of_the_user_is_led_on_by_our_own_page(site: Site) -> None:
    """A browser would not send the strict cookie along a redirection that another page began."""
    address = site.access.invite("Petrova").removeprefix(HOME)
    answer = site.stranger().get(address, headers={"sec-fetch-site": "cross-site"}, follow_redirects=False)
    assert answer.status_code == 200 and 'content="0; url=/"' in answer.text and "set-cookie" in answer.headers


def test_the_address_is_in_no_list_of_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser is started with a file that only the user reads; it leads to the address and goes with the program."""
    opened: list[str] = []
    seen: list[tuple[str, int]] = []
    said: list[str] = []

    def run(server: Any, sockets: Any) -> None:
        way = Path(unquote(urlparse(opened[0]).path))
        seen.append((way.read_text(encoding="utf-8"), way.stat().st_mode & 0o777))

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address))
    monkeypatch.setattr("uvicorn.Server.run", run)
    serve([], examine=lambda path: 1 / 0, say=said.append)  # type: ignore[arg-type, return-value]
    address = re.search(r"http://\S+/enter\?token=(\S+)", said[0])
    assert address is not None and len(opened) == 1
    assert opened[0].startswith("file://") and address[1] not in opened[0]
    text, mode = seen[0]
    assert f"url={address[0]}" in text and (mode == 0o600 or os.name != "posix")
    assert not Path(unquote(urlparse(opened[0]).path)).exists()


@pytest.mark.parametrize(
    "address",
    [
        "/d/..%2f..%2fetc%2fpasswd",
        "/d/../../etc/passwd",
        "/static/..%2fweb.py",
        "/static/../web.py",
        "/static/web.py",
        "/api/documents/..%2f003",
        "/d/%00",
        "/d/" + "9" * 5000,
    ],
)
def test_ids_that_climb_lead_nowhere(site: Site, refused: Any, address: str) -> None:
    answer = site.browser().get(address)
    assert answer.status_code == 404
    assert "root:" not in answer.text
    assert "import" not in answer.text
    assert "/static/" in address or "nothing under that name" in refused()


def test_a_body_of_ten_megabytes_is_refused_and_logged(site: Site, refused: Any) -> None:
    client = site.browser()
    uploaded = ("/api/documents", "application/octet-stream", 40_000_000)
    for address, kind, size in ((RULE, "application/json", 10_000_000), uploaded):
        answer = client.post(address, content=b"x" * size, headers={"Content-Type": kind, "X-Name": "a.txt"})
        assert answer.status_code == 413
    assert "10000000 bytes" in refused()


def test_a_long_body_without_a_length_is_refused_too(site: Site) -> None:
    pieces = (b"x" * 100_000 for _ in range(100))
    answer = site.browser().post(RULE, content=pieces, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_what_a_foreign_form_could_send_is_not_taken(site: Site, kind: str) -> None:
    content = json.dumps({"place": site.place("топорь"), "verdict": "accept"})
    assert site.browser().post(RULE, content=content, headers={"Content-Type": kind}).status_code == 415
    assert not rulings(site)


def test_even_the_answer_to_a_fault_has_the_headers(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    client = site.browser()
    monkeypatch.setattr("collation.review.web.pages.collection_page", lambda workspace: 1 / 0)
    client._transport.raise_server_exceptions = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_half_a_character_is_refused(site: Site) -> None:
    body = b'{"place": "%s", "verdict": "accept", "note": "\\ud800", "seen": []}' % site.place("топорь").encode()
    answer = site.browser().post(RULE, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert not rulings(site)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b'{"place": 3}', b'{"place": "e1-1", "seen": "x"}', b"1"])
def test_a_body_that_makes_no_sense_is_refused_in_a_sentence(site: Site, body: bytes) -> None:
    answer = site.browser().post(RULE, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]


def test_every_answer_has_the_strict_headers(site: Site) -> None:
    for client, address in ((site.browser(), f"/d/{KEY}"), (site.stranger(), "/"), (site.browser(), "/static/page.js")):
        headers = client.get(address).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"


def test_script_in_a_document_is_text(tmp_path: Path) -> None:
    site = Site(tmp_path)
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"
    text = sample_apparatus.FILE.read_text(encoding="utf-8").replace("топорь", evil)
    source = read_text(text, label="evil.txt").source
    at = text.index(evil)
    sample = sample_apparatus.Sample()
    sample.source = source
    entry = sample.entry(1, "LEX101", Place.at(at, at + len(evil)), {evil + "!": 0.9})
    site.workspace.documents.clear()
    opened = site.workspace.add(site.document, replace(sample_apparatus.make(), source=source, entries=(entry,)))
    client = site.browser(evil)
    anchor = opened.layout.items[0].anchor
    assert (
        send(client, f"/api/documents/{opened.key}/rule", place=anchor, verdict="accept", note=evil, seen=[])[0] == 200
    )
    for address in ("/", f"/d/{opened.key}", "/places", "/scan?proposed=1", "/ruled", "/start"):
        page = client.get(address).text
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address


def test_pages_have_no_inline_script_or_style(site: Site) -> None:
    client = site.browser()
    for address in ("/", f"/d/{KEY}", "/places", "/scan?proposed=1", "/ruled", "/start", "/d/nothing"):
        page = client.get(address).text
        assert " style=" not in page, address
        assert "<style" not in page, address
        assert page.count("<script") == 2, address
        assert '<script type="application/json" id="words">' in page
        assert " onclick" not in page, address


# What is ruled.


def test_accepting_writes_the_ruling_before_it_is_acknowledged(site: Site) -> None:
    status, answer = accept(site.browser(), site.place("топорь"), note="см. л. 66", reasons=["ocr"], checked=True)
    assert status == 200
    (ruling,) = rulings(site)
    assert (ruling.verdict, ruling.reading, ruling.editor) == ("accept", "теперь", "Petrova")
    assert (ruling.note, ruling.reasons, ruling.checked) == ("см. л. 66", ("ocr",), True)
    assert ruling.shown is not None
    assert ruling.shown.lemma == "топорь"
    assert answer["state"]["entries"][site.place("топорь")]["status"] == "emended"
    assert answer["state"]["progress"]["ruled"] == 1


def test_the_proposed_ruling_is_what_the_page_shows(site: Site) -> None:
    client = site.browser()
    wanted = {"топорь": "accept", "7 сентября": "stands", "20.15": "needs-scan", "Ван Яй-ши": "needs-scan"}
    for lemma, verdict in wanted.items():
        assert send(client, RULE, place=site.place(lemma), verdict="proposed", seen=[])[0] == 200
        assert rulings(site)[-1].verdict == verdict, lemma


def test_an_own_reading_and_another_candidate(site: Site) -> None:
    client = site.browser()
    accept(client, site.place("топорь"), reading=1)
    assert rulings(site)[-1].reading == "тотчас"
    seen = [rulings(site)[-1].id]
    status, _ = send(client, RULE, place=site.place("топорь"), verdict="emend", own="вот теперь", seen=seen)
    assert status == 200
    assert rulings(site)[-1].reading == "вот теперь"


def test_a_reading_that_changes_nothing_is_refused(site: Site) -> None:
    status, answer = send(site.browser(), RULE, place=site.place("топорь"), verdict="emend", own="топорь", seen=[])
    assert status == 422
    assert "the text reads so already" in answer["error"]
    assert not rulings(site)


def test_each_side_of_a_two_sided_place_can_be_right(site: Site) -> None:
    client, text = site.browser(), site.opened.source.text
    send(client, RULE, place=site.place("20.15"), verdict="other-side", reading=0, seen=[])
    (ruling,) = rulings(site)
    assert ruling.side == "original"
    (change,) = ruling.changes
    assert (change.anchor.place().of(text), change.text) == ("22:15", "20:15")
    status, _ = send(
        client, RULE, place=site.place("20.15"), verdict="emend", own="21:15", side="translation", seen=[ruling.id]
    )
    assert status == 200
    assert rulings(site)[-1].side == "translation"
    assert rulings(site)[-1].anchor.exact == "22:15"


def test_where_the_other_side_is_wrong_its_own_words_are_named(site: Site) -> None:
    """In what the undo takes back, in the ruling on the card and in the list of what was ruled."""
    client = site.browser()
    place = site.place("20.15")
    state = send(client, RULE, place=place, verdict="other-side", reading=0, seen=[])[1]["state"]
    assert state["undo"]["what"] == [{"verdict": "other-side", "lemma": "22:15", "reading": "20:15"}]
    assert state["entries"][place]["rulings"][0]["lemma"] == "22:15"
    assert "<q>22:15</q></a> → <q>20:15</q>" in client.get("/ruled").text
    assert send(client, "/api/undo")[1]["undone"][0]["lemma"] == "22:15"


def test_what_an_undo_takes_back_names_changes_that_differ(site: Site) -> None:
    client = site.browser()
    places = [f"{KEY}/{site.place(words)}" for words in ("топорь", "но", "20.15", "дисемкиновской")]
    send(client, f"/api/documents/{KEY}/group", verdict="accept", places=places)
    undo = client.get(f"/api/documents/{KEY}").json()["undo"]
    assert (undo["count"], undo["more"], len(undo["what"])) == (4, True, 2)
    assert len({one["lemma"] for one in undo["what"]}) == 2


def test_the_plain_spellings_that_can_be_accepted_are_counted_anew(site: Site) -> None:
    client = site.browser()
    address = f"/api/documents/{KEY}"
    assert client.get(address).json()["plain"] == 1
    assert accept(client, site.place("милитаристической"))[1]["state"]["plain"] == 0
    assert send(client, "/api/undo?document=" + KEY)[1]["state"]["plain"] == 1


def test_a_place_added_by_an_editor_is_among_the_places_of_all_documents(site: Site) -> None:
    client, text = site.browser(), site.opened.source.text
    start = text.index("октября")
    exact = text[start : start + 7]
    before = len(client.get("/api/places").json()["rows"])
    send(
        client,
        f"/api/documents/{KEY}/add",
        start=start,
        stop=start + 7,
        exact=exact,
        side="original",
        own="иное",
        seen=[],
    )
    rows = client.get("/api/places").json()["rows"]
    assert len(rows) == before + 1
    found = rows[-1]
    assert (found["lemma"], found["reading"], found["status"], found["harm"]) == (exact, "иное", "emended", "added")
    assert found["anchor"] == f"a{before + 1}" == client.get(f"/api/documents/{KEY}").json()["added"][0]["anchor"]
    assert 'value="added"' in client.get("/places").text


# The corrected text.

EDITION = f"/api/documents/{KEY}/edition"


def saved(client: TestClient, form: str, style: str = "plain") -> Any:
    return client.post(EDITION, json={"form": form, "style": style})


def test_the_corrected_text_is_saved_as_apply_writes_it(site: Site) -> None:
    client = site.browser()
    accept(client, site.place("топорь"))
    send(client, RULE, place=site.place("20.15"), verdict="other-side", reading=0, seen=[])
    before = sorted(p.relative_to(site.folder) for p in site.folder.rglob("*"))
    for form in ("text", "docx", "tei", "tei-choice", "note"):
        for style in ("plain", "brackets"):
            answer = saved(client, form, style)
            assert answer.status_code == 200, answer.text
            out = site.folder.parent / f"{form}-{style}"
            given = [str(site.document), "--out", str(out), "--style", style]
            run = CliRunner().invoke(app, ["apply", *given, "--format", "text" if form == "note" else form])
            assert run.exit_code == 0, run.output
            name = unquote(answer.headers["X-Name"])
            assert answer.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"
            assert name.endswith(".note.en.md") == (form == "note")
            if form != "docx":  # whose archive has the time in it
                assert answer.content == (out / name).read_bytes()
            assert (answer.headers["X-Emended"], answer.headers["X-Left"]) == ("2", "0")
    assert "теперь" in saved(client, "text").text and "топорь" in site.document.read_text(encoding="utf-8")
    assert sorted(p.relative_to(site.folder) for p in site.folder.rglob("*")) == before


def test_a_text_with_numbers_comes_with_its_notes(site: Site) -> None:
    client = site.browser()
    accept(client, site.place("топорь"))
    answer = saved(client, "text", "notes")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == [site.document.name, f"{site.document.stem}.note.en.md"]
    assert unquote(answer.headers["X-Name"]) == f"{site.document.stem}.zip"


def test_what_cannot_be_saved_is_said_in_a_sentence(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    client = site.browser()
    assert (saved(client, "note").status_code, saved(client, "note").json()) == (
        422,
        {"error": "nothing has been ruled on in this document yet, so there is no note and no erratum"},
    )
    assert saved(client, "engine").status_code == saved(client, "pdf").status_code == 422
    assert saved(client, "text", "../..").status_code == 422
    monkeypatch.setattr("collation.errors.extras.find_spec", lambda name: None)
    answer = saved(client, "docx")
    assert answer.status_code == 503
    assert "pip install 'collation[office]'" in answer.json()["error"]


def test_the_corrected_text_is_for_the_page_alone(site: Site, refused: Any) -> None:
    wanted = {"form": "text", "style": "plain"}
    assert site.stranger(headers={"Origin": HOME}).post(EDITION, json=wanted).status_code == 403
    assert site.browser().post(EDITION, json=wanted, headers={"Origin": "https://evil.example"}).status_code == 403
    assert site.browser().post(EDITION, json=wanted, headers={"Host": "evil.example"}).status_code == 421
    assert site.browser().get(EDITION).status_code == 404
    assert "foreign Origin" in refused()


def test_a_pair_of_files_is_saved_as_an_archive_of_both(tmp_path: Path) -> None:
    folder = tmp_path / "letter"
    folder.mkdir()
    (folder / "original.txt").write_text("Пусть она будет топорь, а не через несколько лет.\n", encoding="utf-8")
    (folder / "translation.txt").write_text("Let it be waged now, and not in a few years.\n", encoding="utf-8")
    run = open_run(Project(folder), encoding=None, cache=False, names=[str(folder)])
    (path,) = run.find([str(folder)])
    site = Site(tmp_path)
    site.workspace.make_edition = partial(make_edition, run)
    opened = site.workspace.add(path, examine(run.read(path)))
    client = site.browser()
    for item in opened.layout.items[:1]:
        address = f"/api/documents/{opened.key}/rule"
        assert send(client, address, place=item.anchor, verdict="reject", seen=[])[0] == 200
    answer = client.post(f"/api/documents/{opened.key}/edition", json={"form": "text", "style": "plain"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["original.txt", "translation.txt"]
        assert archive.read("original.txt") == (folder / "original.txt").read_bytes()


def test_without_a_name_nothing_is_ruled(site: Site) -> None:
    client = site.browser("")
    status, answer = accept(client, site.place("топорь"))
    assert status == 422
    assert "who you are" in answer["error"]
    assert send(client, "/api/editor", name="  A.  Petrova ")[1] == {"editor": "A. Petrova"}
    assert accept(client, site.place("топорь"))[0] == 200


def test_undo_of_any_depth_and_of_an_undo_of_a_group(tmp_path: Path) -> None:
    site = Site(tmp_path, copies=3)
    client = site.browser()
    accept(client, site.place("7 сентября"))
    accept(client, site.place("но"))
    preview = client.get(f"/api/documents/{KEY}/alike", params={"place": site.place("топорь")}).json()["places"]
    assert len(preview) == 4
    names = [f"{p['document']}/{p['anchor']}" for p in preview]
    status, answer = send(client, f"/api/documents/{KEY}/group", verdict="accept", places=names[:3])
    assert status == 200
    assert len(answer["made"]) == 3
    assert len({r.batch for r in rulings(site) if r.batch}) == 1
    assert answer["state"]["undo"]["count"] == 3
    left = client.get(f"/api/documents/{KEY}/alike", params={"place": site.place("топорь")}).json()["places"]
    assert [f"{p['document']}/{p['anchor']}" for p in left] == names[3:]
    for expected in (3, 1, 1):
        assert len(send(client, "/api/undo")[1]["undone"]) == expected
    assert send(client, "/api/undo")[0] == 422
    state = client.get(f"/api/documents/{KEY}").json()
    assert state["progress"]["ruled"] == 0
    assert len(rulings(site)) == 2 + 3 + 3


def test_a_group_leaves_out_what_was_ruled_meanwhile(tmp_path: Path) -> None:
    site = Site(tmp_path, copies=2)
    anna, boris = site.browser("Anna"), site.browser("Boris")
    places = anna.get(f"/api/documents/{KEY}/alike", params={"place": site.place("топорь")}).json()["places"]
    send(boris, RULE, place=site.place("топорь"), verdict="reject", seen=[])
    names = [f"{p['document']}/{p['anchor']}" for p in places]
    status, answer = send(anna, f"/api/documents/{KEY}/group", verdict="accept", places=names)
    assert status == 200
    assert [p["document"] for p in answer["late"]] == [KEY]
    assert len(answer["made"]) == 2


def test_a_stale_page_gets_the_other_ruling_and_writes_nothing(site: Site) -> None:
    anna, boris = site.browser("Anna"), site.browser("Boris")
    place = site.place("топорь")
    accept(boris, place)
    status, answer = send(anna, RULE, place=place, verdict="emend", own="тотчас же", seen=[])
    assert status == 409
    (theirs,) = answer["standing"]["rulings"]
    assert (theirs["editor"], theirs["reading"], theirs["mine"]) == ("Boris", "теперь", False)
    assert len(rulings(site)) == 1
    status, answer = send(anna, RULE, place=place, verdict="emend", own="тотчас же", seen=[theirs["id"]])
    assert status == 200
    for client in (anna, boris):
        entry = client.get(f"/api/documents/{KEY}").json()["entries"][place]
        assert entry["status"] == "conflict"
        assert {r["editor"] for r in entry["rulings"]} == {"Anna", "Boris"}
    status, answer = send(anna, RULE, on=theirs["id"], verdict="like", seen=entry["seen"])
    assert status == 200
    assert answer["state"]["entries"][place]["status"] == "emended"


def test_a_finding_of_ones_own_counts_as_missed(site: Site) -> None:
    client, text = site.browser(), site.opened.source.text
    start = text.index("консультации")
    selected = {"start": start, "stop": start + 12, "exact": "консультации", "side": "original"}
    status, answer = send(client, f"/api/documents/{KEY}/add", **selected, own="консультаций", seen=[])
    assert status == 200
    (added,) = answer["state"]["added"]
    assert (added["start"], added["stop"], added["rulings"][0]["reading"]) == (start, start + 12, "консультаций")
    assert rulings(site)[0].verdict == "added"
    wrong = {**selected, "start": start + 1}
    assert send(client, f"/api/documents/{KEY}/add", **wrong)[0] == 422


def test_a_note_can_be_added_later_without_changing_the_ruling(site: Site) -> None:
    client = site.browser()
    accept(client, site.place("топорь"), reading=1)
    first = rulings(site)[0]
    status, _ = send(client, f"/api/documents/{KEY}/note", on=first.id, note="Сверить.", reasons=["ocr"], checked=True)
    assert status == 200
    again = rulings(site)[1]
    assert (again.reading, again.note, again.checked) == ("тотчас", "Сверить.", True)


def test_what_another_program_writes_is_seen_at_once(site: Site) -> None:
    client = site.browser()
    before = client.get(f"/api/documents/{KEY}").json()["revision"]
    same = client.get(f"/api/documents/{KEY}", params={"since": before}).json()
    assert same == {"revision": before}
    other = Site(site.folder)  # a second server, or a terminal, on the same logs
    accept(other.browser("Boris"), other.place("топорь"))
    state = client.get(f"/api/documents/{KEY}", params={"since": before}).json()
    assert state["entries"][site.place("топорь")]["rulings"][0]["editor"] == "Boris"


def test_a_damaged_line_is_told_and_the_rest_works(site: Site) -> None:
    client = site.browser()
    accept(client, site.place("топорь"))
    path = next((site.folder / "decisions").glob("*.jsonl"))
    path.write_text("no ruling\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    before = path.read_bytes()
    state = client.get(f"/api/documents/{KEY}").json()
    assert ":1:" in state["damage"]
    assert state["entries"][site.place("топорь")]["status"] == "emended"
    assert accept(client, site.place("но"))[0] == 200
    assert path.read_bytes().startswith(before)


def test_nothing_is_written_while_a_log_cannot_be_read(site: Site) -> None:
    client = site.browser()
    accept(client, site.place("топорь"))
    (site.folder / "decisions" / "boris.jsonl").mkdir()  # it is there, and it cannot be read
    state = client.get(f"/api/documents/{KEY}").json()
    assert "boris.jsonl" in state["damage"] and "cannot be read" in state["damage"]
    assert state["entries"][site.place("топорь")]["status"] == "emended", "what was known holds"
    assert accept(client, site.place("но"))[0] == 422


def test_reading_does_not_wait_for_the_lock_of_another_editor(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    petrova, boris = site.browser("Petrova"), site.browser("Boris")
    log = log_path(site.folder / "decisions", "Petrova")
    log.parent.mkdir()
    begun, answers = threading.Event(), []

    def begin(*given: Any, **named: Any) -> Any:
        begun.set()
        return append(*given, **named)

    monkeypatch.setattr("collation.review.web.workspace.append", begin)
    ruling = threading.Thread(target=lambda: answers.append(accept(petrova, site.place("топорь"))[0]))
    with FileLock(log.with_name(f".{log.name}.lock")):
        ruling.start()
        assert begun.wait(60)
        for address in (f"/api/documents/{KEY}", "/", "/ruled", f"/d/{KEY}"):
            assert boris.get(address).status_code == 200
        assert not answers, "the ruling still waits for the lock, and nobody waited for it"
    ruling.join(60)
    assert answers == [200]


def test_a_log_that_cannot_be_written_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise CollationError(Message("ruling-unsaved", reason="no space left on the disk"))

    monkeypatch.setattr("collation.review.web.workspace.append", full)
    status, answer = accept(site.browser(), site.place("топорь"))
    assert status == 503
    assert "no space left" in answer["error"]


# Pages.


def test_the_page_keeps_every_character_of_the_text(site: Site) -> None:
    """What a selection is counted by: the pieces of the page, joined, are the text of their stretch."""
    page = html.fromstring(site.browser().get(f"/d/{KEY}").text)
    text = site.opened.source.text
    pieces = page.xpath("//*[@data-o]")
    assert len(pieces) > 60
    for piece in pieces:
        start, words = int(piece.get("data-o")), piece.text_content()
        assert text[start : start + len(words)] == words


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_page_speaks_both_languages(site: Site, lang: str) -> None:
    client = site.browser()
    client.cookies.set("collation-lang", lang)
    for address in ("/", f"/d/{KEY}", "/places", "/scan?proposed=1", "/ruled", "/start"):
        page = client.get(address)
        assert page.status_code == 200, address
        assert f'<html lang="{lang}">' in page.text
        assert f'id="lang-{lang}" checked' in page.text


def test_the_scan_list_asks_for_what_was_ruled_and_what_is_proposed(site: Site) -> None:
    client = site.browser()
    assert "20.15" not in client.get("/scan").text
    assert "20.15" in client.get("/scan?proposed=1").text
    send(client, RULE, place=site.place("Ван Яй-ши"), verdict="needs-scan", note="Чан Кай-ши?", seen=[])
    page = client.get("/scan").text
    assert "Ван Яй-ши" in page
    assert "Чан Кай-ши?" in page


def test_the_page_of_rulings_measures_the_rules(site: Site) -> None:
    client = site.browser()
    accept(client, site.place("топорь"))
    accept(client, site.place("но"))
    send(client, RULE, place=site.place("милитаристической"), verdict="reject", seen=[])
    rows = html.fromstring(client.get("/ruled").text).xpath("//table//tbody/tr")
    found = {r[0].text_content().split()[0]: r[3].text_content().split()[0] for r in rows}
    assert set(found.values()) == {"—"}, "a share of few rulings says nothing"
    names = [r[0].text_content() for r in rows]
    assert any("real-word" in name or "context" in name for name in names if name.startswith("CTX201"))
    assert [lists._share(*pair) for pair in ((9, 0), (9, 1), (0, 10), (0, 0))] == [None, 0.9, 0.0, None]


def test_all_places_can_be_had_at_once(site: Site) -> None:
    rows = site.browser().get("/api/places").json()["rows"]
    assert len(rows) == 10
    assert rows[0]["harm"] == "sense"
    assert rows[-1]["harm"] == "catalogue"


# The start page.


def test_two_chosen_files_are_one_document(site: Site) -> None:
    client, first, second = site.browser(), "Он прибыл.\n".encode(), b"He came.\n"
    headers = {
        "Content-Type": "application/octet-stream",
        "X-Name": "my%20letter.txt",
        "X-First-Length": str(len(first)),
    }
    answers = [
        client.post("/api/documents", content=first + other, headers={**headers, "X-Second": "English.md"}).json()
        for other in (second, second, b"He went.\n")
    ]
    assert answers == [{"name": "original.txt"}] * 3
    folders = {
        p.parent.name: sorted(q.name for q in p.parent.iterdir()) for p in site.user_files.folder.rglob("original.txt")
    }
    assert folders == {name: ["original.txt", "translation.md"] for name in ("my letter", "my letter (2)")}
    kept = site.user_files.folder / "my letter"
    assert [(kept / name).read_bytes() for name in ("original.txt", "translation.md")] == [first, second]
    assert [part.role for part in Groups().of(kept / "original.txt").parts] == ["original", "translation"]
    refused = client.post("/api/documents", content=first + b"{\\rtf1 ", headers={**headers, "X-Second": "b.txt"})
    assert refused.status_code == 422 and "RTF" in refused.json()["error"]


def take(client: TestClient, name: str, data: bytes) -> Any:
    headers = {"Content-Type": "application/octet-stream", "X-Name": name}
    return client.post("/api/documents", content=data, headers=headers)


def test_a_chosen_file_is_copied_and_examined(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.workspace.documents.clear()
    client = site.browser()
    assert 'id="drop"' in client.get("/").text
    data = sample_apparatus.FILE.read_bytes()
    assert take(client, "..%2F..%2Fletter.txt", data).json() == {"name": "letter.txt"}
    site.workspace.wait()
    assert [p.name for p in (tmp_path / "chosen").iterdir()] == ["letter.txt"]
    assert f'href="/d/{KEY}"' in client.get("/").text
    assert "letter.txt" in client.get("/start").text
    assert take(client, "letter.txt", data).json() == {"name": "letter.txt"}
    assert take(client, "letter.txt", b"other").json() == {"name": "letter (2).txt"}
    for name in ("letter.exe", "", "..", ".txt", "a/../.bashrc"):
        assert take(client, name, b"x").status_code == 422, name
    assert f'accept="{",".join(SUFFIXES)},text/plain"' in client.get("/start").text
    client.cookies.set("collation-lang", "ru")
    said = take(client, "letter.exe", b"x").json()["error"]
    assert "сохраните документ в одном из этих видов: " in said and ".txt" in said and "текст" not in said
    assert "это документ RTF" in take(client, "letter.txt", b"{\\rtf1 ").json()["error"]


def test_recent_work_is_opened_by_its_name_only(site: Site) -> None:
    client = site.browser()
    site.user_files.remember([site.document], "2025-01-31T12:00:00Z")
    (work,) = site.user_files.recent()
    assert send(client, f"/api/recent/{work.id}")[1] == {"count": 1}
    assert send(client, "/api/recent/nothing")[0] == 404


def test_a_document_that_cannot_be_examined_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    site = Site(tmp_path)

    def examine(path: Path) -> Any:
        if path.name == "bad.txt":
            raise CollationError(Message("file-empty"), path=path)
        raise ZeroDivisionError

    site.workspace.examine = examine
    site.workspace.open_documents([tmp_path / "bad.txt", tmp_path / "worse.txt"])
    site.workspace.wait()
    page = site.browser().get("/").text
    assert "the file is empty" in page
    assert "worse.txt" in page
    assert f"/d/{KEY}" in page


def test_the_scan_is_found_by_document_and_sheet(site: Site) -> None:
    page = site.browser().get(f"/d/{KEY}").text
    assert 'href="https://scans.example/112862/2"' in page  # line 74, below the mark of the second sheet
    item = site.opened.item(site.place("20.15"))
    assert scan_address("javascript:alert({id})", site.opened.layout, item) == ""
    assert scan_address("https://x.example/{id}", site.opened.layout, item) == "https://x.example/112862"
    above = site.opened.item(site.place("топорь"))
    assert scan_address("https://x.example/{sheet}", site.opened.layout, above) == ""


@pytest.mark.parametrize(
    ("name", "text", "scan"),
    [
        ("collation.toml", '[tool.collation]\nscan = "https://a.example/{id}"\n', "https://a.example/{id}"),
        ("collation.toml", 'scan = "https://a.example/{id}"\n', "https://a.example/{id}"),
        ("pyproject.toml", '[tool.collation]\nscan = "https://a.example/{id}"\n', "https://a.example/{id}"),
        ("pyproject.toml", '[project]\nname = "x"\n', ""),
    ],
)
def test_the_pattern_of_the_scans_stands_in_the_project(tmp_path: Path, name: str, text: str, scan: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert find_project(tmp_path / "letters").scan == scan


@pytest.mark.parametrize("text", ['scan = "file:///etc/passwd"', "scan = 3", "scan = [", 'second-reader = "yes"'])
def test_a_project_that_makes_no_sense_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "collation.toml").write_text(f"[tool.collation]\n{text}\n", encoding="utf-8")
    with pytest.raises(BadSettings, match=r"collation\.toml"):
        find_project(tmp_path)


def test_a_second_reader_is_wanted_where_the_project_says_so(site: Site) -> None:
    site.workspace.second_reader = True
    place = site.place("топорь")
    anna, boris = site.browser("Anna"), site.browser("Boris")
    assert accept(anna, place)[1]["state"]["entries"][place]["status"] == "second"
    seen = [rulings(site)[0].id]
    assert accept(boris, place, seen=seen)[1]["state"]["entries"][place]["status"] == "emended"


def test_a_ruling_that_lost_its_place_is_shown_as_such(site: Site) -> None:
    accept(site.browser(), site.place("топорь"))
    text = site.opened.source.text
    start = text.index("Если война неизбежна")
    changed = text[:start] + "Здесь стоит совсем другое." + text[text.index("Таковы соображения") :]
    source = replace(site.opened.source, text=changed, digest="0" * 64)
    other = site.workspace.add(site.document, Apparatus(source, (), (), (), (), ()))
    state = site.browser().get(f"/api/documents/{other.key}").json()
    (orphan,) = state["orphans"]
    assert orphan["line"][1] == "топорь"
    assert orphan["rulings"][0]["reading"] == "теперь"


def test_the_bare_name_opens_the_start_page_for_somebody_who_sits_there(tmp_path: Path) -> None:
    pexpect = pytest.importorskip("pexpect")
    given = {**os.environ, "HOME": str(tmp_path), "BROWSER": "true"}
    child = pexpect.spawn(
        sys.executable, ["-m", "collation"], env=given, encoding="utf-8", timeout=PATIENCE, preexec_fn=hear_interrupts
    )
    child.expect(r"http://127\.0\.0\.1:\d+/enter\?token=\S+")
    with httpx.Client() as client:
        page = client.get(child.after, follow_redirects=True)
    assert 'id="drop"' in page.text
    child.sendintr()
    child.expect(pexpect.EOF)


@pytest.mark.parametrize(
    ("lemma", "opposite", "wanted"),
    [
        ("25 сентября", "26 September", "25 September"),
        ("1953 г.", "in 1958", "in 1953"),
        ("25.9.50", "September 25, 1950", "September 25, 1950"),
        ("сто", "hundred", "hundred"),
    ],
)
def test_the_value_of_this_side_is_offered_for_the_other(lemma: str, opposite: str, wanted: str) -> None:
    """Saving what is there already would change nothing."""
    entry = replace(sample_apparatus.make()["20.15"], lemma=lemma)
    assert other_value(entry, opposite) == wanted
    assert other_value(replace(entry, harm="name"), opposite) == opposite
