"""All questions at hand: what loads, what is left out and told, and a cache that is never more than a copy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quizbot.content import loader
from quizbot.content.bank import Bank, UnknownQuestionError, bundled_content, content_version, open_bank
from quizbot.content.problems import ContentError
from tests.helpers import QUESTION, changed, content_folder, environment, named

OTHER = changed("title: Why are models checked on data they were not fitted to?", "title: Another title altogether?")


def open_here(*folders: Path, cache: Path | None = None) -> Bank:
    return open_bank(folders, cache)


def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on every file that is read as YAML fails the test."""

    def refuse(path: Path) -> object:
        raise AssertionError(f"{path} was read")

    monkeypatch.setattr(loader, "load_question", refuse)


# What loads


def test_the_bundled_questions_load_without_a_word() -> None:
    bank = open_bank([bundled_content()], None)
    assert (bank.problems, bank.notices) == ((), ())
    assert {"learning-rate", "momentum", "adam-adamw", "lr-schedules"} <= {header["id"] for header in bank.headers}
    for header in bank.headers:
        question = bank.question(header["id"])
        assert {key: question[key] for key in ("id", "title", "pack", "level", "roles", "tags", "needs")} == {
            key: header[key] for key in ("id", "title", "pack", "level", "roles", "tags", "needs")
        }
        assert header["version"] == content_version(question)


def test_headers_are_in_a_fixed_order(tmp_path: Path) -> None:
    senior = changed("level: junior", "level: senior", named("aa"))
    early = changed("pack: testing", "pack: alpha", named("zz"))
    bank = open_here(content_folder(tmp_path, aa=senior, zz=early, small=QUESTION, mm=named("mm", OTHER)))
    assert [header["id"] for header in bank.headers] == ["zz", "mm", "small", "aa"]
    assert bank.packs == ["alpha", "testing"]
    assert len(bank) == 4
    assert "mm" in bank
    assert "nn" not in bank


def test_one_bad_file_does_not_keep_the_rest_from_loading(tmp_path: Path) -> None:
    folder = content_folder(tmp_path, small=QUESTION, broken=changed("level: junior", "level: expert", named("broken")))
    (folder / "picture.yaml").write_bytes(b"\x89PNG\r\n")
    (folder / "gone.yaml").symlink_to(tmp_path / "nowhere")
    bank = open_here(folder)
    assert [header["id"] for header in bank.headers] == ["small"]
    assert sorted((Path(problem.file).name, problem.rule) for problem in bank.problems) == [
        ("broken.yaml", "bad-value"),
        ("gone.yaml", "unreadable"),
        ("picture.yaml", "not-text"),
    ]


