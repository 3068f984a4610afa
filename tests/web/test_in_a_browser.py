"""In a real browser: nothing runs that should not, everything can be used, drafts and regions work."""

import json
import re
from typing import Any
from urllib.parse import quote

import pytest

from tests.browsers import assert_accessible
from tests.web.payloads import PAYLOADS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.web.urls"),
    pytest.mark.django_db(transaction=True),
]

PAGES = (
    "/kitchen-sink/",
    "/help/",
    "/accessibility/",
    "/privacy-notice/",
    "/attribution/",
    "/nowhere/",
    "/fail/denied/",
    "/fail/mistake/",
    "/fail/no-database/",
)
CLOCKS_WENT_BACK = {"day": "25", "month": "10", "year": "2026", "time": "1:30am"}


def send_with_mistakes(page: Any) -> None:
    page.goto("/kitchen-sink/")
    for part, text in CLOCKS_WENT_BACK.items():
        page.fill(f"[name=seen_at-{part}]", text)
    page.check("[name=known][value=yes]")
    page.fill("[name=place]", "\nfirst line\n    indented")
    page.fill("[name=password]", "correct horse")
    page.click("text=Save and continue")
    page.wait_for_selector(".govuk-error-summary")


@pytest.mark.parametrize("address", PAGES)
def test_pages_have_no_violation_and_fit_a_telephone(page: Any, address: str) -> None:
    """A11Y-01, A11Y-05: at 1280 and 320 px."""
    page.goto(address)
    page.wait_for_load_state("networkidle")

    assert_accessible(page)


def test_a_refused_form_is_accessible_and_keeps_what_was_typed(page: Any) -> None:
    """A11Y-01, A11Y-14: posted under no-referrer, so the token and the origin are checked for real."""
    send_with_mistakes(page)

    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert page.input_value("[name=place]") == "\nfirst line\n    indented"
    assert page.input_value("[name=seen_at-time]") == "1:30am"
    assert page.input_value("[name=password]") == ""
    page.click(".govuk-error-summary a >> text=came twice")
    assert page.evaluate("document.activeElement.id") == "id_seen_at-occurrence"
    assert_accessible(page)


def test_no_payload_runs(page: Any) -> None:
    """INJ-01: all forty on one page; no dialog, and the content policy has nothing to stop."""
    for start in range(0, len(PAYLOADS), 10):
        page.goto(f"/kitchen-sink/?text={quote(' '.join(PAYLOADS[start : start + 10]))}")
        page.fill("[name=full_name]", PAYLOADS[start][:100])
        page.fill("[name=account]", " ".join(PAYLOADS[start : start + 5])[:300])
        page.click("text=Save and continue")
        page.wait_for_selector(".govuk-error-summary")


def test_the_content_policy_stops_what_a_mistake_would_let_in(
    chromium: Any, live_server: Any
) -> None:
    """INJ-03: an injected handler does not run, and the browser reports it to us."""
    context = chromium.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto("/help/")
    with page.expect_request("**/csp-report/") as asked:
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'),"
            "{textContent: 'window.ran = true'}))"
        )

    assert page.evaluate("window.ran") is None
    assert asked.value.response().status == 204
    context.close()


def test_forms_work_without_javascript(chromium: Any, live_server: Any) -> None:
    """A11Y-04: every field, revealed ones too, can be seen and sent."""
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()

    send_with_mistakes(page)

    assert page.is_visible("[name=medicine]")
    assert page.is_visible("text=The first 1:30am, before the clocks went back")
    assert page.input_value("[name=seen_at-day]") == "25"
    context.close()


def test_only_our_own_origin_is_asked_and_learns_no_referrer(page: Any, live_server: Any) -> None:
    """LOC-10."""
    asked: list[Any] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108

    page.goto("/kitchen-sink/?text=Ava")
    page.wait_for_load_state("networkidle")
    page.click("text=Accessibility statement")

    assert asked
    assert all(request.url.startswith(live_server.url) for request in asked)
    # A style sheet may name itself to its images; no page may, and no query with it.
    referrers = {request.header_value("referer") or "" for request in asked}
    assert not [text for text in referrers if text and not text.endswith(".css")]


def test_every_control_is_large_enough(page: Any) -> None:
    """A11Y-08: at least 24 by 24, buttons at least 36 high, header links 40."""
    page.goto("/kitchen-sink/")

    small = page.evaluate(
        """[...document.querySelectorAll("button, select, textarea, input:not([type=hidden])")]
        .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
        .map(([html]) => html)"""
    )
    assert small == []


# --- drafts


@pytest.fixture
def draft(page: Any) -> Any:
    """The page's form with a draft address, its clock in the test's hands."""
    page.clock.install()

    def add_address(route: Any) -> None:
        answer = route.fetch()
        body = re.sub(
            '<form method="post" novalidate>',
            '<form method="post" novalidate data-autosave-url="/draft/">'
            '<input type="hidden" name="version" value="1" data-autosave-version>',
            answer.text(),
        )
        route.fulfill(response=answer, body=body)

    page.route("**/kitchen-sink/", add_address)
    page.goto("/kitchen-sink/")
    page.wait_for_load_state("networkidle")
    return page


