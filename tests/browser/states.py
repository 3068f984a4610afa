"""The states of every page in the loaded demonstration: who sees it, at which address, after what."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.urls import reverse

from cases.models import Deadline, Grant, MatchQuestion, MissingEpisode
from cases.rules import Clock
from cases.services import drafts
from cases.services.returns import record_return
from cases.views.report import FORM
from missingchildren.agencies import services as agency_services
from missingchildren.agencies.models import Role
from missingchildren.alerts.kinds import DEAD_LETTER
from missingchildren.alerts.models import Alert
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit.acts import database_now
from missingchildren.core.clock import in_london
from missingchildren.demo import cast, telling
from missingchildren.demo.management.commands.load_demo import load
from tests.browser.person import Person
from tests.browser.state import (
    PROBLEM,
    Do,
    State,
    asked,
    at,
    child,
    following,
    of,
    of_episode,
    of_report,
    pressing,
    refused,
    report_of,
    with_agency,
)
from tests.factories import AgencyFactory, MembershipFactory, UserFactory
from tests.placements import states as placements
from tests.returninterviews import states_actions, states_interviews
from tests.risk import states_flags, states_rounds

IN_TWO_AGENCIES = "of.two.agencies@kent-police.example"
IN_NO_AGENCY = "new.starter@nowhere.example"
IN_A_NEW_AGENCY = "first.day@newcomers.example"  # whatever the other states do, nothing comes to it
# --- what is there


def settle() -> None:
    """Load the demonstration, and add what its stories do not have."""
    load()
    both = UserFactory.create(email=IN_TWO_AGENCIES)
    for key in ("british_transport_police", "kent_police"):
        MembershipFactory.create(agency=cast.agency(key), user=both, roles=[Role.PRACTITIONER])
    UserFactory.create(email=IN_NO_AGENCY)
    newcomer = UserFactory.create(email=IN_A_NEW_AGENCY)
    MembershipFactory.create(agency=AgencyFactory.create(), user=newcomer, roles=list(Role))
    _located_and_late()
    act = cast.act_of("joan.mercer", at=database_now())
    with transaction.atomic():
        raise_alert(
            kind=DEAD_LETTER.name,
            event="dead_letter:AL-0000-0000-0",
            agency_id=act.own_agency.pk,
            unit_id=None,
            child_id=None,
            reference="AL-0000-0000-0",
            urgency=Urgency.SOON,
            act=act,
        )


def _located_and_late() -> None:
    """Let one child be located, with a prevention interview that is four hours late; another, back."""
    now = database_now()
    telling.locate(
        "helen.bright",
        report_of(IBRAHIM).episode,
        located_at=now - timedelta(hours=28),
        at=now - timedelta(hours=28),
        because=MissingEpisode.NotHome.HOSPITAL,
        words="He waits for an X-ray. A nurse is with him.",
    )
    episode = report_of(CAITLIN).episode
    telling.locate(
        "helen.bright",
        episode,
        located_at=now - timedelta(minutes=50),
        at=now - timedelta(minutes=45),
        because=MissingEpisode.NotHome.ON_THE_WAY,
    )
    telling.prevention_interview(
        "helen.bright",
        episode,
        text="She says that she was with a friend. She was cold and hungry.",
        police_only="She named the friend's brother.",
        held_at=now - timedelta(minutes=30),
        at=now - timedelta(minutes=20),
    )
    record_return(
        episode_reference=episode.reference,
        returned_at=now - timedelta(minutes=10),
        version=None,
        act=cast.act_of("helen.bright", at=now),
    )


def owed(page: str, name: str) -> Callable[[], str]:
    """Return an address about the prevention interview that the police owe for a child."""

    def address() -> str:
        clock = Deadline.objects.running().get(child=child(name), kind=Clock.PREVENTION_INTERVIEW)
        return reverse(page, args=[child(name).reference, clock.own_reference])

    return address


def place_of_ava() -> str:
    episode = report_of("Ava Bramley").episode
    place = episode.locations.get(kind="last_seen")
    return reverse("cases:place", args=[child("Ava Bramley").reference, place.reference])


def part_in_ava() -> str:
    ava = child("Ava Bramley")
    grant = Grant.objects.get(
        child=ava, agency=cast.agency("kent_council"), basis=Grant.Basis.PLACEMENT
    )
    return reverse("cases:end_sharing", args=[ava.reference, grant.reference])


def the_question() -> str:
    return reverse("cases:match", args=[MatchQuestion.objects.get().reference])


def the_alert() -> str:
    alert = Alert.objects.get(kind=DEAD_LETTER.name)
    return reverse("alerts:detail", args=[alert.reference])


def member(page: str, person: str) -> Callable[[], str]:
    return lambda: reverse(page, args=[cast.membership(person).reference])


def an_invitation() -> str:
    issued = agency_services.invite(
        agency_reference=cast.agency("birmingham").reference,
        email=f"newcomer{Alert.objects.count()}-{database_now():%f}@birmingham-childrens-trust.example",
        roles=[Role.PRACTITIONER],
        act=cast.act_of("fay.lund", at=database_now()),
    )
    return reverse("agencies:invitation", args=[issued.token])


def blank(person: Person, step: str) -> None:
    """Begin a report, and send one of its pages without an answer."""
    if person.page.get_by_role("button", name="Start").count():
        person.press("Start")
    else:
        person.press("Go on with it")
    person.open(f"/report/{step}/")
    refused(person)


def drafted(step: str) -> Callable[[], str]:
    """Let Jo begin a report, with every page answered."""

    def address() -> str:
        now = database_now()
        act = cast.act_of("jo.tranter", at=now)
        seen = in_london(now - timedelta(minutes=70))
        steps: dict[str, dict[str, object]] = {
            "child": {"child": "else"},
            "details": {"given_names": "Kit", "family_name": "Sorrell", "sex": "unknown"},
            "seen": {
                "last_seen_at-day": seen.day,
                "last_seen_at-month": seen.month,
                "last_seen_at-year": seen.year,
                "last_seen_at-time": f"{seen:%H:%M}",
                "precision": "about",
            },
            "place": {"where": "postcode", "postcode": "CT9 1AA", "description": "Bus stop"},
            "worry": {"why_worried": "It is dark and cold.\n\nShe left her telephone."},
            "tried": {"done_so_far": ""},
            "contact": {"contact_name": "Jo Tranter", "contact_phone": "01632 960 001"},
        }
        typed = {
            name: {key: [str(value)] for key, value in answers.items()}
            for name, answers in steps.items()
        }
        drafts.discard(form=FORM, act=act)
        drafts.begin(form=FORM, content={"steps": typed}, act=act)
        return reverse(step) if ":" in step else reverse("cases:report_question", args=[step])

    return address


# --- what is done before looking


def stale(person: Person) -> None:
    """Send what was typed over a version that is no longer the newest."""
    person.page.locator("[name=police_reference]").fill("KP-1")
    person.page.locator("[name=version]").evaluate("field => field.value = '999'")
    person.press("Accept the report")
    person.page.wait_for_selector(".govuk-error-summary")


def to_nobody(person: Person) -> None:
    """Give work to no person and no team."""
    person.field("Team").select_option("")
    person.send_as_it_is()


def twice_in_two_windows(person: Person) -> None:
    """Send a page of a draft that was changed somewhere else."""
    person.page.locator("form [name=version]").evaluate("field => field.value = '999'")
    person.press("Save and continue")
    person.page.wait_for_selector(".govuk-error-summary")


def searching(words: str) -> Do:
    def search(person: Person) -> None:
        person.page.locator("main form [type=text]").first.fill(words)
        with person.page.expect_navigation():
            person.page.locator("main form button").first.click()

    return search


def on_duty(person: Person) -> None:
    """Say why one opens a record outside one's own work."""
    person.field("I am on duty for it").check()
    person.page.locator("main form button").first.click()
    person.page.get_by_text("Why are you opening this?").wait_for(state="detached")


