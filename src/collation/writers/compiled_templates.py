"""Templates compiled once, kept where Python keeps the bytecode of a module and under the same terms.

Compiling them anew takes a tenth of the time of a short document. What is kept is of one version of Python, of Jinja and of the
options under which a template is compiled; Jinja itself compares the text of the template. Where Python may write no bytecode,
nothing is written; what cannot be read, or is damaged, is compiled anew.
"""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from collation.system.files import read_regular, write_whole

_NAME = 16  # letters of the name under which a template is kept
_DIGEST = hashlib.sha256().digest_size  # bytes before what is kept, by which damage is noticed
_LARGEST = 10_000_000  # bytes of a compiled template


class CompiledTemplates(BytecodeCache):
    """The compiled templates of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            kept = read_regular(self._path(bucket), most=_LARGEST)
            if hashlib.sha256(kept[_DIGEST:]).digest() == kept[:_DIGEST]:
                bucket.bytecode_from_string(kept[_DIGEST:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            made = bucket.bytecode_to_string()
            with suppress(OSError):
                write_whole(self._path(bucket), hashlib.sha256(made).digest() + made, folders=True)

    def _path(self, bucket: Bucket) -> Path:
        environment = bucket.environment
        options = (
            environment.autoescape,
            environment.trim_blocks,
            environment.lstrip_blocks,
            environment.undefined.__name__,
        )
        name = hashlib.sha256(repr((bucket.key, version("jinja2"), options)).encode()).hexdigest()[:_NAME]
        return Path(cache_from_source(str(self._folder / f"template-{name}.py")))
