"""Says how each instrument stands: which apply and why, which do not and why not."""

from collections.abc import Iterator
from typing import assert_never

from comity.law._voice import Said, Voice
from comity.law.basis import Applied, Basis, Bound, Certainty, Evidence, Excluded, Role, Why
from comity.law.model import Confidence, Register, Status
from comity.words import _


def applied_words(applied: Applied, voice: Voice) -> Said:
    """What the instrument does in the answer, and since when it binds each State."""
    roles = {
        Role.PRIMARY: _("{title} carries the request. {evidence}"),
        Role.RESERVE: _("{title} stands behind as a reserve. {evidence}"),
        Role.SUPPLEMENT: _("{title} serves one step beside it and never carries the request alone. {evidence}"),
    }
    evidence = " ".join(_evidence(found, voice) for found in applied.evidence)
    citations = tuple(voice.cite(applied.id, None, found.source, _confidence(found)) for found in applied.evidence)
    text = voice.say(roles[applied.role], title=voice.title(applied.id), evidence=evidence)
    if applied.certainty is Certainty.UNCERTAIN:
        text += " " + voice.say(_("That it applies is not certain."))
    return "applied", text, citations


def _confidence(found: Evidence) -> Confidence:
    return Confidence.VERIFIED if found.verified else Confidence.UNVERIFIED


def _evidence(found: Evidence, voice: Voice) -> str:
    sure = "" if found.verified else voice.sure(Confidence.UNVERIFIED)
    return f"{voice.state(found.state)}: {_status(found, voice)}{sure}."


def _status(found: Evidence, voice: Voice) -> str:
    match found.bound:
        case Bound.YES:
            return _since(found, voice)
        case Bound.UNKNOWN:
            return _not_known(found, voice)
        case Bound.NO:
            return _free(found, voice)
        case _:
            assert_never(found.bound)


def _since(found: Evidence, voice: Voice) -> str:
    if found.since:
        counted = _("bound since {day}, a day counted from the deposit") if found.computed else _("bound since {day}")
        return voice.say(counted, day=voice.day(found.since))
    if found.not_later_than:
        return voice.say(_("bound since {day} at the latest"), day=voice.day(found.not_later_than))
    return voice.say(_("bound"))


def _not_known(found: Evidence, voice: Voice) -> str:
    if found.status is None:
        return voice.say(_("not looked up"))
    if found.until:
        return voice.say(_("the day on which it left is disputed; it gave {day}"), day=voice.day(found.until))
    return _between(found, voice)


def _between(found: Evidence, voice: Voice) -> str:
    earliest, latest = found.not_earlier_than, found.not_later_than
    if earliest and latest:
        return voice.say(_("became bound between {earliest} and {latest}"), earliest=voice.day(earliest), latest=voice.day(latest))
    if latest:
        return voice.say(_("became bound by {latest}, the day is not known"), latest=voice.day(latest))
    if earliest:
        return voice.say(_("not bound before {earliest}, not looked up since"), earliest=voice.day(earliest))
    if found.status in (Status.RATIFIED, Status.CONCLUDED):
        return voice.say(_("the treaty was concluded or ratified, its entry into force was not seen"))
    return voice.say(_("whether and since when it is bound is not known"))


def _free(found: Evidence, voice: Voice) -> str:
    statuses = {
        Status.SIGNATORY: _("has only signed"),
        Status.INVITED: _("has only been invited to accede"),
        Status.DRAFT: _("only a draft was approved"),
        Status.NONE: _("not a party"),
        Status.NOT_FOUND: _("no treaty was found"),
    }
    if found.status in statuses:
        return voice.say(statuses[found.status])
    if found.until and not (found.since and found.since > found.until):
        return (
            voice.say(_("bound from {since} to {until}"), since=voice.day(found.since), until=voice.day(found.until)) if found.since else ""
        )
    if start := found.since or found.not_earlier_than:
        return voice.say(_("not bound before {day}"), day=voice.day(start))
    return voice.say(_("not yet bound on this date"))


