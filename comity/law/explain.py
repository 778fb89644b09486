"""Turns an answer into numbered sentences with citations, in English or Russian.

Every element of the `Basis` is said: what applies and why, what does not and why not, what follows, what is not sure and what would settle
it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import assert_never

from comity.identifiers import InstrumentId
from comity.law._voice import Voice
from comity.law.basis import (
    Applied,
    Basis,
    BasisKind,
    Bound,
    Certainty,
    Citation,
    Condition,
    Doubt,
    DoubtKind,
    Evidence,
    Excluded,
    HumanRightsCheck,
    Languages,
    Purpose,
    Role,
    TimeLimit,
    Why,
)
from comity.law.model import Check, Confidence, NationalLaw, Register, Status, Unit
from comity.law.part_words import PARTS
from comity.law.steps import Length
from comity.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One numbered sentence. `section` says which part of the answer it explains: question, basis, applied, excluded, channel, …"""

    number: int
    section: str
    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtWords:
    """A doubt in words: what is not sure, and what would settle it."""

    what: str
    settles: str


def explain(basis: Basis, register: Register, language: str) -> tuple[Sentence, ...]:
    """The answer in sentences, numbered from 1, in `language` (en or ru)."""
    voice = Voice(register, language)
    said = (
        *_question(basis, voice),
        *_basis(basis, voice),
        *(_applied(applied, voice) for applied in basis.applied),
        *_order(basis, voice),
        *_excluded(basis, voice),
        *_ways(basis, voice),
        *_contents(basis, voice),
        *(_limit(limit, voice) for limit in basis.time_limits),
        *_grounds(basis, voice),
        *(_condition(condition, voice) for condition in basis.conditions),
        *(_check(check, voice) for check in basis.human_rights),
        *(_doubt(doubt, voice) for doubt in basis.doubts),
        _release(basis, voice),
    )
    return tuple(
        Sentence(number=number, section=section, text=_one_stop(text), citations=citations)
        for number, (section, text, citations) in enumerate(said, start=1)
    )


Said = tuple[str, str, tuple[Citation, ...]]


def _one_stop(text: str) -> str:
    """An abbreviation that ends a sentence, such as the Russian for “year”, brings its own full stop."""
    return text.replace("..", ".")


def _question(basis: Basis, voice: Voice) -> Iterator[Said]:
    text = voice.say(
        _("Requesting State: {requesting}. Requested State: {requested}. Kind of request: {kind}. Offence: {offence}. Date: {day}."),
        requesting=voice.state(basis.requesting),
        requested=voice.state(basis.requested),
        kind=voice.word("kind", basis.kind),
        offence=voice.word("offence-area", basis.offence_area or "any"),
        day=voice.day(basis.on),
    )
    yield "question", text, ()


def _basis(basis: Basis, voice: Voice) -> Iterator[Said]:
    yield "basis", _basis_words(basis, voice), basis.reciprocity
    sure = basis.certainty is Certainty.CERTAIN
    text = _("This answer is certain.") if sure else _("This answer is uncertain: the last sentences say why and what would settle it.")
    yield "certainty", voice.say(text), ()


def _basis_words(basis: Basis, voice: Voice) -> str:
    match basis.basis:
        case BasisKind.TREATY:
            return voice.say(_("The request rests on a treaty: {titles}."), titles=voice.titles(applied.id for applied in basis.primary))
        case BasisKind.RECIPROCITY:
            cited = "; ".join(voice.place(law.instrument, law.article) for law in basis.reciprocity)
            return voice.say(_("No treaty is left: the request rests on reciprocity and national law ({law})."), law=cited)
        case BasisKind.NONE:
            return voice.say(_("No treaty is left, and the register holds no national law that allows reciprocity."))
        case _:
            assert_never(basis.basis)


def _applied(applied: Applied, voice: Voice) -> Said:
    roles = {
        Role.PRIMARY: _("{title} carries the request. {evidence}"),
        Role.RESERVE: _("{title} stands behind as a reserve. {evidence}"),
        Role.SUPPLEMENT: _("{title} serves one step beside it and never carries the request alone. {evidence}"),
    }
    evidence = " ".join(_evidence(found, voice) for found in applied.evidence)
    citations = tuple(voice.cite(applied.id, None, found.source, _confidence(found)) for found in applied.evidence)
    return "applied", voice.say(roles[applied.role], title=voice.title(applied.id), evidence=evidence), citations


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


def _order(basis: Basis, voice: Voice) -> Iterator[Said]:
    if basis.order_is_open:
        text = _("No rule decides which of the primary instruments goes first: name the one relied on in the request.")
        yield "order", voice.say(text), ()


