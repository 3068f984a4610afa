"""The same rows as three pages show, asked for in hand-written SQL: what the pages are held to."""

from dataclasses import dataclass

from cases.access import ChildView
from cases.rules import Aspect, Part, Right


@dataclass(frozen=True)
class ByHand:
    """The statements of one page, with named parameters; `rows` is the one that lists children."""

    statements: tuple[str, ...]
    rows: int


WHO_ASKS = """
SELECT s.session_data, u.email, u.full_name, u.is_active, m.reference, m.roles, a.name, a.kind,
       a.group_id, now(), f.type, f.data -> 'kept',
       ARRAY(SELECT w.unit_id FROM agencies_assignment w JOIN agencies_unit t ON t.id = w.unit_id
              WHERE w.membership_id = m.id AND w.starts_at <= now()
                AND (w.ends_at IS NULL OR w.ends_at > now()) AND t.is_active)
  FROM django_session s
  JOIN agencies_user u ON u.id = %(user)s
  JOIN agencies_membership m ON m.user_id = u.id
  JOIN agencies_agency a ON a.id = m.agency_id
  LEFT JOIN mfa_authenticator f ON f.user_id = u.id
 WHERE s.session_key = %(session)s AND s.expire_date > now()
   AND m.starts_at <= now() AND (m.ends_at IS NULL OR m.ends_at > now()) AND a.is_active
"""
WAITING = """
SELECT id FROM alerts_alert
 WHERE agency_id = %(agency)s AND acknowledged_at IS NULL AND ended_at IS NULL
   AND (unit_id IS NULL OR unit_id = ANY(%(units)s)) LIMIT 100
"""
_OPEN = """
 WHERE p.group_id = %(group)s AND p.permission_id = %(right)s AND p.valid_until > now()
   AND NOT EXISTS (SELECT FROM cases_keepfrom k
                    WHERE k.child_id = p.content_object_id AND k.user_id = %(user)s
                      AND k.starts_at <= now() AND (k.ends_at IS NULL OR k.ends_at > now()))
   AND (NOT p.is_restricted OR EXISTS (
         SELECT FROM cases_namedreader r
          WHERE r.child_id = p.content_object_id AND r.user_id = %(user)s
            AND r.starts_at <= now() AND (r.ends_at IS NULL OR r.ends_at > now())))
"""
_ROWS = """
SELECT c.reference, c.missing_since, n.given_names, n.family_name, e.reference, e.version,
       e.accepted_at, f.name
  FROM (SELECT p.content_object_id AS id, p.{key} AS at
          FROM cases_childpermission p {open} {only}
         ORDER BY p.{key} DESC, p.content_object_id DESC LIMIT 26) page
  JOIN cases_child c ON c.id = page.id
  LEFT JOIN cases_childname n ON n.child_id = page.id
  LEFT JOIN cases_missingepisode e ON e.child_id = page.id AND e.returned_at IS NULL
        AND e.withdrawn_at IS NULL
  LEFT JOIN agencies_agency f ON f.id = e.lead_force_id
 ORDER BY page.at DESC, page.id DESC
"""
_COUNT = (
    "SELECT count(*) FROM (SELECT FROM cases_childpermission p {open} {only} LIMIT 1001) counted"
)
_MISSING = "AND p.missing_since IS NOT NULL"

CHILDREN = ByHand(
    (
        WHO_ASKS,
        _COUNT.format(open=_OPEN, only=""),
        _ROWS.format(key="sort_at", open=_OPEN, only=""),
        WAITING,
    ),
    rows=2,
)
MISSING = ByHand(
    (
        WHO_ASKS,
        _COUNT.format(open=_OPEN, only=_MISSING),
        _ROWS.format(key="missing_since", open=_OPEN, only=_MISSING),
        _COUNT.format(open=_OPEN, only="AND p.missing_since < now() - interval '7 days'"),
        WAITING,
    ),
    rows=2,
)