def test_samples_hidden_files_and_other_files_are_no_questions(tmp_path: Path) -> None:
    folder = content_folder(tmp_path, small=QUESTION)
    for name in (".hidden.yaml", "small.samples.yaml", "notes.txt", ".git/x.yaml"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("[", encoding="utf-8")
    (folder / "folder.yaml").mkdir()
    assert open_here(folder).problems == ()


def test_samples_are_neither_read_nor_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There are as many of them as questions and more, and each would cost every start a call to the system."""
    folder, cache = content_folder(tmp_path / "pack", small=QUESTION), tmp_path / "cache"
    (folder / "small.samples.yaml").write_text("[", encoding="utf-8")
    touched: list[str] = []
    stat, opened = Path.stat, Path.open

    def noting_stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        touched.append(path.name)
        return stat(path, follow_symlinks=follow_symlinks)

    def noting_open(path: Path, *arguments: Any, **named: Any) -> Any:
        touched.append(path.name)
        return opened(path, *arguments, **named)

    monkeypatch.setattr(Path, "stat", noting_stat)
    monkeypatch.setattr(Path, "open", noting_open)
    assert len(open_here(folder, cache=cache)) == 1
    assert "small.yaml" in touched
    assert "small.samples.yaml" not in touched
    (index,) = cache.rglob("index.json")
    assert list(json.loads(index.read_bytes())["files"]) == ["small.yaml"]


def test_a_later_folder_overrides_with_a_notice(tmp_path: Path) -> None:
    first = content_folder(tmp_path / "first", small=QUESTION)
    second = content_folder(tmp_path / "second", small=OTHER)
    bank = open_here(first, second)
    assert bank.header("small")["title"] == "Another title altogether?"
    assert bank.question("small")["title"] == "Another title altogether?"
    assert bank.problems == ()
    assert bank.notices == (f"small: {second / 'small.yaml'} is used instead of {first / 'small.yaml'}",)


def test_a_folder_named_twice_overrides_nothing(tmp_path: Path) -> None:
    folder = content_folder(tmp_path / "pack", small=QUESTION)
    assert open_here(folder, folder, tmp_path / "pack" / ".." / "pack").notices == ()
    assert open_here(tmp_path, folder).notices == ()


def test_an_id_twice_in_one_folder_is_an_error_that_names_both(tmp_path: Path) -> None:
    one = content_folder(tmp_path / "a", small=QUESTION)
    two = content_folder(tmp_path / "b", small=changed("pack: testing", "pack: other", OTHER))
    bank = open_here(tmp_path)
    (problem,) = bank.problems
    assert problem.rule == "duplicate-question"
    assert problem.severity == "error"
    assert problem.file == str(two / "small.yaml")
    assert f"{one / 'small.yaml'} (pack testing)" in problem.message
    assert bank.question("small")["pack"] == "testing"


def test_an_unknown_id_is_told_with_a_likely_one(tmp_path: Path) -> None:
    bank = open_here(content_folder(tmp_path, small=QUESTION))
    with pytest.raises(UnknownQuestionError, match=r"there is no question `smal`; did you mean small\?"):
        bank.question("smal")
    with pytest.raises(UnknownQuestionError, match="`quizbot list` shows the ids"):
        bank.header("x" * 100_000)


def test_the_version_changes_with_what_is_scored_only(tmp_path: Path) -> None:
    variants = [QUESTION, OTHER, changed("why: Managers decide on it.", "why: They pay.")]
    versions = [open_here(content_folder(tmp_path, small=text)).header("small")["version"] for text in variants]
    assert versions[0] == versions[1] != versions[2]


# The cache


def test_a_second_start_reads_no_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = content_folder(tmp_path / "pack", small=QUESTION, broken="["), tmp_path / "cache"
    first = open_here(folder, cache=cache)
    question = first.question("small")
    no_reading(monkeypatch)
    second = open_here(folder, cache=cache)
    assert second.headers == first.headers
    assert second.problems == first.problems
    assert second.question("small") == question


def test_a_warm_cache_imports_neither_yaml_nor_pydantic(tmp_path: Path) -> None:
    folder = content_folder(tmp_path / "pack", small=QUESTION)
    code = (
        "import sys; from pathlib import Path; from quizbot.content.bank import open_bank;"
        f"bank = open_bank([Path({str(folder)!r})], Path({str(tmp_path / 'cache')!r}));"
        "bank.question('small'); print(*sorted({'yaml', 'pydantic', 'numpy', 'textual'} & set(sys.modules)))"
    )
    run = [sys.executable, "-c", code]
    loaded = [
        subprocess.run(run, capture_output=True, text=True, env=environment(tmp_path), check=True).stdout.split()
        for _ in range(2)
    ]
    assert loaded == [["pydantic", "yaml"], []]


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    folder, cache = content_folder(tmp_path / "pack", small=QUESTION), tmp_path / "cache"
    open_here(folder, cache=cache).question("small")
    content_folder(folder, small=OTHER, other=named("other"))
    bank = open_here(folder, cache=cache)
    assert bank.question("small")["title"] == "Another title altogether?"
    assert "other" in bank
    (folder / "small.yaml").write_text("[", encoding="utf-8")
    bank = open_here(folder, cache=cache)
    assert "small" not in bank
    assert len(bank.problems) == 1
    (folder / "small.yaml").unlink()
    assert open_here(folder, cache=cache).problems == ()


def test_a_change_of_the_same_length_is_seen_by_its_time(tmp_path: Path) -> None:
    folder, cache = content_folder(tmp_path / "pack", small=QUESTION), tmp_path / "cache"
    open_here(folder, cache=cache)
    path = folder / "small.yaml"
    status = path.stat()
    path.write_text(changed("level: junior", "level: senior"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000))
    assert path.stat().st_size == status.st_size
    assert open_here(folder, cache=cache).header("small")["level"] == "senior"


def test_a_file_that_becomes_readable_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rights change neither the size nor the time of a file, so a refusal must not be remembered."""
    folder, cache = content_folder(tmp_path / "pack", small=QUESTION), tmp_path / "cache"
    with monkeypatch.context() as patch:

        def refuse(*_: object, **__: object) -> object:
            raise PermissionError(13, "Permission denied")

        patch.setattr(Path, "open", refuse)
        assert [problem.rule for problem in open_here(folder, cache=cache).problems] == ["unreadable"]
    assert "small" in open_here(folder, cache=cache)


DAMAGE = [
    b"",
    b"{",
    b"null",
    b"[1]",
    b'{"signature": 1}',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"files": {"small.yaml": {}}}',
]


