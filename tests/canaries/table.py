"""Who may see which word, and who must: written by hand from `design.md` section 4.

`SEEN` is of what a GET shows, `REVEALED` of what the POST that reveals a place shows. Whoever is in
neither set of a thing may not meet its word anywhere. People who belong together are named together
(`people.py`); where only some of them see a thing, it says why.
"""

from dataclasses import dataclass

from tests.canaries.people import CARERS, COUNCIL, LEAD


@dataclass(frozen=True)
class Who:
    """Who must meet a word somewhere, and who may beside them."""

    must: frozenset[str]
    also: frozenset[str] = frozenset()

    @property
    def may(self) -> frozenset[str]:
        """Return everybody who may meet it."""
        return self.must | self.also


def who(*people: str | frozenset[str], also: frozenset[str] = frozenset()) -> Who:
    """Return those who must see a thing, and those who only may."""
    sets = (frozenset({each}) if isinstance(each, str) else each for each in people)
    return Who(frozenset().union(*sets), also)


# Dana is of the lead force, but outside her own work: lists name the child, the record asks why.
ASKED_FIRST = frozenset({"dana"})
# The responsible council, and the council of the home, whose columns are the same but for the RHI.
COUNCILS = COUNCIL | {"hope"}
# The parts whose column "others' answers" says S.
WHOLE = LEAD | COUNCILS
# Column "identity": every part but the voluntary body sees S, with the date of birth.
IDENTIFIED = WHOLE | CARERS | {"tom", "beth", "paul", "grace", "lena"}
# Column "RHI summary / whole": S by the responsible council, W by the provider.
INTERVIEW = COUNCIL | {"lena"}