_LATEST = """
(SELECT id FROM cases_missingepisode WHERE child_id = %(child)s AND withdrawn_at IS NULL
  ORDER BY started_at DESC, id DESC LIMIT 1)
"""
_OWN = "i.owner_id = %(agency)s"
_READABLE = """
(i.owner_id = %(agency)s OR i.audience = ANY(%(audiences)s)
 OR i.audience = 'named' AND i.named_agencies @> ARRAY[%(agency)s]::bigint[])
"""
_CHILD = """
SELECT c.reference, c.date_of_birth, c.pronouns, c.missing_since, n.given_names, n.family_name,
       n.kind, n.is_main,
       ARRAY(SELECT d.codename FROM cases_childpermission p
               JOIN auth_permission d ON d.id = p.permission_id
              WHERE p.content_object_id = c.id AND p.group_id = %(group)s
                AND p.valid_until > now())
  FROM cases_child c JOIN cases_childname n ON n.child_id = c.id
 WHERE c.reference = %(reference)s
   AND NOT EXISTS (SELECT FROM cases_keepfrom k
                    WHERE k.child_id = c.id AND k.user_id = %(user)s AND k.starts_at <= now()
                      AND (k.ends_at IS NULL OR k.ends_at > now()))
   AND (NOT c.is_restricted OR EXISTS (
         SELECT FROM cases_namedreader r
          WHERE r.child_id = c.id AND r.user_id = %(user)s AND r.starts_at <= now()
            AND (r.ends_at IS NULL OR r.ends_at > now())))
"""
_IDENTIFIERS = "SELECT kind, value, ended_at FROM cases_childidentifier WHERE child_id = %(child)s"
_PARTS = """
SELECT part, unit_id FROM cases_grant
 WHERE child_id = %(child)s AND agency_id = %(agency)s AND ended_at IS NULL
   AND starts_at <= now() AND (ends_at IS NULL OR ends_at > now())
"""
_EPISODE = """
SELECT e.*, f.name,
       EXISTS (SELECT FROM cases_preventioninterview i WHERE i.episode_id = e.id)
  FROM cases_missingepisode e
  LEFT JOIN agencies_agency f ON f.id = e.lead_force_id
 WHERE e.child_id = %(child)s AND e.withdrawn_at IS NULL
 ORDER BY e.started_at DESC, e.id DESC LIMIT 1
"""
_WRITTEN = """
SELECT i.*, a.name, u.full_name
  FROM {table} i JOIN agencies_agency a ON a.id = i.owner_id
  LEFT JOIN agencies_membership m ON m.id = i.recorded_by_id
  LEFT JOIN agencies_user u ON u.id = m.user_id
 WHERE i.child_id = %(child)s AND i.episode_id = {latest} AND {readable}
 ORDER BY i.{key} DESC, i.id DESC LIMIT 10
"""
_PLACES = """
SELECT i.reference, i.kind, i.recorded_at, i.at, a.name, e.reference
  FROM cases_location i JOIN agencies_agency a ON a.id = i.owner_id
  LEFT JOIN cases_missingepisode e ON e.id = i.episode_id
 WHERE i.child_id = %(child)s AND {readable}
 ORDER BY i.recorded_at DESC, i.id DESC LIMIT 10
"""
_TOLD = """
SELECT l.*, a.name, t.name, u.full_name, o.name, d.channel, d.state
  FROM (SELECT * FROM alerts_alert WHERE child_id = %(child)s
         ORDER BY raised_at DESC, id DESC LIMIT 10) l
  JOIN agencies_agency a ON a.id = l.agency_id
  LEFT JOIN agencies_unit t ON t.id = l.unit_id
  LEFT JOIN agencies_membership m ON m.id = l.acknowledged_by_id
  LEFT JOIN agencies_user u ON u.id = m.user_id
  LEFT JOIN agencies_agency o ON o.id = m.agency_id
  LEFT JOIN alerts_delivery d ON d.alert_id = l.id
 ORDER BY l.raised_at DESC, l.id DESC
"""


