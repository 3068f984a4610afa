"""Pages about one's agency, its people, and joining it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from missingchildren.agencies import access, acting, queries, services
from missingchildren.agencies.acts import Act, personal_act, system_act
from missingchildren.agencies.forms import InviteForm, JoinForm, RolesForm
from missingchildren.agencies.models import Agency, Membership, User
from missingchildren.agencies.sign_in import recent_sign_in_required, step_url, unfinished_step
from missingchildren.audit import log
from missingchildren.audit.acts import Channel
from missingchildren.audit.models import Operation, Outcome
from missingchildren.core.references import normalise_reference
from missingchildren.core.verdicts import NotFound, NotPermitted, Refused, RuleBroken, Verdict


@require_GET
@acting.without_agency
def agency(request: HttpRequest) -> HttpResponse:
    """Show for which agency one acts, its units, and the agencies one could act for instead."""
    memberships = [act.membership for act in acting.acts_open_in(request)]
    now_acting = acting.acting(request)
    if now_acting is None:
        return render(request, "agencies/no_agency.html", {"memberships": memberships}, status=403)
    act = acting.act_for(request)
    units = [
        {"unit": unit, "mine": unit.pk in act.unit_ids}
        for unit in now_acting.agency.units.filter(is_active=True).order_by("name")
    ]
    context = {
        "membership": now_acting,
        "roles": now_acting.roles_in_words(),
        "others": [other for other in memberships if other != now_acting],
        "units": units,
        "on_duty": queries.duty_unit(now_acting.agency, act.now),
        "may_manage": access.can_manage_people(act, now_acting.agency),
    }
    return render(request, "agencies/agency.html", context)


@require_POST
@acting.without_agency
def act_for(request: HttpRequest) -> HttpResponse:
    """Act for another of one's agencies from now on."""
    assert isinstance(request.user, User)
    membership = services.choose_agency(
        agency_reference=_reference(request.POST.get("agency", ""), "AG"),
        act=personal_act(request.user, Channel.WEB),
    )
    acting.switch(request, membership)
    messages.success(request, f"You now act for {membership.agency.name}.")
    return redirect("agencies:agency")


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """List the agency's members and open invitations, for its administrator."""
    act, own = _acting_for(request)
    _may_open(act, "people", access.can_manage_people(act, own))
    units: dict[int, list[str]] = {}
    for assignment in queries.assignments_in(own, act.now):
        units.setdefault(assignment.membership_id, []).append(assignment.unit.name)
    context = {
        "agency": own,
        "members": [
            {
                "membership": member,
                "roles": member.roles_in_words(),
                "units": units.get(member.pk, []),
                "may_change": access.can_change_membership(act, member),
            }
            for member in queries.members_of(own, act.now)
        ],
        "invitations": list(queries.open_invitations(own, act.now)),
    }
    return render(request, "agencies/people.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@recent_sign_in_required
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody to join the agency, and show the address to give them, once."""
    act, own = _acting_for(request)
    if request.method == "GET":
        _may_open(act, "invite", access.can_manage_people(act, own))
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            issued = services.invite(
                agency_reference=own.reference,
                email=form.cleaned_data["email"],
                roles=form.cleaned_data["roles"],
                act=act,
            )
        except NotPermitted as refusal:
            form.add_refusal(refusal)
            return render(request, "agencies/invite.html", {"form": form}, status=403)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            address = queries.invitation_address(issued.token)
            context = {"invitation": issued.invitation, "address": address}
            return render(request, "agencies/invited.html", context)
    return render(request, "agencies/invite.html", {"form": form})


@require_POST
def withdraw_invitation(request: HttpRequest, reference: str) -> HttpResponse:
    """Make an invitation that was not used yet worthless."""
    act, _ = _acting_for(request)
    invitation = services.withdraw_invitation(
        invitation_reference=_reference(reference, "IN"), act=act
    )
    messages.success(request, f"The invitation to {invitation.email} no longer works.")
    return redirect("agencies:people")


@require_http_methods(["GET", "POST"])
@recent_sign_in_required
def change_roles(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what a member does for the agency."""
    act, own = _acting_for(request)
    member = _member(own, _reference(reference, "MB"), act)
    if request.method == "GET":
        _may_open(act, "change_roles", access.can_change_membership(act, member))
    form = RolesForm.about(member, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_roles(
                membership_reference=member.reference, roles=form.cleaned_data["roles"], act=act
            )
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, f"{member.user.full_name}'s roles are changed.")
            return redirect("agencies:people")
    return render(request, "agencies/change_roles.html", {"form": form, "member": member})


@require_http_methods(["GET", "POST"])
@recent_sign_in_required
def end_membership(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask once more, then end a person's membership of the agency."""
    act, own = _acting_for(request)
    member = _member(own, _reference(reference, "MB"), act)
    if request.method == "GET":
        _may_open(act, "end_membership", access.can_change_membership(act, member))
    refused = ""
    if request.method == "POST":
        try:
            services.end_membership(membership_reference=member.reference, act=act)
        except RuleBroken as refusal:
            refused = refusal.reason
        else:
            messages.success(request, f"{member.user.full_name} has left {own.name}.")
            return redirect("agencies:people")
    context = {"member": member, "refused": refused}
    return render(request, "agencies/end_membership.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: with a name and a password, or with the account one has."""
    user = request.user if isinstance(request.user, User) else None
    if user and (step := unfinished_step(request)):
        return redirect(step_url(request, step))
    act = personal_act(user, Channel.WEB) if user else system_act(Channel.WEB)
    open_one = queries.open_invitation(token, act.now)
    if open_one is None:
        return render(request, "agencies/invitation_no_good.html", status=404)

    form = JoinForm(request.POST or None) if user is None else None
    refused = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            joined = services.accept_invitation(
                token=token, act=act, **(form.cleaned_data if form else {})
            )
        except NotFound:
            return render(request, "agencies/invitation_no_good.html", status=404)
        except Refused as refusal:
            if form and refusal.field:
                form.add_refusal(refusal)
            else:
                refused = refusal.reason
        else:
            return _welcome(request, joined, user)
    context = {"invitation": open_one, "form": form, "refused": refused}
    response = render(request, "agencies/invitation.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _welcome(request: HttpRequest, joined: Membership, user: User | None) -> HttpResponse:
    """Send whoever has just joined on to work, or to their first sign-in."""
    if user is None:
        messages.success(request, "Your account is ready. Sign in to set up your second step.")
        return redirect("account_login")
    acting.switch(request, joined)
    messages.success(request, f"You now act for {joined.agency.name}.")
    return redirect("agencies:agency")


def _acting_for(request: HttpRequest) -> tuple[Act, Agency]:
    """Return the act and the agency it is for."""
    act = acting.act_for(request)
    assert act.agency is not None
    return act, act.agency


def _reference(typed: str, prefix: str) -> str:
    """Return a reference that could exist; others are as absent as one that does not."""
    reference = normalise_reference(typed, prefix)
    if reference is None:
        raise NotFound("There is no such reference.")
    return reference


def _member(own: Agency, reference: str, act: Act) -> Membership:
    """Return a live member of one's own agency; anybody else's do not exist here."""
    member = queries.members_of(own, act.now).filter(reference=reference).first()
    if member is None:
        raise NotFound("There is no such member.")
    return member


def _may_open(act: Act, page: str, verdict: Verdict) -> None:
    """Log that somebody opened a page about the agency's people, or refuse it and log that."""
    log.record(
        act=act,
        operation=Operation.CONSULTATION,
        verb=page,
        outcome=Outcome.DONE if verdict else Outcome.DENIED,
    )
    verdict.require(NotPermitted)
