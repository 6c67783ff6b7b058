"""The examples at the foot of each command's help. Those that need nothing but a document are run by a test."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "": ("collation report letters", "collation review letter.txt", "collation check letters"),
    "report": (
        "collation report letter.txt",
        "collation report letters --out reports",
        "collation report letters --lang ru --verbose",
    ),
    "review": (
        "collation review letter.txt",
        "collation review --web letters",
        "collation review letters --harm sense,value --editor Petrova",
    ),
    "apply": ("collation apply letters --out edition", "collation apply letter.txt --out patches --diff"),
    "import": ("collation import reports/letter.docx --editor Petrova --dry-run",),
    "check": (
        "collation check letters",
        "collation check letters --fail-on warning --ignore LEX106",
        "collation check --changed-since main",
    ),
    "explain": ("collation explain letter.txt:3",),
    "rule": ("collation rule", "collation rule LEX101"),
    "align": ("collation align letter.txt", "collation align letters --format tmx --out letters.tmx"),
    "find": ("collation find топорь letters", "collation find Moscow letters --lemma --format csv"),
    "store": ("collation store letters", "collation store letters --out letters.sqlite"),
    "collate": ("collation collate scan.txt transcript.txt",),
    "init": ("collation init", "collation init letters"),
    "doctor": ("collation doctor", "collation doctor letters"),
    "learn": ("collation learn --help",),
}


def examples_of(name: str) -> str:
    """The epilog of a command: its examples, a line each."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in EXAMPLES[name])
