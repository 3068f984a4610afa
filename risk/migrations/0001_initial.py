import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
from django.db import migrations, models

import missingchildren.core.fields
import missingchildren.core.migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0003_cache_table"),
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Flag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("asked_at", models.DateTimeField()),
                (
                    "level_asked",
                    models.CharField(
                        choices=[
                            ("high", "At high risk of harm"),
                            ("medium", "At medium risk of harm"),
                        ],
                        max_length=10,
                    ),
                ),
                ("grounds", models.TextField()),
                ("if_missing", models.TextField()),
                (
                    "evidence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("is_child_told", models.BooleanField()),
                ("child_not_told_because", models.TextField(blank=True, default="")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "accepted"),
                            ("amended", "amended"),
                            ("declined", "declined"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("reasons", models.TextField(blank=True, default="")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("high", "At high risk of harm"),
                            ("medium", "At medium risk of harm"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("wording", models.TextField(blank=True, default="")),
                ("review_on", models.DateField(null=True)),
                ("expires_on", models.DateField(null=True)),
                ("disagreed_at", models.DateTimeField(null=True)),
                ("disagreement", models.TextField(blank=True, default="")),
                ("redecided_at", models.DateTimeField(null=True)),
                ("entered_at", models.DateTimeField(null=True)),
                ("system_reference", models.CharField(blank=True, default="", max_length=40)),
                ("changed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_reasons", models.TextField(blank=True, default="")),
                ("taken_off_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "asked_by",
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
                        related_name="flags",
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
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "disagreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="risk.flag",
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "taken_off_by",
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
                "indexes": [
                    models.Index(
                        models.F("child"),
                        models.OrderBy(models.F("asked_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="flag_by_child",
                    ),
                    models.Index(
                        models.F("force"),
                        models.OrderBy(models.F("asked_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="flag_by_force",
                    ),
                    models.Index(
                        models.F("council"),
                        models.OrderBy(models.F("asked_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="flag_by_council",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("grounds", ""), _negated=True),
                            models.Q(("if_missing", ""), _negated=True),
                        ),
                        name="flag_has_grounds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("child_not_told_because", ""), ("is_child_told", True)),
                            models.Q(
                                ("is_child_told", False),
                                models.Q(("child_not_told_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="flag_child_told_or_why_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("follows", None),
                            models.Q(("follows", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="flag_does_not_follow_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None),
                                ("decided_by", None),
                                ("outcome", ""),
                                ("reasons", ""),
                            ),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(
                                    models.Q(("reasons", ""), _negated=True),
                                    ("council", None),
                                    _connector="OR",
                                ),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="flag_decision_has_time_author_and_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("expires_on", None),
                                ("level", ""),
                                ("outcome__in", ["", "declined"]),
                                ("review_on", None),
                                ("wording", ""),
                            ),
                            models.Q(
                                ("outcome__in", ["accepted", "amended"]),
                                models.Q(("level", ""), _negated=True),
                                ("expires_on__isnull", False),
                                ("review_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="flag_in_force_has_level_review_and_expiry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("review_on", None),
                            ("review_on__lte", models.F("expires_on")),
                            _connector="OR",
                        ),
                        name="flag_reviewed_before_it_expires",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "amended"), _negated=True),
                            models.Q(("wording", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="flag_amended_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("disagreed_at", None), ("disagreed_by", None), ("disagreement", "")
                            ),
                            models.Q(
                                ("disagreed_at__isnull", False),
                                ("disagreed_by__isnull", False),
                                models.Q(("disagreement", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="flag_disagreement_has_time_author_and_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redecided_at", None), ("disagreed_at__isnull", False), _connector="OR"
                        ),
                        name="flag_decided_again_only_when_disputed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("changed_at", None),
                                ("entered_at", None),
                                ("entered_by", None),
                                ("system_reference", ""),
                            ),
                            models.Q(
                                ("entered_at__isnull", False),
                                ("entered_by__isnull", False),
                                models.Q(("system_reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="flag_entry_has_time_author_and_reference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entered_at", None),
                            ("outcome__in", ["accepted", "amended"]),
                            _connector="OR",
                        ),
                        name="flag_entered_only_when_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None), ("ended_reasons", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("ended_reasons", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="flag_end_has_time_author_and_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None),
                            models.Q(("outcome", "declined"), _negated=True),
                            _connector="OR",
                        ),
                        name="flag_declined_does_not_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_off_at", None), ("taken_off_by", None)),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("entered_at__isnull", False),
                                ("taken_off_at__isnull", False),
                                ("taken_off_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="flag_taken_off_has_author_entry_and_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FlagDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accepted", "accepted"),
                            ("amended", "amended"),
                            ("declined", "declined"),
                            ("renewed", "renewed"),
                            ("lowered", "lowered"),
                            ("ended", "ended"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("high", "At high risk of harm"),
                            ("medium", "At medium risk of harm"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("reasons", models.TextField()),
                ("wording", models.TextField(blank=True, default="")),
                ("review_on", models.DateField(null=True)),
                ("expires_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flag_decisions",
                        to="cases.child",
                    ),
                ),
                (
                    "flag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="risk.flag",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reasons", ""), _negated=True),
                        name="flag_decision_has_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("expires_on", None),
                                ("level", ""),
                                ("outcome__in", ["declined", "ended"]),
                                ("review_on", None),
                            ),
                            models.Q(
                                ("outcome__in", ["accepted", "amended", "renewed", "lowered"]),
                                models.Q(("level", ""), _negated=True),
                                ("expires_on__isnull", False),
                                ("review_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="flag_decision_has_review_unless_it_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FlagDecisionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accepted", "accepted"),
                            ("amended", "amended"),
                            ("declined", "declined"),
                            ("renewed", "renewed"),
                            ("lowered", "lowered"),
                            ("ended", "ended"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("high", "At high risk of harm"),
                            ("medium", "At medium risk of harm"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("reasons", models.TextField()),
                ("wording", models.TextField(blank=True, default="")),
                ("review_on", models.DateField(null=True)),
                ("expires_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
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
                    "flag",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="risk.flag",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="risk.flagdecision",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FlagEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=20)),
                ("asked_at", models.DateTimeField()),
                (
                    "level_asked",
                    models.CharField(
                        choices=[
                            ("high", "At high risk of harm"),
                            ("medium", "At medium risk of harm"),
                        ],
                        max_length=10,
                    ),
                ),
                ("grounds", models.TextField()),
                ("if_missing", models.TextField()),
                (
                    "evidence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("is_child_told", models.BooleanField()),
                ("child_not_told_because", models.TextField(blank=True, default="")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "accepted"),
                            ("amended", "amended"),
                            ("declined", "declined"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("reasons", models.TextField(blank=True, default="")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("high", "At high risk of harm"),
                            ("medium", "At medium risk of harm"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("wording", models.TextField(blank=True, default="")),
                ("review_on", models.DateField(null=True)),
                ("expires_on", models.DateField(null=True)),
                ("disagreed_at", models.DateTimeField(null=True)),
                ("disagreement", models.TextField(blank=True, default="")),
                ("redecided_at", models.DateTimeField(null=True)),
                ("entered_at", models.DateTimeField(null=True)),
                ("system_reference", models.CharField(blank=True, default="", max_length=40)),
                ("changed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_reasons", models.TextField(blank=True, default="")),
                ("taken_off_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "asked_by",
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
                    "disagreed_by",
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
                    "ended_by",
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
                    "entered_by",
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
                    "follows",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="risk.flag",
                    ),
                ),
                (
                    "force",
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
                        to="risk.flag",
                    ),
                ),
                (
                    "taken_off_by",
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
            name="Ask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("part", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("reasked_at", models.DateTimeField(null=True)),
                ("report_reference", models.CharField(blank=True, default="", max_length=20)),
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
                        related_name="asks",
                        to="cases.child",
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
                "indexes": [models.Index(fields=["child", "agency"], name="ask_by_child")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reasked_at", None),
                            ("reasked_at__gte", models.F("asked_at")),
                            _connector="OR",
                        ),
                        name="asked_again_after_asked",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tells", "What we know"),
                            ("holds_nothing", "We checked and hold no information"),
                            ("still_right", "What we told you is still right"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(blank=True, default="")),
                ("up_to_date", models.CharField(blank=True, default="", max_length=200)),
                ("is_late", models.BooleanField(default=False)),
                ("given_by", models.CharField(blank=True, default="", max_length=100)),
                (
                    "given_phone",
                    missingchildren.core.fields.EncryptedTextField(blank=True, default=""),
                ),
                ("given_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="risk.ask",
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
                    "confirmed_by",
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
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
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
                        name="contribution_police_only_is_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience", "named"), ("named_agencies", []), _connector="OR"
                        ),
                        name="contribution_names_agencies_only_when_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            ("kind", "still_right"),
                            _connector="OR",
                        ),
                        name="contribution_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_at", None), ("given_by", ""), ("written_by", None)),
                            models.Q(
                                models.Q(("given_by", ""), _negated=True),
                                ("given_at__isnull", False),
                                ("written_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="contribution_by_phone_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                ("given_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="contribution_confirmed_only_by_phone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at", None), ("read_by", None)),
                            models.Q(
                                ("is_late", True),
                                ("read_at__isnull", False),
                                ("read_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="contribution_read_only_when_late",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContributionEvent",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tells", "What we know"),
                            ("holds_nothing", "We checked and hold no information"),
                            ("still_right", "What we told you is still right"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(blank=True, default="")),
                ("up_to_date", models.CharField(blank=True, default="", max_length=200)),
                ("is_late", models.BooleanField(default=False)),
                ("given_by", models.CharField(blank=True, default="", max_length=100)),
                (
                    "given_phone",
                    missingchildren.core.fields.EncryptedTextField(blank=True, default=""),
                ),
                ("given_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "ask",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="risk.ask",
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
                    "confirmed_by",
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
                        to="risk.contribution",
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
                (
                    "written_by",
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
            name="Decision",
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
                ("level", models.CharField(max_length=20)),
                ("reasons", models.TextField()),
                ("review_due_at", models.DateTimeField()),
                ("question_version", models.CharField(max_length=20)),
                ("answers", models.JSONField(default=dict)),
                ("early_reason", models.CharField(blank=True, default="", max_length=20)),
                ("early_words", models.TextField(blank=True, default="")),
                ("flag_reason", models.TextField(blank=True, default="")),
                ("minimum_reason", models.TextField(blank=True, default="")),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("sent_back_at", models.DateTimeField(null=True)),
                ("sent_back_note", models.TextField(blank=True, default="")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="cases.child",
                    ),
                ),
                (
                    "confirmed_by",
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
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "sent_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="risk.decision",
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
                        name="decision_police_only_is_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience", "named"), ("named_agencies", []), _connector="OR"
                        ),
                        name="decision_names_agencies_only_when_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reasons", ""), _negated=True),
                        name="decision_has_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_due_at__gt", models.F("recorded_at"))),
                        name="decision_is_reviewed_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(
                                ("confirmed_at__isnull", False), ("confirmed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="decision_confirmation_has_time_and_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("sent_back_at", None),
                                ("sent_back_by", None),
                                ("sent_back_note", ""),
                            ),
                            models.Q(
                                ("sent_back_at__isnull", False),
                                ("sent_back_by__isnull", False),
                                models.Q(("sent_back_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decision_sent_back_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at", None), ("sent_back_at", None), _connector="OR"
                        ),
                        name="decision_confirmed_or_sent_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_by", None),
                                models.Q(("confirmed_by", models.F("recorded_by")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("sent_back_by", None),
                                models.Q(("sent_back_by", models.F("recorded_by")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="decision_judged_by_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("early_words", ""),
                            models.Q(("early_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_early_words_need_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dissent",
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
                ("answer", models.TextField(blank=True, default="")),
                ("answered_at", models.DateTimeField(null=True)),
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dissents",
                        to="risk.decision",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_police_only", False), ("audience", "own"), _connector="OR"
                        ),
                        name="dissent_police_only_is_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience", "named"), ("named_agencies", []), _connector="OR"
                        ),
                        name="dissent_names_agencies_only_when_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="dissent_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dissent_answer_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DissentEvent",
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
                ("answer", models.TextField(blank=True, default="")),
                ("answered_at", models.DateTimeField(null=True)),
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
                    "decision",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="risk.decision",
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
                        to="risk.dissent",
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
            name="RiskRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("opened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("decided", "The child is back"),
                            ("back_first", "Back before a level was chosen"),
                            ("withdrawn", "The report was withdrawn"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="risk_rounds",
                        to="cases.child",
                    ),
                ),
                (
                    "current",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="current_of",
                        to="risk.decision",
                    ),
                ),
                (
                    "episode",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="risk_round",
                        to="cases.missingepisode",
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
                        name="risk_round_by_child",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_because", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("ended_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="risk_round_end_has_time_and_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("current", None), ("ended_because", "decided"), _negated=True
                            ),
                            models.Q(
                                ("current__isnull", False),
                                ("ended_because", "back_first"),
                                _negated=True,
                            ),
                        ),
                        name="risk_round_ends_with_or_without_level",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionEvent",
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
                ("level", models.CharField(max_length=20)),
                ("reasons", models.TextField()),
                ("review_due_at", models.DateTimeField()),
                ("question_version", models.CharField(max_length=20)),
                ("answers", models.JSONField(default=dict)),
                ("early_reason", models.CharField(blank=True, default="", max_length=20)),
                ("early_words", models.TextField(blank=True, default="")),
                ("flag_reason", models.TextField(blank=True, default="")),
                ("minimum_reason", models.TextField(blank=True, default="")),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("sent_back_at", models.DateTimeField(null=True)),
                ("sent_back_note", models.TextField(blank=True, default="")),
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
                    "confirmed_by",
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
                        to="risk.decision",
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
                    "sent_back_by",
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
                    "supersedes",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="risk.decision",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="risk.riskround",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AskEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=20)),
                ("part", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("reasked_at", models.DateTimeField(null=True)),
                ("report_reference", models.CharField(blank=True, default="", max_length=20)),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="risk.ask",
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
                (
                    "round",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="risk.riskround",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RiskRoundEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=20)),
                ("opened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("decided", "The child is back"),
                            ("back_first", "Back before a level was chosen"),
                            ("withdrawn", "The report was withdrawn"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
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
                    "current",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="risk.decision",
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="risk.riskround",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ShownEvidence",
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
                ("order", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=40)),
                ("source_title", models.CharField(max_length=100)),
                ("kind", models.CharField(max_length=40)),
                ("reference", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("considered", models.BooleanField(default=True)),
                ("exception_words", models.TextField(blank=True, default="")),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="cases.child",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shown",
                        to="risk.decision",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_police_only", False), ("audience", "own"), _connector="OR"
                        ),
                        name="shownevidence_police_only_is_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience", "named"), ("named_agencies", []), _connector="OR"
                        ),
                        name="shownevidence_names_agencies_only_when_named",
                    ),
                    models.UniqueConstraint(
                        fields=("decision", "order"), name="shown_evidence_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("considered", True), ("exception_words", "")),
                            models.Q(
                                ("considered", False),
                                models.Q(("exception_words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="shown_evidence_exception_has_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShownEvidenceEvent",
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
                ("order", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=40)),
                ("source_title", models.CharField(max_length=100)),
                ("kind", models.CharField(max_length=40)),
                ("reference", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("considered", models.BooleanField(default=True)),
                ("exception_words", models.TextField(blank=True, default="")),
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
                    "decision",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="risk.decision",
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
                        to="risk.shownevidence",
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
        migrations.AddField(
            model_name="Ask",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="asks",
                to="risk.riskround",
            ),
        ),
        migrations.AddField(
            model_name="Decision",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="decisions",
                to="risk.riskround",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                models.F("round"),
                models.OrderBy(models.F("recorded_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="decision_by_round",
            ),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.UniqueConstraint(
                fields=("round", "agency"), name="asked_once_a_round"
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="contribution",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_contributionevent" ("ask_id", "audience", "child_id", "confirmed_at", "confirmed_by_id", "given_at", "given_by", "given_phone", "id", "is_late", "is_police_only", "kind", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "recorded_at", "recorded_by_id", "reference", "text", "up_to_date", "written_by_id") VALUES (NEW."ask_id", NEW."audience", NEW."child_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."given_at", NEW."given_by", NEW."given_phone", NEW."id", NEW."is_late", NEW."is_police_only", NEW."kind", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."read_at", NEW."read_by_id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."text", NEW."up_to_date", NEW."written_by_id"); RETURN NULL;',
                    hash="ca26df2fe447777c0400a66aa85ff7208ae70d98",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4cffc",
                    table="risk_contribution",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="contribution",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "risk_contributionevent" ("ask_id", "audience", "child_id", "confirmed_at", "confirmed_by_id", "given_at", "given_by", "given_phone", "id", "is_late", "is_police_only", "kind", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "recorded_at", "recorded_by_id", "reference", "text", "up_to_date", "written_by_id") VALUES (NEW."ask_id", NEW."audience", NEW."child_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."given_at", NEW."given_by", NEW."given_phone", NEW."id", NEW."is_late", NEW."is_police_only", NEW."kind", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."read_at", NEW."read_by_id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."text", NEW."up_to_date", NEW."written_by_id"); RETURN NULL;',
                    hash="b32777702f96c8de096eaded33c9feefc054302b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d852c",
                    table="risk_contribution",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="contribution",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_contributionevent" ("ask_id", "audience", "child_id", "confirmed_at", "confirmed_by_id", "given_at", "given_by", "given_phone", "id", "is_late", "is_police_only", "kind", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "recorded_at", "recorded_by_id", "reference", "text", "up_to_date", "written_by_id") VALUES (OLD."ask_id", OLD."audience", OLD."child_id", OLD."confirmed_at", OLD."confirmed_by_id", OLD."given_at", OLD."given_by", OLD."given_phone", OLD."id", OLD."is_late", OLD."is_police_only", OLD."kind", OLD."named_agencies", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."read_at", OLD."read_by_id", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."text", OLD."up_to_date", OLD."written_by_id"); RETURN NULL;',
                    hash="8005326aeea764c67249e7919afa08ea645fc925",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a71f2",
                    table="risk_contribution",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="contributionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="98bf3f94e4d8e819cf93b68fc8a1aee9b7603724",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c82e3",
                    table="risk_contributionevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="dissent",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_dissentevent" ("answer", "answered_at", "answered_by_id", "audience", "child_id", "decision_id", "id", "is_police_only", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "text") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."audience", NEW."child_id", NEW."decision_id", NEW."id", NEW."is_police_only", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."text"); RETURN NULL;',
                    hash="5f90ac3040b8fde2be8451c502d0fe86eff1fd50",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a5f31",
                    table="risk_dissent",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="dissent",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "risk_dissentevent" ("answer", "answered_at", "answered_by_id", "audience", "child_id", "decision_id", "id", "is_police_only", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "text") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."audience", NEW."child_id", NEW."decision_id", NEW."id", NEW."is_police_only", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."text"); RETURN NULL;',
                    hash="bc3d4ed553114569ebd998ecc8321fcad93bb702",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7475a",
                    table="risk_dissent",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="dissent",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_dissentevent" ("answer", "answered_at", "answered_by_id", "audience", "child_id", "decision_id", "id", "is_police_only", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "text") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."audience", OLD."child_id", OLD."decision_id", OLD."id", OLD."is_police_only", OLD."named_agencies", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."text"); RETURN NULL;',
                    hash="b70c67add170cbbfa038ac032922c0048e5816f8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a0d35",
                    table="risk_dissent",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="dissentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a1605f789bb36f8adca17fda3fbcc0f4d89b1efa",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_77c54",
                    table="risk_dissentevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="flag",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_flagevent" ("asked_at", "asked_by_id", "changed_at", "child_id", "child_not_told_because", "council_id", "decided_at", "decided_by_id", "disagreed_at", "disagreed_by_id", "disagreement", "ended_at", "ended_by_id", "ended_reasons", "entered_at", "entered_by_id", "evidence", "expires_on", "follows_id", "force_id", "grounds", "id", "if_missing", "is_child_told", "level", "level_asked", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "redecided_at", "reference", "review_on", "system_reference", "taken_off_at", "taken_off_by_id", "version", "wording") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."changed_at", NEW."child_id", NEW."child_not_told_because", NEW."council_id", NEW."decided_at", NEW."decided_by_id", NEW."disagreed_at", NEW."disagreed_by_id", NEW."disagreement", NEW."ended_at", NEW."ended_by_id", NEW."ended_reasons", NEW."entered_at", NEW."entered_by_id", NEW."evidence", NEW."expires_on", NEW."follows_id", NEW."force_id", NEW."grounds", NEW."id", NEW."if_missing", NEW."is_child_told", NEW."level", NEW."level_asked", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reasons", NEW."redecided_at", NEW."reference", NEW."review_on", NEW."system_reference", NEW."taken_off_at", NEW."taken_off_by_id", NEW."version", NEW."wording"); RETURN NULL;',
                    hash="526df9d7a95ca19312bfff538fb1b2a35afc1e86",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_76964",
                    table="risk_flag",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="flag",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "risk_flagevent" ("asked_at", "asked_by_id", "changed_at", "child_id", "child_not_told_because", "council_id", "decided_at", "decided_by_id", "disagreed_at", "disagreed_by_id", "disagreement", "ended_at", "ended_by_id", "ended_reasons", "entered_at", "entered_by_id", "evidence", "expires_on", "follows_id", "force_id", "grounds", "id", "if_missing", "is_child_told", "level", "level_asked", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "redecided_at", "reference", "review_on", "system_reference", "taken_off_at", "taken_off_by_id", "version", "wording") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."changed_at", NEW."child_id", NEW."child_not_told_because", NEW."council_id", NEW."decided_at", NEW."decided_by_id", NEW."disagreed_at", NEW."disagreed_by_id", NEW."disagreement", NEW."ended_at", NEW."ended_by_id", NEW."ended_reasons", NEW."entered_at", NEW."entered_by_id", NEW."evidence", NEW."expires_on", NEW."follows_id", NEW."force_id", NEW."grounds", NEW."id", NEW."if_missing", NEW."is_child_told", NEW."level", NEW."level_asked", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reasons", NEW."redecided_at", NEW."reference", NEW."review_on", NEW."system_reference", NEW."taken_off_at", NEW."taken_off_by_id", NEW."version", NEW."wording"); RETURN NULL;',
                    hash="1fe47cf859ef2386eb0810e5501a73341e387f20",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e3f1b",
                    table="risk_flag",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="flag",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_flagevent" ("asked_at", "asked_by_id", "changed_at", "child_id", "child_not_told_because", "council_id", "decided_at", "decided_by_id", "disagreed_at", "disagreed_by_id", "disagreement", "ended_at", "ended_by_id", "ended_reasons", "entered_at", "entered_by_id", "evidence", "expires_on", "follows_id", "force_id", "grounds", "id", "if_missing", "is_child_told", "level", "level_asked", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "redecided_at", "reference", "review_on", "system_reference", "taken_off_at", "taken_off_by_id", "version", "wording") VALUES (OLD."asked_at", OLD."asked_by_id", OLD."changed_at", OLD."child_id", OLD."child_not_told_because", OLD."council_id", OLD."decided_at", OLD."decided_by_id", OLD."disagreed_at", OLD."disagreed_by_id", OLD."disagreement", OLD."ended_at", OLD."ended_by_id", OLD."ended_reasons", OLD."entered_at", OLD."entered_by_id", OLD."evidence", OLD."expires_on", OLD."follows_id", OLD."force_id", OLD."grounds", OLD."id", OLD."if_missing", OLD."is_child_told", OLD."level", OLD."level_asked", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reasons", OLD."redecided_at", OLD."reference", OLD."review_on", OLD."system_reference", OLD."taken_off_at", OLD."taken_off_by_id", OLD."version", OLD."wording"); RETURN NULL;',
                    hash="d9938ac4406b5a2e5f0e5c246ed98de4d8a04b8e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_418c5",
                    table="risk_flag",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="flagdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_flagdecisionevent" ("at", "by_id", "child_id", "expires_on", "flag_id", "id", "level", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "review_on", "wording") VALUES (NEW."at", NEW."by_id", NEW."child_id", NEW."expires_on", NEW."flag_id", NEW."id", NEW."level", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reasons", NEW."review_on", NEW."wording"); RETURN NULL;',
                    hash="b92645d42ae6cdbe536db2c1416117fc3c6e0824",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6a48b",
                    table="risk_flagdecision",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="flagdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "risk_flagdecisionevent" ("at", "by_id", "child_id", "expires_on", "flag_id", "id", "level", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "review_on", "wording") VALUES (NEW."at", NEW."by_id", NEW."child_id", NEW."expires_on", NEW."flag_id", NEW."id", NEW."level", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reasons", NEW."review_on", NEW."wording"); RETURN NULL;',
                    hash="f227ebad2909e42180d6cd3eff1807189a8af74c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8c506",
                    table="risk_flagdecision",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="flagdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_flagdecisionevent" ("at", "by_id", "child_id", "expires_on", "flag_id", "id", "level", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "review_on", "wording") VALUES (OLD."at", OLD."by_id", OLD."child_id", OLD."expires_on", OLD."flag_id", OLD."id", OLD."level", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reasons", OLD."review_on", OLD."wording"); RETURN NULL;',
                    hash="3dd0408262cc97c9cabe73bb64f80cfd3ba1dbc0",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_62fd8",
                    table="risk_flagdecision",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="flagdecisionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="75bdea485f7ab09f00c357e8188b88a3e78beb30",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_43b31",
                    table="risk_flagdecisionevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="flagevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8ae97f965dbedac317a75fc867be0ee3ea9d4d35",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5e536",
                    table="risk_flagevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="riskround",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_riskroundevent" ("child_id", "current_id", "ended_at", "ended_because", "episode_id", "id", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "version") VALUES (NEW."child_id", NEW."current_id", NEW."ended_at", NEW."ended_because", NEW."episode_id", NEW."id", NEW."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reference", NEW."version"); RETURN NULL;',
                    hash="0b1f3bcbd4dbbd7bab1de433efc3160e43008b96",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3b33a",
                    table="risk_riskround",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="riskround",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "risk_riskroundevent" ("child_id", "current_id", "ended_at", "ended_because", "episode_id", "id", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "version") VALUES (NEW."child_id", NEW."current_id", NEW."ended_at", NEW."ended_because", NEW."episode_id", NEW."id", NEW."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reference", NEW."version"); RETURN NULL;',
                    hash="dc5c165c26bd4e1adc194d9e349d8717e65b058a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_951a5",
                    table="risk_riskround",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="riskround",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_riskroundevent" ("child_id", "current_id", "ended_at", "ended_because", "episode_id", "id", "opened_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "version") VALUES (OLD."child_id", OLD."current_id", OLD."ended_at", OLD."ended_because", OLD."episode_id", OLD."id", OLD."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reference", OLD."version"); RETURN NULL;',
                    hash="9c0dd920d08840cb90c960a4f5922a2511f13262",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_99b69",
                    table="risk_riskround",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="decisionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d2b044983774456af223cdb94e42f8b5d52fa1a1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3b699",
                    table="risk_decisionevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_decisionevent" ("answers", "audience", "child_id", "confirmed_at", "confirmed_by_id", "early_reason", "early_words", "flag_reason", "id", "is_police_only", "level", "minimum_reason", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_version", "reasons", "recorded_at", "recorded_by_id", "reference", "review_due_at", "round_id", "sent_back_at", "sent_back_by_id", "sent_back_note", "supersedes_id", "version") VALUES (NEW."answers", NEW."audience", NEW."child_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."early_reason", NEW."early_words", NEW."flag_reason", NEW."id", NEW."is_police_only", NEW."level", NEW."minimum_reason", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."question_version", NEW."reasons", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."review_due_at", NEW."round_id", NEW."sent_back_at", NEW."sent_back_by_id", NEW."sent_back_note", NEW."supersedes_id", NEW."version"); RETURN NULL;',
                    hash="98a34332580d644b634f2123e480cdb137a36681",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_47320",
                    table="risk_decision",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "risk_decisionevent" ("answers", "audience", "child_id", "confirmed_at", "confirmed_by_id", "early_reason", "early_words", "flag_reason", "id", "is_police_only", "level", "minimum_reason", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_version", "reasons", "recorded_at", "recorded_by_id", "reference", "review_due_at", "round_id", "sent_back_at", "sent_back_by_id", "sent_back_note", "supersedes_id", "version") VALUES (NEW."answers", NEW."audience", NEW."child_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."early_reason", NEW."early_words", NEW."flag_reason", NEW."id", NEW."is_police_only", NEW."level", NEW."minimum_reason", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."question_version", NEW."reasons", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."review_due_at", NEW."round_id", NEW."sent_back_at", NEW."sent_back_by_id", NEW."sent_back_note", NEW."supersedes_id", NEW."version"); RETURN NULL;',
                    hash="f24dbff4fd1daf1f5ac8a59ff7281515c39b32ca",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_16635",
                    table="risk_decision",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_decisionevent" ("answers", "audience", "child_id", "confirmed_at", "confirmed_by_id", "early_reason", "early_words", "flag_reason", "id", "is_police_only", "level", "minimum_reason", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_version", "reasons", "recorded_at", "recorded_by_id", "reference", "review_due_at", "round_id", "sent_back_at", "sent_back_by_id", "sent_back_note", "supersedes_id", "version") VALUES (OLD."answers", OLD."audience", OLD."child_id", OLD."confirmed_at", OLD."confirmed_by_id", OLD."early_reason", OLD."early_words", OLD."flag_reason", OLD."id", OLD."is_police_only", OLD."level", OLD."minimum_reason", OLD."named_agencies", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."question_version", OLD."reasons", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."review_due_at", OLD."round_id", OLD."sent_back_at", OLD."sent_back_by_id", OLD."sent_back_note", OLD."supersedes_id", OLD."version"); RETURN NULL;',
                    hash="966c150b16fdea10094497c4eeebe1d14df52d92",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_569f3",
                    table="risk_decision",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="askevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4a6811f1288b4e4e96bb9efd162677608673f9e4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3fd37",
                    table="risk_askevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="ask",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_askevent" ("agency_id", "asked_at", "child_id", "id", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasked_at", "reference", "report_reference", "round_id", "unit_id") VALUES (NEW."agency_id", NEW."asked_at", NEW."child_id", NEW."id", NEW."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reasked_at", NEW."reference", NEW."report_reference", NEW."round_id", NEW."unit_id"); RETURN NULL;',
                    hash="e3c4791740776c682d8e8b43d47c02de4b89186c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_36634",
                    table="risk_ask",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="ask",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "risk_askevent" ("agency_id", "asked_at", "child_id", "id", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasked_at", "reference", "report_reference", "round_id", "unit_id") VALUES (NEW."agency_id", NEW."asked_at", NEW."child_id", NEW."id", NEW."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reasked_at", NEW."reference", NEW."report_reference", NEW."round_id", NEW."unit_id"); RETURN NULL;',
                    hash="dd42226f41722b430c2efeecc0a429accd4b1b14",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ded0f",
                    table="risk_ask",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="ask",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_askevent" ("agency_id", "asked_at", "child_id", "id", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasked_at", "reference", "report_reference", "round_id", "unit_id") VALUES (OLD."agency_id", OLD."asked_at", OLD."child_id", OLD."id", OLD."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reasked_at", OLD."reference", OLD."report_reference", OLD."round_id", OLD."unit_id"); RETURN NULL;',
                    hash="6834c608d4a560e3aba0ab599d0e756fb1de6f25",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3af53",
                    table="risk_ask",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="riskroundevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="bafbb1fbd0c1718e2c1367f7f81e8d1056df7ac1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d3328",
                    table="risk_riskroundevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="shownevidence",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_shownevidenceevent" ("at", "audience", "child_id", "considered", "decision_id", "exception_words", "id", "is_police_only", "kind", "named_agencies", "order", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "source", "source_title", "text", "title") VALUES (NEW."at", NEW."audience", NEW."child_id", NEW."considered", NEW."decision_id", NEW."exception_words", NEW."id", NEW."is_police_only", NEW."kind", NEW."named_agencies", NEW."order", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."source", NEW."source_title", NEW."text", NEW."title"); RETURN NULL;',
                    hash="98a039fd05806e50bbc42591bda76616f1359128",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_655bf",
                    table="risk_shownevidence",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="shownevidence",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "risk_shownevidenceevent" ("at", "audience", "child_id", "considered", "decision_id", "exception_words", "id", "is_police_only", "kind", "named_agencies", "order", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "source", "source_title", "text", "title") VALUES (NEW."at", NEW."audience", NEW."child_id", NEW."considered", NEW."decision_id", NEW."exception_words", NEW."id", NEW."is_police_only", NEW."kind", NEW."named_agencies", NEW."order", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."source", NEW."source_title", NEW."text", NEW."title"); RETURN NULL;',
                    hash="bb72c11329ba8c32c17be0b669807836cc024ff9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_97a93",
                    table="risk_shownevidence",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="shownevidence",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "risk_shownevidenceevent" ("at", "audience", "child_id", "considered", "decision_id", "exception_words", "id", "is_police_only", "kind", "named_agencies", "order", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "source", "source_title", "text", "title") VALUES (OLD."at", OLD."audience", OLD."child_id", OLD."considered", OLD."decision_id", OLD."exception_words", OLD."id", OLD."is_police_only", OLD."kind", OLD."named_agencies", OLD."order", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."source", OLD."source_title", OLD."text", OLD."title"); RETURN NULL;',
                    hash="e2a82433bdca2de99639d67313fa43f6247edb9a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f444e",
                    table="risk_shownevidence",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="shownevidenceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="307ec574aa984433e3908c7d0c57502aca4b3c94",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_20df3",
                    table="risk_shownevidenceevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