@pytest.mark.parametrize("damage", DAMAGE, ids=[str(number) for number in range(len(DAMAGE))])
def test_damaged_or_foreign_cache_files_are_ignored(damage: bytes, tmp_path: Path) -> None:
    folder, cache = content_folder(tmp_path / "pack", small=QUESTION), tmp_path / "cache"
    before = open_here(folder, cache=cache).question("small")
    written = [path for path in cache.rglob("*") if path.is_file()]
    assert len(written) == 2
    for path in written:
        path.write_bytes(damage)
    bank = open_here(folder, cache=cache)
    assert bank.question("small") == before
    for path in written:
        assert path.read_bytes() != damage


@pytest.mark.parametrize("entries", [{"small.yaml": 5}, {"small.yaml": {"stamp": [1, 2]}}, [], "small"])
def test_an_index_of_another_shape_is_ignored(entries: object, tmp_path: Path) -> None:
    folder, cache = content_folder(tmp_path / "pack", small=QUESTION), tmp_path / "cache"
    open_here(folder, cache=cache)
    (index,) = cache.rglob("index.json")
    data = json.loads(index.read_text(encoding="utf-8"))
    index.write_text(json.dumps({**data, "files": entries}), encoding="utf-8")
    assert "small" in open_here(folder, cache=cache)


def test_a_cache_of_another_version_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = content_folder(tmp_path / "pack", small=QUESTION), tmp_path / "cache"
    open_here(folder, cache=cache)
    monkeypatch.setattr("quizbot.content.cache.__version__", "0.0.0")
    no_reading(monkeypatch)
    with pytest.raises(AssertionError, match=r"small\.yaml was read"):
        open_here(folder, cache=cache)


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    folder = content_folder(tmp_path / "pack", small=QUESTION)
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder", encoding="utf-8")
    for cache in (in_the_way, in_the_way / "below"):
        assert open_here(folder, cache=cache).question("small")["id"] == "small"
    assert in_the_way.read_text(encoding="utf-8") == "not a folder"


def test_the_cache_leaves_no_temporary_files_and_is_private(tmp_path: Path) -> None:
    folder, cache = content_folder(tmp_path / "pack", small=QUESTION), tmp_path / "cache"
    open_here(folder, cache=cache).question("small")
    names = sorted(path.name for path in cache.rglob("*") if path.is_file())
    assert names == ["index.json", "small.json"]
    if os.name == "posix":
        assert not any(path.stat().st_mode & 0o077 for path in cache.rglob("*.json"))


def test_a_file_that_breaks_after_the_start_is_told(tmp_path: Path) -> None:
    folder = content_folder(tmp_path, small=QUESTION)
    bank = open_here(folder)
    (folder / "small.yaml").write_text("[", encoding="utf-8")
    with pytest.raises(ContentError, match=r"small\.yaml:1:2: error: .*\[yaml-syntax\]"):
        bank.question("small")


def test_names_that_are_no_text_are_loaded_like_others(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("other systems keep such names out")
    folder = tmp_path / os.fsdecode(b"pack-\xff")
    content_folder(folder, small=QUESTION)
    cache = tmp_path / "cache"
    for _ in range(2):
        assert open_here(folder, cache=cache).question("small")["id"] == "small"
