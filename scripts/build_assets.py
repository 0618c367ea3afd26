"""Build what browsers fetch: the design system without its owner's brand, our own styles, scripts and fonts.

Reads ``node_modules`` and ``src/placewide/ui/assets``; writes ``src/placewide/ui/static/built`` (carried by the wheel,
ignored by git). Names carry a digest of the content, so that browsers may keep a file for ever. Standard library only.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "placewide" / "ui" / "assets"
BUILT = ROOT / "src" / "placewide" / "ui" / "static" / "built"
MODULES = ROOT / "node_modules"
GOVUK = MODULES / "govuk-frontend"
FONT = MODULES / "@fontsource-variable" / "atkinson-hyperlegible-next"
FONT_FILES = ("latin-wght-normal", "latin-ext-wght-normal")
SQUEEZED = {".css", ".js", ".svg", ".txt"}

_FACE = re.compile(r"@font-face\{[^}]*\}")
# The crest of the licence line, plain and as a mask; the logotype.
_CREST = re.compile(
    r"@supports[^{]*\{\.govuk-footer__copyright-logo[^}]*\}\}"
    r"|[^{}]*(?:copyright-logo|govuk-logo)[^{}]*\{[^}]*\}|\.govuk-footer__crown\{[^}]*\}"
)
_FALLBACK = re.compile(r"var\((--govuk-[a-z-]+),#[0-9a-f]{3,6}\)")
_ROOT_COLOURS = re.compile(r"--govuk-[a-z-]+-colour:#[0-9a-f]{3,6};?")
_BEFORE_VARIABLE = re.compile(r"([a-z-]+):#[0-9a-f]{3,6}(;\1:var\()")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r"(from\s*|import\s*)([\"'])\./([\w.-]+)\2")


class Shelf:
    """The folder being filled, and which name each file got."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, str] = {}

    def put(self, name: str, content: bytes) -> str:
        """Keep ``content`` under ``name`` with its digest in it; returns that name."""
        path = Path(name)
        stamped = f"{path.stem}-{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
        (self.folder / stamped).write_bytes(content)
        if path.suffix in SQUEEZED:
            (self.folder / f"{stamped}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
        self.names[name] = stamped
        return stamped


def without_brand(css: str) -> str:
    """The design system's styles without the typeface, crest and colours that belong to its owner."""
    css = _COMMENT.sub("", css)
    css = _CREST.sub("", _FACE.sub("", css))
    css = css.replace("GDS Transport,arial,sans-serif", "var(--pw-font)")
    css = _ROOT_COLOURS.sub("", css)
    css = _FALLBACK.sub(r"var(\1)", css)
    css = _BEFORE_VARIABLE.sub(lambda match: match.group(2).lstrip(";"), css)
    return css.replace("#1d70b8", "var(--govuk-brand-colour)")


def squeeze(css: str) -> str:
    """Own styles without comments and indentation."""
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", _COMMENT.sub("", css))).replace(";}", "}").strip()


def styles(shelf: Shelf) -> str:
    """One sheet: typeface, the design system, then ours in the order of their names."""
    govuk = (GOVUK / "dist" / "govuk" / "govuk-frontend.min.css").read_text(encoding="utf-8")
    own = "".join(path.read_text(encoding="utf-8") for path in sorted((SOURCES / "css").glob("*.css")))
    faces = (FONT / "index.css").read_text(encoding="utf-8")
    for part in FONT_FILES:
        name = f"atkinson-hyperlegible-next-{part}.woff2"
        stamped = shelf.put(name, (FONT / "files" / name).read_bytes())
        faces = faces.replace(f"./files/{name}", stamped)
    return squeeze(faces.replace("woff2-variations", "woff2")) + without_brand(govuk) + squeeze(own)


def scripts(shelf: Shelf) -> None:
    """The design system's module, then ours; a module that imports others comes after them."""
    govuk = (GOVUK / "dist" / "govuk" / "govuk-frontend.min.js").read_text(encoding="utf-8")
    govuk = re.sub(r"//# sourceMappingURL=.*", "", govuk).replace("GOV.UK Frontend", "govuk-frontend")
    shelf.put("govuk-frontend.js", govuk.encode())
    waiting = {path.name: path.read_text(encoding="utf-8") for path in sorted((SOURCES / "js").glob("*.js"))}
    while waiting:
        ready = [name for name, text in waiting.items() if all(m[2] in shelf.names for m in _IMPORT.findall(text))]
        if not ready:
            raise SystemExit(f"build_assets: modules import each other or one that is missing: {sorted(waiting)}")
        for name in ready:
            text = _IMPORT.sub(lambda m: f"{m[1]}{m[2]}./{shelf.names[m[3]]}{m[2]}", waiting.pop(name))
            shelf.put(name, text.encode())


def licences() -> str:
    """What the parts' authors ask to be told along with them."""
    govuk = SOURCES / "licences" / "govuk-frontend.txt"  # its npm package carries none
    parts = ((govuk, "govuk-frontend"), (FONT / "LICENSE", "Atkinson Hyperlegible Next"))
    return "\n\n".join(f"{name}\n{'=' * len(name)}\n{path.read_text(encoding='utf-8')}" for path, name in parts)


def main() -> None:
    for part in (GOVUK, FONT):
        if not part.is_dir():
            raise SystemExit(f"build_assets: {part.relative_to(ROOT)} is missing; install it with: npm ci")
    fresh = BUILT.with_name("built.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    shelf = Shelf(fresh)
    shelf.put("placewide.css", styles(shelf).encode())
    scripts(shelf)
    for image in sorted((SOURCES / "images").glob("*")):
        shelf.put(image.name, image.read_bytes())
    shelf.put("licences.txt", licences().encode())
    (fresh / "manifest.json").write_text(json.dumps(shelf.names, indent=1, sort_keys=True), encoding="utf-8")
    shutil.rmtree(BUILT, ignore_errors=True)
    fresh.rename(BUILT)
    size = sum(path.stat().st_size for path in BUILT.glob("*.gz")) // 1024
    print(f"built {len(shelf.names)} files, {size} kB compressed", file=sys.stderr)


if __name__ == "__main__":
    main()