_EXCLUDED = {
    Why.NOT_FOUND: _("{title}."),
    Why.NOT_RESEARCHED: _("{title} is not proposed: {why}."),
    Why.STATUS_UNKNOWN: _("{title} is not proposed: {why}."),
}


def _excluded(basis: Basis, voice: Voice) -> Iterator[Said]:
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
}


def why_not(left: Excluded, register: Register, language: str) -> str:
    """Why an instrument is left out, in words without a full stop; the status of the States follows where it is the reason."""
    voice = Voice(register, language)
    instrument = register.instruments[left.id]
    text = voice.say(
        WHY[left.why],
        states=voice.states(left.states),
        by=voice.title(left.by) if left.by else "",
        areas=voice.words("offence-area", instrument.offence_areas),
        kinds=voice.words("kind", instrument.kinds),
    )
    if left.article and left.why is not Why.SUPERSEDED:
        return voice.say(_("{text} (art. {article})"), text=text, article=left.article)
    if left.article and left.by:
        return voice.say(_("{text} ({place})"), text=text, place=voice.place(left.by, left.article))
    details = "; ".join(
        f"{voice.state(found.state)} — {words}"
        for found in left.evidence
        if found.state in left.states and found.status is not None and (words := _status(found, voice))
    )
    return f"{text} ({details})" if details else text


def _ways(basis: Basis, voice: Voice) -> Iterator[Said]:
    for way in basis.channels:
        template = _("Also open ({place}): {channel}.") if way.optional else _("Channel ({place}): {channel}.")
        text = voice.say(template, place=voice.place(way.instrument, way.article), channel=voice.word("channel", way.code))
        yield "channel", text + voice.sure(way.confidence), (voice.cite(way.instrument, way.article, way.source, way.confidence),)
    for authority in basis.authorities:
        stages = {"pre-trial": _("{state}, before trial: {name}."), "court": _("{state}, in court: {name}.")}
        template = stages.get(authority.stage, _("{state}: {name}."))
        text = voice.say(template, state=voice.state(authority.state), name=authority.name(voice.language))
        cited = Citation(
            instrument="", title=authority.name(voice.language), article=None, source=authority.source, confidence=authority.confidence
        )
        yield "authorities", text + voice.sure(authority.confidence), (cited,)
    yield from (_language(rule, voice) for rule in basis.languages)


def _language(rule: Languages, voice: Voice) -> Said:
    declared = _("Languages ({place}; as declared by: {state}): {languages}.")
    template = declared if rule.state else _("Languages ({place}): {languages}.")
    text = voice.say(
        template,
        place=voice.place(rule.instrument, rule.article),
        state=voice.state(rule.state) if rule.state else "",
        languages=voice.words("language", rule.codes),
    )
    return "languages", text + voice.sure(rule.confidence), (voice.cite(rule.instrument, rule.article, rule.source, rule.confidence),)


def _contents(basis: Basis, voice: Voice) -> Iterator[Said]:
    fields = voice.register.fields
    for (where, article), group in groupby(basis.required, key=lambda item: (item.instrument, item.article)):
        asked = tuple(group)
        names = "; ".join(fields[item.field].label(voice.language) for item in asked)
        text = voice.say(_("The request contains ({place}): {names}."), place=voice.place(where, article), names=names)
        yield "required", text + voice.sure(asked[0].confidence), (voice.cite(where, article, asked[0].source, asked[0].confidence),)
    purposes = {
        Purpose.ANY: _("Annexed ({place}): {names}."),
        Purpose.PROSECUTION: _("Annexed for prosecution ({place}): {names}."),
        Purpose.ENFORCEMENT: _("Annexed for enforcement of a sentence ({place}): {names}."),
    }
    for (where, article, purpose), annexes in groupby(basis.attachments, key=lambda item: (item.instrument, item.article, item.purpose)):
        listed = tuple(annexes)
        names = "; ".join(fields[item.field].label(voice.language) for item in listed)
        text = voice.say(purposes[purpose], place=voice.place(where, article), names=names)
        yield "attachments", text + voice.sure(listed[0].confidence), (voice.cite(where, article, listed[0].source, listed[0].confidence),)


def length_words(number: int, unit: Unit, language: str) -> str:
    """A length of time in words, such as 40 days; days are calendar days."""
    return Length(number=number, unit=unit).say(language)