AVA, CALLUM, CHLOE, ELLIS = "Ava Bramley", "Callum Reid", "Chloe Merritt", "Ellis Grant"
CAITLIN, IBRAHIM = "Caitlin Ellison", "Ibrahim Redmond"


STATES = [
    State(page="pages:my_work", what="of a worker", by="ruth.adeyemi", address=at("pages:my_work"), shows="My work"),
    State(page="pages:my_work", what="with work", by="ken.osei", address=at("pages:my_work"), shows="same child"),
    State(page="pages:my_work", what="with reports", by="nisha.roy", address=at("pages:my_work"), shows="Reports you sent"),
    State(page="pages:my_work", what="empty", by=IN_A_NEW_AGENCY, address=at("pages:my_work"), shows="Nothing waits"),
    State(page="pages:missing", what="full", by="joan.mercer", address=at("pages:missing"), shows=AVA),
    State(page="pages:missing", what="empty", by=IN_A_NEW_AGENCY, address=at("pages:missing"), shows="No child"),
    State(page="pages:overdue", what="of a manager", by="helen.bright", address=at("pages:overdue"), shows="Late by 4 hours"),
    State(page="pages:overdue", what="of others", by="colin.marsh", address=lambda: reverse("pages:overdue") + "?whose=others", shows="West Midlands Police"),
    State(page="pages:overdue", what="of a worker", by="ken.osei", address=at("pages:overdue"), shows="Due in the next 24 hours"),
    State(page="pages:overdue", what="empty", by=IN_A_NEW_AGENCY, address=at("pages:overdue"), shows="Nothing is overdue"),
    State(page="cases:list", what="full", by="ruth.adeyemi", address=at("cases:list"), shows="MC-"),
    State(page="cases:list", what="second page", by="ruth.adeyemi", address=at("cases:list"), then=following("Next"), shows="MC-"),
    State(page="cases:list", what="found", by="joan.mercer", address=at("cases:list"), then=searching("Bramley"), shows=AVA),
    State(page="cases:list", what="not found", by="joan.mercer", address=at("cases:list"), then=searching("Nobody"), shows="Nobody"),
    State(page="cases:list", what="empty", by=IN_A_NEW_AGENCY, address=at("cases:list"), shows="Children"),
    State(page="cases:child", what="of the force", by="joan.mercer", address=of("cases:child", AVA), shows="grey car"),
    State(page="cases:child", what="not accepted", by="joan.mercer", address=of("cases:child", CALLUM), shows="Accept the report"),
    State(page="cases:child", what="long missing", by="joan.mercer", address=of("cases:child", ELLIS), shows="Missing since"),
    State(page="cases:child", what="of the council", by="ruth.adeyemi", address=of("cases:child", AVA), shows="grey car"),
    State(page="cases:child", what="of the home", by="nisha.roy", address=of("cases:child", AVA), shows="Missing since"),
    State(page="cases:child", what="question only", by="paul.denby", address=of("cases:child", AVA), shows="The police ask"),
    State(page="cases:child", what="question answered", by="carl.yeo", address=of("cases:child", AVA), shows="grey car"),
    State(page="cases:child", what="restricted", by="jean.holt", address=of("cases:child", "Tessa Marlow"), then=on_duty, shows="Not missing now"),
    State(page="cases:child", what="hidden", by="anil.desai", address=of("cases:child", AVA), shows="Page not found", status=404),
    *asked("cases:open", "asked", "dana.whitlock", of("cases:open", "Mia Thornbury"), "Why are you opening this?"),
    State(page="cases:history", what="full", by="joan.mercer", address=of("cases:history", AVA), shows="Who looked"),
    State(page="cases:history", what="of a partner", by="ruth.adeyemi", address=of("cases:history", AVA), shows="Who looked"),
    State(page="cases:episodes", what="full", by="ruth.adeyemi", address=of("cases:episodes", AVA), shows="Missing episodes"),
    *asked("cases:accept", "asked", "joan.mercer", of_episode("cases:accept", CALLUM), "Police reference"),
    State(page="cases:accept", what="stale", by="joan.mercer", address=of_episode("cases:accept", CALLUM), then=stale, shows="What is recorded now"),
    State(page="cases:accept", what="not allowed", by="ruth.adeyemi", address=of_episode("cases:accept", AVA), shows="You cannot", status=403),
    *asked("cases:record_return", "asked", "joan.mercer", of_episode("cases:record_return", AVA), "Record that the child is back"),
    State(page="cases:child", what="located", by="helen.bright", address=of("cases:child", IBRAHIM), shows="Located, not home yet"),
    State(page="cases:child", what="located, of the council", by="ruth.adeyemi", address=of("cases:child", IBRAHIM), shows="He waits for an X-ray"),
    State(page="cases:child", what="back", by="helen.bright", address=of("cases:child", CAITLIN), shows="She named the friend's brother"),
    *asked("cases:record_located", "asked", "joan.mercer", of_episode("cases:record_located", AVA), "Why is the child not home yet?"),
    State(page="cases:record_located", what="not allowed", by="ruth.adeyemi", address=of_episode("cases:record_located", AVA), shows="You cannot", status=403),
    *asked("cases:prevention_interview", "asked", "helen.bright", of_episode("cases:prevention_interview", IBRAHIM), "What did you learn"),
    State(page="cases:close", what="settled", by="helen.bright", address=of_episode("cases:close", CAITLIN), shows="Close this missing episode"),
    State(page="cases:close", what="not settled", by="helen.bright", address=of_episode("cases:close", IBRAHIM), shows="Not settled yet", status=403),
    *asked("cases:extend", "asked", "helen.bright", owed("cases:extend", IBRAHIM), "Why is more time needed?"),
    State(page="cases:reassign", what="asked", by="helen.bright", address=owed("cases:reassign", IBRAHIM), shows="Who does this now?"),
    State(page="cases:reassign", what="refused", by="helen.bright", address=owed("cases:reassign", IBRAHIM), then=to_nobody, shows=PROBLEM),
    State(page="cases:chase", what="asked", by="colin.marsh", address=owed("cases:chase", IBRAHIM), shows="Ask West Midlands Police for this"),
    *asked("cases:add_update", "of the force", "joan.mercer", of("cases:add_update", AVA), "What do you know?"),
    *asked("cases:add_update", "of the school", "paul.denby", of("cases:add_update", AVA), "What do you know?"),
    State(page="cases:place", what="before", by="joan.mercer", address=place_of_ava, shows="Show"),
    State(page="cases:place", what="shown", by="joan.mercer", address=place_of_ava, then=pressing("Show"), shows="Your look is recorded"),
    State(page="cases:sharing", what="full", by="colin.marsh", address=of("cases:sharing", AVA), shows="Not shared"),
    State(page="cases:sharing", what="read only", by="joan.mercer", address=of("cases:sharing", AVA), shows="Who can see"),
    State(page="cases:sharing", what="found", by="colin.marsh", address=of("cases:sharing", AVA), then=searching("Dudley"), shows="decide not to share"),
    State(page="cases:sharing", what="not found", by="colin.marsh", address=of("cases:sharing", AVA), then=searching("Nowhere"), shows="No agency with that name"),
    State(page="cases:sharing", what="refused", by="colin.marsh", address=of("cases:sharing", AVA), then=Person.send_as_it_is, shows=PROBLEM),
    *asked("cases:share", "asked", "colin.marsh", with_agency("cases:share", AVA, "dudley"), "Why are you sharing?"),
    *asked("cases:not_share", "asked", "colin.marsh", with_agency("cases:not_share", AVA, "dudley"), "Why are you not sharing?"),
    *asked("cases:end_sharing", "asked", "colin.marsh", part_in_ava, "Why does the sharing end?"),
    *asked("cases:match", "asked", "ken.osei", the_question, "Is this the same child?"),
    State(page="cases:report", what="start", by="nisha.roy", address=at("cases:report"), shows="about six minutes"),
    State(page="cases:report", what="begun", by="jo.tranter", address=drafted("cases:report"), shows="Throw it away"),
    State(page="cases:report", what="not allowed", by="fay.lund", address=at("cases:report"), shows="cannot", status=403),
    *[
        state
        for step, words in (
            ("child", "Who is missing?"),
            ("details", "First names"),
            ("seen", "last seen"),
            ("place", "Where was the child"),
            ("worry", "Why are you worried"),
            ("contact", "Telephone number"),
        )
        for state in (
            State(page="cases:report_question", what=step, by="jo.tranter", address=drafted(step), shows=words),
            State(page="cases:report_question", what=f"{step}, begun", by="nisha.roy", address=at("cases:report"), then=partial(blank, step=step), shows=PROBLEM),
        )
    ],
    State(page="cases:report_question", what="tried", by="jo.tranter", address=drafted("tried"), shows="What have you done"),
    State(page="cases:report_question", what="changed elsewhere", by="jo.tranter", address=drafted("worry"), then=twice_in_two_windows, shows=PROBLEM),
    State(page="cases:report_check", what="full", by="jo.tranter", address=drafted("cases:report_check"), shows="Check your report"),
    State(page="cases:report_throw_away", what="asked", by="jo.tranter", address=drafted("cases:report_throw_away"), shows="Throw"),
    State(page="cases:receipt", what="not read", by="paul.denby", address=of_report("cases:receipt", CALLUM), shows="read"),
    State(page="cases:receipt", what="accepted", by="nisha.roy", address=of_report("cases:receipt", AVA), shows="accepted your report"),
    State(page="cases:receipt", what="settled", by="tom.garrity", address=of_report("cases:receipt", "Jayden Cole"), shows="The child is back"),
    *asked("cases:log_call", "asked", "paul.denby", of_report("cases:log_call", CALLUM), "Whom did you speak to"),
    State(page="alerts:inbox", what="full", by="joan.mercer", address=at("alerts:inbox"), shows="accept the report"),
    State(page="alerts:inbox", what="of other units", by="ruth.adeyemi", address=lambda: reverse("alerts:inbox") + "?box=others", shows="Alerts to"),
    State(page="alerts:inbox", what="answered", by="joan.mercer", address=lambda: reverse("alerts:inbox") + "?box=settled", shows="Acknowledged by"),
    State(page="alerts:inbox", what="empty", by=IN_A_NEW_AGENCY, address=at("alerts:inbox"), shows="Nothing waits"),
    State(page="alerts:detail", what="waiting", by="joan.mercer", address=the_alert, shows="How it was sent"),
    State(page="agencies:agency", what="one", by="joan.mercer", address=at("agencies:agency"), shows="Your roles"),
    State(page="agencies:agency", what="several", by=IN_TWO_AGENCIES, address=at("agencies:agency"), shows="Act for another agency"),
    State(page="agencies:agency", what="none", by=IN_NO_AGENCY, address=at("agencies:agency"), shows="not a member", status=403),
    State(page="agencies:people", what="full", by="fay.lund", address=at("agencies:people"), shows="Ruth Adeyemi"),
    *asked("agencies:invite", "asked", "fay.lund", at("agencies:invite"), "Email"),
    *asked("agencies:change_roles", "asked", "fay.lund", member("agencies:change_roles", "ruth.adeyemi"), "Ruth Adeyemi"),
    State(page="agencies:end_membership", what="asked", by="fay.lund", address=member("agencies:end_membership", "ruth.adeyemi"), shows="Ruth Adeyemi"),
    *asked("agencies:invitation", "asked", "", an_invitation, "This invitation is for"),
    State(page="agencies:invitation", what="no good", address=at("agencies:invitation", "nonsense"), shows="invitation", status=404),
    State(page="web:help", what="full", address=at("web:help"), shows="Help"),
    State(page="web:accessibility", what="full", address=at("web:accessibility"), shows="Accessibility"),
    State(page="web:privacy_notice", what="full", address=at("web:privacy_notice"), shows="Privacy"),
    State(page="web:attribution", what="full", address=at("web:attribution"), shows="Sources"),
]  # fmt: skip
STATES += [
    *placements.STATES,
    *states_rounds.STATES,
    *states_flags.STATES,
    *states_interviews.STATES,
    *states_actions.STATES,
]
