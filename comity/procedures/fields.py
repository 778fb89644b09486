"""Fields that several kinds ask in the same words: the offices, the people, the form of the letter, what is said with a move.

Those that stand together in a form stand together here, as a row in the form's order.
"""

from comity.procedures.model import Choice, Field, Kind, Prefill
from comity.words import _

# The letter: who writes to whom, on which basis, in which form

BASIS = Field(
    "basis",
    Kind.INSTRUMENTS,
    label=_("Legal basis"),
    why=_("The treaty the request rests on, or reciprocity. Where two apply and no rule puts one first, the request itself names one."),
    meets=("treaty_or_reciprocity",),
    choices=(Choice("reciprocity", _("Reciprocity")),),
    prefill=Prefill.BASIS,
    step=_("Legal basis"),
)
REQUESTING_AUTHORITY = Field(
    "requesting_authority",
    Kind.TEXT,
    label=_("Requesting authority"),
    why=_("Who asks, and to whom the answer goes."),
    meets=("requesting_authority", "authority"),
    prefill=Prefill.REQUESTING,
    step=_("The case"),
)
REQUESTED_AUTHORITY = Field(
    "requested_authority",
    Kind.TEXT,
    label=_("Requested authority"),
    why=_("Who is asked."),
    meets=("requested_authority", "addressee"),
    prefill=Prefill.REQUESTED,
    step=_("The case"),
)
CONDUCTING_AUTHORITY = Field(
    "conducting_authority",
    Kind.TEXT,
    label=_("Body that conducts the case"),
    why=_("The investigator, prosecutor or court on whose case the request rests."),
    meets=("conducting_authority",),
    step=_("The case"),
)
AUTHORITIES = (REQUESTING_AUTHORITY, REQUESTED_AUTHORITY, CONDUCTING_AUTHORITY)
OUR_NUMBER = Field(
    "our_number",
    Kind.TEXT,
    label=_("Our outgoing number"),
    why=_("Each office has its own number; the answer will name it."),
    step=_("The letter"),
)
LANGUAGE = Field(
    "language",
    Kind.LANGUAGE,
    label=_("Language of the request"),
    why=_("The instruments say which languages the requested office accepts."),
    step=_("The letter"),
)
SIGNED_BY = Field(
    "signed_by",
    Kind.TEXT,
    label=_("Post of the person who signs"),
    why=_("The request is signed by the competent official."),
    meets=("signature", "signature_or_seal"),
    step=_("The letter"),
)
OFFICIAL_SEAL = Field(
    "official_seal",
    Kind.CHOICE,
    label=_("Official seal"),
    why=_("Papers under the official seal with the State arms are accepted without further certification."),
    meets=("official_seal",),
    choices=(
        Choice("paper-follows", _("On the paper original, which follows by post")),
        Choice("on-papers", _("On the attached papers; the request itself is sealed electronically")),
    ),
    step=_("The letter"),
)
LETTER = (LANGUAGE, OUR_NUMBER, SIGNED_BY, OFFICIAL_SEAL)
PAPERS = Field(
    "papers",
    Kind.PAPERS,
    label=_("Papers"),
    why=_("What goes with it: decisions, copies, evidence."),
    personal=True,
    step=_("Papers"),
)
TRANSLATION = Field(
    "translation",
    Kind.PAPERS,
    label=_("Certified translation"),
    why=_("A bad or missing translation is a common reason for a request to come back."),
    personal=True,
    step=_("Papers"),
)
ASSURANCES = Field(
    "assurances",
    Kind.CHOICES,
    label=_("Assurances given"),
    why=_("What the requesting State promises; the requested State weighs it and is not bound to be satisfied."),
    choices=(
        Choice("no-torture", _("No torture or other cruel, inhuman or degrading treatment")),
        Choice("fair-trial", _("A fair trial with defence by counsel")),
        Choice("no-death-penalty", _("The death penalty is not imposed, or not carried out")),
        Choice("no-persecution", _("No prosecution on political, racial, religious or ethnic grounds")),
        Choice("speciality", _("Prosecution only for the offences of this request")),
        Choice("free-departure", _("Freedom to leave after the proceedings and the sentence")),
        Choice("consular-access", _("Access for consular officers of the requested State")),
    ),
    step=_("Safeguards"),
)
CHECKS = Field(
    "checks",
    Kind.CHECKS,
    label=_("Human-rights checks"),
    why=_("They apply on top of every treaty. A risk on an absolute ground bars surrender."),
    personal=True,
    step=_("Safeguards"),
)

# The case

FACTS = Field(
    "facts",
    Kind.LONG_TEXT,
    label=_("Facts"),
    why=_("What was done, where and when, and why it is thought to be this person."),
    meets=("facts", "facts_summary", "offence_facts", "facts_time_place", "offence"),
    personal=True,
    step=_("The case"),
)
DAMAGE = Field(
    "damage",
    Kind.LONG_TEXT,
    label=_("Amount of damage"),
    why=_("The amount with its currency, or “no damage”."),
    meets=("damage",),
    unknown_allowed=True,
    step=_("The case"),
)

# People