def _limit(limit: TimeLimit, voice: Voice) -> Said:
    text = voice.say(
        _("Time limit ({place}), {topic}: {length}."),
        place=voice.place(limit.instrument, limit.article),
        topic=voice.word("limit", limit.topic),
        length=_length(limit, voice),
    )
    return (
        "time-limits",
        text + voice.sure(limit.confidence),
        (voice.cite(limit.instrument, limit.article, limit.source, limit.confidence),),
    )


def _length(limit: TimeLimit, voice: Voice) -> str:
    said = length_words(limit.length, limit.unit, voice.language)
    if limit.longest:
        said = voice.say(_("{length}, at most {longest}"), length=said, longest=length_words(limit.longest, limit.unit, voice.language))
    if limit.extension:
        extension = length_words(limit.extension, limit.unit, voice.language)
        said = voice.say(_("{length}, extendable by {extension}"), length=said, extension=extension)
    return said


def _grounds(basis: Basis, voice: Voice) -> Iterator[Said]:
    for key, group in groupby(basis.refusal, key=lambda item: (item.instrument, item.article, item.mandatory, item.state)):
        where, article, mandatory, state = key
        grounds = tuple(group)
        names = "; ".join(_ground(item.code, assurance=item.assurance_possible, voice=voice) for item in grounds)
        place = voice.place(where, article)
        if state:
            place = voice.say(_("{place}; by the declaration of: {state}"), place=place, state=voice.state(state))
        text = _("Must be refused ({place}): {names}.") if mandatory else _("May be refused ({place}): {names}.")
        first = grounds[0]
        said = voice.say(text, place=place, names=names) + voice.sure(first.confidence)
        yield "refusal", said, (voice.cite(where, article, first.source, first.confidence),)


def _ground(code: str, *, assurance: bool, voice: Voice) -> str:
    label = voice.word("ground", code)
    return voice.say(_("{ground}, unless assurances are given"), ground=label) if assurance else label


def _condition(condition: Condition, voice: Voice) -> Said:
    place = voice.place(condition.instrument, condition.article)
    label = voice.word("condition", condition.code)
    if condition.state:
        summary = condition.summary_ru if voice.language == "ru" else condition.summary
        text = voice.say(_("Declaration ({place}), {state}: {summary}"), place=place, state=voice.state(condition.state), summary=summary)
    elif condition.value is not None:
        text = voice.say(_("Condition ({place}): {label}: {value}."), place=place, label=label, value=condition.value)
    else:
        text = voice.say(_("Condition ({place}): {label}."), place=place, label=label)
    cited = voice.cite(condition.instrument, condition.article, condition.source, condition.confidence)
    return "conditions", text + voice.sure(condition.confidence), (cited,)


def _check(check: HumanRightsCheck, voice: Voice) -> Said:
    russian = voice.language == "ru"
    title, rule = (check.title_ru, check.rule_ru) if russian else (check.title_en, check.rule_en)
    bounds = {Bound.YES: _("{state}: bound"), Bound.NO: _("{state}: not bound"), Bound.UNKNOWN: _("{state}: not known whether bound")}
    binds = "; ".join(voice.say(bounds[bound], state=voice.state(state)) for state, bound in check.binds)
    template = _("Check, whatever the treaty says: {title}. {rule} {binds}.") if check.absolute else _("Check: {title}. {rule} {binds}.")
    text = voice.say(template, title=title, rule=rule, binds=binds)
    cited = Citation(instrument=check.id, title=title, article=None, source=check.source, confidence=check.confidence)
    return "human-rights", text + voice.sure(check.confidence), (cited,)


