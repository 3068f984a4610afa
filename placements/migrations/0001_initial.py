import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
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
            name="Placement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("kind", models.CharField(max_length=3)),
                (
                    "carer",
                    models.CharField(
                        choices=[
                            ("connected", "A relative or friend who is approved as a foster carer"),
                            ("own", "A foster carer of our own council"),
                            ("other", "Somebody else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("arrives_at", models.DateTimeField()),
                ("is_emergency", models.BooleanField()),
                ("why_this_home", models.TextField()),
                ("what_police_should_know", models.TextField(blank=True, default="")),
                ("contact_name", models.CharField(max_length=100)),
                ("contact_phone", missingchildren.core.fields.EncryptedTextField()),
                (
                    "distance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in area", "in area"),
                            ("out of area, adjoining", "out of area, adjoining"),
                            ("out of area, at a distance", "out of area, at a distance"),
                        ],
                        default="",
                        max_length=30,
                    ),
                ),
                ("area_chosen_at", models.DateTimeField(null=True)),
                ("proposed_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("start_recorded_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, default="", max_length=500)),
                ("end_recorded_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=500)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.area",
                    ),
                ),
                (
                    "area_chosen_by",
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
                        related_name="placements",
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
                    "end_recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "force_area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.area",
                    ),
                ),
                (
                    "host_council",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "host_force",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "location",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placement",
                        to="cases.location",
                    ),
                ),
                (
                    "proposed_by",
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
                    "start_recorded_by",
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
                (
                    "withdrawn_by",
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
                        models.OrderBy(models.F("arrives_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="placement_by_child",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "A3",
                                    "A4",
                                    "A5",
                                    "A6",
                                    "H5",
                                    "K1",
                                    "K2",
                                    "K3",
                                    "P1",
                                    "P2",
                                    "P3",
                                    "R1",
                                    "R2",
                                    "R3",
                                    "R5",
                                    "S1",
                                    "T0",
                                    "T1",
                                    "T2",
                                    "T3",
                                    "T4",
                                    "U1",
                                    "U2",
                                    "U3",
                                    "U4",
                                    "U5",
                                    "U6",
                                    "Z1",
                                    "Z11",
                                    "Z12",
                                    "Z13",
                                    "Z14",
                                ],
                            )
                        ),
                        name="placement_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("area", None), ("distance", ""), ("force_area", None)),
                            models.Q(
                                ("area__isnull", False), models.Q(("distance", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="placement_area_has_distance",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("area_chosen_at", None), ("area_chosen_by", None)),
                            models.Q(
                                ("area__isnull", False),
                                ("area_chosen_at__isnull", False),
                                ("area_chosen_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="placement_area_chosen_has_time_and_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("start_recorded_at", None),
                                ("start_recorded_by", None),
                                ("started_at", None),
                            ),
                            models.Q(
                                ("area__isnull", False),
                                ("start_recorded_at__isnull", False),
                                ("start_recorded_by__isnull", False),
                                ("started_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="placement_start_has_time_and_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end_reason", ""),
                                ("end_recorded_at", None),
                                ("end_recorded_by", None),
                                ("ended_at", None),
                            ),
                            models.Q(
                                ("end_recorded_at__isnull", False),
                                ("end_recorded_by__isnull", False),
                                ("ended_at__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="placement_end_has_time_author_and_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None),
                            ("ended_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="placement_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at", None),
                                ("withdrawn_by", None),
                                ("withdrawn_reason", ""),
                            ),
                            models.Q(
                                ("started_at", None),
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawn_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="placement_withdrawal_has_time_author_and_reason",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("started_at__isnull", False)),
                        expressions=[
                            ("child", "="),
                            (
                                models.Func(
                                    models.F("started_at"),
                                    models.F("ended_at"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                    function="tstzrange",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="placements_of_a_child_do_not_overlap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "needed",
                    models.CharField(
                        choices=[
                            ("nominated officer", "nominated officer"),
                            ("director of children's services", "director of children's services"),
                            ("panel", "panel"),
                        ],
                        max_length=40,
                    ),
                ),
                ("is_approved", models.BooleanField()),
                ("reasons", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField()),
                ("by_telephone", models.BooleanField()),
                ("recorded_at", models.DateTimeField()),
                ("wishes_known", models.BooleanField()),
                ("most_appropriate", models.BooleanField()),
                ("fits_plan", models.BooleanField()),
                ("area_told", models.BooleanField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placement_approvals",
                        to="cases.child",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
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
                    "placement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approval",
                        to="placements.placement",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_approved", False),
                            models.Q(
                                ("fits_plan", True),
                                ("most_appropriate", True),
                                ("wishes_known", True),
                            ),
                            _connector="OR",
                        ),
                        name="approval_only_when_satisfied",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_approved", True),
                            models.Q(("reasons", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="approval_refused_has_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by_telephone", True),
                            ("officer", models.F("recorded_by")),
                            _connector="OR",
                        ),
                        name="approval_is_written_by_the_officer_or_by_telephone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__gte", models.F("decided_at"))),
                        name="approval_recorded_after_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "needed",
                    models.CharField(
                        choices=[
                            ("nominated officer", "nominated officer"),
                            ("director of children's services", "director of children's services"),
                            ("panel", "panel"),
                        ],
                        max_length=40,
                    ),
                ),
                ("is_approved", models.BooleanField()),
                ("reasons", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField()),
                ("by_telephone", models.BooleanField()),
                ("recorded_at", models.DateTimeField()),
                ("wishes_known", models.BooleanField()),
                ("most_appropriate", models.BooleanField()),
                ("fits_plan", models.BooleanField()),
                ("area_told", models.BooleanField()),
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
                    "officer",
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
                        to="placements.approval",
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
                    "placement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="placements.placement",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlacementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=3)),
                (
                    "carer",
                    models.CharField(
                        choices=[
                            ("connected", "A relative or friend who is approved as a foster carer"),
                            ("own", "A foster carer of our own council"),
                            ("other", "Somebody else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("arrives_at", models.DateTimeField()),
                ("is_emergency", models.BooleanField()),
                ("why_this_home", models.TextField()),
                ("what_police_should_know", models.TextField(blank=True, default="")),
                ("contact_name", models.CharField(max_length=100)),
                ("contact_phone", missingchildren.core.fields.EncryptedTextField()),
                (
                    "distance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in area", "in area"),
                            ("out of area, adjoining", "out of area, adjoining"),
                            ("out of area, at a distance", "out of area, at a distance"),
                        ],
                        default="",
                        max_length=30,
                    ),
                ),
                ("area_chosen_at", models.DateTimeField(null=True)),
                ("proposed_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("start_recorded_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, default="", max_length=500)),
                ("end_recorded_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=500)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.area",
                    ),
                ),
                (
                    "area_chosen_by",
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
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "end_recorded_by",
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
                    "force_area",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.area",
                    ),
                ),
                (
                    "host_council",
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
                    "host_force",
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
                    "location",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.location",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="placements.placement",
                    ),
                ),
                (
                    "proposed_by",
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
                    "start_recorded_by",
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
                (
                    "withdrawn_by",
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
            name="PlacementNotification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("start", "A child is placed in the area"),
                            ("end", "A child's placement in the area has ended"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("council", "Council of the area"),
                            ("force", "Police force of the area"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("sent", missingchildren.core.fields.EncryptedTextField(null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("holder", models.CharField(blank=True, default="", max_length=100)),
                ("system_reference", models.CharField(blank=True, default="", max_length=40)),
                ("response", models.TextField(blank=True, default="")),
                ("rejected_at", models.DateTimeField(null=True)),
                ("rejected_reason", models.CharField(blank=True, default="", max_length=500)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "told_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "By telephone"),
                            ("email", "By secure email"),
                            ("letter", "By letter"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("told_whom", models.CharField(blank=True, default="", max_length=100)),
                ("dropped_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placement_notices",
                        to="cases.child",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="placements.placement",
                    ),
                ),
                (
                    "rejected_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="placements.placementnotification",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "told_by",
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
                        models.F("agency"),
                        models.OrderBy(models.F("sent_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("sent_at__isnull", False)),
                        name="notice_by_agency",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dropped_at", None), ("rejected_at", None)),
                        fields=("placement", "about", "to"),
                        name="notice_once_to_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent__isnull", True), ("sent_at", None), ("sent_by", None)),
                            models.Q(
                                ("agency__isnull", False),
                                ("sent__isnull", False),
                                ("sent_at__isnull", False),
                                ("sent_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="notice_sent_has_author_agency_and_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("acknowledged_at", None),
                                ("acknowledged_by", None),
                                ("holder", ""),
                                ("response", ""),
                                ("system_reference", ""),
                            ),
                            models.Q(
                                ("acknowledged_at__isnull", False),
                                ("acknowledged_by__isnull", False),
                                ("sent_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="notice_acknowledged_has_author_and_was_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acknowledged_at", None),
                            ("about", "end"),
                            models.Q(
                                models.Q(("holder", ""), _negated=True),
                                models.Q(("system_reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="notice_acknowledged_start_has_holder_and_reference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("rejected_at", None),
                                ("rejected_by", None),
                                ("rejected_reason", ""),
                            ),
                            models.Q(
                                ("acknowledged_at", None),
                                ("rejected_at__isnull", False),
                                ("rejected_by__isnull", False),
                                ("sent_at__isnull", False),
                                models.Q(("rejected_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="notice_rejected_has_author_and_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("told_at", None),
                                ("told_by", None),
                                ("told_how", ""),
                                ("told_whom", ""),
                            ),
                            models.Q(
                                ("sent_at", None),
                                ("told_at__isnull", False),
                                ("told_by__isnull", False),
                                models.Q(("told_how", ""), _negated=True),
                                models.Q(("told_whom", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="notice_by_hand_has_author_and_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlacementNotificationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=20)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("start", "A child is placed in the area"),
                            ("end", "A child's placement in the area has ended"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("council", "Council of the area"),
                            ("force", "Police force of the area"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("holder", models.CharField(blank=True, default="", max_length=100)),
                ("system_reference", models.CharField(blank=True, default="", max_length=40)),
                ("response", models.TextField(blank=True, default="")),
                ("rejected_at", models.DateTimeField(null=True)),
                ("rejected_reason", models.CharField(blank=True, default="", max_length=500)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "told_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "By telephone"),
                            ("email", "By secure email"),
                            ("letter", "By letter"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("told_whom", models.CharField(blank=True, default="", max_length=100)),
                ("dropped_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "acknowledged_by",
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
                    "agency",
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
                        to="placements.placementnotification",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="placements.placement",
                    ),
                ),
                (
                    "rejected_by",
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
                    "replaces",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="placements.placementnotification",
                    ),
                ),
                (
                    "sent_by",
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
                    "told_by",
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
        missingchildren.core.migrations.AddTrigger(
            model_name="placement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "placements_placementevent" ("area_chosen_at", "area_chosen_by_id", "area_id", "arrives_at", "carer", "child_id", "contact_name", "contact_phone", "council_id", "distance", "end_reason", "end_recorded_at", "end_recorded_by_id", "ended_at", "force_area_id", "host_council_id", "host_force_id", "id", "is_emergency", "kind", "location_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "provider_id", "reference", "start_recorded_at", "start_recorded_by_id", "started_at", "unit_id", "version", "what_police_should_know", "why_this_home", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."area_chosen_at", NEW."area_chosen_by_id", NEW."area_id", NEW."arrives_at", NEW."carer", NEW."child_id", NEW."contact_name", NEW."contact_phone", NEW."council_id", NEW."distance", NEW."end_reason", NEW."end_recorded_at", NEW."end_recorded_by_id", NEW."ended_at", NEW."force_area_id", NEW."host_council_id", NEW."host_force_id", NEW."id", NEW."is_emergency", NEW."kind", NEW."location_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."provider_id", NEW."reference", NEW."start_recorded_at", NEW."start_recorded_by_id", NEW."started_at", NEW."unit_id", NEW."version", NEW."what_police_should_know", NEW."why_this_home", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="cc6713efe5648df08fc5c1a3e4e6bb90efa8ad36",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1caba",
                    table="placements_placement",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="placement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "placements_placementevent" ("area_chosen_at", "area_chosen_by_id", "area_id", "arrives_at", "carer", "child_id", "contact_name", "contact_phone", "council_id", "distance", "end_reason", "end_recorded_at", "end_recorded_by_id", "ended_at", "force_area_id", "host_council_id", "host_force_id", "id", "is_emergency", "kind", "location_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "provider_id", "reference", "start_recorded_at", "start_recorded_by_id", "started_at", "unit_id", "version", "what_police_should_know", "why_this_home", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."area_chosen_at", NEW."area_chosen_by_id", NEW."area_id", NEW."arrives_at", NEW."carer", NEW."child_id", NEW."contact_name", NEW."contact_phone", NEW."council_id", NEW."distance", NEW."end_reason", NEW."end_recorded_at", NEW."end_recorded_by_id", NEW."ended_at", NEW."force_area_id", NEW."host_council_id", NEW."host_force_id", NEW."id", NEW."is_emergency", NEW."kind", NEW."location_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."provider_id", NEW."reference", NEW."start_recorded_at", NEW."start_recorded_by_id", NEW."started_at", NEW."unit_id", NEW."version", NEW."what_police_should_know", NEW."why_this_home", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;',
                    hash="06882996040ddf5bcfc4402e45ebc3ea2ae9cd51",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3ab36",
                    table="placements_placement",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="placement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "placements_placementevent" ("area_chosen_at", "area_chosen_by_id", "area_id", "arrives_at", "carer", "child_id", "contact_name", "contact_phone", "council_id", "distance", "end_reason", "end_recorded_at", "end_recorded_by_id", "ended_at", "force_area_id", "host_council_id", "host_force_id", "id", "is_emergency", "kind", "location_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "provider_id", "reference", "start_recorded_at", "start_recorded_by_id", "started_at", "unit_id", "version", "what_police_should_know", "why_this_home", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (OLD."area_chosen_at", OLD."area_chosen_by_id", OLD."area_id", OLD."arrives_at", OLD."carer", OLD."child_id", OLD."contact_name", OLD."contact_phone", OLD."council_id", OLD."distance", OLD."end_reason", OLD."end_recorded_at", OLD."end_recorded_by_id", OLD."ended_at", OLD."force_area_id", OLD."host_council_id", OLD."host_force_id", OLD."id", OLD."is_emergency", OLD."kind", OLD."location_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proposed_at", OLD."proposed_by_id", OLD."provider_id", OLD."reference", OLD."start_recorded_at", OLD."start_recorded_by_id", OLD."started_at", OLD."unit_id", OLD."version", OLD."what_police_should_know", OLD."why_this_home", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_reason"); RETURN NULL;',
                    hash="78ddd7e08f089fa27b3dc4c940ee057b2149a0cb",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_95ec9",
                    table="placements_placement",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="approvalevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="61b8f6ff2d363b9cb80b756d91f64755cfc1fcdb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b8af5",
                    table="placements_approvalevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="approval",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "placements_approvalevent" ("area_told", "by_telephone", "child_id", "decided_at", "fits_plan", "id", "is_approved", "most_appropriate", "needed", "officer_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reasons", "recorded_at", "recorded_by_id", "wishes_known") VALUES (NEW."area_told", NEW."by_telephone", NEW."child_id", NEW."decided_at", NEW."fits_plan", NEW."id", NEW."is_approved", NEW."most_appropriate", NEW."needed", NEW."officer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."reasons", NEW."recorded_at", NEW."recorded_by_id", NEW."wishes_known"); RETURN NULL;',
                    hash="8fe5e06a532eda130844796ee9cd22c66ddc1b29",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e9f64",
                    table="placements_approval",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="approval",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "placements_approvalevent" ("area_told", "by_telephone", "child_id", "decided_at", "fits_plan", "id", "is_approved", "most_appropriate", "needed", "officer_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reasons", "recorded_at", "recorded_by_id", "wishes_known") VALUES (NEW."area_told", NEW."by_telephone", NEW."child_id", NEW."decided_at", NEW."fits_plan", NEW."id", NEW."is_approved", NEW."most_appropriate", NEW."needed", NEW."officer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."reasons", NEW."recorded_at", NEW."recorded_by_id", NEW."wishes_known"); RETURN NULL;',
                    hash="d3cbda049f251cf647746b08293a15ce544c2ff6",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_66591",
                    table="placements_approval",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="approval",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "placements_approvalevent" ("area_told", "by_telephone", "child_id", "decided_at", "fits_plan", "id", "is_approved", "most_appropriate", "needed", "officer_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reasons", "recorded_at", "recorded_by_id", "wishes_known") VALUES (OLD."area_told", OLD."by_telephone", OLD."child_id", OLD."decided_at", OLD."fits_plan", OLD."id", OLD."is_approved", OLD."most_appropriate", OLD."needed", OLD."officer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."reasons", OLD."recorded_at", OLD."recorded_by_id", OLD."wishes_known"); RETURN NULL;',
                    hash="8f1536fd2945e0819df70c7e5dcc38df1f1db093",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_14455",
                    table="placements_approval",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="placementevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="807f76ac6201e19f1a8491f49288d861fa867f3f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_715c2",
                    table="placements_placementevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="placementnotification",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "placements_placementnotificationevent" ("about", "acknowledged_at", "acknowledged_by_id", "agency_id", "child_id", "dropped_at", "due_at", "holder", "id", "made_at", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reference", "rejected_at", "rejected_by_id", "rejected_reason", "replaces_id", "response", "sent_at", "sent_by_id", "system_reference", "to", "told_at", "told_by_id", "told_how", "told_whom", "unit_id", "version") VALUES (NEW."about", NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."agency_id", NEW."child_id", NEW."dropped_at", NEW."due_at", NEW."holder", NEW."id", NEW."made_at", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."reference", NEW."rejected_at", NEW."rejected_by_id", NEW."rejected_reason", NEW."replaces_id", NEW."response", NEW."sent_at", NEW."sent_by_id", NEW."system_reference", NEW."to", NEW."told_at", NEW."told_by_id", NEW."told_how", NEW."told_whom", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="8316d41673b0e5e907dd7ba9f84e1c702e823c98",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c2e5c",
                    table="placements_placementnotification",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="placementnotification",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."acknowledged_at" IS DISTINCT FROM (NEW."acknowledged_at") OR OLD."acknowledged_by_id" IS DISTINCT FROM (NEW."acknowledged_by_id") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."child_id" IS DISTINCT FROM (NEW."child_id") OR OLD."dropped_at" IS DISTINCT FROM (NEW."dropped_at") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."holder" IS DISTINCT FROM (NEW."holder") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."placement_id" IS DISTINCT FROM (NEW."placement_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."rejected_at" IS DISTINCT FROM (NEW."rejected_at") OR OLD."rejected_by_id" IS DISTINCT FROM (NEW."rejected_by_id") OR OLD."rejected_reason" IS DISTINCT FROM (NEW."rejected_reason") OR OLD."replaces_id" IS DISTINCT FROM (NEW."replaces_id") OR OLD."response" IS DISTINCT FROM (NEW."response") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."sent_by_id" IS DISTINCT FROM (NEW."sent_by_id") OR OLD."system_reference" IS DISTINCT FROM (NEW."system_reference") OR OLD."to" IS DISTINCT FROM (NEW."to") OR OLD."told_at" IS DISTINCT FROM (NEW."told_at") OR OLD."told_by_id" IS DISTINCT FROM (NEW."told_by_id") OR OLD."told_how" IS DISTINCT FROM (NEW."told_how") OR OLD."told_whom" IS DISTINCT FROM (NEW."told_whom") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "placements_placementnotificationevent" ("about", "acknowledged_at", "acknowledged_by_id", "agency_id", "child_id", "dropped_at", "due_at", "holder", "id", "made_at", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reference", "rejected_at", "rejected_by_id", "rejected_reason", "replaces_id", "response", "sent_at", "sent_by_id", "system_reference", "to", "told_at", "told_by_id", "told_how", "told_whom", "unit_id", "version") VALUES (NEW."about", NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."agency_id", NEW."child_id", NEW."dropped_at", NEW."due_at", NEW."holder", NEW."id", NEW."made_at", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."placement_id", NEW."reference", NEW."rejected_at", NEW."rejected_by_id", NEW."rejected_reason", NEW."replaces_id", NEW."response", NEW."sent_at", NEW."sent_by_id", NEW."system_reference", NEW."to", NEW."told_at", NEW."told_by_id", NEW."told_how", NEW."told_whom", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="6d8ec7d7a331b802ffef75370a3ca7c9c20f8af7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fe8ea",
                    table="placements_placementnotification",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="placementnotification",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "placements_placementnotificationevent" ("about", "acknowledged_at", "acknowledged_by_id", "agency_id", "child_id", "dropped_at", "due_at", "holder", "id", "made_at", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "reference", "rejected_at", "rejected_by_id", "rejected_reason", "replaces_id", "response", "sent_at", "sent_by_id", "system_reference", "to", "told_at", "told_by_id", "told_how", "told_whom", "unit_id", "version") VALUES (OLD."about", OLD."acknowledged_at", OLD."acknowledged_by_id", OLD."agency_id", OLD."child_id", OLD."dropped_at", OLD."due_at", OLD."holder", OLD."id", OLD."made_at", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."reference", OLD."rejected_at", OLD."rejected_by_id", OLD."rejected_reason", OLD."replaces_id", OLD."response", OLD."sent_at", OLD."sent_by_id", OLD."system_reference", OLD."to", OLD."told_at", OLD."told_by_id", OLD."told_how", OLD."told_whom", OLD."unit_id", OLD."version"); RETURN NULL;',
                    hash="eeb0255c1baed858837e9ba2dff50605b4248e2e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_04bc0",
                    table="placements_placementnotification",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="placementnotificationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="db8c38cd3bc9a2ca71d8607b9250c298bf69f55a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d9c5b",
                    table="placements_placementnotificationevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