_LEVEL = """
SELECT r.*, d.*, e.lead_force_id, o.name
  FROM risk_riskround r
  JOIN cases_missingepisode e ON e.id = r.episode_id
  LEFT JOIN risk_decision d ON d.id = r.current_id
  LEFT JOIN agencies_agency o ON o.id = d.owner_id
 WHERE r.child_id = %(child)s ORDER BY r.opened_at DESC, r.id DESC LIMIT 1
"""
_ASKED = """
SELECT k.*, r.opened_at, r.ended_at, o.kind, o.text, o.recorded_at, o.reference,
       (SELECT n.reference FROM risk_contribution n
         WHERE n.ask_id = k.id AND n.given_at IS NOT NULL AND n.confirmed_at IS NULL
         ORDER BY n.recorded_at DESC, n.id DESC LIMIT 1)
  FROM risk_ask k JOIN risk_riskround r ON r.id = k.round_id
  LEFT JOIN LATERAL (SELECT * FROM risk_contribution n WHERE n.ask_id = k.id
                      ORDER BY n.recorded_at DESC, n.id DESC LIMIT 1) o ON true
 WHERE k.child_id = %(child)s AND k.agency_id = %(agency)s
 ORDER BY r.opened_at DESC, k.id DESC LIMIT 1
"""
_PREVENTION = """
SELECT i.*, a.name, n.text
  FROM cases_preventioninterview i
  LEFT JOIN cases_policenote n ON n.subject_reference = i.reference AND n.owner_id = %(agency)s
  JOIN agencies_agency a ON a.id = i.owner_id
 WHERE i.child_id = %(child)s AND i.episode_id = {latest} AND {readable} LIMIT 1
"""
_FLAGS = """
SELECT g.*, f.name, c.name, w.*, h.name
  FROM risk_flag g JOIN agencies_agency f ON f.id = g.force_id
  LEFT JOIN agencies_agency c ON c.id = g.council_id
  LEFT JOIN risk_flag w ON w.id = g.follows_id
  LEFT JOIN agencies_agency h ON h.id = w.force_id
 WHERE g.child_id = %(child)s ORDER BY g.asked_at DESC, g.id DESC LIMIT 10
"""
_INTERVIEW = """
SELECT i.*, c.name, v.name, s.reference, s.read_at
  FROM returninterviews_interview i LEFT JOIN agencies_agency c ON c.id = i.council_id
  LEFT JOIN agencies_agency v ON v.id = i.provider_id
  LEFT JOIN returninterviews_summary s ON s.interview_id = i.id AND s.agency_id = %(agency)s
 WHERE i.child_id = %(child)s ORDER BY i.opened_at DESC, i.id DESC LIMIT 1
"""
_PLACEMENT = """
SELECT p.*, c.name, v.is_approved, v.needed,
       ARRAY(SELECT ARRAY[n.name, n.system_reference, n.sent_at::text, n.acknowledged_at::text]
               FROM placements_placementnotification n
              WHERE n.placement_id = p.id AND n.about = 'start' AND n.dropped_at IS NULL
                AND n.rejected_at IS NULL ORDER BY n.id)
  FROM placements_placement p JOIN agencies_agency c ON c.id = p.council_id
  LEFT JOIN placements_approval v ON v.placement_id = p.id
 WHERE p.child_id = %(child)s AND p.ended_at IS NULL AND p.withdrawn_at IS NULL
 ORDER BY p.started_at DESC NULLS LAST, p.arrives_at DESC, p.id DESC LIMIT 1
"""
_OWED = """
SELECT d.*, a.name, coalesce(t.text, r.text)
  FROM cases_deadline d
  LEFT JOIN returninterviews_action t ON t.reference = d.reference
  LEFT JOIN returninterviews_recommendation r ON r.reference = d.reference
  JOIN agencies_agency a ON a.id = d.agency_id
 WHERE d.child_id = %(child)s AND d.done_at IS NULL AND d.kind LIKE 'returninterviews.%%'
 ORDER BY d.due_at, d.id LIMIT 11
"""


def case_page(view: ChildView) -> ByHand:
    """Return the statements for one child, with no more than this viewer is shown."""
    readable = _READABLE if view.sees_others else _OWN
    written = {"latest": _LATEST, "readable": readable}
    places = _READABLE if Right.LOCATION in view.rights else _OWN
    shown = (
        (Aspect.LEVEL, _LEVEL),
        (Aspect.EPISODE, _PREVENTION.format(**written)),
        (Aspect.FLAG, _FLAGS),
        (Aspect.SHARED_INTERVIEWS, _INTERVIEW),
        (Aspect.PLACEMENT, _PLACEMENT),
        (Aspect.OWN_ACTIONS, _OWED),
        (Aspect.ALERTS, _TOLD),
    )
    return ByHand(
        (
            WHO_ASKS,
            _CHILD,
            _IDENTIFIERS,
            _PARTS,
            _EPISODE,
            _WRITTEN.format(table="cases_report", key="recorded_at", **written),
            _WRITTEN.format(table="cases_update", key="happened_at", **written),
            _PLACES.format(readable=places),
            *(() if Part.LEAD_FORCE in view.parts else (_ASKED,)),
            *(statement for aspect, statement in shown if view.sees(aspect)),
            WAITING,
        ),
        rows=1,
    )