DOUBTS: dict[DoubtKind, tuple[str, str]] = {
    DoubtKind.STATUS: (
        _("It is not known whether {titles} binds on this date: {states}."),
        _("Ask the depositary since when the State is bound."),
    ),
    DoubtKind.UNVERIFIED: (
        _("The status under {titles} was not verified: {states}."),
        _("Read it in the depositary's list and confirm it in the register."),
    ),
    DoubtKind.NOT_RESEARCHED: (
        _("The register does not say whether these bind {states}: {titles}."),
        _("Look the States up in the depositaries' lists."),
    ),
    DoubtKind.BILATERAL: (
        _("Bilateral treaties were not collected, or not all of them: {states}."),
        _("Ask both ministries of foreign affairs for the bilateral treaties in force."),
    ),
    DoubtKind.DECLARATION: (
        _("A declaration that may take {titles} away between the two States was not seen: {states}."),
        _("Ask the depositary for the text of the declaration."),
    ),
    DoubtKind.TAKES_AS_BASIS: (
        _("Whether both States take {titles} as a basis for extradition depends on declarations that were not collected."),
        _("Read the declarations in the list of the United Nations."),
    ),
    DoubtKind.ORDER: (
        _("No rule decides between: {titles}."),
        _("Agree with the other side, and name the basis in the request."),
    ),
    DoubtKind.OFFENCE: (
        _("No offence was named. For certain offences one of these could serve: {titles}."),
        _("Name the offence area and ask again."),
    ),
    DoubtKind.NO_DUTY: (
        _("{titles} only bids the States to consider such a request; there is no duty."),
        _("Ask the other side beforehand whether it would agree."),
    ),
    DoubtKind.NATIONAL_LAW: (
        _("The register does not hold the national law on reciprocity, in force on this date: {states}."),
        _("Ask the other side whether it grants such requests on reciprocity."),
    ),
    DoubtKind.UNREAD: (
        _("What is said from these was not read in their texts, on these points ({points}): {titles}."),
        _("Read the texts and confirm the rules in the register."),
    ),
    DoubtKind.AUTHORITY: (
        _("Which authorities send, receive and decide was not verified: {states}."),
        _("Ask the central authority of the other State, and confirm it in the register."),
    ),
    DoubtKind.NO_AUTHORITY: (
        _("The register names no authority for such a request: {states}."),
        _("Ask the central authority of the other State, and add it to the register."),
    ),
    DoubtKind.RIGHTS: (
        _("It is not known whether this binds {states}: {titles}."),
        _("Look the State up in the depositary's list; until then make the check as if it were bound."),
    ),
    DoubtKind.REVIEW: (
        _("{titles} defines its offences broadly; human-rights bodies have criticised it."),
        _("Check the facts against the definitions of international human-rights law."),
    ),
}
SILENT = {
    "channel": _("The register does not hold the channel under: {titles}."),
    "languages": _("The register does not hold the languages under: {titles}."),
    "required": _("The register does not hold the contents of a request under: {titles}."),
    "form": _("The register does not hold the form of requests and annexes under: {titles}."),
    "time-limits": _("The register does not hold the time limits under: {titles}."),
    "refusal": _("The register does not hold the grounds for refusal under: {titles}."),
}


def doubt_words(doubt: Doubt, register: Register, language: str) -> DoubtWords:
    """A doubt in words, in `language` (en or ru)."""
    voice = Voice(register, language)
    if doubt.kind is DoubtKind.OPEN_QUESTION:
        return _open_question(doubt, register, russian=language == "ru")
    if doubt.kind is DoubtKind.SILENT:
        what, settles = (
            SILENT[doubt.point or ""],
            _("Read the text of the treaty; what is shown, if anything, comes from the instrument named."),
        )
    else:
        what, settles = DOUBTS[doubt.kind]
    points = ", ".join(voice.say(PARTS[part]) for part in doubt.parts)
    said = voice.say(what, titles=voice.titles(doubt.instruments), states=voice.states(doubt.states), points=points)
    return DoubtWords(what=_one_stop(said), settles=voice.say(settles))


def _open_question(doubt: Doubt, register: Register, *, russian: bool) -> DoubtWords:
    question = next(question for question in register.questions if question.id == doubt.question)
    if russian:
        return DoubtWords(what=question.text_ru, settles=question.settles_ru)
    return DoubtWords(what=question.text_en, settles=question.settles_en)


def _doubt(doubt: Doubt, voice: Voice) -> Said:
    words = doubt_words(doubt, voice.register, voice.language)
    template = _("In doubt: {what} {settles}") if doubt.unsettles else _("Note: {what} {settles}")
    return "doubts", voice.say(template, what=words.what, settles=words.settles), tuple(_cited(doubt, voice))


def _cited(doubt: Doubt, voice: Voice) -> Iterator[Citation]:
    question = next((question for question in voice.register.questions if question.id == doubt.question), None)
    for name in doubt.instruments:
        source, confidence = (question.source, question.confidence) if question else (_source(name, voice), Confidence.UNVERIFIED)
        yield voice.cite(name, doubt.article, source, confidence)


def _source(name: str, voice: Voice) -> str:
    """Where the text of an instrument, a State's own law or a human-rights check was read about."""
    if instrument := voice.register.instruments.get(InstrumentId(name)):
        return instrument.sources[0]
    beside: tuple[Check | NationalLaw, ...] = (*voice.register.checks, *voice.register.national.values())
    return next(item.source for item in beside if item.id == name)


def _release(basis: Basis, voice: Voice) -> Said:
    return "register", voice.say(_("Release of the law data: {release}."), release=basis.register), ()


def plain(sentences: Iterable[Sentence]) -> str:
    """The sentences as lines of text, each with its number."""
    return "\n".join(f"{sentence.number}. {sentence.text}" for sentence in sentences)