FULL_NAME = Field(
    "full_name",
    Kind.TEXT,
    label=_("Full name"),
    why=_("As in the identity document."),
    meets=("person_full_name",),
    needed=True,
    personal=True,
)
OTHER_SPELLINGS = Field(
    "other_spellings",
    Kind.TEXT,
    label=_("Other names and spellings"),
    why=_("Former names, aliases, the spelling in other scripts."),
    personal=True,
)
BIRTH_DATE = Field(
    "birth_date",
    Kind.PARTIAL_DATE,
    label=_("Date of birth"),
    why=_("Tells people of one name apart. The year alone is an answer."),
    meets=("person_birth",),
    personal=True,
    unknown_allowed=True,
)
BIRTH_PLACE = Field(
    "birth_place",
    Kind.TEXT,
    label=_("Place of birth"),
    why=_("As in the identity document."),
    meets=("person_birth",),
    personal=True,
    unknown_allowed=True,
)
CITIZENSHIP = Field(
    "citizenship",
    Kind.STATES,
    label=_("Citizenship"),
    why=_("It decides on extradition of nationals and on consular access. More than one may be given."),
    meets=("person_citizenship", "nationality"),
    choices=(Choice("stateless", _("Stateless")),),
    personal=True,
    unknown_allowed=True,
)
RESIDENCE = Field(
    "residence",
    Kind.TEXT,
    label=_("Place of residence"),
    why=_("Where the person can be found. Without it requests come back."),
    meets=("person_residence",),
    personal=True,
    unknown_allowed=True,
)
OCCUPATION = Field(
    "occupation",
    Kind.TEXT,
    label=_("Occupation"),
    why=_("Work and position."),
    meets=("person_occupation",),
    personal=True,
    unknown_allowed=True,
)
PARENTS = Field(
    "parents_names",
    Kind.TEXT,
    label=_("Names of the parents"),
    why=_("Where known: they tell people of one name apart."),
    meets=("parents_names_if_known",),
    personal=True,
    unknown_allowed=True,
)
IDENTITY_DOCUMENT = Field(
    "document",
    Kind.TEXT,
    label=_("Identity document"),
    why=_("Kind, number, who gave it and when."),
    personal=True,
    unknown_allowed=True,
)
DESCRIPTION = Field(
    "description",
    Kind.LONG_TEXT,
    label=_("Description of the person"),
    why=_("Height, build, marks; say where a photograph or fingerprints are attached."),
    meets=("person_description_if_available", "person_description"),
    personal=True,
    unknown_allowed=True,
)
IDENTITY = (BIRTH_DATE, BIRTH_PLACE, CITIZENSHIP, RESIDENCE, OCCUPATION, PARENTS, IDENTITY_DOCUMENT, DESCRIPTION)
PROCEDURAL_ROLE = Field(
    "role",
    Kind.CHOICE,
    label=_("Role in the case"),
    why=_("It decides which rights are read out."),
    choices=(
        Choice("witness", _("Witness")),
        Choice("victim", _("Victim")),
        Choice("expert", _("Expert")),
        Choice("suspect", _("Suspect")),
        Choice("accused", _("Accused")),
        Choice("convicted", _("Convicted person")),
        Choice("other", _("Other person")),
    ),
)

# What is said with a move or a note

TEXT = Field(
    "text",
    Kind.LONG_TEXT,
    label=_("Text"),
    why=_("What the other office is told."),
    personal=True,
)
REASONS = Field(
    "reasons",
    Kind.LONG_TEXT,
    label=_("Reasons given"),
    why=_("In full, so that the other office can mend what can be mended."),
    personal=True,
)
GROUND = Field(
    "ground",
    Kind.GROUND,
    label=_("Ground for refusal"),
    why=_("One that the instruments, national law or a human-rights check gives, with its article."),
)
REGISTERED_NUMBER = Field(
    "number",
    Kind.TEXT,
    label=_("Incoming number"),
    why=_("Your own number for the matter. Both numbers are kept; neither replaces the other."),
)
RECEIVED_ON = Field(
    "received_on",
    Kind.DATE,
    label=_("Received on"),
    why=_("The day on which terms begin to run for you."),
    prefill=Prefill.TODAY,
)
QUESTIONS = Field(
    "questions",
    Kind.LONG_TEXT,
    label=_("What is missing or unclear"),
    why=_("Point by point, so that one answer is enough."),
    personal=True,
)
ANSWER_BY = Field(
    "answer_by",
    Kind.DATE,
    label=_("Answer asked by"),
    why=_("The last day you set, within what the instrument allows."),
)
SUPPLEMENT = Field(
    "supplement",
    Kind.LONG_TEXT,
    label=_("Additional information"),
    why=_("The answer, point by point."),
    personal=True,
)
CONTACT = Field(
    "contact",
    Kind.TEXT,
    label=_("Contact in your office"),
    why=_("Post and telephone of the officer in charge."),
)
ANSWERS = (REGISTERED_NUMBER, RECEIVED_ON, QUESTIONS, ANSWER_BY, SUPPLEMENT, GROUND)
SAID = (REASONS, CONTACT, TEXT)
