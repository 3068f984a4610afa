import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.db import migrations, models

import missingchildren.core.migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0003_cache_table"),
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Interview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("opened_at", models.DateTimeField()),
                ("clock_started_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("referred_at", models.DateTimeField(null=True)),
                ("offered_at", models.DateTimeField(null=True)),
                ("arranged_for", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed", "Held"),
                            ("declined", "Declined"),
                            ("not_offered", "Not offered"),
                            ("not_possible", "Not possible"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("not_held_code", models.CharField(blank=True, default="", max_length=40)),
                ("not_held_reason", models.TextField(blank=True, default="")),
                (
                    "carer_offer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("made", "Yes, they were offered"),
                            ("not_appropriate", "No, it was not right to ask them"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("carer_offer_reason", models.TextField(blank=True, default="")),
                ("outcome_at", models.DateTimeField(null=True)),
                ("held_at", models.DateTimeField(null=True)),
                ("signed_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("council_analysis", models.TextField(blank=True, default="")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interviews",
                        to="cases.child",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "outcome_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "referred_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.unit",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        models.F("child"),
                        models.OrderBy(models.F("opened_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="interview_by_child",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("clock_started_at", None), ("due_at", None)),
                            models.Q(
                                ("clock_started_at__isnull", False),
                                ("due_at__gt", models.F("clock_started_at")),
                                ("due_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="interview_clock_has_due_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("provider", None), ("referred_at", None), ("referred_by", None)
                            ),
                            models.Q(
                                ("provider__isnull", False),
                                ("referred_at__isnull", False),
                                ("referred_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="interview_referral_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("outcome_at", None), ("outcome_by", None)),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("outcome_at__isnull", False),
                                ("outcome_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="interview_outcome_has_time_and_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["", "completed"]),
                            models.Q(("not_held_code", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="interview_not_held_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("not_held_code", "declined_by_child"), _negated=True),
                            models.Q(("carer_offer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="interview_declined_by_child_asks_carer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("arranged_for", None), ("offered_at__isnull", False), _connector="OR"
                        ),
                        name="interview_arranged_after_offer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at", None), ("signed_by", None)),
                            models.Q(
                                ("held_at__isnull", False),
                                ("outcome", "completed"),
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="interview_signed_has_author_and_was_held",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at", None), ("accepted_by", None)),
                            models.Q(
                                ("accepted_at__isnull", False),
                                ("accepted_by__isnull", False),
                                ("signed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="interview_accepted_after_signing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("correction_reason", models.CharField(blank=True, default="", max_length=500)),
                ("met_at", models.DateTimeField()),
                (
                    "place_kind",
                    models.CharField(
                        choices=[
                            ("home", "Where the child lives"),
                            ("school", "School or college"),
                            ("youth", "Youth centre or other neutral place"),
                            ("out", "Out and about, such as a walk or a café"),
                            ("office", "Our own rooms"),
                            ("custody", "Police station or custody"),
                            ("hospital", "Hospital"),
                            ("phone", "By telephone or video"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_explained", models.BooleanField()),
                ("not_explained_because", models.TextField(blank=True, default="")),
                ("is_alone", models.BooleanField()),
                ("not_alone_because", models.TextField(blank=True, default="")),
                (
                    "interpreter",
                    models.CharField(
                        choices=[
                            ("not_needed", "Not needed"),
                            ("independent", "Yes, an independent one"),
                            ("known", "Somebody the child knows"),
                        ],
                        max_length=20,
                    ),
                ),
                ("interpreter_because", models.TextField(blank=True, default="")),
                (
                    "parent_asked",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "Asked, and agreed"),
                            ("did_not_agree", "Asked, and did not agree: the child wanted to talk"),
                            ("not_asked", "Not asked"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("parent_because", models.TextField(blank=True, default="")),
                ("before", models.TextField(blank=True, default="")),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("not_missing", models.TextField(blank=True, default="")),
                ("away", models.TextField(blank=True, default="")),
                ("back", models.TextField(blank=True, default="")),
                (
                    "harms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("harm", models.TextField(blank=True, default="")),
                ("health", models.TextField(blank=True, default="")),
                ("wishes", models.TextField(blank=True, default="")),
                ("summary", models.TextField()),
                ("places_and_people", models.TextField(blank=True, default="")),
                ("safety_note", models.TextField(blank=True, default="")),
                ("is_child_told", models.BooleanField()),
                ("not_told_because", models.TextField(blank=True, default="")),
                ("signed_at", models.DateTimeField()),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interview_accounts",
                        to="cases.child",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accounts",
                        to="returninterviews.interview",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("interview", "number"), name="account_numbered_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("correction_reason", ""), ("number", 1)),
                            models.Q(
                                ("number__gt", 1),
                                models.Q(("correction_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="account_corrects_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("summary", ""), _negated=True),
                        name="account_has_summary",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CarerAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(max_length=100)),
                ("text", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="carer_accounts",
                        to="cases.child",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "interview",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="carer_account",
                        to="returninterviews.interview",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("who", ""), _negated=True),
                            models.Q(("text", ""), _negated=True),
                        ),
                        name="carer_account_has_author_and_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CarerAccountEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("who", models.CharField(max_length=100)),
                ("text", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.child",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="returninterviews.careraccount",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="returninterviews.interview",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AccountEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("correction_reason", models.CharField(blank=True, default="", max_length=500)),
                ("met_at", models.DateTimeField()),
                (
                    "place_kind",
                    models.CharField(
                        choices=[
                            ("home", "Where the child lives"),
                            ("school", "School or college"),
                            ("youth", "Youth centre or other neutral place"),
                            ("out", "Out and about, such as a walk or a café"),
                            ("office", "Our own rooms"),
                            ("custody", "Police station or custody"),
                            ("hospital", "Hospital"),
                            ("phone", "By telephone or video"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_explained", models.BooleanField()),
                ("not_explained_because", models.TextField(blank=True, default="")),
                ("is_alone", models.BooleanField()),
                ("not_alone_because", models.TextField(blank=True, default="")),
                (
                    "interpreter",
                    models.CharField(
                        choices=[
                            ("not_needed", "Not needed"),
                            ("independent", "Yes, an independent one"),
                            ("known", "Somebody the child knows"),
                        ],
                        max_length=20,
                    ),
                ),
                ("interpreter_because", models.TextField(blank=True, default="")),
                (
                    "parent_asked",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "Asked, and agreed"),
                            ("did_not_agree", "Asked, and did not agree: the child wanted to talk"),
                            ("not_asked", "Not asked"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("parent_because", models.TextField(blank=True, default="")),
                ("before", models.TextField(blank=True, default="")),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("not_missing", models.TextField(blank=True, default="")),
                ("away", models.TextField(blank=True, default="")),
                ("back", models.TextField(blank=True, default="")),
                (
                    "harms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("harm", models.TextField(blank=True, default="")),
                ("health", models.TextField(blank=True, default="")),
                ("wishes", models.TextField(blank=True, default="")),
                ("summary", models.TextField()),
                ("places_and_people", models.TextField(blank=True, default="")),
                ("safety_note", models.TextField(blank=True, default="")),
                ("is_child_told", models.BooleanField()),
                ("not_told_because", models.TextField(blank=True, default="")),
                ("signed_at", models.DateTimeField()),
                (
                    "checked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.child",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="returninterviews.account",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="returninterviews.interview",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InterviewEpisode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interview_episodes",
                        to="cases.child",
                    ),
                ),
                (
                    "episode",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="covered_by",
                        to="cases.missingepisode",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="covers",
                        to="returninterviews.interview",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="InterviewEpisodeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.child",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.missingepisode",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="returninterviews.interview",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="returninterviews.interviewepisode",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InterviewEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=20)),
                ("opened_at", models.DateTimeField()),
                ("clock_started_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("referred_at", models.DateTimeField(null=True)),
                ("offered_at", models.DateTimeField(null=True)),
                ("arranged_for", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed", "Held"),
                            ("declined", "Declined"),
                            ("not_offered", "Not offered"),
                            ("not_possible", "Not possible"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("not_held_code", models.CharField(blank=True, default="", max_length=40)),
                ("not_held_reason", models.TextField(blank=True, default="")),
                (
                    "carer_offer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("made", "Yes, they were offered"),
                            ("not_appropriate", "No, it was not right to ask them"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("carer_offer_reason", models.TextField(blank=True, default="")),
                ("outcome_at", models.DateTimeField(null=True)),
                ("held_at", models.DateTimeField(null=True)),
                ("signed_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("council_analysis", models.TextField(blank=True, default="")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.child",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "outcome_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="returninterviews.interview",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "referred_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "to",
                    models.CharField(
                        choices=[("child", "The child"), ("carer", "A parent or carer")],
                        max_length=10,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("face_to_face", "Face to face"),
                            ("phone", "By telephone"),
                            ("message", "By message"),
                            ("letter", "By letter"),
                            ("through", "Through somebody they know"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("accepted", "Yes, and a time is arranged"),
                            ("not_today", "Not now, ask again"),
                            ("declined_by_child", "The child did not want it"),
                            ("declined_by_parent", "A parent or carer did not want it"),
                            ("could_not_contact", "We could not reach them"),
                        ],
                        max_length=20,
                    ),
                ),
                ("arranged_for", models.DateTimeField(null=True)),
                (
                    "place_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("home", "Where the child lives"),
                            ("school", "School or college"),
                            ("youth", "Youth centre or other neutral place"),
                            ("out", "Out and about, such as a walk or a café"),
                            ("office", "Our own rooms"),
                            ("custody", "Police station or custody"),
                            ("hospital", "Hospital"),
                            ("phone", "By telephone or video"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("wishes", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interview_offers",
                        to="cases.child",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="returninterviews.interview",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("arranged_for__isnull", False), ("result", "accepted")),
                            models.Q(
                                models.Q(("result", "accepted"), _negated=True),
                                ("arranged_for", None),
                            ),
                            _connector="OR",
                        ),
                        name="offer_accepted_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("made_at__lte", models.F("recorded_at"))),
                        name="offer_made_before_it_was_recorded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=20)),
                ("made_at", models.DateTimeField()),
                (
                    "to",
                    models.CharField(
                        choices=[("child", "The child"), ("carer", "A parent or carer")],
                        max_length=10,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("face_to_face", "Face to face"),
                            ("phone", "By telephone"),
                            ("message", "By message"),
                            ("letter", "By letter"),
                            ("through", "Through somebody they know"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("accepted", "Yes, and a time is arranged"),
                            ("not_today", "Not now, ask again"),
                            ("declined_by_child", "The child did not want it"),
                            ("declined_by_parent", "A parent or carer did not want it"),
                            ("could_not_contact", "We could not reach them"),
                        ],
                        max_length=20,
                    ),
                ),
                ("arranged_for", models.DateTimeField(null=True)),
                (
                    "place_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("home", "Where the child lives"),
                            ("school", "School or college"),
                            ("youth", "Youth centre or other neutral place"),
                            ("out", "Out and about, such as a walk or a café"),
                            ("office", "Our own rooms"),
                            ("custody", "Police station or custody"),
                            ("hospital", "Hospital"),
                            ("phone", "By telephone or video"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("wishes", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.child",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="returninterviews.interview",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="returninterviews.offer",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("council", "Only the council and us"),
                            ("police", "The police too"),
                            ("all", "Everyone this interview is shared with"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotes",
                        to="returninterviews.account",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interview_quotes",
                        to="cases.child",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("account", "order"), name="quote_in_order"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="quote_has_words"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuoteEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("order", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("council", "Only the council and us"),
                            ("police", "The police too"),
                            ("all", "Everyone this interview is shared with"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="returninterviews.account",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.child",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="returninterviews.quote",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("order", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("suggested_role", models.CharField(blank=True, default="", max_length=100)),
                ("suggested_due_on", models.DateField(null=True)),
                (
                    "priority",
                    models.CharField(
                        choices=[("urgent", "Urgent"), ("ordinary", "Ordinary")],
                        default="ordinary",
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("taken_forward", "Taken forward"),
                            ("not_taken_forward", "Not taken forward"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("reasons", models.TextField(blank=True, default="")),
                ("second_look_asked_at", models.DateTimeField(null=True)),
                ("second_look_words", models.TextField(blank=True, default="")),
                ("second_look_at", models.DateTimeField(null=True)),
                (
                    "second_look_answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("taken_forward", "Taken forward"),
                            ("not_taken_forward", "Not taken forward"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("second_look_reasons", models.TextField(blank=True, default="")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="cases.child",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="returninterviews.interview",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "second_look_asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "second_look_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "suggested_agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        models.F("child"),
                        models.OrderBy(models.F("recorded_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="recommendation_by_child",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("decision", ""),
                            models.Q(
                                ("second_look_asked_at__isnull", False), ("second_look_at", None)
                            ),
                            _connector="OR",
                        ),
                        fields=["child", "recorded_at"],
                        name="recommendation_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("interview", "order"), name="recommendation_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="recommendation_has_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None),
                                ("decided_by", None),
                                ("decision", ""),
                                ("reasons", ""),
                            ),
                            models.Q(
                                models.Q(("decision", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="recommendation_decision_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "not_taken_forward"), _negated=True),
                            models.Q(("reasons", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="recommendation_not_taken_forward_has_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("second_look_asked_at", None),
                                ("second_look_asked_by", None),
                                ("second_look_words", ""),
                            ),
                            models.Q(
                                ("decision", "not_taken_forward"),
                                ("second_look_asked_at__isnull", False),
                                ("second_look_asked_by__isnull", False),
                                models.Q(("second_look_words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="recommendation_second_look_is_asked_of_what_was_not_taken",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("second_look_answer", ""),
                                ("second_look_at", None),
                                ("second_look_by", None),
                                ("second_look_reasons", ""),
                            ),
                            models.Q(
                                ("second_look_asked_at__isnull", False),
                                ("second_look_at__isnull", False),
                                ("second_look_by__isnull", False),
                                models.Q(("second_look_answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="recommendation_second_look_answer_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("second_look_answer", "not_taken_forward"), _negated=True),
                            models.Q(("second_look_reasons", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="recommendation_second_refusal_has_reasons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("text", models.TextField()),
                ("given_at", models.DateTimeField()),
                ("completed_at", models.DateTimeField(null=True)),
                ("evidence", models.TextField(blank=True, default="")),
                ("dropped_at", models.DateTimeField(null=True)),
                ("dropped_reasons", models.TextField(blank=True, default="")),
                (
                    "helped",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("helped_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="cases.child",
                    ),
                ),
                (
                    "completed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="cases.deadline",
                    ),
                ),
                (
                    "dropped_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "helped_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="returninterviews.recommendation",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        models.F("child"),
                        models.OrderBy(models.F("given_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="action_by_child",
                    ),
                    models.Index(
                        condition=models.Q(("completed_at", None), ("dropped_at", None)),
                        fields=["child", "owner"],
                        name="action_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="action_has_text"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("completed_at", None), ("completed_by", None), ("evidence", "")
                            ),
                            models.Q(
                                ("completed_at__isnull", False),
                                ("completed_by__isnull", False),
                                models.Q(("evidence", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="action_done_has_author_and_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dropped_at", None), ("dropped_by", None), ("dropped_reasons", "")
                            ),
                            models.Q(
                                ("dropped_at__isnull", False),
                                ("dropped_by__isnull", False),
                                models.Q(("dropped_reasons", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="action_dropped_has_author_and_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("completed_at", None), ("dropped_at", None), _connector="OR"
                        ),
                        name="action_ends_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("helped", ""), ("helped_at", None), ("helped_by", None)),
                            models.Q(
                                ("completed_at__isnull", False),
                                ("helped_at__isnull", False),
                                ("helped_by__isnull", False),
                                models.Q(("helped", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="action_helped_is_said_once_done",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("own", "own"),
                            ("forces", "forces"),
                            ("statutory", "statutory"),
                            ("case", "case"),
                            ("named", "named"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "named_agencies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("is_police_only", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("text", models.TextField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="returninterviews.action",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="cases.child",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        models.F("action"),
                        models.OrderBy(models.F("recorded_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="action_note_by_action",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_police_only", False), ("audience", "own"), _connector="OR"
                        ),
                        name="actionnote_police_only_is_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience", "named"), ("named_agencies", []), _connector="OR"
                        ),
                        name="actionnote_names_agencies_only_when_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["case", "statutory"])),
                        name="action_note_is_for_the_case_or_the_statutory_agencies",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionNoteEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("own", "own"),
                            ("forces", "forces"),
                            ("statutory", "statutory"),
                            ("case", "case"),
                            ("named", "named"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "named_agencies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("is_police_only", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                ("reference", models.CharField(max_length=20)),
                ("text", models.TextField()),
                (
                    "action",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="returninterviews.action",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.child",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="returninterviews.actionnote",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ActionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("given_at", models.DateTimeField()),
                ("completed_at", models.DateTimeField(null=True)),
                ("evidence", models.TextField(blank=True, default="")),
                ("dropped_at", models.DateTimeField(null=True)),
                ("dropped_reasons", models.TextField(blank=True, default="")),
                (
                    "helped",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("helped_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.child",
                    ),
                ),
                (
                    "completed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.deadline",
                    ),
                ),
                (
                    "dropped_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "helped_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="returninterviews.action",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="returninterviews.recommendation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RecommendationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=20)),
                ("order", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("suggested_role", models.CharField(blank=True, default="", max_length=100)),
                ("suggested_due_on", models.DateField(null=True)),
                (
                    "priority",
                    models.CharField(
                        choices=[("urgent", "Urgent"), ("ordinary", "Ordinary")],
                        default="ordinary",
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("taken_forward", "Taken forward"),
                            ("not_taken_forward", "Not taken forward"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("reasons", models.TextField(blank=True, default="")),
                ("second_look_asked_at", models.DateTimeField(null=True)),
                ("second_look_words", models.TextField(blank=True, default="")),
                ("second_look_at", models.DateTimeField(null=True)),
                (
                    "second_look_answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("taken_forward", "Taken forward"),
                            ("not_taken_forward", "Not taken forward"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("second_look_reasons", models.TextField(blank=True, default="")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.child",
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="returninterviews.interview",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="returninterviews.recommendation",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "second_look_asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "second_look_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "suggested_agency",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SharedItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("summary", "Summary"),
                            ("harm", "Harm"),
                            ("places_and_people", "Places and people"),
                            ("wishes", "What the child wants"),
                            ("recommendations", "Recommendations"),
                            ("safety_note", "Safety note"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("share", "Share"),
                            ("part", "Share in part"),
                            ("withhold", "Do not share"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("public_task", "Public task: safeguarding a child"),
                            ("vital_interests", "To protect somebody's life"),
                            ("legal_obligation", "The law or a court demands it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("is_child_told", models.BooleanField()),
                ("decided_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_items",
                        to="returninterviews.account",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interview_shared_items",
                        to="cases.child",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "agency", "what"), name="shared_item_decided_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedItemEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("summary", "Summary"),
                            ("harm", "Harm"),
                            ("places_and_people", "Places and people"),
                            ("wishes", "What the child wants"),
                            ("recommendations", "Recommendations"),
                            ("safety_note", "Safety note"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("share", "Share"),
                            ("part", "Share in part"),
                            ("withhold", "Do not share"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("public_task", "Public task: safeguarding a child"),
                            ("vital_interests", "To protect somebody's life"),
                            ("legal_obligation", "The law or a court demands it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("is_child_told", models.BooleanField()),
                ("decided_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="returninterviews.account",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.child",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="returninterviews.shareditem",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Summary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("own", "own"),
                            ("forces", "forces"),
                            ("statutory", "statutory"),
                            ("case", "case"),
                            ("named", "named"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "named_agencies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("is_police_only", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("summary", models.TextField(blank=True, default="")),
                ("harm", models.TextField(blank=True, default="")),
                ("places_and_people", models.TextField(blank=True, default="")),
                ("wishes", models.TextField(blank=True, default="")),
                ("recommendations", models.TextField(blank=True, default="")),
                ("quotes", models.TextField(blank=True, default="")),
                ("safety_note", models.TextField(blank=True, default="")),
                ("instead", models.TextField(blank=True, default="")),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("report_made", "We made a report of it"),
                            ("crime_recorded", "We recorded a crime"),
                            ("no_action", "No action"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("crime_reference", models.CharField(blank=True, default="", max_length=40)),
                ("no_action_because", models.TextField(blank=True, default="")),
                ("is_useful", models.BooleanField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="cases.child",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="summaries",
                        to="returninterviews.interview",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_police_only", False), ("audience", "own"), _connector="OR"
                        ),
                        name="summary_police_only_is_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience", "named"), ("named_agencies", []), _connector="OR"
                        ),
                        name="summary_names_agencies_only_when_named",
                    ),
                    models.UniqueConstraint(fields=("interview", "agency"), name="summary_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at", None), ("read_by", None)),
                            models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="summary_read_has_time_and_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("read_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="summary_answered_after_reading",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "crime_recorded"), _negated=True),
                            models.Q(("crime_reference", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="summary_crime_has_reference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "no_action"), _negated=True),
                            models.Q(("no_action_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="summary_no_action_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SummaryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("own", "own"),
                            ("forces", "forces"),
                            ("statutory", "statutory"),
                            ("case", "case"),
                            ("named", "named"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "named_agencies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("is_police_only", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                ("reference", models.CharField(max_length=20)),
                ("summary", models.TextField(blank=True, default="")),
                ("harm", models.TextField(blank=True, default="")),
                ("places_and_people", models.TextField(blank=True, default="")),
                ("wishes", models.TextField(blank=True, default="")),
                ("recommendations", models.TextField(blank=True, default="")),
                ("quotes", models.TextField(blank=True, default="")),
                ("safety_note", models.TextField(blank=True, default="")),
                ("instead", models.TextField(blank=True, default="")),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("report_made", "We made a report of it"),
                            ("crime_recorded", "We recorded a crime"),
                            ("no_action", "No action"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("crime_reference", models.CharField(blank=True, default="", max_length=40)),
                ("no_action_because", models.TextField(blank=True, default="")),
                ("is_useful", models.BooleanField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.child",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="returninterviews.interview",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="returninterviews.summary",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="actionnote",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_actionnoteevent" ("action_id", "audience", "child_id", "id", "is_police_only", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "text") VALUES (NEW."action_id", NEW."audience", NEW."child_id", NEW."id", NEW."is_police_only", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."text"); RETURN NULL;',
                    hash="9cd9de2d2dba9e9f7c653afae3ef0fa497436869",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_79d88",
                    table="returninterviews_actionnote",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="actionnote",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "returninterviews_actionnoteevent" ("action_id", "audience", "child_id", "id", "is_police_only", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "text") VALUES (NEW."action_id", NEW."audience", NEW."child_id", NEW."id", NEW."is_police_only", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."text"); RETURN NULL;',
                    hash="f672ea5324059804445708aa3ae44d668c834b0d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_53a68",
                    table="returninterviews_actionnote",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="actionnote",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_actionnoteevent" ("action_id", "audience", "child_id", "id", "is_police_only", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "text") VALUES (OLD."action_id", OLD."audience", OLD."child_id", OLD."id", OLD."is_police_only", OLD."named_agencies", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."text"); RETURN NULL;',
                    hash="9144c000ca231350a8479841a4a482f3f0341ae7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1b8f4",
                    table="returninterviews_actionnote",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="actionnoteevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="81f64bec671f253c4d11fc307afec2290a7f3ad8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_fb3bd",
                    table="returninterviews_actionnoteevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="interview",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."signed_at" IS NOT NULL AND (OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."council_id" IS DISTINCT FROM (NEW."council_id") OR OLD."provider_id" IS DISTINCT FROM (NEW."provider_id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."outcome_at" IS DISTINCT FROM (NEW."outcome_at") OR OLD."outcome_by_id" IS DISTINCT FROM (NEW."outcome_by_id") OR OLD."held_at" IS DISTINCT FROM (NEW."held_at") OR OLD."signed_at" IS DISTINCT FROM (NEW."signed_at") OR OLD."signed_by_id" IS DISTINCT FROM (NEW."signed_by_id")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="f44a4153174bc523dedccac2c8ee473e4a084e68",
                    operation="UPDATE",
                    pgid="pgtrigger_signed_stays_2214c",
                    table="returninterviews_interview",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="interview",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_interviewevent" ("accepted_at", "accepted_by_id", "arranged_for", "carer_offer", "carer_offer_reason", "child_id", "clock_started_at", "council_analysis", "council_id", "due_at", "held_at", "id", "not_held_code", "not_held_reason", "offered_at", "opened_at", "outcome", "outcome_at", "outcome_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "reference", "referred_at", "referred_by_id", "signed_at", "signed_by_id", "unit_id", "version") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."arranged_for", NEW."carer_offer", NEW."carer_offer_reason", NEW."child_id", NEW."clock_started_at", NEW."council_analysis", NEW."council_id", NEW."due_at", NEW."held_at", NEW."id", NEW."not_held_code", NEW."not_held_reason", NEW."offered_at", NEW."opened_at", NEW."outcome", NEW."outcome_at", NEW."outcome_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."reference", NEW."referred_at", NEW."referred_by_id", NEW."signed_at", NEW."signed_by_id", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="d60d3c31e07527f72fcc10629fbd1ff85d561a8d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ee264",
                    table="returninterviews_interview",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="interview",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "returninterviews_interviewevent" ("accepted_at", "accepted_by_id", "arranged_for", "carer_offer", "carer_offer_reason", "child_id", "clock_started_at", "council_analysis", "council_id", "due_at", "held_at", "id", "not_held_code", "not_held_reason", "offered_at", "opened_at", "outcome", "outcome_at", "outcome_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "reference", "referred_at", "referred_by_id", "signed_at", "signed_by_id", "unit_id", "version") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."arranged_for", NEW."carer_offer", NEW."carer_offer_reason", NEW."child_id", NEW."clock_started_at", NEW."council_analysis", NEW."council_id", NEW."due_at", NEW."held_at", NEW."id", NEW."not_held_code", NEW."not_held_reason", NEW."offered_at", NEW."opened_at", NEW."outcome", NEW."outcome_at", NEW."outcome_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."provider_id", NEW."reference", NEW."referred_at", NEW."referred_by_id", NEW."signed_at", NEW."signed_by_id", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="2a6c7a8a37763a0499ded9fd789fd8db75d1bb8d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_93377",
                    table="returninterviews_interview",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="interview",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_interviewevent" ("accepted_at", "accepted_by_id", "arranged_for", "carer_offer", "carer_offer_reason", "child_id", "clock_started_at", "council_analysis", "council_id", "due_at", "held_at", "id", "not_held_code", "not_held_reason", "offered_at", "opened_at", "outcome", "outcome_at", "outcome_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "reference", "referred_at", "referred_by_id", "signed_at", "signed_by_id", "unit_id", "version") VALUES (OLD."accepted_at", OLD."accepted_by_id", OLD."arranged_for", OLD."carer_offer", OLD."carer_offer_reason", OLD."child_id", OLD."clock_started_at", OLD."council_analysis", OLD."council_id", OLD."due_at", OLD."held_at", OLD."id", OLD."not_held_code", OLD."not_held_reason", OLD."offered_at", OLD."opened_at", OLD."outcome", OLD."outcome_at", OLD."outcome_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."provider_id", OLD."reference", OLD."referred_at", OLD."referred_by_id", OLD."signed_at", OLD."signed_by_id", OLD."unit_id", OLD."version"); RETURN NULL;',
                    hash="960d7e153598f82bad2860e1729b2ce5ecf2abb5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6604f",
                    table="returninterviews_interview",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="careraccountevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="23134b1e108a12931fa087070d29fdf9c608bd6b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8c2d6",
                    table="returninterviews_careraccountevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="careraccount",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interview_id" IS DISTINCT FROM (NEW."interview_id") OR OLD."who" IS DISTINCT FROM (NEW."who") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="0e7567d82c299b95f6e5d719b73ff60b000649be",
                    operation="UPDATE",
                    pgid="pgtrigger_written_once_1384f",
                    table="returninterviews_careraccount",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="careraccount",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="ace3bb71422bb3b7d9047aa60e9637a21c79d15c",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_286bd",
                    table="returninterviews_careraccount",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="careraccount",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_careraccountevent" ("child_id", "id", "interview_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "text", "who") VALUES (NEW."child_id", NEW."id", NEW."interview_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."text", NEW."who"); RETURN NULL;',
                    hash="2a9d70051742e54d3d66c26940de14296be66749",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1f9c7",
                    table="returninterviews_careraccount",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="careraccount",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "returninterviews_careraccountevent" ("child_id", "id", "interview_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "text", "who") VALUES (NEW."child_id", NEW."id", NEW."interview_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."text", NEW."who"); RETURN NULL;',
                    hash="2b53c3aff0fe8abf2ffef05b8f59dfe3dd1ab292",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b0cc6",
                    table="returninterviews_careraccount",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="careraccount",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_careraccountevent" ("child_id", "id", "interview_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "text", "who") VALUES (OLD."child_id", OLD."id", OLD."interview_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."text", OLD."who"); RETURN NULL;',
                    hash="3e704533946aeac4b103be7f7b77214b39d9c7b9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a408a",
                    table="returninterviews_careraccount",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="accountevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2b05af442aded98dc131e86543ef2636dd933a6b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5c161",
                    table="returninterviews_accountevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="account",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interview_id" IS DISTINCT FROM (NEW."interview_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."correction_reason" IS DISTINCT FROM (NEW."correction_reason") OR OLD."met_at" IS DISTINCT FROM (NEW."met_at") OR OLD."place_kind" IS DISTINCT FROM (NEW."place_kind") OR OLD."is_explained" IS DISTINCT FROM (NEW."is_explained") OR OLD."not_explained_because" IS DISTINCT FROM (NEW."not_explained_because") OR OLD."is_alone" IS DISTINCT FROM (NEW."is_alone") OR OLD."not_alone_because" IS DISTINCT FROM (NEW."not_alone_because") OR OLD."interpreter" IS DISTINCT FROM (NEW."interpreter") OR OLD."interpreter_because" IS DISTINCT FROM (NEW."interpreter_because") OR OLD."parent_asked" IS DISTINCT FROM (NEW."parent_asked") OR OLD."parent_because" IS DISTINCT FROM (NEW."parent_because") OR OLD."before" IS DISTINCT FROM (NEW."before") OR OLD."reasons" IS DISTINCT FROM (NEW."reasons") OR OLD."not_missing" IS DISTINCT FROM (NEW."not_missing") OR OLD."away" IS DISTINCT FROM (NEW."away") OR OLD."back" IS DISTINCT FROM (NEW."back") OR OLD."harms" IS DISTINCT FROM (NEW."harms") OR OLD."harm" IS DISTINCT FROM (NEW."harm") OR OLD."health" IS DISTINCT FROM (NEW."health") OR OLD."wishes" IS DISTINCT FROM (NEW."wishes") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."places_and_people" IS DISTINCT FROM (NEW."places_and_people") OR OLD."safety_note" IS DISTINCT FROM (NEW."safety_note") OR OLD."is_child_told" IS DISTINCT FROM (NEW."is_child_told") OR OLD."not_told_because" IS DISTINCT FROM (NEW."not_told_because") OR OLD."checked_by_id" IS DISTINCT FROM (NEW."checked_by_id") OR OLD."signed_at" IS DISTINCT FROM (NEW."signed_at") OR OLD."signed_by_id" IS DISTINCT FROM (NEW."signed_by_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="ce346cf53fbcf4596e75b75e930926d3232efdb0",
                    operation="UPDATE",
                    pgid="pgtrigger_written_once_71179",
                    table="returninterviews_account",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="account",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="d7c904930538830dc2fcd0279790a64e4762c8a3",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_3fb67",
                    table="returninterviews_account",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="account",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_accountevent" ("away", "back", "before", "checked_by_id", "child_id", "correction_reason", "harm", "harms", "health", "id", "interpreter", "interpreter_because", "interview_id", "is_alone", "is_child_told", "is_explained", "met_at", "not_alone_because", "not_explained_because", "not_missing", "not_told_because", "number", "parent_asked", "parent_because", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_kind", "places_and_people", "reasons", "safety_note", "signed_at", "signed_by_id", "summary", "wishes") VALUES (NEW."away", NEW."back", NEW."before", NEW."checked_by_id", NEW."child_id", NEW."correction_reason", NEW."harm", NEW."harms", NEW."health", NEW."id", NEW."interpreter", NEW."interpreter_because", NEW."interview_id", NEW."is_alone", NEW."is_child_told", NEW."is_explained", NEW."met_at", NEW."not_alone_because", NEW."not_explained_because", NEW."not_missing", NEW."not_told_because", NEW."number", NEW."parent_asked", NEW."parent_because", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place_kind", NEW."places_and_people", NEW."reasons", NEW."safety_note", NEW."signed_at", NEW."signed_by_id", NEW."summary", NEW."wishes"); RETURN NULL;',
                    hash="95c0afebb33d0a8286b15035f7fdf1c5e0020256",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_61c6a",
                    table="returninterviews_account",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="account",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "returninterviews_accountevent" ("away", "back", "before", "checked_by_id", "child_id", "correction_reason", "harm", "harms", "health", "id", "interpreter", "interpreter_because", "interview_id", "is_alone", "is_child_told", "is_explained", "met_at", "not_alone_because", "not_explained_because", "not_missing", "not_told_because", "number", "parent_asked", "parent_because", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_kind", "places_and_people", "reasons", "safety_note", "signed_at", "signed_by_id", "summary", "wishes") VALUES (NEW."away", NEW."back", NEW."before", NEW."checked_by_id", NEW."child_id", NEW."correction_reason", NEW."harm", NEW."harms", NEW."health", NEW."id", NEW."interpreter", NEW."interpreter_because", NEW."interview_id", NEW."is_alone", NEW."is_child_told", NEW."is_explained", NEW."met_at", NEW."not_alone_because", NEW."not_explained_because", NEW."not_missing", NEW."not_told_because", NEW."number", NEW."parent_asked", NEW."parent_because", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_kind", NEW."places_and_people", NEW."reasons", NEW."safety_note", NEW."signed_at", NEW."signed_by_id", NEW."summary", NEW."wishes"); RETURN NULL;',
                    hash="5593d2184156c11c53b10481948cea742694bcc7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_42fdf",
                    table="returninterviews_account",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="account",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_accountevent" ("away", "back", "before", "checked_by_id", "child_id", "correction_reason", "harm", "harms", "health", "id", "interpreter", "interpreter_because", "interview_id", "is_alone", "is_child_told", "is_explained", "met_at", "not_alone_because", "not_explained_because", "not_missing", "not_told_because", "number", "parent_asked", "parent_because", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_kind", "places_and_people", "reasons", "safety_note", "signed_at", "signed_by_id", "summary", "wishes") VALUES (OLD."away", OLD."back", OLD."before", OLD."checked_by_id", OLD."child_id", OLD."correction_reason", OLD."harm", OLD."harms", OLD."health", OLD."id", OLD."interpreter", OLD."interpreter_because", OLD."interview_id", OLD."is_alone", OLD."is_child_told", OLD."is_explained", OLD."met_at", OLD."not_alone_because", OLD."not_explained_because", OLD."not_missing", OLD."not_told_because", OLD."number", OLD."parent_asked", OLD."parent_because", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place_kind", OLD."places_and_people", OLD."reasons", OLD."safety_note", OLD."signed_at", OLD."signed_by_id", OLD."summary", OLD."wishes"); RETURN NULL;',
                    hash="8ed1b3a7628c654a1dbebe4c509df18eab49fc45",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_81cea",
                    table="returninterviews_account",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="interviewepisode",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_interviewepisodeevent" ("child_id", "episode_id", "id", "interview_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."child_id", NEW."episode_id", NEW."id", NEW."interview_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="ab5388588f6066bceb2d6d76b82507833bb27f66",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_939f1",
                    table="returninterviews_interviewepisode",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="interviewepisode",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "returninterviews_interviewepisodeevent" ("child_id", "episode_id", "id", "interview_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."child_id", NEW."episode_id", NEW."id", NEW."interview_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="c8eb7392ffa4a9f1a2881c1ae3a0db5546f2a4ef",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d9d3d",
                    table="returninterviews_interviewepisode",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="interviewepisode",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_interviewepisodeevent" ("child_id", "episode_id", "id", "interview_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."child_id", OLD."episode_id", OLD."id", OLD."interview_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="88f53ea60b861e7509e97f35a7ae3eb07c968e7d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4b62f",
                    table="returninterviews_interviewepisode",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="interviewepisodeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="086090ea1d1d82fccb6937b300660df271fa899e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_567eb",
                    table="returninterviews_interviewepisodeevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="interviewevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4e6b36cfb4e8afe850cfa945dc20caf71c7a901a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4b8f1",
                    table="returninterviews_interviewevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interview_id" IS DISTINCT FROM (NEW."interview_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."to" IS DISTINCT FROM (NEW."to") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."arranged_for" IS DISTINCT FROM (NEW."arranged_for") OR OLD."place_kind" IS DISTINCT FROM (NEW."place_kind") OR OLD."wishes" IS DISTINCT FROM (NEW."wishes") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="a4d1da987b0c38b17599bf9b163b1351636adfe7",
                    operation="UPDATE",
                    pgid="pgtrigger_written_once_67934",
                    table="returninterviews_offer",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="48a0030bcf5da81f4e7df1cea8339a546527c7dc",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_20739",
                    table="returninterviews_offer",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_offerevent" ("agency_id", "arranged_for", "channel", "child_id", "id", "interview_id", "made_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_kind", "recorded_at", "recorded_by_id", "reference", "result", "to", "wishes") VALUES (NEW."agency_id", NEW."arranged_for", NEW."channel", NEW."child_id", NEW."id", NEW."interview_id", NEW."made_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place_kind", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."result", NEW."to", NEW."wishes"); RETURN NULL;',
                    hash="534c78b4856ff69dce1ce9ef094f833eaa751a8f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4902f",
                    table="returninterviews_offer",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "returninterviews_offerevent" ("agency_id", "arranged_for", "channel", "child_id", "id", "interview_id", "made_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_kind", "recorded_at", "recorded_by_id", "reference", "result", "to", "wishes") VALUES (NEW."agency_id", NEW."arranged_for", NEW."channel", NEW."child_id", NEW."id", NEW."interview_id", NEW."made_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_kind", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."result", NEW."to", NEW."wishes"); RETURN NULL;',
                    hash="cab897efc5983e2d6c17921e00541546b69d3ca4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_958c8",
                    table="returninterviews_offer",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_offerevent" ("agency_id", "arranged_for", "channel", "child_id", "id", "interview_id", "made_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_kind", "recorded_at", "recorded_by_id", "reference", "result", "to", "wishes") VALUES (OLD."agency_id", OLD."arranged_for", OLD."channel", OLD."child_id", OLD."id", OLD."interview_id", OLD."made_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place_kind", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."result", OLD."to", OLD."wishes"); RETURN NULL;',
                    hash="febb26b2c518fb3496b8b0cc0bae034d7c656c40",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ac256",
                    table="returninterviews_offer",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="offerevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="437906a658b6007a5582b5d9d1926c23648ab2c6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1ab4a",
                    table="returninterviews_offerevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."order" IS DISTINCT FROM (NEW."order") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."audience" IS DISTINCT FROM (NEW."audience"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="58333fd9cb32de8792bb9e7ed9df7ce535595fcc",
                    operation="UPDATE",
                    pgid="pgtrigger_written_once_5161c",
                    table="returninterviews_quote",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="fd8b5937a05089f3b5fc7d605ec135e1ec48cbbb",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_a324d",
                    table="returninterviews_quote",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_quoteevent" ("account_id", "audience", "child_id", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (NEW."account_id", NEW."audience", NEW."child_id", NEW."id", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."text"); RETURN NULL;',
                    hash="dd0536f8c02309905d509448691b841459dfbbd4",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7f0b0",
                    table="returninterviews_quote",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "returninterviews_quoteevent" ("account_id", "audience", "child_id", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (NEW."account_id", NEW."audience", NEW."child_id", NEW."id", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."text"); RETURN NULL;',
                    hash="ac7450e0eb924ac367088cf481a8d10cf5f33ec1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a90f7",
                    table="returninterviews_quote",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_quoteevent" ("account_id", "audience", "child_id", "id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (OLD."account_id", OLD."audience", OLD."child_id", OLD."id", OLD."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."text"); RETURN NULL;',
                    hash="b07638a5979e736695f504daa41d852d5688ff5f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7f8c5",
                    table="returninterviews_quote",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="quoteevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b0508d4897075ea8ae4bb54032cd31f4e9ddeff2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8c02a",
                    table="returninterviews_quoteevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="recommendation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_recommendationevent" ("child_id", "council_id", "decided_at", "decided_by_id", "decision", "id", "interview_id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "reasons", "recorded_at", "recorded_by_id", "reference", "second_look_answer", "second_look_asked_at", "second_look_asked_by_id", "second_look_at", "second_look_by_id", "second_look_reasons", "second_look_words", "suggested_agency_id", "suggested_due_on", "suggested_role", "text", "version") VALUES (NEW."child_id", NEW."council_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."id", NEW."interview_id", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."priority", NEW."reasons", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."second_look_answer", NEW."second_look_asked_at", NEW."second_look_asked_by_id", NEW."second_look_at", NEW."second_look_by_id", NEW."second_look_reasons", NEW."second_look_words", NEW."suggested_agency_id", NEW."suggested_due_on", NEW."suggested_role", NEW."text", NEW."version"); RETURN NULL;',
                    hash="0bbd01dffbcf27d44f91cc497d931cef54a970b3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_45d7e",
                    table="returninterviews_recommendation",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="recommendation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "returninterviews_recommendationevent" ("child_id", "council_id", "decided_at", "decided_by_id", "decision", "id", "interview_id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "reasons", "recorded_at", "recorded_by_id", "reference", "second_look_answer", "second_look_asked_at", "second_look_asked_by_id", "second_look_at", "second_look_by_id", "second_look_reasons", "second_look_words", "suggested_agency_id", "suggested_due_on", "suggested_role", "text", "version") VALUES (NEW."child_id", NEW."council_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."id", NEW."interview_id", NEW."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."priority", NEW."reasons", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."second_look_answer", NEW."second_look_asked_at", NEW."second_look_asked_by_id", NEW."second_look_at", NEW."second_look_by_id", NEW."second_look_reasons", NEW."second_look_words", NEW."suggested_agency_id", NEW."suggested_due_on", NEW."suggested_role", NEW."text", NEW."version"); RETURN NULL;',
                    hash="42fa826c7d12daa9f59d2629fa308abaeb9e08cc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_03047",
                    table="returninterviews_recommendation",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="recommendation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_recommendationevent" ("child_id", "council_id", "decided_at", "decided_by_id", "decision", "id", "interview_id", "order", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "reasons", "recorded_at", "recorded_by_id", "reference", "second_look_answer", "second_look_asked_at", "second_look_asked_by_id", "second_look_at", "second_look_by_id", "second_look_reasons", "second_look_words", "suggested_agency_id", "suggested_due_on", "suggested_role", "text", "version") VALUES (OLD."child_id", OLD."council_id", OLD."decided_at", OLD."decided_by_id", OLD."decision", OLD."id", OLD."interview_id", OLD."order", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."priority", OLD."reasons", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."second_look_answer", OLD."second_look_asked_at", OLD."second_look_asked_by_id", OLD."second_look_at", OLD."second_look_by_id", OLD."second_look_reasons", OLD."second_look_words", OLD."suggested_agency_id", OLD."suggested_due_on", OLD."suggested_role", OLD."text", OLD."version"); RETURN NULL;',
                    hash="69a20104f630aab308d9caaf9c093c75d558ae18",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d4000",
                    table="returninterviews_recommendation",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="actionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3120c7f4046dde8d2c0a14509be971e509dfa73c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d3b24",
                    table="returninterviews_actionevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="action",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_actionevent" ("child_id", "completed_at", "completed_by_id", "council_id", "deadline_id", "dropped_at", "dropped_by_id", "dropped_reasons", "evidence", "given_at", "given_by_id", "helped", "helped_at", "helped_by_id", "id", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "reference", "text", "version") VALUES (NEW."child_id", NEW."completed_at", NEW."completed_by_id", NEW."council_id", NEW."deadline_id", NEW."dropped_at", NEW."dropped_by_id", NEW."dropped_reasons", NEW."evidence", NEW."given_at", NEW."given_by_id", NEW."helped", NEW."helped_at", NEW."helped_by_id", NEW."id", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recommendation_id", NEW."reference", NEW."text", NEW."version"); RETURN NULL;',
                    hash="90372bd15c99dfce98822a40ca2be3736d67353f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_31104",
                    table="returninterviews_action",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="action",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "returninterviews_actionevent" ("child_id", "completed_at", "completed_by_id", "council_id", "deadline_id", "dropped_at", "dropped_by_id", "dropped_reasons", "evidence", "given_at", "given_by_id", "helped", "helped_at", "helped_by_id", "id", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "reference", "text", "version") VALUES (NEW."child_id", NEW."completed_at", NEW."completed_by_id", NEW."council_id", NEW."deadline_id", NEW."dropped_at", NEW."dropped_by_id", NEW."dropped_reasons", NEW."evidence", NEW."given_at", NEW."given_by_id", NEW."helped", NEW."helped_at", NEW."helped_by_id", NEW."id", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recommendation_id", NEW."reference", NEW."text", NEW."version"); RETURN NULL;',
                    hash="fea6f9da55bfc5ddc4602fd8346f714baae7e33d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a6631",
                    table="returninterviews_action",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="action",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_actionevent" ("child_id", "completed_at", "completed_by_id", "council_id", "deadline_id", "dropped_at", "dropped_by_id", "dropped_reasons", "evidence", "given_at", "given_by_id", "helped", "helped_at", "helped_by_id", "id", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "reference", "text", "version") VALUES (OLD."child_id", OLD."completed_at", OLD."completed_by_id", OLD."council_id", OLD."deadline_id", OLD."dropped_at", OLD."dropped_by_id", OLD."dropped_reasons", OLD."evidence", OLD."given_at", OLD."given_by_id", OLD."helped", OLD."helped_at", OLD."helped_by_id", OLD."id", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recommendation_id", OLD."reference", OLD."text", OLD."version"); RETURN NULL;',
                    hash="080c9b33dce2fcf2ad40cf2e2c7bae513ece83d4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a457f",
                    table="returninterviews_action",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="recommendationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="29fd4fccf406739720e58a7a5fb7285fbf4cd80d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_efa1a",
                    table="returninterviews_recommendationevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="shareditem",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."what" IS DISTINCT FROM (NEW."what") OR OLD."decision" IS DISTINCT FROM (NEW."decision") OR OLD."basis" IS DISTINCT FROM (NEW."basis") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."is_child_told" IS DISTINCT FROM (NEW."is_child_told") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="bacced5496db29944fd7a69b8d39385c9f950c8f",
                    operation="UPDATE",
                    pgid="pgtrigger_written_once_d30be",
                    table="returninterviews_shareditem",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="shareditem",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="47c99ceb567fdfef10040af892f3af5c0b2f3bd4",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_4d7c7",
                    table="returninterviews_shareditem",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="shareditem",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_shareditemevent" ("account_id", "agency_id", "basis", "child_id", "decided_at", "decided_by_id", "decision", "id", "is_child_told", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "what") VALUES (NEW."account_id", NEW."agency_id", NEW."basis", NEW."child_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."id", NEW."is_child_told", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."what"); RETURN NULL;',
                    hash="b5685b0c742eff36c3ef4ddb7d90e53083bd5960",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fef53",
                    table="returninterviews_shareditem",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="shareditem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "returninterviews_shareditemevent" ("account_id", "agency_id", "basis", "child_id", "decided_at", "decided_by_id", "decision", "id", "is_child_told", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "what") VALUES (NEW."account_id", NEW."agency_id", NEW."basis", NEW."child_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."id", NEW."is_child_told", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."what"); RETURN NULL;',
                    hash="ac0e357ae9771b90c58855ef6286107ce15f491d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7461f",
                    table="returninterviews_shareditem",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="shareditem",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_shareditemevent" ("account_id", "agency_id", "basis", "child_id", "decided_at", "decided_by_id", "decision", "id", "is_child_told", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "what") VALUES (OLD."account_id", OLD."agency_id", OLD."basis", OLD."child_id", OLD."decided_at", OLD."decided_by_id", OLD."decision", OLD."id", OLD."is_child_told", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."what"); RETURN NULL;',
                    hash="387e2424b471d8baad831621867b3aec9102ea0a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_96323",
                    table="returninterviews_shareditem",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="shareditemevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1fe52d48001f566c99ccb0f36211f95ed3cd7b58",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_cabe9",
                    table="returninterviews_shareditemevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="summary",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."named_agencies" IS DISTINCT FROM (NEW."named_agencies") OR OLD."is_police_only" IS DISTINCT FROM (NEW."is_police_only") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."interview_id" IS DISTINCT FROM (NEW."interview_id") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."harm" IS DISTINCT FROM (NEW."harm") OR OLD."places_and_people" IS DISTINCT FROM (NEW."places_and_people") OR OLD."wishes" IS DISTINCT FROM (NEW."wishes") OR OLD."recommendations" IS DISTINCT FROM (NEW."recommendations") OR OLD."quotes" IS DISTINCT FROM (NEW."quotes") OR OLD."safety_note" IS DISTINCT FROM (NEW."safety_note") OR OLD."instead" IS DISTINCT FROM (NEW."instead"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="1f65111faaf7b87ea6f9cd74c4aab48af3148a1d",
                    operation="UPDATE",
                    pgid="pgtrigger_written_once_c48f3",
                    table="returninterviews_summary",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="summary",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="ff5a28d7e85f8adff4a21bb0d7ac9f61ae99b58e",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_fa111",
                    table="returninterviews_summary",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="summary",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_summaryevent" ("agency_id", "answer", "answered_at", "answered_by_id", "audience", "child_id", "crime_reference", "harm", "id", "instead", "interview_id", "is_police_only", "is_useful", "named_agencies", "no_action_because", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places_and_people", "quotes", "read_at", "read_by_id", "recommendations", "recorded_at", "recorded_by_id", "reference", "safety_note", "summary", "version", "wishes") VALUES (NEW."agency_id", NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."audience", NEW."child_id", NEW."crime_reference", NEW."harm", NEW."id", NEW."instead", NEW."interview_id", NEW."is_police_only", NEW."is_useful", NEW."named_agencies", NEW."no_action_because", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."places_and_people", NEW."quotes", NEW."read_at", NEW."read_by_id", NEW."recommendations", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."safety_note", NEW."summary", NEW."version", NEW."wishes"); RETURN NULL;',
                    hash="7221e8fff9d026d614146ce0704142b48ee2c642",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_22e3e",
                    table="returninterviews_summary",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="summary",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "returninterviews_summaryevent" ("agency_id", "answer", "answered_at", "answered_by_id", "audience", "child_id", "crime_reference", "harm", "id", "instead", "interview_id", "is_police_only", "is_useful", "named_agencies", "no_action_because", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places_and_people", "quotes", "read_at", "read_by_id", "recommendations", "recorded_at", "recorded_by_id", "reference", "safety_note", "summary", "version", "wishes") VALUES (NEW."agency_id", NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."audience", NEW."child_id", NEW."crime_reference", NEW."harm", NEW."id", NEW."instead", NEW."interview_id", NEW."is_police_only", NEW."is_useful", NEW."named_agencies", NEW."no_action_because", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."places_and_people", NEW."quotes", NEW."read_at", NEW."read_by_id", NEW."recommendations", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."safety_note", NEW."summary", NEW."version", NEW."wishes"); RETURN NULL;',
                    hash="6eb6338d1ef40e41eba9b811836ba6dae208f44c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_78c72",
                    table="returninterviews_summary",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="summary",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "returninterviews_summaryevent" ("agency_id", "answer", "answered_at", "answered_by_id", "audience", "child_id", "crime_reference", "harm", "id", "instead", "interview_id", "is_police_only", "is_useful", "named_agencies", "no_action_because", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places_and_people", "quotes", "read_at", "read_by_id", "recommendations", "recorded_at", "recorded_by_id", "reference", "safety_note", "summary", "version", "wishes") VALUES (OLD."agency_id", OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."audience", OLD."child_id", OLD."crime_reference", OLD."harm", OLD."id", OLD."instead", OLD."interview_id", OLD."is_police_only", OLD."is_useful", OLD."named_agencies", OLD."no_action_because", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."places_and_people", OLD."quotes", OLD."read_at", OLD."read_by_id", OLD."recommendations", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."safety_note", OLD."summary", OLD."version", OLD."wishes"); RETURN NULL;',
                    hash="45ab52890984f7350b49963b226bc7eeecf53ba2",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7c248",
                    table="returninterviews_summary",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="summaryevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fbc99c8f257d5a9d4da48fd652ced4ca178cb2a7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_69b17",
                    table="returninterviews_summaryevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