def test_a_draft_is_saved_two_seconds_after_the_last_key(draft: Any) -> None:
    """A11Y-15: shown at each save, spoken at most every thirty seconds; no password is sent."""
    sent: list[Any] = []

    def save(route: Any) -> None:
        sent.append(route.request)
        answer = {"saved_at": f"22:0{len(sent)}", "version": len(sent) + 1}
        route.fulfill(status=200, body=json.dumps(answer), content_type="application/json")

    draft.route("**/draft/", save)

    draft.fill("[name=password]", "correct horse")
    draft.fill("[name=full_name]", "Ava")
    draft.clock.run_for(1900)
    assert sent == []
    draft.clock.run_for(200)
    draft.wait_for_selector("text=Draft saved at 22:01")
    draft.fill("[name=full_name]", "Ava B")
    draft.clock.run_for(2100)
    draft.wait_for_selector("text=Draft saved at 22:02")

    assert sent[0].header_value("x-csrftoken")
    assert "Ava" in sent[0].post_data
    assert "correct horse" not in sent[0].post_data
    assert 'name="version"\r\n\r\n2' in sent[1].post_data
    assert draft.text_content("form [role=status]") == "Draft saved at 22:01"


def test_offline_is_said_and_the_draft_is_saved_afterwards(draft: Any) -> None:
    offline = True

    def save(route: Any) -> None:
        route.abort() if offline else route.fulfill(status=204)

    draft.route("**/draft/", save)

    draft.fill("[name=full_name]", "Ava")
    draft.clock.run_for(2100)
    draft.wait_for_selector("text=Not saved since you opened this page")
    offline = False
    draft.clock.run_for(10_100)

    draft.wait_for_selector("text=Draft saved at")
    assert draft.is_hidden(".app-not-saved")
    assert draft.input_value("[name=full_name]") == "Ava"


def test_who_types_without_a_pause_is_saved_all_the_same(draft: Any) -> None:
    """bar.md 4.4: two seconds after the last key, and at most fifteen after the first."""
    sent: list[Any] = []

    def save(route: Any) -> None:
        sent.append(route.request)
        route.fulfill(status=204)

    draft.route("**/draft/", save)

    for second in range(14):
        draft.fill("[name=full_name]", "A" * (second + 1))
        draft.clock.run_for(1_000)
    draft.wait_for_selector("text=Draft saved at")

    assert len(sent) == 1


def test_a_page_is_not_left_while_the_network_is_cut(draft: Any) -> None:
    """What was typed since the last save would be lost: the next press sends it."""
    offline = True
    draft.route("**/draft/", lambda route: route.abort() if offline else route.fulfill(status=204))
    draft.fill("[name=full_name]", "Ava")
    draft.clock.run_for(2_100)
    draft.wait_for_selector("text=Not saved since you opened this page")

    draft.evaluate("document.querySelector('form[data-autosave-url]').requestSubmit()")
    draft.clock.run_for(100)
    assert draft.input_value("[name=full_name]") == "Ava"

    offline = False
    draft.clock.run_for(10_100)
    draft.wait_for_selector("text=Draft saved at")
    with draft.expect_navigation():
        draft.evaluate("document.querySelector('form[data-autosave-url]').requestSubmit()")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (409, "was changed somewhere else"),
        (403, "no longer signed in"),
        (302, "no longer signed in"),
    ],
)
def test_a_draft_that_cannot_be_saved_says_what_to_do(draft: Any, status: int, words: str) -> None:
    headers = {"Location": "/help/"} if status == 302 else {}
    draft.route("**/draft/", lambda route: route.fulfill(status=status, headers=headers))

    draft.fill("[name=full_name]", "Ava")
    draft.clock.run_for(2100)

    draft.wait_for_selector(f"text={words}")
    assert draft.input_value("[name=full_name]") == "Ava"


# --- regions that refresh


def region(key: str, text: str) -> str:
    return (
        '<div id="list" data-refresh-url="" data-refresh-seconds="30">'
        f'<p data-refresh-key="{key}">{text}</p><a href="/help/">Open</a>'
        '<input type="hidden" name="csrfmiddlewaretoken" value="changes"></div>'
    )


def test_a_region_refreshes_itself_and_speaks_only_of_changes(page: Any) -> None:
    """It waits while the focus is inside; a minute passing is not a change."""
    shown = region("one:missing", "40 minutes")

    def with_region(route: Any) -> None:
        answer = route.fetch()
        body = answer.text().replace(
            '<h1 class="govuk-heading-l">Help</h1>', "<h1>Help</h1>" + shown
        )
        route.fulfill(response=answer, body=body)

    page.clock.install()
    page.route("**/help/", with_region)
    page.goto("/help/")
    page.wait_for_load_state("networkidle")
    spoken = "main [role=status]"

    shown = region("one:missing", "41 minutes")
    page.clock.run_for(30_100)
    page.wait_for_selector("text=41 minutes")
    assert page.text_content(spoken) == ""

    page.focus("#list a")
    shown = region("one:found", "found")
    page.clock.run_for(60_100)
    assert page.is_visible("text=41 minutes")
    page.evaluate("document.activeElement.blur()")
    page.clock.run_for(30_100)
    page.wait_for_selector("text=found")
    page.clock.run_for(1_000)
    page.wait_for_selector(f"{spoken}:has-text('This list has changed.')", state="attached")
    page.unroute_all(behavior="ignoreErrors")
