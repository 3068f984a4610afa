"""Ava's first time missing: what was reported, what the police noted, and what she said."""

from datetime import timedelta
from uuid import uuid4

from cases.models import (
    MissingEpisode,
    PreventionInterview,
)
from cases.services import closing, reports, returns
from cases.services.reports import Place, Reported
from returninterviews.models import Interview, Offer, Summary
from returninterviews.rules import Decision, QuoteAudience, Shared
from returninterviews.services import (
    accounts,
    interviews,
    offers,
    summaries,
)
from returninterviews.services.accounts import Quoted, SharedWith, Written
from returninterviews.services.recommendations import Proposed
from tests.canaries.recorded import Recorded
from tests.canaries.words import (
    CONTACT_PHONE,
    LAST_SEEN_POSTCODE,
    canary,
)
from tests.partnership import act_now
from tests.returninterviews.telling import past_episode


class Listened(Recorded):
    """An episode from its report to its close, with the interview that it led to."""

    def _report(self, hours: int) -> MissingEpisode:
        act = act_now(self.nisha)
        report = reports.report_missing(
            reported=Reported(
                child_reference=self.ava.reference,
                last_seen_at=act.now - timedelta(hours=hours),
                place=Place(description=canary("last seen"), postcode=LAST_SEEN_POSTCODE),
                why_worried=canary("worried"),
                done_so_far=canary("done so far"),
                contact_name="Nisha Roy",
                contact_phone=CONTACT_PHONE,
            ),
            token=uuid4(),
            act=act,
        )
        return self.accept(report)

    def _first_time(self) -> None:
        self.first = self._report(9)
        act = act_now(self.joan)
        returns.record_located(
            episode_reference=self.first.reference,
            located_at=act.now - timedelta(hours=8),
            not_home_because=MissingEpisode.NotHome.OTHER,
            not_home_words=canary("not home"),
            found=returns.Found(description=canary("found at"), postcode="CT9 1AA"),
            version=None, token=None, act=act,
        )  # fmt: skip
        returns.record_return(
            episode_reference=self.first.reference, returned_at=act.now - timedelta(hours=7),
            version=None, act=act_now(self.joan),
        )  # fmt: skip
        returns.record_prevention_interview(
            episode_reference=self.first.reference,
            how=PreventionInterview.How.FACE_TO_FACE, held_at=act.now - timedelta(hours=7),
            text=canary("prevention"), police_only=canary("prevention police"),
            token=None, act=act_now(self.joan),
        )  # fmt: skip

    def _listen(self) -> None:
        interview = Interview.objects.get(covers__episode=self.first)
        interviews.refer(
            interview_reference=interview.reference, provider_reference=self.charity.reference,
            version=None, act=act_now(self.ruth),
        )  # fmt: skip
        act = act_now(self.lena)
        offers.record_offer(
            interview_reference=interview.reference, made_at=act.now, to=Offer.To.CHILD,
            channel=Offer.Channel.PHONE, result=Offer.Result.ACCEPTED, arranged_for=act.now,
            place_kind="youth", wishes=canary("offer wishes"), version=None, token=None, act=act,
        )  # fmt: skip
        act = act_now(self.lena)
        accounts.sign_interview(
            interview_reference=interview.reference, written=self._written(act.now), version=None,
            token=uuid4(), act=act,
        )  # fmt: skip
        accounts.accept_interview(
            interview_reference=interview.reference, analysis=canary("analysis"), version=None,
            act=act_now(self.ruth),
        )  # fmt: skip
        self.interview = interview
        told = Summary.objects.get(interview=interview, agency=self.kent_police)
        summaries.read_summary(summary_reference=told.reference, act=act_now(self.joan))
        summaries.answer_summary(
            summary_reference=told.reference, answer=Summary.Answer.NO_ACTION, crime_reference="",
            because=canary("no action"), is_useful=True, version=None, act=act_now(self.joan),
        )  # fmt: skip
        self._close()
        another = interviews.open_interview(
            episode=past_episode(self, ago=timedelta(days=9)), act=act_now(self.joan)
        )
        assert another
        act = act_now(self.ruth)
        accounts.begin_draft(interview_reference=another.reference, act=act)
        accounts.keep_page(
            interview_reference=another.reference, page="explained",
            typed={"not_alone_because": [canary("draft of an interview")]}, version=None, act=act,
        )  # fmt: skip

    def _written(self, met_at: object) -> Written:
        say = {
            each: canary(each.replace("_", " "))
            for each in (
                "not_explained_because", "not_alone_because", "parent_because", "before", "away",
                "back", "harm", "health", "wishes", "summary", "places_and_people", "safety_note",
                "not_told_because", "interpreter_because",
            )
        }  # fmt: skip
        return Written(
            met_at=met_at,  # type: ignore[arg-type]
            place_kind="youth",
            is_explained=False,
            is_alone=False,
            interpreter="known",
            parent_asked="not_asked",
            harms=("11A",),
            quotes=tuple(
                Quoted(text=canary(f"quote {each}"), audience=each) for each in QuoteAudience
            ),
            carer=offers.CarerSaid(who="Keyworker", text=canary("carer said")),
            is_child_told=False,
            shared=(
                SharedWith(
                    agency_reference=self.kent_police.reference,
                    decisions={Shared.PLACES: Decision.WITHHOLD},
                    reason=canary("withheld because"),
                ),
                SharedWith(
                    agency_reference=self.home_council.reference,
                    decisions={Shared.SUMMARY: Decision.PART},
                    reason=canary("partly because"),
                    instead=canary("instead"),
                ),
            ),
            recommendations=tuple(
                Proposed(text=canary(f"recommended {each}")) for each in ("one", "two", "three")
            ),
            **say,
        )

    def _close(self) -> None:
        episode = MissingEpisode.objects.get(pk=self.first.pk)
        closing.close_episode(
            episode_reference=episode.reference, reason=canary("closed because"), version=None,
            token=None, act=act_now(self.marcus),
        )  # fmt: skip
