"""A letter says of an article that is not known that it is not, and never leaves it out in silence."""

import pytest

from comity.documents.basis import LetterLaw
from comity.documents.presentation import cites
from comity.law import Confidence, default_register

LAW = LetterLaw(basis=None, register=default_register())


@pytest.mark.parametrize(
    ("article", "language", "text"),
    [
        (None, "en", "Chisinau Convention 2002, article not known"),
        (None, "ru", "Кишинёвская конвенция 2002 г., номер статьи не установлен"),
        ("66", "en", "Chisinau Convention 2002, art.\u00a066"),
    ],
)
def test_an_article_that_is_not_known_is_said_to_be_so(article: str | None, language: str, text: str) -> None:
    cited = LAW.citation("chisinau-2002", article, Confidence.UNVERIFIED)

    assert cites([cited], language) == [{"text": text, "certain": False}]


def test_beside_articles_that_are_known_the_unknown_is_not_named() -> None:
    known, unknown = (LAW.citation("chisinau-2002", article, Confidence.UNVERIFIED) for article in ("66", None))

    assert [one["text"] for one in cites([unknown, known], "en")] == ["Chisinau Convention 2002, art.\u00a066"]


def test_a_human_rights_check_has_no_article_to_be_known() -> None:
    check = default_register().checks[0]

    assert cites([LAW.citation(check.id, None, check.confidence)], "en")[0]["text"] == check.title_en
