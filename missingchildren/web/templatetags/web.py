"""The tags pages are written with: {% load web %}. `docs/components.md` shows each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, cast

from django import forms, template
from django.forms.boundfield import BoundField
from django.template import Context, loader
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from missingchildren.core.clock import in_london
from missingchildren.web import components, field_markup
from missingchildren.web.components import Action, Chosen, Link, Moment, Row, Task

register = template.Library()

BUTTONS = {
    "": None,
    "secondary": "govuk-button--secondary",
    "warning": "govuk-button--warning",
    "inverse": "govuk-button--inverse",
}
COLOURS = {
    "", "blue", "green", "grey", "magenta", "orange", "pink", "purple", "red", "teal", "turquoise",
    "yellow",
}  # fmt: skip
ALERTS = ("information", "success", "warning", "error")


# --- forms


@register.simple_tag
def field(bound: BoundField, **look: Any) -> SafeString:
    """{% field form.name heading=True size="l" label="…" hint="…" width=10 %}."""
    return field_markup.field(bound, field_markup.Look(**look))


@register.simple_tag
def fields(form: forms.BaseForm) -> SafeString:
    """Every field in order; those that a choice reveals are inside it."""
    inside = form.revealed() if hasattr(form, "revealed") else {}
    return format_html_join(
        "\n", "{}", ((field_markup.field(bound),) for bound in form if bound.name not in inside)
    )


@register.simple_tag
def error_summary(*several: forms.BaseForm | None) -> SafeString | str:
    """List every message, each linked to its input; nothing when all is well."""
    lines = list(chain.from_iterable(field_markup.errors_of(form) for form in several if form))
    if not lines:
        return ""
    return components.render("error-summary", titleText="There is a problem", errorList=lines)


@register.simple_tag(takes_context=True)
def error_prefix(context: Context) -> str:
    """Return "Error: " for the title when the page's `form`, or one of its `forms`, has errors."""
    several = [context.get("form"), *(context.get("forms") or ())]
    return "Error: " if any(getattr(form, "errors", None) for form in several) else ""


@register.simple_tag
def button(text: str = "Continue", kind: str = "", **params: Any) -> SafeString:
    """{% button "Save and continue" %}; kind secondary or warning; name=, value=, href=, id=."""
    if "href" not in params:
        params["preventDoubleClick"] = True
    return components.render("button", text=text, classes=BUTTONS[kind], **params)


# --- content


@register.simple_tag
def govuk(component: str, params: Mapping[str, Any] | None = None, **more: Any) -> SafeString:
    """Any other component of the design system, by its own parameter names."""
    return components.render(component, **{**(params or {}), **more})


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """A word in a coloured box. The word carries the meaning, never the colour alone."""
    if colour not in COLOURS:
        raise ValueError(f"{colour!r} is not a colour of the tag component.")
    return components.render(
        "tag",
        text=text,
        classes=" ".join(filter(None, [f"govuk-tag--{colour}" if colour else "", "app-tag"])),
    )


@register.simple_tag
def summary_list(
    rows: Iterable[Row | Sequence[object]], card: str = "", level: int = 2
) -> SafeString:
    """Facts in lines: Row objects, or (key, value) pairs; `card` gives the card's title."""
    return components.render(
        "summary-list",
        rows=[_row(row if isinstance(row, Row) else Row(str(row[0]), row[1])) for row in rows],
        card={"title": {"text": card, "headingLevel": level}} if card else None,
    )


def _row(row: Row) -> dict[str, Any]:
    return {
        "key": {"text": row.key},
        "value": components.content(
            linebreaksbr(row.value)
            if isinstance(row.value, str) and "\n" in row.value
            else row.value
        ),
        "actions": {"items": [_action(action) for action in row.actions]} if row.actions else None,
    }


def _action(action: Action) -> dict[str, Any]:
    return {"text": action.text, "href": action.href, "visuallyHiddenText": action.about or None}


@register.simple_tag
def task_list(tasks: Iterable[Task], prefix: str = "task-list") -> SafeString:
    """Tasks with their status."""
    return components.render(
        "task-list",
        idPrefix=prefix,
        items=[
            {
                "title": {"text": task.title},
                "href": task.href or None,
                "hint": {"text": task.hint} if task.hint else None,
                "status": {"tag": {"text": task.status, "classes": f"govuk-tag--{task.colour}"}}
                if task.colour
                else {"text": task.status},
            }
            for task in tasks
        ],
    )


@register.simple_tag
def pagination(previous: str = "", next: str = "", label: str = "Pages") -> SafeString | str:
    """Links to the pages before and after; nothing when there is one page only."""
    if not previous and not next:
        return ""
    return components.render(
        "pagination",
        landmarkLabel=label,
        previous={"href": previous} if previous else None,
        next={"href": next} if next else None,
    )


@register.simple_tag
def warning_text(text: object) -> SafeString:
    """A sentence with an exclamation mark."""
    return components.render("warning-text", iconFallbackText="Warning", **components.content(text))


@register.simple_tag
def breadcrumbs(links: Iterable[Sequence[str]]) -> SafeString:
    """The way back, from pairs of text and address."""
    items = [{"text": text, "href": href} for text, href in links]
    return components.render("breadcrumbs", items=items, collapseOnMobile=True)


@register.simple_tag
def back_link(href: str, text: str = "Back") -> SafeString:
    """One step back, in a landmark of its own: it stands before the main content."""
    link = components.render("back-link", href=href, text=text)
    return format_html('<nav aria-label="Back">{}</nav>', link)


@register.simple_block_tag
def details(content: SafeString, summary: str, is_open: bool = False) -> SafeString:  # noqa: FBT001, FBT002
    """{% details "What this means" %}…{% enddetails %}."""
    return components.render("details", summaryText=summary, html=content, open=is_open or None)


