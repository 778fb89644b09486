"""What in an answer rests on the office's own confirmations and not on the shared register alone, in sentences."""

from collections.abc import Iterator

from comity.law._voice import Said, Voice
from comity.law.addresses import fact
from comity.law.basis import Basis, Citation
from comity.law.confirmation import Confirmation
from comity.law.model import Confidence, Register
from comity.law.naming import fact_title
from comity.law.rests import rests_on
from comity.words import _


def own_confirmations(basis: Basis, register: Register) -> tuple[Confirmation, ...]:
    """The confirmations laid over the register that this answer rests on, the earliest first."""
    if not register.overlay:
        return ()
    facts = rests_on(register, basis)
    return tuple(made for made in register.overlay if fact(register, made.fact)[0].id in facts)


def confirmed_words(basis: Basis, voice: Voice) -> Iterator[Said]:
    """A sentence for each of them: other offices answer without it."""
    for made in own_confirmations(basis, voice.register):
        title = fact_title(fact(voice.register, made.fact)[0], voice.register, voice.language)
        said = _("Confirmed by {office} for its own answers, read on {day}: {fact}.")
        text = voice.say(said, office=made.office, day=voice.day(made.read_on), fact=title)
        yield "confirmed", text, (Citation(instrument="", title=title, article=None, source=made.source, confidence=Confidence.VERIFIED),)


def release_words(basis: Basis, voice: Voice) -> Said:
    """The release of the data, and whether anything was laid over it."""
    plain, laid = _("Release of the law data: {release}."), _("Release of the law data: {release}, with this office's own confirmations.")
    return "register", voice.say(laid if own_confirmations(basis, voice.register) else plain, release=basis.register), ()
