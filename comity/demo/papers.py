"""The papers of a story: its lines of text set as a small PDF, so that what is uploaded is a real file."""

import json

import typst

from comity.demo.story import Paper

_SHEET = b"""
#let paper = json(bytes(sys.inputs.paper))
#set document(title: paper.title, date: none)
#set page(width: 210mm, height: 297mm, margin: 30mm)
#set text(size: 12pt, lang: paper.language)
#for line in paper.lines [#par[#line]]
"""


def typeset(paper: Paper) -> bytes:
    """The paper as a PDF; the same lines give the same bytes."""
    facts = {"title": paper.title, "language": paper.language, "lines": list(paper.lines)}
    return bytes(typst.compile(_SHEET, sys_inputs={"paper": json.dumps(facts, ensure_ascii=False)}, format="pdf"))
