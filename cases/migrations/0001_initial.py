import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.manager
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import missingchildren.core.fields
import missingchildren.core.migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0003_cache_table"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(),
        django.contrib.postgres.operations.BtreeGistExtension(),
        migrations.CreateModel(
            name="Child",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("date_of_birth", models.DateField(null=True)),
                ("is_birth_estimated", models.BooleanField(default=False)),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("M", "Male"), ("F", "Female"), ("", "Not known")],
                        default="",
                        max_length=1,
                    ),
                ),
                ("pronouns", models.CharField(blank=True, default="", max_length=40)),
                ("died_on", models.DateField(null=True)),
                ("is_restricted", models.BooleanField(default=False)),
                ("listed_at", models.DateTimeField()),
                ("missing_since", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="cases.child",
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
                    "recording_agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "permissions": [
                    ("view_child", "May see who the child is"),
                    ("view_location", "May have places revealed"),
                    ("view_risk", "May see what others know"),
                    ("view_interview", "May read return home interviews"),
                ],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(("merged_into", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="child_not_merged_into_itself",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "membership",
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
                        related_name="allocations",
                        to="cases.child",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at", None)),
                        fields=("child", "membership"),
                        name="allocated_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AllocationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "membership",
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
                        to="cases.allocation",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ChildEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=20)),
                ("date_of_birth", models.DateField(null=True)),
                ("is_birth_estimated", models.BooleanField(default=False)),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("M", "Male"), ("F", "Female"), ("", "Not known")],
                        default="",
                        max_length=1,
                    ),
                ),
                ("pronouns", models.CharField(blank=True, default="", max_length=40)),
                ("died_on", models.DateField(null=True)),
                ("is_restricted", models.BooleanField(default=False)),
                ("listed_at", models.DateTimeField()),
                ("missing_since", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "merged_into",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
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
                        to="cases.child",
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
                    "recording_agency",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="ChildIdentifier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nhs_number", "NHS number"),
                            ("upn", "Unique pupil number"),
                            ("consistent_identifier", "Consistent identifier"),
                            ("home_office", "Home Office reference"),
                            ("council", "Council's reference"),
                            ("police", "Police reference"),
                        ],
                        max_length=30,
                    ),
                ),
                ("value", models.CharField(max_length=40)),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identifiers",
                        to="cases.child",
                    ),
                ),
                (
                    "recording_agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["kind", "value"], name="child_by_identifier")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("child", "kind", "value"),
                        name="child_identifier_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChildIdentifierEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nhs_number", "NHS number"),
                            ("upn", "Unique pupil number"),
                            ("consistent_identifier", "Consistent identifier"),
                            ("home_office", "Home Office reference"),
                            ("council", "Council's reference"),
                            ("police", "Police reference"),
                        ],
                        max_length=30,
                    ),
                ),
                ("value", models.CharField(max_length=40)),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                        to="cases.childidentifier",
                    ),
                ),
                (
                    "recording_agency",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="ChildName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("legal", "Legal name"),
                            ("known_as", "Known as"),
                            ("former", "Former name"),
                            ("alias", "Also used"),
                        ],
                        default="legal",
                        max_length=10,
                    ),
                ),
                ("given_names", models.CharField(blank=True, max_length=100)),
                ("family_name", models.CharField(blank=True, max_length=100)),
                ("search", models.CharField(max_length=210)),
                ("is_main", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="cases.child",
                    ),
                ),
                (
                    "recording_agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search"], name="child_name_search", opclasses=["gin_trgm_ops"]
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_main", True)),
                        fields=("child",),
                        name="child_has_one_main_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChildNameEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("legal", "Legal name"),
                            ("known_as", "Known as"),
                            ("former", "Former name"),
                            ("alias", "Also used"),
                        ],
                        default="legal",
                        max_length=10,
                    ),
                ),
                ("given_names", models.CharField(blank=True, max_length=100)),
                ("family_name", models.CharField(blank=True, max_length=100)),
                ("search", models.CharField(max_length=210)),
                ("is_main", models.BooleanField(default=False)),
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
                        to="cases.childname",
                    ),
                ),
                (
                    "recording_agency",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="ChildPermission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_at", models.DateTimeField(null=True)),
                ("missing_since", models.DateTimeField(null=True)),
                ("is_restricted", models.BooleanField(db_default=False, default=False)),
                ("valid_until", models.DateTimeField(null=True)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permission_rows",
                        to="cases.child",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group"),
                ),
                (
                    "permission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="auth.permission"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "unique_together": {("group", "permission", "content_object")},
                "indexes": [
                    models.Index(
                        models.F("group"),
                        models.F("permission"),
                        models.OrderBy(models.F("sort_at"), descending=True),
                        models.OrderBy(models.F("content_object"), descending=True),
                        include=("valid_until", "is_restricted"),
                        name="permission_list",
                    ),
                    models.Index(
                        models.F("group"),
                        models.F("permission"),
                        models.OrderBy(models.F("missing_since"), descending=True),
                        models.OrderBy(models.F("content_object"), descending=True),
                        condition=models.Q(("missing_since__isnull", False)),
                        include=("valid_until", "is_restricted"),
                        name="permission_missing_now",
                    ),
                ],
            },
            managers=[
                ("listed", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("reference", models.CharField(max_length=20)),
                ("own_reference", models.CharField(max_length=20, unique=True)),
                ("starts_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("dropped_reason", models.CharField(blank=True, default="", max_length=200)),
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
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deadlines",
                        to="cases.child",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.localprotocol",
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
                        condition=models.Q(("done_at", None)),
                        fields=["agency", "due_at"],
                        name="deadline_running",
                    ),
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["due_at", "id"],
                        name="deadline_running_by_time",
                    ),
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["child", "due_at"],
                        name="deadline_running_of_child",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None)),
                        fields=("kind", "reference", "agency"),
                        name="deadline_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gte", models.F("starts_at"))),
                        name="deadline_due_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadlineEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=40)),
                ("reference", models.CharField(max_length=20)),
                ("own_reference", models.CharField(max_length=20)),
                ("starts_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("dropped_reason", models.CharField(blank=True, default="", max_length=200)),
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
                    "done_by",
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
                    "membership",
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
                        to="cases.deadline",
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.localprotocol",
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
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("form", models.CharField(max_length=40)),
                ("subject", models.CharField(blank=True, default="", max_length=20)),
                ("content", missingchildren.core.fields.EncryptedTextField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("token", models.UUIDField()),
                ("updated_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["expires_at"], name="draft_by_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "agency", "form", "subject"), name="one_draft_per_form"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_before", models.DateTimeField()),
                ("due_after", models.DateTimeField()),
                ("reason", models.CharField(max_length=500)),
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
                        related_name="extensions",
                        to="cases.child",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="cases.deadline",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="extension_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_after__gt", models.F("due_before"))),
                        name="extension_gives_more_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExtensionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("due_before", models.DateTimeField()),
                ("due_after", models.DateTimeField()),
                ("reason", models.CharField(max_length=500)),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="cases.extension",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("lead force", "lead force"),
                            ("lead force, afterwards", "lead force, afterwards"),
                            ("finding", "finding"),
                            ("host force", "host force"),
                            ("home force", "home force"),
                            ("responsible council", "responsible council"),
                            ("home council", "home council"),
                            ("host council", "host council"),
                            ("return home interview provider", "return home interview provider"),
                            ("voluntary body asked", "voluntary body asked"),
                            ("school", "school"),
                            ("health", "health"),
                            ("children's home", "children's home"),
                            ("fostering agency", "fostering agency"),
                            ("supported accommodation", "supported accommodation"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "opens",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("report", "A report that the child is missing"),
                            ("lead", "Leads the search"),
                            ("responsibility", "Is responsible for the child"),
                            ("placement", "The child lives there"),
                            ("referral", "A referral"),
                            ("question", "Was asked a question"),
                            ("person", "A person decided to share"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=500)),
                ("source", models.CharField(blank=True, default="", max_length=40)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_reason", models.CharField(blank=True, default="", max_length=500)),
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
                        related_name="grants",
                        to="cases.child",
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
                    "made_by",
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
                "indexes": [models.Index(fields=["child", "agency"], name="grant_by_child_agency")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at", None),
                            ("ends_at__gt", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="grant_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("basis", "person"), _negated=True),
                            models.Q(
                                models.Q(("reason", ""), _negated=True), ("made_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="grant_by_a_person_has_reason_and_author",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at", None), models.Q(("source", ""), _negated=True)
                        ),
                        fields=("child", "agency", "part", "source"),
                        name="grant_once_per_fact",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=20)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("lead force", "lead force"),
                            ("lead force, afterwards", "lead force, afterwards"),
                            ("finding", "finding"),
                            ("host force", "host force"),
                            ("home force", "home force"),
                            ("responsible council", "responsible council"),
                            ("home council", "home council"),
                            ("host council", "host council"),
                            ("return home interview provider", "return home interview provider"),
                            ("voluntary body asked", "voluntary body asked"),
                            ("school", "school"),
                            ("health", "health"),
                            ("children's home", "children's home"),
                            ("fostering agency", "fostering agency"),
                            ("supported accommodation", "supported accommodation"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "opens",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("report", "A report that the child is missing"),
                            ("lead", "Leads the search"),
                            ("responsibility", "Is responsible for the child"),
                            ("placement", "The child lives there"),
                            ("referral", "A referral"),
                            ("question", "Was asked a question"),
                            ("person", "A person decided to share"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=500)),
                ("source", models.CharField(blank=True, default="", max_length=40)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_reason", models.CharField(blank=True, default="", max_length=500)),
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
                    "made_by",
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
                        to="cases.grant",
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
            name="Involvement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("school", "School"),
                            ("health", "Health"),
                            ("childrens_home", "Children's home"),
                            ("fostering_agency", "Fostering agency"),
                            ("supported_accommodation", "Supported accommodation"),
                            ("voluntary_body", "Voluntary body"),
                            ("home_council", "Council where the child lives"),
                            ("host_council", "Council where the child is placed"),
                        ],
                        max_length=30,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
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
                        related_name="involvements",
                        to="cases.child",
                    ),
                ),
                (
                    "recording_agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at", None)),
                        fields=("child", "agency", "capacity"),
                        name="involvement_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InvolvementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("school", "School"),
                            ("health", "Health"),
                            ("childrens_home", "Children's home"),
                            ("fostering_agency", "Fostering agency"),
                            ("supported_accommodation", "Supported accommodation"),
                            ("voluntary_body", "Voluntary body"),
                            ("home_council", "Council where the child lives"),
                            ("host_council", "Council where the child is placed"),
                        ],
                        max_length=30,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
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
                        to="cases.involvement",
                    ),
                ),
                (
                    "recording_agency",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.agency",
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
            name="KeepFrom",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", missingchildren.core.fields.EncryptedTextField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
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
                        related_name="kept_from",
                        to="cases.child",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agency__isnull", False), ("user", None)),
                            models.Q(("agency", None), ("user__isnull", False)),
                            _connector="OR",
                        ),
                        name="keep_from_one_person_or_agency",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeepFromEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("reason", missingchildren.core.fields.EncryptedTextField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
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
                    "made_by",
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
                        to="cases.keepfrom",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LookedAfterPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("legal_status", models.CharField(blank=True, default="", max_length=3)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="looked_after_periods",
                        to="cases.child",
                    ),
                ),
                (
                    "responsible_council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="looked_after_ends_after_start",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("child", "="),
                            (
                                models.Func(
                                    models.F("starts_on"),
                                    models.F("ends_on"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="looked_after_periods_do_not_overlap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LookedAfterPeriodEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("legal_status", models.CharField(blank=True, default="", max_length=3)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="cases.lookedafterperiod",
                    ),
                ),
                (
                    "responsible_council",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="MatchQuestion",
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
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("same", "The same child"), ("different", "Another child")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
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
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="match_candidates",
                        to="cases.child",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="match_questions",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="match_answer_has_time_and_author",
                    ),
                    models.UniqueConstraint(fields=("child", "candidate"), name="match_asked_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchQuestionEvent",
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
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("same", "The same child"), ("different", "Another child")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
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
                    "candidate",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.child",
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
                        to="cases.matchquestion",
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
            name="MissingEpisode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("M", "Missing"),
                            ("A", "Away from placement without authorisation"),
                        ],
                        default="M",
                        max_length=1,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                (
                    "started_precision",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("hour", "hour"),
                            ("day", "day"),
                        ],
                        default="exact",
                        max_length=10,
                    ),
                ),
                ("last_seen_at", models.DateTimeField()),
                (
                    "last_seen_precision",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("hour", "hour"),
                            ("day", "day"),
                        ],
                        default="exact",
                        max_length=10,
                    ),
                ),
                ("reported_at", models.DateTimeField()),
                ("whereabouts_known", models.BooleanField(default=False)),
                ("located_at", models.DateTimeField(null=True)),
                (
                    "located_precision",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("hour", "hour"),
                            ("day", "day"),
                        ],
                        default="exact",
                        max_length=10,
                    ),
                ),
                (
                    "not_home_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hospital", "In hospital"),
                            ("custody", "In custody"),
                            ("refuses", "Will not go back"),
                            ("on_the_way", "On the way"),
                            ("other", "Another reason"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("not_home_words", models.CharField(blank=True, default="", max_length=500)),
                ("returned_at", models.DateTimeField(null=True)),
                (
                    "returned_precision",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("hour", "hour"),
                            ("day", "day"),
                        ],
                        default="exact",
                        max_length=10,
                    ),
                ),
                ("statistical_end_at", models.DateTimeField(null=True)),
                (
                    "statistical_end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("placement_ended", "The placement ended (rule 575)"),
                            ("care_ended", "No longer looked after (rule 577)"),
                            ("eighteen", "Eighteenth birthday (rule 580)"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_reason", models.CharField(blank=True, default="", max_length=500)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("police_reference", models.CharField(blank=True, default="", max_length=40)),
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
                        related_name="episodes",
                        to="cases.child",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "lead_force",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "located_recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "return_recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
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
                        models.OrderBy(models.F("started_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="episode_by_child",
                    )
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        expressions=[
                            ("child", "="),
                            (
                                models.Func(
                                    models.F("started_at"),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("located_at"), models.F("returned_at")
                                    ),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                    function="tstzrange",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="episodes_of_a_child_do_not_overlap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reported_at__gte", models.F("started_at")),
                            models.Q(
                                ("located_at", None),
                                ("located_at__gte", models.F("started_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("returned_at", None),
                                ("returned_at__gte", models.F("started_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("located_at", None),
                                ("returned_at", None),
                                ("returned_at__gte", models.F("located_at")),
                                _connector="OR",
                            ),
                        ),
                        name="episode_times_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted_at", None),
                                ("accepted_by", None),
                                ("police_reference", ""),
                            ),
                            models.Q(
                                ("accepted_at__isnull", False),
                                ("accepted_by__isnull", False),
                                models.Q(("police_reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="episode_acceptance_has_time_author_and_reference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("return_recorded_by", None), ("returned_at", None)),
                            models.Q(
                                ("return_recorded_by__isnull", False),
                                ("returned_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="episode_return_has_time_and_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(
                                ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="episode_withdrawal_has_time_and_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("statistical_end", ""), ("statistical_end_at", None)),
                            models.Q(
                                ("statistical_end_at__isnull", False),
                                models.Q(("statistical_end", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="episode_statistical_end_has_time_and_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None), ("returned_at__isnull", False), _connector="OR"
                        ),
                        name="episode_closes_after_return",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None), ("closed_by", None), ("closed_reason", "")
                            ),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="episode_closing_has_time_and_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("not_home_because", ""), ("not_home_words", "")),
                            models.Q(
                                ("located_at__isnull", False),
                                models.Q(("not_home_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="episode_not_home_only_when_located",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Location",
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
                            ("last_seen", "Last seen"),
                            ("lives", "Lives at"),
                            ("sighting", "Sighting"),
                            ("found", "Found"),
                        ],
                        max_length=20,
                    ),
                ),
                ("place", missingchildren.core.fields.EncryptedTextField()),
                ("authority_code", models.CharField(blank=True, default="", max_length=9)),
                ("force_code", models.CharField(blank=True, default="", max_length=9)),
                ("at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
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
                (
                    "episode",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="locations",
                        to="cases.missingepisode",
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
                        name="location_police_only_is_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience", "named"), ("named_agencies", []), _connector="OR"
                        ),
                        name="location_names_agencies_only_when_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LocationEvent",
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
                            ("last_seen", "Last seen"),
                            ("lives", "Lives at"),
                            ("sighting", "Sighting"),
                            ("found", "Found"),
                        ],
                        max_length=20,
                    ),
                ),
                ("authority_code", models.CharField(blank=True, default="", max_length=9)),
                ("force_code", models.CharField(blank=True, default="", max_length=9)),
                ("at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
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
                        to="cases.location",
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
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.missingepisode",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MissingEpisodeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=20)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("M", "Missing"),
                            ("A", "Away from placement without authorisation"),
                        ],
                        default="M",
                        max_length=1,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                (
                    "started_precision",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("hour", "hour"),
                            ("day", "day"),
                        ],
                        default="exact",
                        max_length=10,
                    ),
                ),
                ("last_seen_at", models.DateTimeField()),
                (
                    "last_seen_precision",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("hour", "hour"),
                            ("day", "day"),
                        ],
                        default="exact",
                        max_length=10,
                    ),
                ),
                ("reported_at", models.DateTimeField()),
                ("whereabouts_known", models.BooleanField(default=False)),
                ("located_at", models.DateTimeField(null=True)),
                (
                    "located_precision",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("hour", "hour"),
                            ("day", "day"),
                        ],
                        default="exact",
                        max_length=10,
                    ),
                ),
                (
                    "not_home_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hospital", "In hospital"),
                            ("custody", "In custody"),
                            ("refuses", "Will not go back"),
                            ("on_the_way", "On the way"),
                            ("other", "Another reason"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("not_home_words", models.CharField(blank=True, default="", max_length=500)),
                ("returned_at", models.DateTimeField(null=True)),
                (
                    "returned_precision",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("hour", "hour"),
                            ("day", "day"),
                        ],
                        default="exact",
                        max_length=10,
                    ),
                ),
                ("statistical_end_at", models.DateTimeField(null=True)),
                (
                    "statistical_end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("placement_ended", "The placement ended (rule 575)"),
                            ("care_ended", "No longer looked after (rule 577)"),
                            ("eighteen", "Eighteenth birthday (rule 580)"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_reason", models.CharField(blank=True, default="", max_length=500)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("police_reference", models.CharField(blank=True, default="", max_length=40)),
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
                    "closed_by",
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
                    "lead_force",
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
                    "located_recorded_by",
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
                        to="cases.missingepisode",
                    ),
                ),
                (
                    "return_recorded_by",
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
            name="NamedReader",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="named_readers",
                        to="cases.child",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="NamedReaderEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
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
                    "made_by",
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
                        to="cases.namedreader",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("duty", "I am on duty for it"),
                            ("covering", "I am covering for a colleague"),
                            ("asked", "Somebody asked me to"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("detail", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="openings",
                        to="cases.child",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["child", "membership", "until"], name="opening_by_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("duty", "I am on duty for it"),
                            ("covering", "I am covering for a colleague"),
                            ("asked", "Somebody asked me to"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("detail", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
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
                    "membership",
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
                        to="cases.opening",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PoliceNote",
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
                ("subject_reference", models.CharField(max_length=20)),
                ("text", models.TextField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="cases.child",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="police_notes",
                        to="cases.missingepisode",
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
                    models.Index(fields=["subject_reference"], name="police_note_by_subject")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_police_only", False), ("audience", "own"), _connector="OR"
                        ),
                        name="policenote_police_only_is_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience", "named"), ("named_agencies", []), _connector="OR"
                        ),
                        name="policenote_names_agencies_only_when_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_police_only", True)),
                        name="police_note_is_police_only",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoliceNoteEvent",
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
                ("subject_reference", models.CharField(max_length=20)),
                ("text", models.TextField()),
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
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.missingepisode",
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
                        to="cases.policenote",
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
            name="PreventionInterview",
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
                    "how",
                    models.CharField(
                        choices=[
                            ("face_to_face", "Face to face"),
                            ("phone", "By telephone"),
                            ("not_held", "Not held"),
                        ],
                        max_length=20,
                    ),
                ),
                ("held_at", models.DateTimeField(null=True)),
                ("text", models.TextField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="cases.child",
                    ),
                ),
                (
                    "episode",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prevention_interview",
                        to="cases.missingepisode",
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
                        name="preventioninterview_police_only_is_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience", "named"), ("named_agencies", []), _connector="OR"
                        ),
                        name="preventioninterview_names_agencies_only_when_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at", None), ("how", "not_held")),
                            models.Q(
                                models.Q(("how", "not_held"), _negated=True),
                                ("held_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="prevention_interview_held_has_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PreventionInterviewEvent",
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
                    "how",
                    models.CharField(
                        choices=[
                            ("face_to_face", "Face to face"),
                            ("phone", "By telephone"),
                            ("not_held", "Not held"),
                        ],
                        max_length=20,
                    ),
                ),
                ("held_at", models.DateTimeField(null=True)),
                ("text", models.TextField()),
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
                        to="cases.preventioninterview",
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
            name="Report",
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
                ("name_given", models.CharField(max_length=210)),
                ("why_worried", models.TextField()),
                ("done_so_far", models.TextField(blank=True)),
                ("contact_name", models.CharField(max_length=100)),
                ("contact_phone", missingchildren.core.fields.EncryptedTextField()),
                ("opens_record", models.BooleanField(default=False)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="cases.child",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="cases.missingepisode",
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
                    "told_force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "told_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.unit",
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
                        name="report_police_only_is_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience", "named"), ("named_agencies", []), _connector="OR"
                        ),
                        name="report_names_agencies_only_when_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportEvent",
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
                ("name_given", models.CharField(max_length=210)),
                ("why_worried", models.TextField()),
                ("done_so_far", models.TextField(blank=True)),
                ("contact_name", models.CharField(max_length=100)),
                ("contact_phone", missingchildren.core.fields.EncryptedTextField()),
                ("opens_record", models.BooleanField(default=False)),
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
                        to="cases.report",
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
                    "told_force",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "told_unit",
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
            name="SharingDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("reason", models.CharField(max_length=500)),
                ("decided_at", models.DateTimeField()),
                ("review_on", models.DateField()),
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
                        related_name="sharing_decisions",
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
            },
        ),
        migrations.CreateModel(
            name="SharingDecisionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("reference", models.CharField(max_length=20)),
                ("reason", models.CharField(max_length=500)),
                ("decided_at", models.DateTimeField()),
                ("review_on", models.DateField()),
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
                        to="cases.sharingdecision",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TimelineEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("reference", models.CharField(blank=True, default="", max_length=20)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("act_id", models.UUIDField()),
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
                        related_name="timeline",
                        to="cases.child",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="timeline",
                        to="cases.missingepisode",
                    ),
                ),
                (
                    "membership",
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
                        models.OrderBy(models.F("happened_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="timeline_by_child",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Update",
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
                            ("sighting", "Sighting"),
                            ("information", "Information"),
                            ("contact", "Contact with the child"),
                            ("enquiry", "Enquiry made"),
                            ("call", "Telephone call"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
                ("happened_at", models.DateTimeField()),
                (
                    "happened_precision",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("hour", "hour"),
                            ("day", "day"),
                        ],
                        default="exact",
                        max_length=10,
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
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="updates",
                        to="cases.missingepisode",
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
                        name="update_police_only_is_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience", "named"), ("named_agencies", []), _connector="OR"
                        ),
                        name="update_names_agencies_only_when_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UpdateEvent",
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
                            ("sighting", "Sighting"),
                            ("information", "Information"),
                            ("contact", "Contact with the child"),
                            ("enquiry", "Enquiry made"),
                            ("call", "Telephone call"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
                ("happened_at", models.DateTimeField()),
                (
                    "happened_precision",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("about", "about"),
                            ("hour", "hour"),
                            ("day", "day"),
                        ],
                        default="exact",
                        max_length=10,
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
                        to="cases.update",
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
            model_name="child",
            trigger=pgtrigger.compiler.Trigger(
                name="copy_sort_keys",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."listed_at" IS DISTINCT FROM (NEW."listed_at") OR OLD."missing_since" IS DISTINCT FROM (NEW."missing_since") OR OLD."is_restricted" IS DISTINCT FROM (NEW."is_restricted"))',
                    func="\n                    UPDATE cases_childpermission\n                       SET sort_at = NEW.listed_at, missing_since = NEW.missing_since,\n                           is_restricted = NEW.is_restricted\n                     WHERE content_object_id = NEW.id;\n                    RETURN NULL;\n                ",
                    hash="82866c51bca8fa0c6c93fa3dd324482ec5291c5b",
                    operation='UPDATE OF "listed_at", "missing_since", "is_restricted"',
                    pgid="pgtrigger_copy_sort_keys_33cdf",
                    table="cases_child",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="child",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_childevent" ("date_of_birth", "died_on", "id", "is_birth_estimated", "is_restricted", "listed_at", "merged_into_id", "missing_since", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronouns", "recorded_at", "recorded_by_id", "recording_agency_id", "reference", "sex", "version") VALUES (NEW."date_of_birth", NEW."died_on", NEW."id", NEW."is_birth_estimated", NEW."is_restricted", NEW."listed_at", NEW."merged_into_id", NEW."missing_since", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."pronouns", NEW."recorded_at", NEW."recorded_by_id", NEW."recording_agency_id", NEW."reference", NEW."sex", NEW."version"); RETURN NULL;',
                    hash="44556c9e3ee5cb090ae05b20fbe1cf797b80f2a8",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a78bb",
                    table="cases_child",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="child",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_childevent" ("date_of_birth", "died_on", "id", "is_birth_estimated", "is_restricted", "listed_at", "merged_into_id", "missing_since", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronouns", "recorded_at", "recorded_by_id", "recording_agency_id", "reference", "sex", "version") VALUES (NEW."date_of_birth", NEW."died_on", NEW."id", NEW."is_birth_estimated", NEW."is_restricted", NEW."listed_at", NEW."merged_into_id", NEW."missing_since", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."pronouns", NEW."recorded_at", NEW."recorded_by_id", NEW."recording_agency_id", NEW."reference", NEW."sex", NEW."version"); RETURN NULL;',
                    hash="b4efb127f2534f5dc0e6eed362b5cc14595b8c5e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_dfaec",
                    table="cases_child",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="child",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_childevent" ("date_of_birth", "died_on", "id", "is_birth_estimated", "is_restricted", "listed_at", "merged_into_id", "missing_since", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pronouns", "recorded_at", "recorded_by_id", "recording_agency_id", "reference", "sex", "version") VALUES (OLD."date_of_birth", OLD."died_on", OLD."id", OLD."is_birth_estimated", OLD."is_restricted", OLD."listed_at", OLD."merged_into_id", OLD."missing_since", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."pronouns", OLD."recorded_at", OLD."recorded_by_id", OLD."recording_agency_id", OLD."reference", OLD."sex", OLD."version"); RETURN NULL;',
                    hash="37add31960ba3725e85e67489f54c3be36a0bc8c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9f97b",
                    table="cases_child",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="allocationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d776d28ccf1fd46f5e239a17258627510630d9b5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_114f7",
                    table="cases_allocationevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="allocation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_allocationevent" ("child_id", "ends_at", "id", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at") VALUES (NEW."child_id", NEW."ends_at", NEW."id", NEW."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."starts_at"); RETURN NULL;',
                    hash="9b209f7fdcaa6693a498ab3582cab539ff6c899d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_70f31",
                    table="cases_allocation",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="allocation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_allocationevent" ("child_id", "ends_at", "id", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at") VALUES (NEW."child_id", NEW."ends_at", NEW."id", NEW."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts_at"); RETURN NULL;',
                    hash="f2e4fe2119c3b1d1d6471dbdbc2eb3d73a48f21f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_04922",
                    table="cases_allocation",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="allocation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_allocationevent" ("child_id", "ends_at", "id", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at") VALUES (OLD."child_id", OLD."ends_at", OLD."id", OLD."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts_at"); RETURN NULL;',
                    hash="8cbbadad483c047810a7070d254063485c6818c6",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_babb1",
                    table="cases_allocation",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="childevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="818157674aad036200e5214a4771daff714b3207",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1ae7c",
                    table="cases_childevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="childidentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_childidentifierevent" ("child_id", "ended_at", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recording_agency_id", "value") VALUES (NEW."child_id", NEW."ended_at", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recording_agency_id", NEW."value"); RETURN NULL;',
                    hash="79ade5dc82407ea7fd7cfdb3f7133c4f4688661c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_82108",
                    table="cases_childidentifier",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="childidentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_childidentifierevent" ("child_id", "ended_at", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recording_agency_id", "value") VALUES (NEW."child_id", NEW."ended_at", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recording_agency_id", NEW."value"); RETURN NULL;',
                    hash="1215c852a383e46513d05a7f2325a64b7869528a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d027d",
                    table="cases_childidentifier",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="childidentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_childidentifierevent" ("child_id", "ended_at", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recording_agency_id", "value") VALUES (OLD."child_id", OLD."ended_at", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recording_agency_id", OLD."value"); RETURN NULL;',
                    hash="b4476aa064dbd4c2b276709da9a6f14e6bb45b93",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9f6fc",
                    table="cases_childidentifier",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="childidentifierevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="bb86b47d0bdaa9e4004a20be8867f961c9be41cd",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_66287",
                    table="cases_childidentifierevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="childname",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_childnameevent" ("child_id", "family_name", "given_names", "id", "is_main", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recording_agency_id", "search") VALUES (NEW."child_id", NEW."family_name", NEW."given_names", NEW."id", NEW."is_main", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recording_agency_id", NEW."search"); RETURN NULL;',
                    hash="279b60ed5c08d7137f1fc9faed99458b3c472b4c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b39aa",
                    table="cases_childname",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="childname",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_childnameevent" ("child_id", "family_name", "given_names", "id", "is_main", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recording_agency_id", "search") VALUES (NEW."child_id", NEW."family_name", NEW."given_names", NEW."id", NEW."is_main", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recording_agency_id", NEW."search"); RETURN NULL;',
                    hash="36c2bdf0d887f5eb67846e79b8a4736f184225b7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0dc49",
                    table="cases_childname",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="childname",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_childnameevent" ("child_id", "family_name", "given_names", "id", "is_main", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recording_agency_id", "search") VALUES (OLD."child_id", OLD."family_name", OLD."given_names", OLD."id", OLD."is_main", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recording_agency_id", OLD."search"); RETURN NULL;',
                    hash="2d5d93e294b2d9594b9956b8c2cc13d8a36850e6",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2d03b",
                    table="cases_childname",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="childnameevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3a7844e93ddeb57558ab56d578dbbc2b26dfd6c7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_fd9ba",
                    table="cases_childnameevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="childpermission",
            trigger=pgtrigger.compiler.Trigger(
                name="fill_list_keys",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    SELECT c.listed_at, c.missing_since, c.is_restricted\n                      INTO NEW.sort_at, NEW.missing_since, NEW.is_restricted\n                      FROM cases_child c WHERE c.id = NEW.content_object_id;\n                    SELECT coalesce(max(coalesce(g.ends_at, 'infinity')), '-infinity')\n                      INTO NEW.valid_until\n                      FROM cases_grant g\n                      JOIN agencies_agency a ON a.id = g.agency_id\n                      JOIN auth_permission p ON p.id = NEW.permission_id\n                     WHERE g.child_id = NEW.content_object_id\n                       AND a.group_id = NEW.group_id\n                       AND g.ended_at IS NULL AND g.starts_at <= now()\n                       AND g.opens @> ARRAY[p.codename::varchar];\n                    RETURN NEW;\n                ",
                    hash="18a719896774c67ad1434816ebb6c981515367f1",
                    operation='INSERT OR UPDATE OF "valid_until"',
                    pgid="pgtrigger_fill_list_keys_e667b",
                    table="cases_childpermission",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="deadline",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_deadlineevent" ("agency_id", "child_id", "done_at", "done_by_id", "dropped_reason", "due_at", "id", "kind", "membership_id", "own_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol_id", "reference", "starts_at", "unit_id", "version") VALUES (NEW."agency_id", NEW."child_id", NEW."done_at", NEW."done_by_id", NEW."dropped_reason", NEW."due_at", NEW."id", NEW."kind", NEW."membership_id", NEW."own_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."protocol_id", NEW."reference", NEW."starts_at", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="77cfb5f64440a3e413fe5413a4d0e175d2224a96",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9d6be",
                    table="cases_deadline",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="deadline",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_deadlineevent" ("agency_id", "child_id", "done_at", "done_by_id", "dropped_reason", "due_at", "id", "kind", "membership_id", "own_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol_id", "reference", "starts_at", "unit_id", "version") VALUES (NEW."agency_id", NEW."child_id", NEW."done_at", NEW."done_by_id", NEW."dropped_reason", NEW."due_at", NEW."id", NEW."kind", NEW."membership_id", NEW."own_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."protocol_id", NEW."reference", NEW."starts_at", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="2bbdeef6c3a840e8b778c101463a3f84788c0c3d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_dbf42",
                    table="cases_deadline",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="deadline",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_deadlineevent" ("agency_id", "child_id", "done_at", "done_by_id", "dropped_reason", "due_at", "id", "kind", "membership_id", "own_reference", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol_id", "reference", "starts_at", "unit_id", "version") VALUES (OLD."agency_id", OLD."child_id", OLD."done_at", OLD."done_by_id", OLD."dropped_reason", OLD."due_at", OLD."id", OLD."kind", OLD."membership_id", OLD."own_reference", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."protocol_id", OLD."reference", OLD."starts_at", OLD."unit_id", OLD."version"); RETURN NULL;',
                    hash="9782acb04f39bdd576232aa4d093223c688f1ddd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7b4bc",
                    table="cases_deadline",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="deadlineevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c76f286a3d23bed2dba53af67547a5f778a04c2d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1f744",
                    table="cases_deadlineevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="extension",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_extensionevent" ("at", "by_id", "child_id", "deadline_id", "due_after", "due_before", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."at", NEW."by_id", NEW."child_id", NEW."deadline_id", NEW."due_after", NEW."due_before", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;',
                    hash="75f7cedb5e0dcf2daef650263b558f574e84fca9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fd650",
                    table="cases_extension",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="extension",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_extensionevent" ("at", "by_id", "child_id", "deadline_id", "due_after", "due_before", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."at", NEW."by_id", NEW."child_id", NEW."deadline_id", NEW."due_after", NEW."due_before", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;',
                    hash="6be6283908d877a3a505314a357456231b3798a8",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b9af2",
                    table="cases_extension",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="extension",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_extensionevent" ("at", "by_id", "child_id", "deadline_id", "due_after", "due_before", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."at", OLD."by_id", OLD."child_id", OLD."deadline_id", OLD."due_after", OLD."due_before", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason"); RETURN NULL;',
                    hash="770c662f0e1cc77475b67a63bb6edca22cf66d25",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_88566",
                    table="cases_extension",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="extensionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6ba6372392c9d31380920377bf994ed6ebc12db0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b9606",
                    table="cases_extensionevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_grantevent" ("agency_id", "basis", "child_id", "ended_at", "ended_by_id", "ended_reason", "ends_at", "id", "made_at", "made_by_id", "opens", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "source", "starts_at", "unit_id") VALUES (NEW."agency_id", NEW."basis", NEW."child_id", NEW."ended_at", NEW."ended_by_id", NEW."ended_reason", NEW."ends_at", NEW."id", NEW."made_at", NEW."made_by_id", NEW."opens", NEW."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."reference", NEW."source", NEW."starts_at", NEW."unit_id"); RETURN NULL;',
                    hash="38c60aadaab7d8c3de7002b75b41391cddf49977",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b60a0",
                    table="cases_grant",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_grantevent" ("agency_id", "basis", "child_id", "ended_at", "ended_by_id", "ended_reason", "ends_at", "id", "made_at", "made_by_id", "opens", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "source", "starts_at", "unit_id") VALUES (NEW."agency_id", NEW."basis", NEW."child_id", NEW."ended_at", NEW."ended_by_id", NEW."ended_reason", NEW."ends_at", NEW."id", NEW."made_at", NEW."made_by_id", NEW."opens", NEW."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."reference", NEW."source", NEW."starts_at", NEW."unit_id"); RETURN NULL;',
                    hash="7ddac67abb3b8e07cac52e38bd31a628f4bdd39b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8d913",
                    table="cases_grant",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_grantevent" ("agency_id", "basis", "child_id", "ended_at", "ended_by_id", "ended_reason", "ends_at", "id", "made_at", "made_by_id", "opens", "part", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "source", "starts_at", "unit_id") VALUES (OLD."agency_id", OLD."basis", OLD."child_id", OLD."ended_at", OLD."ended_by_id", OLD."ended_reason", OLD."ends_at", OLD."id", OLD."made_at", OLD."made_by_id", OLD."opens", OLD."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."reference", OLD."source", OLD."starts_at", OLD."unit_id"); RETURN NULL;',
                    hash="655da75193d2ab71e0ed191aee8535050801f3c8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b2405",
                    table="cases_grant",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="grantevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="750098cebe87f3691f7ec676f05c5b89de65ffd2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d157e",
                    table="cases_grantevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="involvement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_involvementevent" ("agency_id", "capacity", "child_id", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recording_agency_id", "starts_at", "unit_id") VALUES (NEW."agency_id", NEW."capacity", NEW."child_id", NEW."ends_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recording_agency_id", NEW."starts_at", NEW."unit_id"); RETURN NULL;',
                    hash="ebb6d0f0c85ede1e093956c0efe67668914405c6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_64c42",
                    table="cases_involvement",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="involvement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_involvementevent" ("agency_id", "capacity", "child_id", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recording_agency_id", "starts_at", "unit_id") VALUES (NEW."agency_id", NEW."capacity", NEW."child_id", NEW."ends_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recording_agency_id", NEW."starts_at", NEW."unit_id"); RETURN NULL;',
                    hash="ba59f31153ace34b258482f2cd402c9a85d1d721",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cf369",
                    table="cases_involvement",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="involvement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_involvementevent" ("agency_id", "capacity", "child_id", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recording_agency_id", "starts_at", "unit_id") VALUES (OLD."agency_id", OLD."capacity", OLD."child_id", OLD."ends_at", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recording_agency_id", OLD."starts_at", OLD."unit_id"); RETURN NULL;',
                    hash="8b9e568c62595c423e92f367b3a1bab89ce34411",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ea339",
                    table="cases_involvement",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="involvementevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1241ec538aeef3ec373e54fae6f26da344ef4409",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0d536",
                    table="cases_involvementevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="keepfrom",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_keepfromevent" ("agency_id", "child_id", "ends_at", "id", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_at", "user_id") VALUES (NEW."agency_id", NEW."child_id", NEW."ends_at", NEW."id", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."starts_at", NEW."user_id"); RETURN NULL;',
                    hash="d1795daf8f0f8c2d42b83413e9e798ea9fa02d93",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9b9aa",
                    table="cases_keepfrom",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="keepfrom",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_keepfromevent" ("agency_id", "child_id", "ends_at", "id", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_at", "user_id") VALUES (NEW."agency_id", NEW."child_id", NEW."ends_at", NEW."id", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."starts_at", NEW."user_id"); RETURN NULL;',
                    hash="adf48699062f64b3835b7ddbdaa11a6f9602614f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_dfb15",
                    table="cases_keepfrom",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="keepfrom",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_keepfromevent" ("agency_id", "child_id", "ends_at", "id", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_at", "user_id") VALUES (OLD."agency_id", OLD."child_id", OLD."ends_at", OLD."id", OLD."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."starts_at", OLD."user_id"); RETURN NULL;',
                    hash="2f751276de30d375383e2a84106cd1a9dfb34245",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_13510",
                    table="cases_keepfrom",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="keepfromevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="985a4a15fc4c21ee194cb141698ad75d90d7d815",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_dffab",
                    table="cases_keepfromevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="lookedafterperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_lookedafterperiodevent" ("child_id", "ends_on", "id", "legal_status", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "responsible_council_id", "starts_on", "version") VALUES (NEW."child_id", NEW."ends_on", NEW."id", NEW."legal_status", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."responsible_council_id", NEW."starts_on", NEW."version"); RETURN NULL;',
                    hash="f81d0c03d3acaf06ca2c663aaea2922ad6bbcbcd",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9c8f2",
                    table="cases_lookedafterperiod",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="lookedafterperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_lookedafterperiodevent" ("child_id", "ends_on", "id", "legal_status", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "responsible_council_id", "starts_on", "version") VALUES (NEW."child_id", NEW."ends_on", NEW."id", NEW."legal_status", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."responsible_council_id", NEW."starts_on", NEW."version"); RETURN NULL;',
                    hash="b2b6609632013a7cbeccdd41b279926272e5c4a7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6dd97",
                    table="cases_lookedafterperiod",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="lookedafterperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_lookedafterperiodevent" ("child_id", "ends_on", "id", "legal_status", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "responsible_council_id", "starts_on", "version") VALUES (OLD."child_id", OLD."ends_on", OLD."id", OLD."legal_status", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."responsible_council_id", OLD."starts_on", OLD."version"); RETURN NULL;',
                    hash="adec93c2372cfb20aac9f7f02b1b77a64ce7c0bf",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_59fc6",
                    table="cases_lookedafterperiod",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="lookedafterperiodevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="227026f2cd459d1888f5de5d15dc9c35a7775649",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c50ab",
                    table="cases_lookedafterperiodevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="matchquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_matchquestionevent" ("agency_id", "answer", "answered_at", "answered_by_id", "asked_at", "candidate_id", "child_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "unit_id") VALUES (NEW."agency_id", NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."candidate_id", NEW."child_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reference", NEW."unit_id"); RETURN NULL;',
                    hash="aa567db869f123409620e3ce7c5c5e6ae2c8484a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e29ad",
                    table="cases_matchquestion",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="matchquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_matchquestionevent" ("agency_id", "answer", "answered_at", "answered_by_id", "asked_at", "candidate_id", "child_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "unit_id") VALUES (NEW."agency_id", NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."candidate_id", NEW."child_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reference", NEW."unit_id"); RETURN NULL;',
                    hash="e85d6c21891b1b5d30b99a7928a4212679a8aabf",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4dec9",
                    table="cases_matchquestion",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="matchquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_matchquestionevent" ("agency_id", "answer", "answered_at", "answered_by_id", "asked_at", "candidate_id", "child_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "unit_id") VALUES (OLD."agency_id", OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."asked_at", OLD."candidate_id", OLD."child_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reference", OLD."unit_id"); RETURN NULL;',
                    hash="a6885e29a7ff28da60eb43f78ccd4fb4e63ba156",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_92e16",
                    table="cases_matchquestion",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="matchquestionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c7b5cd2e129a1afa5f866f3cc35fbb6b0e0228f4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b0d17",
                    table="cases_matchquestionevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="missingepisode",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_missingepisodeevent" ("accepted_at", "accepted_by_id", "child_id", "closed_at", "closed_by_id", "closed_reason", "id", "kind", "last_seen_at", "last_seen_precision", "lead_force_id", "located_at", "located_precision", "located_recorded_by_id", "not_home_because", "not_home_words", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "police_reference", "reference", "reported_at", "return_recorded_by_id", "returned_at", "returned_precision", "started_at", "started_precision", "statistical_end", "statistical_end_at", "version", "whereabouts_known", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."child_id", NEW."closed_at", NEW."closed_by_id", NEW."closed_reason", NEW."id", NEW."kind", NEW."last_seen_at", NEW."last_seen_precision", NEW."lead_force_id", NEW."located_at", NEW."located_precision", NEW."located_recorded_by_id", NEW."not_home_because", NEW."not_home_words", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."police_reference", NEW."reference", NEW."reported_at", NEW."return_recorded_by_id", NEW."returned_at", NEW."returned_precision", NEW."started_at", NEW."started_precision", NEW."statistical_end", NEW."statistical_end_at", NEW."version", NEW."whereabouts_known", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="9d19f15a4c38438f59e7552930cf0c82ae64b782",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_379a9",
                    table="cases_missingepisode",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="missingepisode",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_missingepisodeevent" ("accepted_at", "accepted_by_id", "child_id", "closed_at", "closed_by_id", "closed_reason", "id", "kind", "last_seen_at", "last_seen_precision", "lead_force_id", "located_at", "located_precision", "located_recorded_by_id", "not_home_because", "not_home_words", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "police_reference", "reference", "reported_at", "return_recorded_by_id", "returned_at", "returned_precision", "started_at", "started_precision", "statistical_end", "statistical_end_at", "version", "whereabouts_known", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."child_id", NEW."closed_at", NEW."closed_by_id", NEW."closed_reason", NEW."id", NEW."kind", NEW."last_seen_at", NEW."last_seen_precision", NEW."lead_force_id", NEW."located_at", NEW."located_precision", NEW."located_recorded_by_id", NEW."not_home_because", NEW."not_home_words", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."police_reference", NEW."reference", NEW."reported_at", NEW."return_recorded_by_id", NEW."returned_at", NEW."returned_precision", NEW."started_at", NEW."started_precision", NEW."statistical_end", NEW."statistical_end_at", NEW."version", NEW."whereabouts_known", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;',
                    hash="0ecb4e099f5c89543d9d37173691766b32a2224f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c3116",
                    table="cases_missingepisode",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="missingepisode",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_missingepisodeevent" ("accepted_at", "accepted_by_id", "child_id", "closed_at", "closed_by_id", "closed_reason", "id", "kind", "last_seen_at", "last_seen_precision", "lead_force_id", "located_at", "located_precision", "located_recorded_by_id", "not_home_because", "not_home_words", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "police_reference", "reference", "reported_at", "return_recorded_by_id", "returned_at", "returned_precision", "started_at", "started_precision", "statistical_end", "statistical_end_at", "version", "whereabouts_known", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."accepted_at", OLD."accepted_by_id", OLD."child_id", OLD."closed_at", OLD."closed_by_id", OLD."closed_reason", OLD."id", OLD."kind", OLD."last_seen_at", OLD."last_seen_precision", OLD."lead_force_id", OLD."located_at", OLD."located_precision", OLD."located_recorded_by_id", OLD."not_home_because", OLD."not_home_words", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."police_reference", OLD."reference", OLD."reported_at", OLD."return_recorded_by_id", OLD."returned_at", OLD."returned_precision", OLD."started_at", OLD."started_precision", OLD."statistical_end", OLD."statistical_end_at", OLD."version", OLD."whereabouts_known", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;',
                    hash="4bb0e0ed9c965478e421b7761d4ce0402b2af7c3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_acd8d",
                    table="cases_missingepisode",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="locationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7fe3e9579b0be167050c42bd328a1e64742f5af0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ee892",
                    table="cases_locationevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="location",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_locationevent" ("at", "audience", "authority_code", "child_id", "ended_at", "episode_id", "force_code", "id", "is_police_only", "kind", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference") VALUES (NEW."at", NEW."audience", NEW."authority_code", NEW."child_id", NEW."ended_at", NEW."episode_id", NEW."force_code", NEW."id", NEW."is_police_only", NEW."kind", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference"); RETURN NULL;',
                    hash="45e5ee5fc55863b147f8de477868b26265729da2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_92171",
                    table="cases_location",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="location",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."authority_code" IS DISTINCT FROM (NEW."authority_code") OR OLD."child_id" IS DISTINCT FROM (NEW."child_id") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."episode_id" IS DISTINCT FROM (NEW."episode_id") OR OLD."force_code" IS DISTINCT FROM (NEW."force_code") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_police_only" IS DISTINCT FROM (NEW."is_police_only") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."named_agencies" IS DISTINCT FROM (NEW."named_agencies") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference"))',
                    func='INSERT INTO "cases_locationevent" ("at", "audience", "authority_code", "child_id", "ended_at", "episode_id", "force_code", "id", "is_police_only", "kind", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference") VALUES (NEW."at", NEW."audience", NEW."authority_code", NEW."child_id", NEW."ended_at", NEW."episode_id", NEW."force_code", NEW."id", NEW."is_police_only", NEW."kind", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference"); RETURN NULL;',
                    hash="bde9baf19ba75b175660e1cc05f164bb93e33501",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fab4d",
                    table="cases_location",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="location",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_locationevent" ("at", "audience", "authority_code", "child_id", "ended_at", "episode_id", "force_code", "id", "is_police_only", "kind", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference") VALUES (OLD."at", OLD."audience", OLD."authority_code", OLD."child_id", OLD."ended_at", OLD."episode_id", OLD."force_code", OLD."id", OLD."is_police_only", OLD."kind", OLD."named_agencies", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."reference"); RETURN NULL;',
                    hash="444700fb752d74967aaf80e6ea4bff593c801d18",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d5adf",
                    table="cases_location",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="missingepisodeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2826469ef84eaa3be27849e41ee54d89a88f3608",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c6f67",
                    table="cases_missingepisodeevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="namedreader",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_namedreaderevent" ("child_id", "ends_at", "id", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "user_id") VALUES (NEW."child_id", NEW."ends_at", NEW."id", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."starts_at", NEW."user_id"); RETURN NULL;',
                    hash="41c1c72c87e1e8764586db6ff31b3d145b30cb75",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b6f05",
                    table="cases_namedreader",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="namedreader",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_namedreaderevent" ("child_id", "ends_at", "id", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "user_id") VALUES (NEW."child_id", NEW."ends_at", NEW."id", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts_at", NEW."user_id"); RETURN NULL;',
                    hash="16338e96b0fbf62db48528d910b90054cd95cc27",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d6321",
                    table="cases_namedreader",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="namedreader",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_namedreaderevent" ("child_id", "ends_at", "id", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "user_id") VALUES (OLD."child_id", OLD."ends_at", OLD."id", OLD."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts_at", OLD."user_id"); RETURN NULL;',
                    hash="7accbc586364e79bd2dc579aff4e52b94f56ca9d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c2627",
                    table="cases_namedreader",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="namedreaderevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="70cb5d4ffe6f4c9d4d7a7dfdb6772c320e200cc1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_763ab",
                    table="cases_namedreaderevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="opening",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_openingevent" ("at", "child_id", "detail", "id", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until") VALUES (NEW."at", NEW."child_id", NEW."detail", NEW."id", NEW."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."until"); RETURN NULL;',
                    hash="b69cce6433a2fabb0a491dd7d37e3eb848e61cf1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6ee6c",
                    table="cases_opening",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="opening",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_openingevent" ("at", "child_id", "detail", "id", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until") VALUES (NEW."at", NEW."child_id", NEW."detail", NEW."id", NEW."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."until"); RETURN NULL;',
                    hash="b965775f7946dd52f72ee750da82934e78a8399f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8b5c3",
                    table="cases_opening",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="opening",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_openingevent" ("at", "child_id", "detail", "id", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until") VALUES (OLD."at", OLD."child_id", OLD."detail", OLD."id", OLD."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."until"); RETURN NULL;',
                    hash="adc9bb2ea58b7533799cebf0a6cd56c56be8f306",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b7483",
                    table="cases_opening",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="openingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="34c371f349b12eaf96284e630f54de8a8fe3a061",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ea0bd",
                    table="cases_openingevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="policenote",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_policenoteevent" ("audience", "child_id", "episode_id", "id", "is_police_only", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "subject_reference", "text") VALUES (NEW."audience", NEW."child_id", NEW."episode_id", NEW."id", NEW."is_police_only", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."subject_reference", NEW."text"); RETURN NULL;',
                    hash="440c0cf76130e69acae7b4c06bd2173d41f94925",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e3ef6",
                    table="cases_policenote",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="policenote",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_policenoteevent" ("audience", "child_id", "episode_id", "id", "is_police_only", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "subject_reference", "text") VALUES (NEW."audience", NEW."child_id", NEW."episode_id", NEW."id", NEW."is_police_only", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."subject_reference", NEW."text"); RETURN NULL;',
                    hash="0df7165d317191b4f1ee4202c054f41d118ef13c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f0f71",
                    table="cases_policenote",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="policenote",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_policenoteevent" ("audience", "child_id", "episode_id", "id", "is_police_only", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "subject_reference", "text") VALUES (OLD."audience", OLD."child_id", OLD."episode_id", OLD."id", OLD."is_police_only", OLD."named_agencies", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."subject_reference", OLD."text"); RETURN NULL;',
                    hash="ae3ad0b4ca70d8a02dc25074c0fbba9fec4c26f6",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_12ca4",
                    table="cases_policenote",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="policenoteevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="645a716aec5f93bcb48627fb714170c5be9cf53e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f59e5",
                    table="cases_policenoteevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="preventioninterview",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_preventioninterviewevent" ("audience", "child_id", "episode_id", "held_at", "how", "id", "is_police_only", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "text") VALUES (NEW."audience", NEW."child_id", NEW."episode_id", NEW."held_at", NEW."how", NEW."id", NEW."is_police_only", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."text"); RETURN NULL;',
                    hash="5f4f53f1adc9504a97d01bf56d44d7a0527d25f9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6bff4",
                    table="cases_preventioninterview",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="preventioninterview",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_preventioninterviewevent" ("audience", "child_id", "episode_id", "held_at", "how", "id", "is_police_only", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "text") VALUES (NEW."audience", NEW."child_id", NEW."episode_id", NEW."held_at", NEW."how", NEW."id", NEW."is_police_only", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."text"); RETURN NULL;',
                    hash="34f7eecd4fe28b847e769cf5385bffeee07523f4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6dd11",
                    table="cases_preventioninterview",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="preventioninterview",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_preventioninterviewevent" ("audience", "child_id", "episode_id", "held_at", "how", "id", "is_police_only", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "text") VALUES (OLD."audience", OLD."child_id", OLD."episode_id", OLD."held_at", OLD."how", OLD."id", OLD."is_police_only", OLD."named_agencies", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."text"); RETURN NULL;',
                    hash="7fa4098388d9265d7131a5f6255d09181fe90b6b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fb3fa",
                    table="cases_preventioninterview",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="preventioninterviewevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9e8ac0b8310d973ba901ad181c52ce9e8a94ce75",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_73c5c",
                    table="cases_preventioninterviewevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_reportevent" ("audience", "child_id", "contact_name", "contact_phone", "done_so_far", "episode_id", "id", "is_police_only", "name_given", "named_agencies", "opens_record", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "told_force_id", "told_unit_id", "why_worried") VALUES (NEW."audience", NEW."child_id", NEW."contact_name", NEW."contact_phone", NEW."done_so_far", NEW."episode_id", NEW."id", NEW."is_police_only", NEW."name_given", NEW."named_agencies", NEW."opens_record", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."told_force_id", NEW."told_unit_id", NEW."why_worried"); RETURN NULL;',
                    hash="920303ee58bd2911132d4ecbccabf9caa1f6a0a6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_199c9",
                    table="cases_report",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_reportevent" ("audience", "child_id", "contact_name", "contact_phone", "done_so_far", "episode_id", "id", "is_police_only", "name_given", "named_agencies", "opens_record", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "told_force_id", "told_unit_id", "why_worried") VALUES (NEW."audience", NEW."child_id", NEW."contact_name", NEW."contact_phone", NEW."done_so_far", NEW."episode_id", NEW."id", NEW."is_police_only", NEW."name_given", NEW."named_agencies", NEW."opens_record", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."told_force_id", NEW."told_unit_id", NEW."why_worried"); RETURN NULL;',
                    hash="1ed73caf4fd5905db22a9ff13c8af40e2af5dd56",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ecc1b",
                    table="cases_report",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_reportevent" ("audience", "child_id", "contact_name", "contact_phone", "done_so_far", "episode_id", "id", "is_police_only", "name_given", "named_agencies", "opens_record", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "told_force_id", "told_unit_id", "why_worried") VALUES (OLD."audience", OLD."child_id", OLD."contact_name", OLD."contact_phone", OLD."done_so_far", OLD."episode_id", OLD."id", OLD."is_police_only", OLD."name_given", OLD."named_agencies", OLD."opens_record", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."told_force_id", OLD."told_unit_id", OLD."why_worried"); RETURN NULL;',
                    hash="d022b33c9aeed88c2f49c3d7616f9232e70ec715",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_db4b5",
                    table="cases_report",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="reportevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="20bb0513ac099d530fb17aea8e63bbe9214768d5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4b9e2",
                    table="cases_reportevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="sharingdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_sharingdecisionevent" ("agency_id", "child_id", "decided_at", "decided_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "review_on") VALUES (NEW."agency_id", NEW."child_id", NEW."decided_at", NEW."decided_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."reference", NEW."review_on"); RETURN NULL;',
                    hash="9a7d1561d8a8865cbc0b7259c3fec3a8e493de6d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d8c9f",
                    table="cases_sharingdecision",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="sharingdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_sharingdecisionevent" ("agency_id", "child_id", "decided_at", "decided_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "review_on") VALUES (NEW."agency_id", NEW."child_id", NEW."decided_at", NEW."decided_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."reference", NEW."review_on"); RETURN NULL;',
                    hash="c7df3d1aa2a02b82a24f9f42f11ac18274d84b87",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_21f22",
                    table="cases_sharingdecision",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="sharingdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_sharingdecisionevent" ("agency_id", "child_id", "decided_at", "decided_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reference", "review_on") VALUES (OLD."agency_id", OLD."child_id", OLD."decided_at", OLD."decided_by_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."reference", OLD."review_on"); RETURN NULL;',
                    hash="07ef1389a8d481a1e01ba2ab612414990f622d89",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c06aa",
                    table="cases_sharingdecision",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="sharingdecisionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0478d0d535f3784ce443248a9f2767bac5cf2c8b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_038a5",
                    table="cases_sharingdecisionevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="update",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_updateevent" ("audience", "child_id", "episode_id", "happened_at", "happened_precision", "id", "is_police_only", "kind", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "text") VALUES (NEW."audience", NEW."child_id", NEW."episode_id", NEW."happened_at", NEW."happened_precision", NEW."id", NEW."is_police_only", NEW."kind", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."text"); RETURN NULL;',
                    hash="d68103cb56dacd2d648903014d1f7158de386858",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3ca61",
                    table="cases_update",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="update",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_updateevent" ("audience", "child_id", "episode_id", "happened_at", "happened_precision", "id", "is_police_only", "kind", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "text") VALUES (NEW."audience", NEW."child_id", NEW."episode_id", NEW."happened_at", NEW."happened_precision", NEW."id", NEW."is_police_only", NEW."kind", NEW."named_agencies", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."text"); RETURN NULL;',
                    hash="ed229143d5c8abd60f48cd90178390112e8e77cf",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_63e55",
                    table="cases_update",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="update",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_updateevent" ("audience", "child_id", "episode_id", "happened_at", "happened_precision", "id", "is_police_only", "kind", "named_agencies", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "text") VALUES (OLD."audience", OLD."child_id", OLD."episode_id", OLD."happened_at", OLD."happened_precision", OLD."id", OLD."is_police_only", OLD."kind", OLD."named_agencies", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."reference", OLD."text"); RETURN NULL;',
                    hash="348a017b1a0f6e50442fefbe13855395cc2329ec",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_36016",
                    table="cases_update",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="updateevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9adaab4efb2a74d227cf65c1f09b60184e879c7d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_576ee",
                    table="cases_updateevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
