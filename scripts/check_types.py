"""Check types strictly where decisions and writes are: terms, rules, events, actions and reads of every room; and in
the benchmarks, which call what these offer and are run by few tests.

mypy follows their imports, so models and the kernel are read as well; faults are only counted in the files named here.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOORS = ("terms", "rules", "events", "actions", "reads")


def doors(source: Path) -> list[Path]:
    """The files of all rooms that are checked, a door that grew into a folder with all its files."""
    files = [path for door in DOORS for path in source.glob(f"*/{door}.py")]
    folders = [path for door in DOORS for path in source.glob(f"*/{door}/**/*.py")]
    return sorted({*files, *folders, *source.glob("kernel/*.py")})


def main() -> int:
    chosen = [str(path.relative_to(ROOT)) for path in doors(ROOT / "src" / "placewide")]
    chosen += [str(path.relative_to(ROOT)) for path in sorted((ROOT / "benchmarks").glob("*.py"))]
    if not chosen:
        print("no file to check", file=sys.stderr)
        return 1
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--follow-imports=silent", "--no-error-summary", *chosen], cwd=ROOT, check=False
    )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
