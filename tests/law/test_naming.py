"""Every fact of the register has a name a lawyer reads, in both languages, and every key a word."""

import pytest

from comity.law import default_register, facts
from comity.law.naming import KEYS, fact_title, key_title


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_fact_is_named_and_never_by_its_address(language):
    register = default_register()
    for fact in facts(register).values():
        said = fact_title(fact, register, language)
        assert said.strip()
        assert fact.id not in said


def test_every_key_has_a_word():
    used = {key.rpartition("/")[2] for fact in facts(default_register()).values() for key in fact.keys} - {"id"}
    assert used - set(KEYS) == set()


def test_a_fact_is_said_in_the_readers_language():
    register = default_register()
    party = facts(register)["chisinau-2002/party/TJ"]
    assert fact_title(party, register, "en").endswith(": Tajikistan")
    assert fact_title(party, register, "ru").endswith(": Таджикистан")
    assert key_title("in_force", "ru") == "в силе с"
    assert key_title("party/AM/since", "en") == "AM: since"
