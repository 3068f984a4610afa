"""Everybody who may look: a person for each kind of agency, part and role, and some without any."""

from django.test import Client

from cases.models import Involvement
from cases.services import children
from missingchildren.agencies.models import AgencyKind, Membership, Role
from tests.factories import UserFactory, act_for
from tests.partnership import Partnership, agency, member
from tests.signing_in import sign_in

# Who belongs together: what one of them may see, all of them may.
LEAD = frozenset({"joan", "pete", "marcus", "mary", "olga"})
COUNCIL = frozenset({"ruth", "ken", "colin", "samira", "holt"})
CARERS = frozenset({"nisha", "fern", "stan"})
NOBODY = frozenset(
    {"adam", "owen", "kate", "elsa", "stranger", "sid", "sophie", "nomad", "anonymous"}
)
OTHERS = frozenset({"dana", "tom", "fay", "hope", "beth", "paul", "grace", "lena", "vera"})
PERSONAS = tuple(sorted(LEAD | COUNCIL | CARERS | NOBODY | OTHERS))


class People(Partnership):
    """The partnership around Ava, with everybody whom the design's table names."""

    def __post_init__(self) -> None:
        """Add the roles of each agency, the other parts, and those who have none."""
        super().__post_init__()
        kent, birmingham = self.kent_police, self.birmingham
        self.pete = member(kent, Role.PRACTITIONER, unit=self.desk, name="Pete Lane")
        self.mary = member(kent, Role.MANAGER, unit=self.desk, name="Mary Stone")
        self.olga = member(kent, Role.PRACTITIONER, name="Olga Reed")
        self.marcus = member(kent, Role.SUPERVISOR, unit=self.desk, name="Marcus Oyelaran")
        self.colin = member(birmingham, Role.MANAGER, unit=self.team, name="Colin Marsh")
        self.samira = self._of_the_team(Role.NOMINATED_OFFICER)
        self.holt = self._of_the_team(Role.DIRECTOR)
        self.adam = member(birmingham, Role.ADMINISTRATOR, name="Adam Cole")
        self.kate = member(birmingham, Role.PRACTITIONER, unit=self.team, name="Kate Lowe")
        self.finders = agency("Sussex Police", AgencyKind.FORCE)
        self.fay = member(self.finders, Role.CONTROL_ROOM, name="Fay Hurst")
        self.home_council = agency("Medway Council", AgencyKind.COUNCIL)
        self.hope = member(self.home_council, Role.PRACTITIONER, name="Hope Ellis")
        self.fostering = agency("Hearth Fostering", AgencyKind.FOSTERING_AGENCY)
        self.fern = member(self.fostering, Role.PRACTITIONER, name="Fern Dale")
        self.supported = agency("Steps Housing", AgencyKind.SUPPORTED_ACCOMMODATION)
        self.stan = member(self.supported, Role.PRACTITIONER, name="Stan Webb")
        self.helpline = agency("Runaway Helpline", AgencyKind.CHARITY)
        self.vera = member(self.helpline, Role.PRACTITIONER, name="Vera Moss")
        self.old_school = agency("Northgate School", AgencyKind.SCHOOL)
        self.elsa = member(self.old_school, Role.MANAGER, name="Elsa Frost")
        self.sid = member(
            agency("Dorset Police", AgencyKind.FORCE), Role.SUPERVISOR, name="Sid May"
        )
        self.stranger_council = agency("Leeds Council", AgencyKind.COUNCIL)
        self.sophie = member(self.stranger_council, Role.MANAGER, name="Sophie Day")
        self.nomad = UserFactory.create(full_name="Nomad")
        children.involve(
            child=self.ava,
            agency=self.helpline,
            capacity=Involvement.Capacity.VOLUNTARY,
            act=act_for(self.ruth),
        )

    def _of_the_team(self, role: Role) -> Membership:
        return member(self.birmingham, role, unit=self.team, name=f"The {role.label.lower()}")

    def signed_in(self, name: str) -> Client:
        """Return a client of one of them."""
        client = Client(headers={"x-forwarded-proto": "https"})
        if name != "anonymous":
            person = getattr(self, name)
            sign_in(client, person if name == "nomad" else person.user)
        return client
