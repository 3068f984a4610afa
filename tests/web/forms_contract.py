"""What every form on every page promises; `assert_contract(page, form)` is for each app's tests."""

from django.forms import BaseForm, PasswordInput
from django.http import HttpResponse

from missingchildren.web.field_markup import first_input_id
from tests.web.reading_html import Element, Page


def assert_contract(response: HttpResponse, *forms: BaseForm) -> None:
    """A11Y-14: each invalid field is listed, linked and described; what was typed is still there.

    `response` is the page's answer to a refused form, and `forms` are its forms with their errors.
    """
    page = Page(response.content.decode())
    summaries = page.with_class("govuk-error-summary")
    assert len(summaries) == 1, "one error summary"
    assert summaries[0].attributes.get("data-module") == "govuk-error-summary", "it takes the focus"
    titles = [element.text for element in page.elements if element.name == "title"]
    assert titles[0].startswith("Error: "), "the title says that there is an error"
    links = {
        element.attributes["href"]: element.text.strip()
        for element in page.elements
        if element.name == "a" and summaries[0] in element.parents
    }
    for form in forms:
        for name, errors in form.errors.as_data().items():
            if name == "__all__" or form[name].is_hidden:
                assert errors[0].messages[0] in summaries[0].text
                continue
            target = f"#{first_input_id(form[name], errors[0])}"
            assert target in links, f"{name} is linked from the summary"
            control = page.by_id(target.removeprefix("#"))
            assert control is not None, f"{target} exists"
            assert control.name in {"input", "textarea", "select"}, f"{target} can take the focus"
            message = f"{form[name].auto_id}-error"
            described = page.by_id(message)
            assert described is not None, f"{name} has its message beside it"
            assert str(errors[0].messages[0]) in described.text
            assert message in _descriptions(control), f"{name} is described by its message"
    for password in (e for e in page.elements if e.attributes.get("type") == "password"):
        assert not password.attributes.get("value"), "a password is never sent back"
    _assert_typed_text_is_kept(page, forms)


def _descriptions(control: Element) -> set[str]:
    """Return what describes a control: itself, or the group it is in."""
    groups = [element for element in control.parents if element.name == "fieldset"]
    return {
        identifier
        for element in (control, *groups)
        for identifier in element.attributes.get("aria-describedby", "").split()
    }


def _assert_typed_text_is_kept(page: Page, forms: tuple[BaseForm, ...]) -> None:
    for form in forms:
        for bound in form:
            control = page.by_id(bound.auto_id)
            value = bound.value()
            if control is None or not isinstance(value, str) or control.name == "fieldset":
                continue
            if isinstance(bound.field.widget, PasswordInput) or bound.is_hidden:
                continue
            if control.name == "select":
                options = [e for e in page.elements if e.name == "option" and control in e.parents]
                chosen = [e.attributes.get("value") for e in options if "selected" in e.attributes]
                offered = {e.attributes.get("value") for e in options}
                assert value not in offered or not value or chosen == [value], bound.name
            elif control.name == "textarea":
                assert control.text.strip() == value.strip().replace("\r\n", "\n"), bound.name
            elif control.attributes.get("type", "text") == "text":
                assert control.attributes.get("value", "") == value, bound.name