@register.simple_block_tag
def inset(content: SafeString) -> SafeString:
    """{% inset %}…{% endinset %}."""
    return components.render("inset-text", html=content)


@register.simple_block_tag
def panel(content: SafeString, title: str) -> SafeString:
    """{% panel "Report sent" %}reference{% endpanel %}, on confirmation pages; it holds the h1."""
    return components.render("panel", titleText=title, html=content)


@register.simple_block_tag
def banner(
    content: SafeString,
    title: str = "Important",
    kind: str = "",
    name: str = "banner",
    is_quiet: bool = False,  # noqa: FBT001, FBT002
) -> SafeString:
    """{% banner "Success" kind="success" %}…{% endbanner %}; several on a page need a `name` each.

    A banner of success takes the focus when it appears, unless it `is_quiet`: one that stands in a
    region that refreshes itself must be, for a region that has the focus waits.
    """
    return components.render(
        "notification-banner",
        titleText=title,
        type=kind or None,
        titleId=f"{name}-title",
        disableAutoFocus=is_quiet or None,
        html=content,
    )


# --- the Ministry of Justice's components, as templates of ours


@register.inclusion_tag("components/identity_bar.html")
def identity_bar(
    title: str, facts: Iterable[Sequence[object]] = (), menu: Iterable[Link] = ()
) -> dict[str, Any]:
    """The child, the person or the thing a page is about, with a few facts and links."""
    return {"title": title, "facts": list(facts), "menu": list(menu)}


@register.inclusion_tag("components/timeline.html")
def timeline(moments: Iterable[Moment], level: int = 2) -> dict[str, Any]:
    """What happened, in the order given."""
    return {"moments": moments, "heading": f"h{int(level)}"}


@register.inclusion_tag("components/sub_navigation.html")
def sub_navigation(links: Iterable[Link], label: str) -> dict[str, Any]:
    """The tabs of a page that are pages themselves."""
    return {"links": links, "label": label}


@register.inclusion_tag("components/notification_badge.html")
def notification_badge(count: int, label: str = "") -> dict[str, Any]:
    """A number in a red box, read out with its label; nothing for none."""
    return {"count": count, "shown": "99+" if count > 99 else count, "label": label}


@register.simple_block_tag
def alert(content: SafeString, kind: str, title: str) -> SafeString:
    """{% alert "warning" "Not sent" %}…{% endalert %}; kinds information, success, warning, error."""
    if kind not in ALERTS:
        raise ValueError(f"{kind!r} is not a kind of alert.")
    context = {"content": content, "kind": kind, "title": title}
    return _included("components/alert.html", context)


@register.simple_block_tag
def filter_panel(
    content: SafeString, action: str = "", chosen: Iterable[Chosen] = (), clear: str = ""
) -> SafeString:
    """{% filter_panel clear=path chosen=chosen %}fields{% endfilter_panel %}: a GET form."""
    context = {"content": content, "action": action, "chosen": list(chosen), "clear": clear}
    return _included("components/filter_panel.html", context)


@register.simple_block_tag
def interruption(content: SafeString, title: str) -> SafeString:
    """A page that stops people before something serious; it holds the h1."""
    return _included("components/interruption.html", {"content": content, "title": title})


def _included(name: str, context: dict[str, Any]) -> SafeString:
    return cast(SafeString, loader.get_template(name).render(context))


@register.filter
def address(href: str) -> str:
    """Return an address as a component of ours may link it."""
    return components.safe_address(href)


# --- dates and times


@register.simple_tag
def when(at: datetime | date | None, precision: str = "exact") -> SafeString | str:
    """A time element in London time: "22 November 2026 at 10:05pm", "about …", or the day alone."""
    if at is None:
        return "Not known"
    if not isinstance(at, datetime):
        return format_html('<time datetime="{}">{}</time>', at.isoformat(), written_day(at))
    local = in_london(at)
    machine = (
        local.date().isoformat() if precision == "day" else local.isoformat(timespec="minutes")
    )
    return format_html('<time datetime="{}">{}</time>', machine, written(at, precision))


@register.filter
def written(at: datetime, precision: str = "exact") -> str:
    """Return an instant in words, as exactly as it is known."""
    local = in_london(at)
    day = written_day(local.date())
    if precision == "day":
        return day
    hour = f"{local.hour % 12 or 12}{'am' if local.hour < 12 else 'pm'}"
    if precision == "hour":
        return f"{day}, between {hour} and {_next_hour(local)}"
    exact = f"{local.hour % 12 or 12}:{local:%M}{hour[-2:]}"
    zone = f" ({local:%Z})" if _happened_twice(local) else ""
    return f"{day} at {'about ' if precision == 'about' else ''}{exact}{zone}"


@register.filter
def written_day(day: date) -> str:
    """Return a date in words: 22 November 2026."""
    return f"{day.day} {day:%B %Y}"


@register.filter
def duration(span: timedelta) -> str:
    """Return a length of time in its two largest units: "2 hours 5 minutes", "26 days 3 hours"."""
    minutes = int(abs(span).total_seconds()) // 60
    amounts = ((minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute"))
    first = next((index for index, (amount, _) in enumerate(amounts) if amount), None)
    if first is None:
        return "less than a minute"
    return " ".join(
        f"{amount} {unit}{'' if amount == 1 else 's'}"
        for amount, unit in amounts[first : first + 2]
        if amount
    )


def _next_hour(local: datetime) -> str:
    after = (local.hour + 1) % 24
    return f"{after % 12 or 12}{'am' if after < 12 else 'pm'}"


def _happened_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
