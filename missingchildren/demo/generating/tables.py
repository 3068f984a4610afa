"""The columns that generated rows of a child bring, table by table, in the order of COPY."""

COLUMNS = {
    "cases_child": (
        "id", "reference", "date_of_birth", "is_birth_estimated", "sex", "pronouns",
        "is_restricted", "listed_at", "missing_since", "recorded_at", "version", "recorded_by_id",
        "recording_agency_id",
    ),
    "cases_childname": (
        "id", "child_id", "kind", "given_names", "family_name", "search", "is_main", "recorded_at",
        "recording_agency_id",
    ),
    "cases_childidentifier": (
        "id", "child_id", "kind", "value", "recorded_at", "recording_agency_id",
    ),
    "cases_lookedafterperiod": (
        "id", "child_id", "responsible_council_id", "legal_status", "starts_on", "ends_on",
        "recorded_at", "version",
    ),
    "cases_involvement": (
        "id", "child_id", "agency_id", "capacity", "starts_at", "ends_at", "recording_agency_id",
    ),
    "cases_missingepisode": (
        "id", "child_id", "reference", "kind", "started_at", "started_precision", "last_seen_at",
        "last_seen_precision", "reported_at", "whereabouts_known", "located_at",
        "located_precision", "returned_at", "returned_precision", "return_recorded_by_id",
        "statistical_end", "withdrawn_at", "withdrawn_by_id", "closed_at", "lead_force_id",
        "accepted_at", "accepted_by_id", "police_reference", "version", "not_home_because",
        "not_home_words", "closed_by_id", "closed_reason",
    ),
    "cases_report": (
        "id", "child_id", "episode_id", "reference", "owner_id", "audience", "named_agencies",
        "is_police_only", "recorded_at", "recorded_by_id", "name_given", "told_force_id",
        "told_unit_id", "why_worried", "done_so_far", "contact_name", "contact_phone",
        "opens_record",
    ),
    "cases_location": (
        "id", "child_id", "episode_id", "reference", "owner_id", "audience", "named_agencies",
        "is_police_only", "recorded_at", "recorded_by_id", "kind", "place", "authority_code",
        "force_code", "at",
    ),
    "cases_update": (
        "id", "child_id", "episode_id", "reference", "owner_id", "audience", "named_agencies",
        "is_police_only", "recorded_at", "recorded_by_id", "kind", "text", "happened_at",
        "happened_precision",
    ),
    "cases_grant": (
        "id", "child_id", "reference", "agency_id", "unit_id", "part", "opens", "starts_at",
        "ends_at", "basis", "reason", "source", "made_at", "made_by_id", "ended_at",
        "ended_reason",
    ),
    "cases_childpermission": (
        "id", "group_id", "permission_id", "content_object_id", "sort_at", "missing_since",
        "is_restricted", "valid_until",
    ),
    "cases_deadline": (
        "id", "child_id", "agency_id", "unit_id", "kind", "reference", "own_reference",
        "starts_at", "due_at", "done_at", "done_by_id", "dropped_reason", "version",
    ),
    "cases_timelineentry": (
        "id", "child_id", "episode_id", "kind", "reference", "happened_at", "recorded_at",
        "agency_id", "membership_id", "act_id",
    ),
    "cases_allocation": ("id", "child_id", "membership_id", "starts_at"),
    "cases_namedreader": ("id", "child_id", "user_id", "starts_at", "made_by_id"),
    "cases_keepfrom": ("id", "child_id", "user_id", "reason", "starts_at", "made_by_id"),
    "cases_opening": ("id", "child_id", "membership_id", "reason", "detail", "at", "until"),
    "alerts_alert": (
        "id", "reference", "kind", "event", "agency_id", "unit_id", "child_id",
        "subject_reference", "urgency", "raised_at", "act_id", "acknowledged_at",
        "acknowledged_by_id", "ended_at", "ended_reason",
    ),
    "alerts_delivery": (
        "id", "alert_id", "channel", "rung", "idem_key", "state", "urgency", "queued_at",
        "due_at", "locked_by", "attempts", "raise_count", "last_reason", "provider_reference",
        "accepted_at",
    ),
    "alerts_transition": (
        "id", "delivery_id", "from_state", "to_state", "at", "worker", "reason",
    ),
    "audit_entry": (
        "id", "at", "act_id", "user_id", "agency_id", "membership_id", "channel", "operation",
        "verb", "outcome", "subjects", "objects", "basis", "recipient",
    ),
}  # fmt: skip
