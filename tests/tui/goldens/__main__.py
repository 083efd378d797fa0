"""`python -m tests.tui.goldens [--write] [NAME…]`: compare the screens with their files, or renew the files."""

from __future__ import annotations

import argparse
import difflib
import sys

from tests.tui.goldens import GOLDENS, take


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.tui.goldens", description=__doc__)
    parser.add_argument("--write", action="store_true", help="renew the files; look at each of them afterwards")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these")
    arguments = parser.parse_args()
    status = 0
    for golden in GOLDENS:
        if arguments.names and golden.name not in arguments.names:
            continue
        text = take(golden)
        before = golden.file.read_text(encoding="utf-8") if golden.file.exists() else ""
        if text == before:
            continue
        if arguments.write:
            golden.file.write_text(text, encoding="utf-8", newline="\n")
            print(f"written: {golden.file.name}")
        else:
            status = 1
            lines = difflib.unified_diff(before.splitlines(), text.splitlines(), golden.file.name, "now", lineterm="")
            print("\n".join(lines))
    return status


if __name__ == "__main__":
    sys.exit(main())
