"""Look through everything in version control for what must never be there: secrets, addresses of one machine.

A line that must carry such a word for a good reason ends in ``# allowed: reason``.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 2_000_000  # bytes; a larger file does not belong in version control

FORBIDDEN = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a cloud key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "an access token": re.compile(r"\b(ghp|gho|github_pat|glpat|xox[abp]|sk|npm|pypi)[-_][A-Za-z0-9_-]{20,}"),
    "a password in an address": re.compile(
        r"\b[a-z]+://[^\s:/@{}$\"']+:[^\s/@{}$\"'*]{4,}@(?!127\.0\.0\.1|localhost|host)"
    ),
    "a path of one machine": re.compile(r"(?<![\w.-])/(?:root|home/[a-z]+|Users/\w+)/"),
    "a package registry's address": re.compile(r"registry\.npm[j]s|pypi\.org/simp[l]e|files\.pythonho[s]ted"),
}
# Tools and folders a text here has no reason to speak of; as digests, so that this file does not speak of them either.
FORBIDDEN_WORDS = {
    "f2af6c097ab83376",
    "bbb98a33b1e04c2f",
    "ced5e8d7d14397e6",
    "3db2bc88dd0328c8",
    "bf529d5bdf18c514",
    "c116f8f759cb2d32",
    "053ea4804ef1bb33",
    "3ea125d0bff386e6",
    "487b91042c7cf27a",
    "57de4cf40144bdf7",
    "5d72436256ada538",
    "60965168ce762e94",
    "7d3194f79e645c42",
    "94a168d2da574b00",
    "ba9b854a9f1b0138",
    "c70eca6b0f88f44d",
    "c857d09db23e6822",
    "de2187af3fb01170",
}
_WORD = re.compile(r"[A-Za-z-]{3,30}|/[a-z]+/[.a-z]+")
_ALLOWED = re.compile(r"allowed: \w+")


def faults_in(name: str, text: str) -> Iterator[str]:
    """What is wrong in one file, as ``file:line: what``."""
    for number, line in enumerate(text.splitlines(), 1):
        if _ALLOWED.search(line):
            continue
        for what, pattern in FORBIDDEN.items():
            if pattern.search(line):
                yield f"{name}:{number}: {what}"
        if any(digest(word) in FORBIDDEN_WORDS for word in _WORD.findall(line)):
            yield f"{name}:{number}: a word that has no place here"


@cache
def digest(word: str) -> str:
    return hashlib.sha256(word.lower().encode()).hexdigest()[:16]


def tracked(root: Path) -> list[Path]:
    """The files in version control, and those about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True, text=True).stdout
    return [root / name for name in listed.split("\0") if name and (root / name).is_file()]


def faults_of(path: Path, root: Path) -> Iterator[str]:
    name = str(path.relative_to(root))
    content = path.read_bytes()
    if len(content) > LARGEST:
        yield f"{name}: larger than {LARGEST} bytes"
    if b"\0" not in content[:8000]:
        yield from faults_in(name, content.decode("utf-8", errors="replace"))


def main() -> int:
    files = tracked(ROOT)
    faults = [fault for path in files for fault in faults_of(path, ROOT)]
    print("\n".join(faults), end="\n" if faults else "", file=sys.stderr)
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main())
