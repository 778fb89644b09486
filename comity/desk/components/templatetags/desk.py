"""The tags of the desk, loaded in every template; each shows a value of `comity.desk.components.model` (`docs/components.md`)."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from comity.desk.components import assets, dates, ruler, years
from comity.desk.components.forms import problems
from comity.desk.components.law_model import DaySlider, LawMatrix, MatrixMark, Spans
from comity.desk.components.model import (
    BasisGroup,
    Certainty,
    Citation,
    Clock,
    Count,
    Crumb,
    DueGroup,
    DueRow,
    Frame,
    HolderBanner,
    MissingItem,
    NavigationItem,
    NextMove,
    Paper,
    PrivateNote,
    PrivatePart,
    Proof,
    ProofState,
    Step,
    Tab,
    TimelineEntry,
    Words,
)

register = template.Library()
Shown = dict[str, Any]

# An abbreviation and its number stay on one line.
UNBREAKABLE = re.compile(r"\b(arts?|para|ст|п|г)\. (?=\d)")
CERTAINTY_MARKS = {Certainty.VERIFIED: "disc", Certainty.UNVERIFIED: "half", Certainty.OPEN: "open"}
RULERS = (("wide", ruler.WIDE), ("narrow", ruler.NARROW))
PROOF_MARKS = {ProofState.SEALED: "seal", ProofState.WAITING: "clock"}


# Addresses and marks


@register.simple_tag
def asset(name: str) -> str:
    """The address of a static file, with the digest of its content."""
    return assets.address(name)


@register.simple_tag
def mark(name: str, kind: str = "", said: Words = "") -> SafeString:
    """A mark from the sprite. `said`: the word for those who do not see it, where no word stands beside it."""
    classes = f"mark mark--{kind}" if kind else "mark"
    word = format_html('<span class="govuk-visually-hidden">{}</span>', said) if said else ""
    return format_html('<svg class="{}" aria-hidden="true" focusable="false"><use href="#mark-{}"/></svg>{}', classes, name, word)


# Days and hours


@register.filter
def day_short(value: date | None) -> str:
    """23 Nov"""
    return dates.short(value) if value else ""


@register.filter
def day_full(value: date | None, today: date | None = None) -> str:
    """23 November 2026; without the year when it is that of `today`."""
    return dates.full(value, today or None) if value else ""


@register.filter
def day_long(value: date | None) -> str:
    """Thu 10 December"""
    return dates.long_day(value) if value else ""


@register.filter
def day_heading(value: date | None) -> str:
    """Monday, 23 November"""
    return dates.heading(value) if value else ""


@register.filter
def weekday(value: date | None) -> str:
    """Mon"""
    return dates.weekday(value) if value else ""


@register.filter
def hour(value: datetime | None) -> str:
    """07:55"""
    return dates.hour(value) if value else ""


@register.filter
def how_far(value: date | None, today: date) -> str:
    """In 3 days"""
    return dates.how_far(value, today) if value else ""


# The law


@register.simple_tag
def certainty(value: Certainty | None, word: bool = True) -> SafeString:
    """The certainty mark, with its word beside it, or with the word for readers only where a legend stands below."""
    if value is None:
        return SafeString("")
    said = {Certainty.VERIFIED: gettext("verified"), Certainty.UNVERIFIED: gettext("not verified"), Certainty.OPEN: gettext("open")}[value]
    if word:
        return format_html('<span class="certainty">{}{}</span>', mark(CERTAINTY_MARKS[value]), said)
    return format_html('<span class="certainty">{}</span>', mark(CERTAINTY_MARKS[value], said=f"{said}: "))


@register.simple_tag(name="cite")
def citation(value: Citation | None, mark: bool = True) -> SafeString:
    """A citation in the voice of the law. `mark`: its certainty stands directly before it, as in lists; elsewhere it is said in a word."""
    if value is None or not value.text:
        return SafeString("")
    text = UNBREAKABLE.sub("\\1.\u00a0", str(value.text))
    link = format_html('<a href="{}">{}</a>', value.url, text) if value.url else text
    # The word joiner keeps the mark on the line of the words it stands for.
    sign = format_html("{}\u2060", certainty(value.certainty, word=False)) if mark and value.certainty else ""
    return format_html("{}<cite>{}</cite>", sign, link)


@register.inclusion_tag("components/legend.html")
def certainty_legend() -> Shown:
    """What the three certainty marks mean; under every list that shows them without words."""
    return {}


@register.inclusion_tag("components/basis_list.html")
def basis_list(groups: Iterable[BasisGroup]) -> Shown:
    """Instruments with their role and standing; excluded ones stay, struck through, with the article that excludes them."""
    return {"groups": groups}


@register.simple_tag
def matrix_mark(value: MatrixMark) -> SafeString:
    """A mark of the matrix with the year beside it; its word for those who do not see it. Nothing is drawn where nothing is known."""
    sign = mark(value.icon, "signal" if value.signal else "") if value.icon else SafeString("" if value.blank else "–")
    year = format_html(' <span class="matrix__year">{}</span>', value.year) if value.year else ""
    classes = " ".join(["matrix__mark", *(["signal"] if value.signal else []), *([] if value.sure else ["matrix__mark--unsure"])])
    hidden = format_html('<span aria-hidden="true">{}</span>', sign) if sign and not value.icon else sign
    return format_html('<span class="{}">{}<span class="govuk-visually-hidden">{}</span>{}</span>', classes, hidden, value.word, year)


@register.inclusion_tag("components/matrix_legend.html")
def matrix_legend(only_uncertain: bool = False) -> Shown:
    """What the marks of the matrix mean; `only_uncertain`: what is settled is left out of it."""
    return {"only_uncertain": only_uncertain}


@register.inclusion_tag("components/law_matrix.html")
def law_matrix(table: LawMatrix) -> Shown:
    """States in rows, instruments in columns, a mark in each cell; the chosen row and column are shaded, the chosen cell framed."""
    return {"table": table, "rows": [(row, row.headed(table.heads)) for row in table.rows]}


@register.inclusion_tag("components/day_slider.html")
def day_slider(slider: DaySlider) -> Shown:
    """The events of the law on a line of years, the chosen day in red; arrow keys step from event to event, and so do two links."""
    return {"slider": slider, "rulers": [(name, years.of_years(slider, width)) for name, width in RULERS]}


@register.inclusion_tag("components/spans.html")
def spans(value: Spans) -> Shown:
    """What applied when: a lane for each answer over the years. A drawing beside the table that says the same."""
    return {"drawn": years.of_spans(value)}


# Terms and dates


@register.simple_tag
def day_of(count: Count) -> SafeString:
    """33 of 30, with the day in bold; before day 1, how many days it has and when it begins."""
    if count.until_first:
        words = ngettext("%(of)s, from tomorrow", "%(of)s, beginning in %(days)s days", count.until_first)
        return format_html(words % {"of": "{of}", "days": "{days}"}, of=count.of, days=count.until_first)
    said = gettext("%(day)s of %(of)s") % {"day": "{day}", "of": "{of}"}
    return format_html(said, day=format_html("<b>{}</b>", count.day), of=count.of)


@register.inclusion_tag("components/gauge.html")
def gauge(count: Count, signal: bool = False) -> Shown:
    """How much of a term has passed. The numbers stand beside it as text, so readers skip the drawing."""
    return {"share": count.share, "signal": signal}


@register.inclusion_tag("components/due_groups.html")
def due_groups(groups: Iterable[DueGroup]) -> Shown:
    """The rows of a desk in their groups (`due.grouped`)."""
    return {"groups": groups}


@register.inclusion_tag("components/waiting_rows.html")
def waiting_rows(rows: Iterable[DueRow]) -> Shown:
    """What lies on other desks: who holds it, why we wait, day of days, expected when."""
    return {"rows": rows}


@register.inclusion_tag("components/ruler_due.html")
def due_ruler(rows: Sequence[DueRow], today: date) -> Shown:
    """The coming due dates on one line. A drawing beside the rows that say the same; hidden from readers and on phones."""
    return {"rulers": [(name, ruler.of_desk(rows, today, width)) for name, width in RULERS]}


@register.inclusion_tag("components/clock.html")
def clock(value: Clock) -> Shown:
    """One running term in a side column."""
    return {"clock": value}


@register.inclusion_tag("components/holder_banner.html")
def holder_banner(banner: HolderBanner) -> Shown:
    """Who holds the file, until when, by which article: solid ink when we do, two rules on paper when another does."""
    count = banner.due.count if banner.due else None
    rulers = [(name, ruler.of_clock(count, banner.ticks, width)) for name, width in RULERS] if count else []
    return {"banner": banner, "due": banner.due, "count": count, "rulers": rulers}


# The matter


@register.inclusion_tag("components/proof.html")
def proof(value: Proof) -> Shown:
    """Seal and receipts of one event, quiet unless something is wrong."""
    return {"proof": value, "mark": PROOF_MARKS.get(value.state, "warning")}


@register.inclusion_tag("components/journal.html")
def journal(entries: Iterable[TimelineEntry]) -> Shown:
    """The journal, newest first, as the page ordered it."""
    return {"entries": entries}


@register.inclusion_tag("components/next_moves.html")
def next_moves(moves: Iterable[NextMove]) -> Shown:
    """What may be done next: a list, each with what follows, what is missing and one button."""
    return {"moves": moves}


@register.inclusion_tag("components/missing_items.html")
def missing_items(items: Iterable[MissingItem]) -> Shown:
    """What the law asks for and is not there: item, step, article. Each opens its field."""
    return {"items": items}


@register.inclusion_tag("components/papers.html")
def papers(papers: Iterable[Paper]) -> Shown:
    """The papers of a matter or of an event."""
    return {"papers": papers}


@register.inclusion_tag("components/step_list.html")
def step_list(steps: Iterable[Step], missing: int = 0, items: int = 0) -> Shown:
    """The steps of a form and how far they are; under them how many items of how many are missing."""
    return {"steps": steps, "missing": missing, "items": items}


@register.inclusion_tag("components/private_strip.html", takes_context=True)
def private_strip(
    context: Context,
    notes: Iterable[PrivateNote],
    *,
    form: BaseForm | None = None,
    action: str = "",
    cannot_see: Words = "",
    parts: Iterable[PrivatePart] = (),
) -> Shown:
    """What never leaves the office, on its own paper, with its own form. `cannot_see`: who cannot see it ("Russia cannot see this")."""
    return {
        "notes": notes,
        "form": form,
        "action": action,
        "cannot_see": cannot_see,
        "parts": parts,
        "csrf_token": context.get("csrf_token"),
    }


# The frame


@register.inclusion_tag("components/top_line.html", takes_context=True)
def top_line(context: Context, frame: Frame) -> Shown:
    """Mark, office, search, language, role."""
    return {"frame": frame, "request": context.get("request"), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/navigation.html")
def navigation(items: Iterable[NavigationItem]) -> Shown:
    """The pages of the desk, with what waits on each."""
    return {"items": items}


@register.inclusion_tag("components/language_switch.html", takes_context=True)
def language_switch(context: Context) -> Shown:
    """The other language for this very page. Works without script."""
    request: HttpRequest | None = context.get("request")
    return {"csrf_token": context.get("csrf_token"), "next": request.get_full_path() if request else "/"}


@register.inclusion_tag("components/crumb.html")
def crumb(items: Iterable[Crumb]) -> Shown:
    """The way to this page; at its end both offices' numbers."""
    return {"items": items}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[Tab], label: Words = "") -> Shown:
    """A few views of the same page."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/section_head.html")
def section_head(
    title: Words,
    *,
    count: Words | int | None = None,
    aside: Words = "",
    link: Words = "",
    url: str = "",
    square: str = "",
    id: str = "",  # noqa: A002 - the name of the attribute it becomes
) -> Shown:
    """The head of a section: title, count, how it is sorted, the way to all. `square`: ours or theirs, before the title."""
    return {"title": title, "count": count, "aside": aside, "link": link, "url": url, "square": square, "id": id}


@register.inclusion_tag("components/notice.html")
def notice(text: Words, *, kind: str = "done", link: Words = "", url: str = "") -> Shown:
    """What was just done (`done`), what went wrong (`trouble`), as of which past day a page is seen (`past`), what to know (`note`)."""
    return {
        "text": text,
        "kind": kind,
        "link": link,
        "url": url,
        "mark": {"trouble": "warning", "past": "clock", "done": "tick"}.get(kind, ""),
    }


@register.inclusion_tag("components/button.html")
def button(text: Words, *, url: str = "", kind: str = "outline", name: str = "", value: str = "", about: Words = "") -> Shown:
    """A link (with `url`) or a submit as a button: solid (one a page), outline, quiet, link. `about`: what it acts on."""
    return {"text": text, "url": url, "kind": kind, "name": name, "value": value, "about": about}


# Forms and lists


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm) -> Shown:
    """Everything that is missing or wrong in these forms, each linked to its field. Nothing when all is well."""
    return {"problems": [problem for form in forms if form is not None for problem in problems(form)]}


@register.inclusion_tag("components/filter_form.html")
def filter_form(form: BaseForm, action: str = "", target: str = "") -> Shown:
    """A form that narrows a list by GET. `target`: the id of the list, replaced in place where htmx runs."""
    return {"form": form, "action": action, "target": target}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: "Page[Any]") -> Shown:
    """The pages of a list; the rest of the query is kept."""
    request: HttpRequest | None = context.get("request")
    query = request.GET.copy() if request else None
    if query is not None:
        query.pop("page", None)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "numbers": numbers, "query": f"{query.urlencode()}&" if query else "", "gap": page.paginator.ELLIPSIS}


@register.inclusion_tag("components/empty.html")
def empty(text: Words, hint: Words = "", link: Words = "", url: str = "") -> Shown:
    """A list with nothing in it says so, and what would bring something into it."""
    return {"text": text, "hint": hint, "link": link, "url": url}


@register.simple_tag
def pair(sides: tuple[str, str] | None) -> SafeString:
    """TJ → RU, with the arrow drawn and said."""
    if not sides:
        return SafeString("")
    arrow = '<svg class="mark mark--quiet" aria-hidden="true" focusable="false"><use href="#mark-arrow"/></svg>'
    said = pgettext("between two States", "to")
    return format_html('{}{}<span class="govuk-visually-hidden"> {} </span>{}', sides[0], SafeString(arrow), said, sides[1])
