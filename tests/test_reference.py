"""The generated pages of docs/ are those the code would write now; every link of the README leads somewhere."""

import re
from pathlib import Path

import pytest

from scripts.reference import DOCS, pages

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_generated_page_is_as_the_code_would_write_it(name: str):
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name], "Run: make docs"


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md", "CONTRIBUTING.md"])
def test_every_link_to_a_file_leads_somewhere(page: str):
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_the_commands_of_the_readme_exist():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    known = pages()["commands.md"]
    for command in re.findall(r"^    comity ((?:office )?[a-z]+)", text, flags=re.MULTILINE):
        assert f"## `comity {command}`" in known
