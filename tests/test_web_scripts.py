"""The modules of the review page's script: what they import is there, nothing imports in a circle, none is long.

They are served as they are, without a build step, so that nothing else would notice a name that is not exported
before somebody opens the page.
"""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from collation.review.web import pages
from web_site import Site

SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in (pages.HERE / "static").glob("*.js")}
IMPORT = re.compile(r'^import (?:\{ (?P<names>[^}]*) \} from )?"\./(?P<module>\w+\.js)";$', re.M)
EXPORT = re.compile(r"^export (?:async )?(?:function|const|let|class) ([\w$]+)", re.M)
each_script = pytest.mark.parametrize("name", sorted(SCRIPTS))


def test_scripts_import_in_no_circle_and_are_all_reached() -> None:
    graph = {name: {found["module"] for found in IMPORT.finditer(text)} for name, text in SCRIPTS.items()}
    order = list(TopologicalSorter(graph).static_order())
    assert order[-1] == "page.js" and sorted(order) == sorted(SCRIPTS)
    assert set(SCRIPTS) - {"page.js"} == set().union(*graph.values())


@each_script
def test_a_script_imports_what_is_exported_and_uses_it(name: str) -> None:
    text = SCRIPTS[name]
    body = IMPORT.sub("", text)
    assert body.count("import ") == 0, "an import on one line, of names in braces"
    for found in IMPORT.finditer(text):
        for imported in (found["names"] or "").split(", "):
            assert not imported or imported in EXPORT.findall(SCRIPTS[found["module"]]), (found["module"], imported)
            assert not imported or re.search(rf"(?<![\w$]){re.escape(imported)}(?![\w$])", body), imported


@each_script
def test_a_script_is_short_and_says_what_it_is_for(name: str) -> None:
    assert SCRIPTS[name].startswith("// ") and SCRIPTS[name].count("\n") <= 300


def test_every_script_is_served_behind_the_guard(tmp_path: Path) -> None:
    page = Site(tmp_path).browser()
    for name, text in SCRIPTS.items():
        answer = page.get(f"/static/{name}")
        assert answer.status_code == 200 and answer.text == text
        assert answer.headers["content-type"].startswith("text/javascript")
        assert "script-src 'self'" in answer.headers["content-security-policy"]
