"""The explanation of every golden case stands as text that a reader has approved; `python -m scripts.approve` writes them anew."""

import pytest

from scripts.approve import EXPLAINED, LANGUAGES, cases, texts

TEXTS = texts()


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_an_explanation_is_as_it_was_approved(name: str) -> None:
    assert (EXPLAINED / name).read_text(encoding="utf-8") == TEXTS[name]


def test_every_case_is_explained_in_both_languages_and_no_other_text_is_kept() -> None:
    assert {f"{case['id']}.{language}.txt" for case in cases() for language in LANGUAGES} == {path.name for path in EXPLAINED.iterdir()}
