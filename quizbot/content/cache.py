"""Checked questions kept as JSON, so that the next start reads neither YAML nor pydantic.

One index a content folder (headers and file stamps) and one record a question. The cache is only ever a copy: anything
missing, damaged or written by another version is made again from the YAML files, and a cache that cannot be written is
done without.
"""

from __future__ import annotations

import json
import os
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, TypedDict

from quizbot import __version__
from quizbot.content.records import Header, Question


class CachedFile(TypedDict):
    """What is known of one YAML file: its stamp, and either a header or the problems that keep it out."""

    stamp: list[int]
    header: Header | None
    problems: list[dict[str, Any]]


Index = dict[str, CachedFile]

_DECIDING = ("schema.py", "crosscheck.py", "document.py", "validation.py", "loader.py", "bank.py")


def stamp_of(path: Path) -> list[int]:
    """Modification time in nanoseconds and size in bytes: a file with the same two is taken as unchanged."""
    status = path.stat()
    return [status.st_mtime_ns, status.st_size]


class ContentCache:
    """The cached index and records of one content folder."""

    def __init__(self, cache_dir: Path, root: Path) -> None:
        # A short checksum is enough for a name: the signature holds the folder itself, so two that share one only
        # overwrite each other. (hashlib would load OpenSSL, which costs a start more than the whole index.)
        self._folder = cache_dir / "content" / f"{zlib.crc32(str(root).encode('utf-8', 'surrogateescape')):08x}"
        self._signature: list[Any] = [__version__, str(root), *_code_stamps()]

    def read_index(self) -> Index:
        """The index as last written, or an empty one."""
        data = _read_json(self._folder / "index.json")
        if not isinstance(data, dict) or data.get("signature") != self._signature:
            return {}
        files = data.get("files")
        return files if isinstance(files, dict) and all(map(_is_entry, files.values())) else {}

    def write_index(self, index: Index) -> None:
        """Keep the index; a folder that cannot be written is no error."""
        _write_json(self._folder / "index.json", {"signature": self._signature, "files": index})

    def read_record(self, header: Header, stamp: list[int]) -> Question | None:
        """The record of a question, or None when it is not there or was made from another state of the file."""
        data = _read_json(self._folder / f"{header['id']}.json")
        if not isinstance(data, dict) or data.get("made_from") != [self._signature, header["file"], stamp]:
            return None
        record: Question | None = data.get("question")
        return record if isinstance(record, dict) else None

    def write_record(self, header: Header, stamp: list[int], question: Question) -> None:
        """Keep the record of a question; a folder that cannot be written is no error."""
        made_from = [self._signature, header["file"], stamp]
        _write_json(self._folder / f"{header['id']}.json", {"made_from": made_from, "question": question})


def _code_stamps() -> list[list[int]]:
    """Stamps of the modules that decide what a valid question is: an edited format must not meet an old cache."""
    here = Path(__file__).parent
    return [stamp_of(here / name) for name in _DECIDING]


def _is_entry(entry: Any) -> bool:
    return isinstance(entry, dict) and entry.keys() == CachedFile.__required_keys__


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def _write_json(path: Path, data: Any) -> None:
    """Write beside the target and rename, so that a reader or a crash never sees half a file."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(data, stream, ensure_ascii=True, separators=(",", ":"))
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