SEEN: dict[str, Who] = {
    # identity
    "ava": who(IDENTIFIED, "fay", "vera", "dana"),
    "born": who(IDENTIFIED, also=ASKED_FIRST),
    "nhs number": who(WHOLE, "grace"),
    "upn": who(WHOLE, "paul"),
    # other children: Ben lives at the same home, in Kent; Zoe and Rosa are none of their business
    "ben": who(LEAD - {"olga"}, COUNCIL, "kate", "beth", "nisha", also=frozenset({"dana", "olga"})),
    "why home of ben": who(LEAD - {"olga"}, COUNCIL - {"ken"}, "kate", "beth", also=frozenset({"ken"})),
    "police of ben": who(LEAD - {"olga"}, COUNCIL - {"ken"}, "kate", also=frozenset({"ken", "beth"})),
    "phone of ben": who(LEAD - {"olga"}, COUNCIL - {"ken"}, "kate", "beth", also=frozenset({"ken"})),
    "zoe": who("sophie"),
    "rosa": who("colin"),
    # the report: the lead force and the councils read it, the home wrote it
    "worried": who(WHOLE, "nisha"),
    "done so far": who(WHOLE, "nisha"),
    "contact phone": who(WHOLE, "nisha"),
    # episodes
    # why she is not home is shown until she is
    "not home": who(also=WHOLE | CARERS | {"tom", "beth", "lena"}),
    "prevention": who(WHOLE),
    "prevention police": who(LEAD),
    # what others wrote: each by its audience; what one wrote oneself stays one's own
    "update police": who(LEAD),
    "update forces": who(LEAD),
    "update statutory": who(WHOLE),
    "update of home": who(WHOLE, "nisha"),
    "update of school": who(WHOLE, "paul"),
    "update of health": who("grace"),
    "update of home force": who("tom"),
    # the risk round: others' answers are seen by those who see the whole
    "answer of school": who(WHOLE, "paul"),
    "answer of health": who(WHOLE, "grace"),
    "answer of home": who(WHOLE, "nisha"),
    "answer for forces": who(LEAD, "tom"),
    "answer by phone": who(WHOLE),
    "answer phone": who(LEAD, COUNCIL, also=COUNCILS),
    "first reasons": who(WHOLE),
    "first police": who(LEAD),
    "level sent back": who(LEAD, also=COUNCILS),
    "level reasons": who(WHOLE),
    "level police": who(LEAD),
    "dissent of council": who(WHOLE),
    "dissent of home": who(WHOLE, "nisha"),
    "dissent answered": who(WHOLE, "nisha"),
    # flags: S for forces and councils
    "grounds": who(WHOLE, "tom", "beth"),
    "if missing": who(WHOLE, "tom", "beth"),
    "flag not told": who(WHOLE, "tom", "beth"),
    "flag reasons": who(WHOLE, "tom", "beth"),
    "flag wording": who(WHOLE, "tom", "beth"),
    "flag disagreed": who(WHOLE, "tom", "beth"),
    # placement: S for the lead force, which is the host force, and for the councils
    "why this home": who(WHOLE, "beth"),
    "placement phone": who(WHOLE, "beth"),
    "police should know": who(WHOLE, also=frozenset({"beth"})),
    "acknowledged": who(COUNCILS, LEAD),
    "home refused": who(COUNCILS),
    "withdrawn": who(COUNCILS),
    "sent back": who(COUNCILS, also=frozenset({"beth"})),
    # the interview, whole
    **dict.fromkeys(
        (
            "not explained because", "interpreter because", "not alone because", "parent because",
            "before", "away", "back", "harm", "health", "not told because", "quote council",
            "carer said", "offer wishes", "withheld because", "partly because",
        ),
        who(INTERVIEW),
    ),
    "analysis": who(COUNCIL, also=frozenset({"lena"})),
    # the interview, as shared with the lead force: all but the places and the safety note
    "summary": who(INTERVIEW, LEAD),
    "wishes": who(INTERVIEW, LEAD),
    "quote police": who(INTERVIEW, LEAD),
    "quote all": who(INTERVIEW, LEAD),
    "places and people": who(INTERVIEW),
    # "carer's safety note": the home, the fostering agency, supported accommodation
    "safety note": who(INTERVIEW, CARERS),
    # the council of the home is told in part
    "instead": who("hope", also=INTERVIEW),
    "no action": who(LEAD, also=INTERVIEW),
    # recommendations and actions: all for councils, own for others; unfinished ones are evidence
    "recommended one": who(INTERVIEW, "hope", LEAD),
    "recommended two": who(INTERVIEW, "hope", LEAD),
    "recommended three": who(INTERVIEW, "hope", LEAD),
    "not forward": who(INTERVIEW, "hope"),
    "second look": who(INTERVIEW, "hope"),
    "action of home": who(INTERVIEW, "hope", "nisha", LEAD),
    "note for case": who(COUNCILS, "nisha", "lena"),
    "note of home": who(COUNCILS, "nisha"),
    "action of school": who(COUNCILS, "paul"),
    "evidence": who(COUNCILS, "paul"),
    "action of health": who(COUNCILS, "grace"),
    "dropped because": who(COUNCILS, "grace"),
    "action of council": who(COUNCILS),
    "extended because": who(COUNCILS),
    # who sees the record, and why
    "shared because": who(WHOLE),
    "not shared": who(WHOLE),
    # reasons that are kept, and that no page shows yet
    **dict.fromkeys(
        ("ended sharing", "closed because", "opened because", "kept from"),
        who(also=WHOLE),
    ),
    # drafts are one person's
    "draft of an interview": who("ruth"),
    "draft of a report": who("nisha"),
}  # fmt: skip

# Columns "location": S for the lead force and the councils; one's own address for whoever wrote it.
REVEALED: dict[str, Who] = {
    "last seen": who(WHOLE, "beth", "nisha"),
    "found at": who(WHOLE, "beth"),
    "placement address": who(WHOLE, "beth", "kate", also=CARERS),
    "postcode": who(WHOLE, "beth", "nisha", "kate", also=CARERS),
}
