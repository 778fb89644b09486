"""Who may do what in an office: the roles people hold and the one table of what each role allows.

A person may hold several roles and may do what any of them allows. The table says nothing about which matters a person sees: that follows
from the unit and the assignment, except for those who may `READ_ALL_UNITS`. Four eyes (who drafted does not approve) is kept by the
commands: no table of roles can express it. The administrator looks after people and machines and cannot read a matter.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from comity.words import _


class Role(StrEnum):
    """What a person is in the office. The values are stored and written to the journal: they never change."""

    REGISTRAR = "registrar"
    OFFICER = "officer"
    HEAD = "head"
    TRANSLATOR = "translator"
    LAWYER = "lawyer"
    STATISTICIAN = "statistician"
    COUNCIL_SECRETARY = "council-secretary"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: Mapping[Role, str] = MappingProxyType(
    {
        Role.REGISTRAR: _("Registrar"),
        Role.OFFICER: _("Officer"),
        Role.HEAD: _("Head"),
        Role.TRANSLATOR: _("Translator"),
        Role.LAWYER: _("Lawyer"),
        Role.STATISTICIAN: _("Statistician"),
        Role.COUNCIL_SECRETARY: _("Council secretary"),
        Role.AUDITOR: _("Auditor"),
        Role.ADMINISTRATOR: _("Administrator"),
    }
)


class Action(StrEnum):
    """What somebody wants to do, as far as a role decides it."""

    READ_MATTERS = "read-matters"
    READ_ALL_UNITS = "read-all-units"
    DRAFT = "draft"
    APPROVE = "approve"
    MOVE = "move"
    REGISTER = "register"
    ASSIGN = "assign"
    KEEP_NOTE = "keep-note"
    ADD_TRANSLATION = "add-translation"
    EXPORT = "export"
    ERASE = "erase"
    READ_CORRESPONDENCE = "read-correspondence"
    READ_COUNCIL = "read-council"
    KEEP_COUNCIL = "keep-council"
    READ_STATISTICS = "read-statistics"
    KEEP_STATISTICS = "keep-statistics"
    CONFIRM_LAW = "confirm-law"
    READ_AUDIT = "read-audit"
    MANAGE_PEOPLE = "manage-people"
    MANAGE_TRUST = "manage-trust"


# Whom each action is open to. One row an action, so that a lawyer can read it as a table.
PERMISSIONS: Mapping[Action, tuple[Role, ...]] = MappingProxyType(
    {
        Action.READ_MATTERS: (Role.REGISTRAR, Role.OFFICER, Role.HEAD, Role.TRANSLATOR, Role.AUDITOR),
        Action.READ_ALL_UNITS: (Role.REGISTRAR, Role.HEAD, Role.AUDITOR),
        Action.DRAFT: (Role.OFFICER, Role.HEAD),
        Action.APPROVE: (Role.HEAD,),
        Action.MOVE: (Role.OFFICER, Role.HEAD),
        Action.REGISTER: (Role.REGISTRAR, Role.OFFICER, Role.HEAD),
        Action.ASSIGN: (Role.REGISTRAR, Role.HEAD),
        Action.KEEP_NOTE: (Role.REGISTRAR, Role.OFFICER, Role.HEAD, Role.TRANSLATOR),
        Action.ADD_TRANSLATION: (Role.OFFICER, Role.HEAD, Role.TRANSLATOR),
        Action.EXPORT: (Role.OFFICER, Role.HEAD, Role.AUDITOR),
        Action.ERASE: (Role.HEAD,),
        Action.READ_CORRESPONDENCE: (Role.REGISTRAR, Role.OFFICER, Role.HEAD, Role.AUDITOR),
        Action.READ_COUNCIL: (Role.REGISTRAR, Role.OFFICER, Role.HEAD, Role.COUNCIL_SECRETARY),
        Action.KEEP_COUNCIL: (Role.COUNCIL_SECRETARY,),
        Action.READ_STATISTICS: (Role.REGISTRAR, Role.OFFICER, Role.HEAD, Role.STATISTICIAN, Role.COUNCIL_SECRETARY, Role.AUDITOR),
        Action.KEEP_STATISTICS: (Role.STATISTICIAN,),
        Action.CONFIRM_LAW: (Role.LAWYER, Role.HEAD),
        Action.READ_AUDIT: (Role.AUDITOR,),
        Action.MANAGE_PEOPLE: (Role.ADMINISTRATOR,),
        Action.MANAGE_TRUST: (Role.ADMINISTRATOR,),
    }
)


def may(roles: Iterable[Role], action: Action) -> bool:
    """Whether any of these roles allows the action."""
    return any(role in PERMISSIONS[action] for role in roles)


def roles_for(action: Action) -> tuple[Role, ...]:
    """The roles that allow the action, in the order of `Role`: whom to ask when one's own role does not."""
    return PERMISSIONS[action]
