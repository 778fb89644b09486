"""What the exchange says to people has words in both languages."""

from comity.exchange import Evidence
from comity.trust import MEANING, Doubt
from comity.words import merged


def test_every_doubt_and_every_evidence_has_russian_words():
    russian = merged()
    for text in [*(MEANING[doubt] for doubt in Doubt), *(one.meaning for one in Evidence)]:
        message = russian.get(text)
        assert message is not None, text
        assert message.string
