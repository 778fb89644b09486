"""The words of each kind of letter: its title, how it opens and closes, and what its parts are called.

Whole sentences, marked for translation. `{sender}` is an office in the nominative, which every sentence is built to take in both languages.
"""

from dataclasses import dataclass

from comity.documents.model import LetterKind
from comity.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What one kind of letter says by itself. `contents` heads the numbered items, `basis` the instruments; empty where it has none."""

    title: str
    opening: str
    contents: str
    closing: str = ""
    basis: str = _("Basis in law")


WORDINGS = {
    LetterKind.REQUEST: Wording(
        title=_("Request for legal assistance in a criminal case"),
        opening=_(
            "The {sender} presents its compliments and asks for legal assistance in the criminal case named below, on the basis "
            "and to the extent set out in this request."
        ),
        contents=_("Contents of the request"),
        closing=_(
            "Kindly send the papers made in execution to this office, naming the number of this letter; if the request cannot be "
            "executed, kindly say what prevents it."
        ),
    ),
    LetterKind.ARREST_APPLICATION: Wording(
        title=_("Application for arrest before the request for extradition"),
        opening=_(
            "The {sender} presents its compliments and applies for the arrest of the person named below before the request for "
            "extradition is received. The request will be sent within the time limit."
        ),
        contents=_("Contents of the application"),
        closing=_("Kindly tell this office without delay of the arrest, its day and place, or of what prevents it."),
    ),
    LetterKind.EXTRADITION_REQUEST: Wording(
        title=_("Request for extradition"),
        opening=_(
            "The {sender} presents its compliments and requests the extradition of the person named below, on the basis set out "
            "in this request."
        ),
        contents=_("Contents of the request"),
        closing=_("Kindly inform this office of the decision and, if extradition is granted, of the place and date of the surrender."),
    ),
    LetterKind.CLARIFICATION: Wording(
        title=_("Additional information is asked for"),
        opening=_(
            "The {sender} presents its compliments and, having examined the request, asks for the additional information set out below."
        ),
        contents=_("Information asked for"),
    ),
    LetterKind.SUPPLEMENT: Wording(
        title=_("Additional information to the request"),
        opening=_("The {sender} presents its compliments and sends the additional information set out below, as a part of the request."),
        contents=_("Information supplied"),
    ),
    LetterKind.EXTRADITION_DECISION: Wording(
        title=_("Decision on extradition"),
        opening=_("The {sender} presents its compliments and gives notice of the decision taken on the request for extradition."),
        contents=_("The decision"),
        closing=_("Kindly confirm receipt and name the officers who will take the person over."),
    ),
    LetterKind.EXTRADITION_REFUSAL: Wording(
        title=_("Refusal of extradition"),
        opening=_(
            "The {sender} presents its compliments and gives notice that extradition is refused, on the ground and for the "
            "reasons set out below."
        ),
        contents=_("Ground and reasons"),
    ),
    LetterKind.ANSWER: Wording(
        title=_("Results of the execution of the request"),
        opening=_("The {sender} presents its compliments and sends the results of the execution of the request."),
        contents=_("What was done and found"),
    ),
    LetterKind.REFUSAL: Wording(
        title=_("Refusal of the request"),
        opening=_(
            "The {sender} presents its compliments and gives notice that the request is refused, on the ground and for the "
            "reasons set out below."
        ),
        contents=_("Ground and reasons"),
    ),
    LetterKind.NOTICE: Wording(
        title=_("Notice in the matter"),
        opening=_("The {sender} presents its compliments and gives notice of the following."),
        contents=_("What is notified"),
    ),
}

# Parts of every letter

ADDRESSEE = _("Addressee")
NUMBER = _("Outgoing number")
DATE = _("Date")
IN_REPLY = _("In reply to")
MATTER = _("Matter id")
NUMBERED = _("No. {number}, {date}")
NUMBERED_OF = _("No. {number} of {date}")
DRAFT = _("Draft, not sealed and not sent")
NO_NUMBER = _("given when sealed")
ARTICLE = _("art. {articles}")
NO_ARTICLE = _("article not known")
OF_DAY = _("of {date}")
BASIS_OPEN = _("No rule settles which of these instruments goes first; the request names them all.")
RECIPROCITY = _(
    "No treaty in force between the two States covers this request; it rests on reciprocity. The {sender} gives its assurance "
    "that it would render like assistance at the other side’s request, within its own law."
)
ANNEXES = _("Annexes")
ANNEX_TITLE = _("Title of the paper")
LANGUAGE = _("Language of the paper")
PAGES = _("pp.")
ANNEX_NUMBER = _("Annex {numbers}")
ANNEX_NUMBERS = _("Annexes {numbers}")
SIGNATURE = _("signature")
SEAL = _("place of the seal")
SEALED_NOTE = _(
    "This letter is sealed electronically: the signed event of the matter names the SHA-256 of this file, so any change to it can "
    "be found. Each annex is named by its own SHA-256."
)
UNVERIFIED = _("† As the law register of this release records it; not yet read against the published text.")
NOT_KNOWN = _("is not known")
NONE_GIVEN = _("is not stated")
LAW_RELEASE = _("Law register, release {release}")
PAGE = _("Page {page} of {pages}")

CHANNEL = _("Channel of communication")
TERM = _("Time limit for the request after the arrest")
LETTER_LANGUAGE = _("Made in")
IN_FORCE = _("in force between the two States since {date}")
CHECK = _("Human-rights check")
FINDING = _("What was found")
REASONS = _("Reasons for the finding")
GROUND = _("Ground of refusal")
PROVISION = _("Provision that gives it")
ANSWERS = {
    "no-risk": _("No risk found"),
    "assured": _("A risk, met by assurances"),
    "risk": _("A risk that is not met"),
}
PRIMARY = _("Basis of the request")
PROTOCOL = _("Amends and supplements its convention")
RESERVE = _("Applies in reserve")
SUPPLEMENT = _("Supplements the basis")

DESIGNATIONS = (
    _("Prosecutor General"),
    _("First Deputy Prosecutor General"),
    _("Deputy Prosecutor General"),
    _("Head of the department for international cooperation"),
    _("Deputy head of the department for international cooperation"),
    _("Executive officer of the department for international cooperation"),
)
"""Posts that letters in both languages know; any other stands as it was written."""

# The record of a matter

RECORD = _("Record of the matter")
KIND = _("Kind of this matter")
STATE = _("Where it stands")
HOLDER = _("File held by")
OVER = _("Nobody: the matter is over")
AS_IT_STOOD = _("Record made on")
RELEASE = _("Release of the law register")
FROZEN = _("The matter is frozen: an office told two stories. No move counts until people have settled it.")
VERIFICATION = _("Verification of the journal")
ALL_PASSED = _("Every step passed: {events} events, {papers} papers, {receipts} receipts.")
NOT_ALL_PASSED = _("Not every step passed.")
OUTCOMES = {
    "passed": _("holds"),
    "failed": _("does not hold"),
    "not-reached": _("could not be checked"),
}
NOTHING = _("nothing to check")
FAILED_AT = _("at event {event}")
MORE = _("and {count} more")
JOURNAL = _("Events in order")
JOURNAL_NOTE = _(
    "Every event in the one order that all offices share. A move passed the file on, a note did not; a void event is kept and has no "
    "effect."
)
OPENED = _("{office} opened this matter")
DID = _("{office} wrote “{act}”")
MOVED = _("Move: then “{state}”")
NOTED = _("A note")
VOID = _("Void: kept, without effect")
LETTERS = _("Letters sent with it")
ERASED = _("The content has been erased as the law demands; the event itself still verifies.")
EVENT = _("Event {event}")
SEALED_BY = _("Sealed {at} by key {key}, in a group of {size}, root {root}")
PAPERS = _("Annexes named in the journal")
MADE_BY = _("Record made by")
