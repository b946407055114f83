"""Slides of a chapter that work with no network, from the notebook as it was committed.

nbconvert makes them for reveal.js. The four JavaScript packages that they need are fetched by npm
at the first use, into build/slides/ which git ignores, and copied beside the slides.
"""

import re
import shutil
import subprocess
from pathlib import Path

from crm_course import workspace
from crm_course.learning.lesson_plan import BELOW

PACKAGES = ("reveal.js@4.6.1", "requirejs@2.3.8", "jquery@3.8.0", "mathjax@2.7.9")
# of MathJax, which is 73 MB, what draws formulas of TeX as SVG
PARTS = (
    "reveal.js/dist", "reveal.js/plugin/notes", "requirejs/require.js", "jquery/dist/jquery.min.js",
    "mathjax/MathJax.js", "mathjax/config/TeX-AMS_SVG.js", "mathjax/jax/input/TeX",
    "mathjax/jax/output/SVG/jax.js", "mathjax/jax/output/SVG/config.js",
    "mathjax/jax/output/SVG/autoload", "mathjax/jax/output/SVG/fonts/TeX", "mathjax/jax/element",
    "mathjax/extensions",
)  # fmt: skip
STYLE = """<style>.reveal h1, .reveal h2, .reveal h3 { text-transform: none; }
.reveal h1 { font-size: 1.8em; } .reveal h2 { font-size: 1.4em; }</style>"""
WIDGET = "application/vnd.jupyter.widget-view+json"
ELSEWHERE = re.compile(
    r"<link\b[^>]*href=\"https?://[^>]*>"
    r"|<script\b[^>]*src=\"https?://[^>]*>\s*</script>"
    r"|<script type=\"module\">(?:(?!</script>).)*?https?://(?:(?!</script>).)*</script>",
    re.DOTALL,
)
REQUESTED = re.compile(
    r"<(?:link|script|img|iframe)\b[^>]*(?:src|href)=\"https?://[^\"]*"
    r"|import\s[^;]{0,80}?['\"]https?://[^'\"]*|url\(\s*['\"]?https?://[^)]*"
)


def main():
    """Fetch what slides need: `python -m crm_course.learning.slides`."""
    print(f"slides: {fetch(workspace.course_folder())}")  # noqa: T201


def fetch(course):
    """Return the folder of the packages that slides need, fetched by npm where it is not there.

    FileNotFoundError without npm, OSError where npm cannot fetch them.
    """
    return _assets(Path(course) / "build/slides")


def is_fetched(course):
    """Whether all that slides need is there."""
    return _is_whole(Path(course) / "build/slides")


def write(path, folder, course):
    """Make slides of a notebook, with all that they need beside them -> the path of the page."""
    page = Path(folder) / "slides.html"
    _copy(fetch(course), page.parent / "assets")
    workspace.write(page, deck(path).encode())
    return page


def deck(path):
    """Return the slides of a notebook as HTML that asks for nothing but assets/ beside it."""
    import nbformat
    from nbconvert import SlidesExporter

    exporter = SlidesExporter(
        reveal_url_prefix="assets/reveal.js",
        reveal_theme="white",
        reveal_scroll=True,
        require_js_url="assets/requirejs/require.js",
        jquery_url="assets/jquery/dist/jquery.min.js",
        mathjax_url="assets/mathjax/MathJax.js?config=TeX-AMS_SVG",
    )
    html, _resources = exporter.from_notebook_node(_cut(nbformat.read(path, as_version=4)))
    return ELSEWHERE.sub("", html).replace("</head>", f"{STYLE}</head>", 1)


def requested(html):
    """Return the addresses that a page would ask the network for.

    >>> requested('<img src="https://a.b/c.png"> <a href="https://a.b">a link</a>')
    ['<img src="https://a.b/c.png']
    """
    return REQUESTED.findall(html)


def _cut(notebook):
    """Say which cell begins a slide; leave out what is below the line, and live controls."""
    kept, before = [], ""
    for cell in notebook.cells:
        first = cell.source.split("\n")[0].lstrip("# ").strip()
        if cell.cell_type == "markdown" and first in BELOW:
            break
        cell.metadata["slideshow"] = {"slide_type": _place(cell, before)}
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(WIDGET, None)
        before = cell.cell_type
        kept.append(cell)
    notebook.cells = kept
    return notebook


def _place(cell, before):
    """Return slide for a heading, subslide for text after code or for a beat without one."""
    if cell.cell_type != "markdown":
        return "-"
    if cell.source.startswith("#") or not before:
        return "slide"
    return "subslide" if before == "code" or "beat" in cell.metadata.get("crm", {}) else "-"


def _assets(folder):
    """Return the folder of the packages, fetched where they are not there yet."""
    if not _is_whole(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _fetch(folder)
    return folder / "node_modules"


def _is_whole(folder):
    return all((folder / "node_modules" / part).exists() for part in PARTS)


def _fetch(folder):
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError(
            "npm must be installed to fetch what slides need, got none. "
            "Install Node.js, or ask for no slides: --no-slides."
        )
    quiet = ("--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    done = subprocess.run(
        [npm, "install", *quiet, "--prefix", str(folder), *PACKAGES],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise OSError(
            f"npm must be able to fetch {', '.join(PACKAGES)}, got: {done.stderr.strip()[:300]}. "
            "It needs the network once; or ask for no slides: --no-slides."
        )


def _copy(modules, assets):
    for part in PARTS:
        source, target = modules / part, assets / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        elif source.exists():
            shutil.copy(source, target)


if __name__ == "__main__":
    main()
