"""The law is asked by its address, and answers on the page."""

from django.test import Client

KZ_TJ = {"requesting": "KZ", "requested": "TJ", "kind": "extradition", "on": "2026-11-22"}


def test_the_address_holds_the_question(as_officer: Client) -> None:
    said = as_officer.get("/law/", KZ_TJ).content.decode()
    assert "Chisinau Convention 2002" in said


def test_nobody_reads_it_without_logging_in(client: Client) -> None:
    assert client.get("/law/").status_code == 302
