"""The desk of Dushanbe, as the tests of matters have it: the law is read by whoever is logged in."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.desk.matters.conftest import as_officer, federation, homes, make, office, officer, quick_hasher

__all__ = ["as_officer", "federation", "homes", "make", "office", "officer", "quick_hasher"]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Each test begins in English, whatever language the page of another one was in."""
    with translation.override("en"):
        yield