_EXCLUDED = {
    Why.NOT_FOUND: _("{title}."),
    Why.NOT_RESEARCHED: _("{title} is not proposed: {why}."),
    Why.STATUS_UNKNOWN: _("{title} is not proposed: {why}."),
}


def excluded_words(basis: Basis, voice: Voice) -> Iterator[Said]:
    """Why not: a sentence for every instrument left out."""
    for left in basis.excluded:
        template = _EXCLUDED.get(left.why, _("{title} does not apply: {why}."))
        text = voice.say(template, title=voice.title(left.id), why=why_not(left, voice.register, voice.language))
        yield "excluded", text + voice.sure(left.confidence), (voice.cite(left.id, left.article, left.source, left.confidence),)


WHY = {
    Why.NOT_BOUND: _("not bound on this date: {states}"),
    Why.NOT_IN_FORCE: _("it is not in force on this date"),
    Why.STATUS_UNKNOWN: _("it is not known whether it binds: {states}"),
    Why.NOT_RESEARCHED: _("the register does not say whether it binds: {states}"),
    Why.WITHDRAWN: _("no longer bound: {states}"),
    Why.SUSPENDED: _("suspended between the two States by: {states}"),
    Why.DECLARED_AWAY: _("by its declaration not applied towards the other State: {states}"),
    Why.SUPERSEDED: _("between the two States it is replaced by: {by}"),
    Why.RESIDUAL: _("it serves only where no other treaty does, and one does: {by}"),
    Why.OFFENCE_NOT_COVERED: _("it is only for: {areas}"),
    Why.OTHER_KIND: _("it is only for: {kinds}"),
    Why.NO_BASIS: _("by its text it is no basis for such a request"),
    Why.NEVER_ALONE: _("it serves one step only and never carries a request alone"),
    Why.POLICE_LEVEL: _("it is an agreement of police level and never carries a request alone"),
    Why.BASE_NOT_APPLIED: _("it applies only together with a convention that does not apply: {by}"),
    Why.NOT_FOUND: _("the search for such a treaty found none"),
    Why.OFFENCE_BEFORE: _("it serves only for offences committed later than this one"),
}


def why_not(left: Excluded, register: Register, language: str) -> str:
    """Why an instrument is left out, in words without a full stop; the status of the States follows where it is the reason."""
    voice = Voice(register, language)
    instrument = register.instruments[left.id]
    text = voice.say(
        WHY[left.why],
        states=voice.states(left.states),
        by=_by(left, voice),
        areas=voice.words("offence-area", instrument.offence_areas),
        kinds=voice.words("kind", instrument.kinds),
    )
    if left.article and left.why is not Why.SUPERSEDED:
        return f"{text} ({voice.place(_holder(left, register), left.article, left.confidence)})"
    if left.article:
        return text
    details = {
        found.state: words
        for found in left.evidence
        if found.state in left.states and found.status is not None and (words := _status(found, voice))
    }
    if len(left.states) == 1 and left.why in _NAMED:
        return f"{text} ({', '.join(details.values())})" if details else text
    said = "; ".join(f"{voice.state(state)} — {words}" for state, words in details.items())
    return f"{text} ({said})" if said else text


_NAMED = (Why.NOT_BOUND, Why.STATUS_UNKNOWN, Why.WITHDRAWN, Why.SUSPENDED, Why.DECLARED_AWAY)
"""Reasons that name their State themselves, so that it need not be named again."""


def _holder(left: Excluded, register: Register) -> str:
    """The instrument in which the article stands that keeps this one out: itself, or the convention it is a protocol to."""
    instrument = register.instruments[left.id]
    own = {rule.article for rule in instrument.provisions} | {made.article for made in instrument.declarations}
    return instrument.base if instrument.base and left.article not in own else left.id


def _by(left: Excluded, voice: Voice) -> str:
    """What displaces it, with the article that says so."""
    if left.by is None:
        return ""
    by_article = left.article and left.why is Why.SUPERSEDED
    return voice.place(left.by, left.article, left.confidence) if by_article else voice.title(left.by)
