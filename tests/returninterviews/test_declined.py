"""An interview that the child declines costs its worker little."""

import pytest

from returninterviews.models import Interview, Offer
from tests.partnership import Partnership, act_now
from tests.returninterviews.telling import come_back, refer
from tests.returninterviews.test_writing import at, get, interview_of

pytestmark = pytest.mark.django_db


def test_a_declined_interview_takes_two_pages_and_eight_things(
    accepted_world: Partnership,
) -> None:
    """Practice: declined or no contact takes at most 2 pages and 8 interactions."""
    world, lena = accepted_world, accepted_world.client(accepted_world.lena)
    interview = refer(world, come_back(world))
    things = 0
    form = get(lena, interview, "offer").context["form"]
    to_answer = [n for n, f in form.fields.items() if f.required and not form.initial.get(n)]
    assert to_answer == ["channel", "result"]
    things += len(to_answer) + 1
    sent = lena.post(
        f"/interviews/{interview.reference}/offer/",
        {**at("made_at", act_now(world.lena).now), "to": "child", "channel": "phone",
         "result": "declined_by_child", "token": str(form.initial["token"]),
         "version": form.initial["version"]},
        secure=True,
    )  # fmt: skip
    assert sent.headers["Location"].endswith("/not-held/"), sent.context["form"].errors
    second = get(lena, interview, "not-held").context["form"]
    assert second.initial["code"] == "declined_by_child"
    things += 2
    ended = lena.post(
        f"/interviews/{interview.reference}/not-held/",
        {"code": "declined_by_child", "carer_offer": "made", "version": second.initial["version"]},
        secure=True,
    )
    assert ended.status_code == 302
    assert interview_of(interview).outcome == Interview.Outcome.DECLINED
    assert Offer.objects.count() == 1
    assert things <= 8
