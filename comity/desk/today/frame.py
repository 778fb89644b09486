"""The frame of every page for whoever is logged in: office, role, navigation with counts, the law release and the time zone at the foot."""

from babel.dates import get_timezone_location
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.accounts.models import User
from comity.desk.components.model import Frame, NavigationItem
from comity.desk.matters import queries
from comity.desk.matters.citations import page_language, state_name
from comity.desk.matters.models import DraftRow
from comity.desk.office import current_office
from comity.desk.today.trouble import silent
from comity.node.office import Office
from comity.node.roles import Action


def frame(request: HttpRequest) -> Frame:
    """The frame for this request; before anybody has logged in only the office."""
    office, language = current_office(), page_language()
    names = office.settings.names
    name = names.ru if language == "ru" else names.en
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return Frame(office=name, state=state_name(office.settings.state, language))
    return Frame(
        office=name,
        state="",
        role=user.designation,
        unit=str(user.unit),
        navigation=tuple(_navigation(request, user, office)),
        search_url=reverse("matters") if user.may(Action.READ_MATTERS) else "",
        search=request.GET.get("q", "") if request.resolver_match and request.resolver_match.view_name == "matters" else "",
        sign_out_url=reverse("log-out"),
        foot=_("Law release %(release)s") % {"release": office.register.release[:12]},
        foot_end=_("Times in %(zone)s unless said") % {"zone": _city(office, language)},
    )


def _city(office: Office, language: str) -> str:
    return get_timezone_location(office.settings.zone, locale=language, return_city=True)


def _navigation(request: HttpRequest, user: User, office: Office) -> list[NavigationItem]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    opening = here == "matters:new" or _opens(request, here)
    items: list[NavigationItem] = []
    if user.may(Action.READ_MATTERS):
        count = queries.on_our_desk(queries.MatterFilter(reader=queries.reader(user))).count()
        items += [
            NavigationItem(text=_("Today"), url=reverse("today"), current=here == "today", count=count or None, counted=_("on our desk")),
            NavigationItem(text=_("Matters"), url=reverse("matters"), current=here.startswith("matters") and not opening),
        ]
    if user.may(Action.DRAFT):
        items.append(NavigationItem(text=_("New request"), url=reverse("matters:new"), current=opening))
    items.append(NavigationItem(text=_("Law"), url=reverse("law:home"), current=here.startswith("law:")))
    if user.may(Action.READ_CORRESPONDENCE):
        trouble = _trouble_count(office)
        items.append(
            NavigationItem(
                text=_("Correspondence"),
                url=reverse("correspondence:overview"),
                current=here.startswith("correspondence:"),
                count=trouble or None,
                trouble=True,
                counted=_("in trouble"),
            )
        )
    if user.may(Action.MANAGE_PEOPLE):
        items.append(NavigationItem(text=_("Administration"), url=reverse("people"), current=here.startswith(("people", "person-"))))
    return items


def _opens(request: HttpRequest, here: str) -> bool:
    """Whether this is a page of a draft that will open a matter, as “New request” begins one."""
    draft = request.resolver_match.kwargs.get("draft") if request.resolver_match and here.startswith("matters:draft") else None
    return draft is not None and DraftRow.objects.filter(pk=str(draft), opens=True).exists()


def _trouble_count(office: Office) -> int:
    with office.store.read() as unit:
        return len(silent(office, unit))
