"""Writes an instructor's folder: run sheet and key as Markdown and HTML, slides without network."""

import html
import re
from pathlib import Path

from crm_course import workspace

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ font: 1rem/1.5 sans-serif; max-width: 54rem; margin: 2rem auto; padding: 0 1rem;
color: #1f1f1f; background: #ffffff; }} table {{ border-collapse: collapse; }}
td, th {{ border: 1px solid #767676; padding: 4px 8px; text-align: left; vertical-align: top; }}
pre {{ background: #f4f4f4; padding: 8px; overflow-x: auto; }}
@media print {{ body {{ margin: 0; max-width: none; font-size: 10pt; }} }}
</style></head><body>
{body}
</body></html>
"""


def write(folder, name, text):
    """Write a Markdown text as name.md and name.html -> the two paths.

    Pages that somebody wrote into are kept beside.
    """
    title = re.search(r"^# (.*)$", text, re.MULTILINE)
    page = PAGE.format(title=html.escape(title[1] if title else name), body=_html(text))
    paths = [Path(folder) / f"{name}.md", Path(folder) / f"{name}.html"]
    for path, made in zip(paths, (text, page), strict=True):
        workspace.write_beside(path, made.encode())
    return paths


def _html(text):
    from nbconvert.filters.markdown import markdown2html

    # the anchors of headings are signs that nobody needs on paper
    return re.sub(r'<a class="anchor-link".*?</a>', "", markdown2html(text))
