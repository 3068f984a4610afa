import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import missingchildren.agencies.models.people
import missingchildren.core.fields
import missingchildren.core.migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        migrations.CreateModel(
            name="Agency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        default=missingchildren.agencies.models.people.new_agency_reference,
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("short_name", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("force", "Police force"),
                            ("council", "Council"),
                            ("health", "Health"),
                            ("school", "School"),
                            ("childrens_home", "Children's home"),
                            ("fostering_agency", "Fostering agency"),
                            ("supported_accommodation", "Supported accommodation"),
                            ("charity", "Charity"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "nation",
                    models.CharField(
                        choices=[
                            ("England", "England"),
                            ("Wales", "Wales"),
                            ("Scotland", "Scotland"),
                            ("Northern Ireland", "Northern Ireland"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("always_open", models.BooleanField(default=False)),
                (
                    "opening_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("opens_at", models.TimeField(blank=True, null=True)),
                ("closes_at", models.TimeField(blank=True, null=True)),
                (
                    "mail_domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=253),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agency",
                        to="auth.group",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="agency_name_is_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closes_at", None), ("opening_days", []), ("opens_at", None)),
                            models.Q(
                                ("always_open", False),
                                ("closes_at__gt", models.F("opens_at")),
                                ("opening_days__contained_by", [0, 1, 2, 3, 4, 5, 6]),
                                ("opening_days__len__gte", 1),
                                ("opens_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="agency_hours_are_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgencyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "reference",
                    models.CharField(
                        default=missingchildren.agencies.models.people.new_agency_reference,
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("short_name", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("force", "Police force"),
                            ("council", "Council"),
                            ("health", "Health"),
                            ("school", "School"),
                            ("childrens_home", "Children's home"),
                            ("fostering_agency", "Fostering agency"),
                            ("supported_accommodation", "Supported accommodation"),
                            ("charity", "Charity"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "nation",
                    models.CharField(
                        choices=[
                            ("England", "England"),
                            ("Wales", "Wales"),
                            ("Scotland", "Scotland"),
                            ("Northern Ireland", "Northern Ireland"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("always_open", models.BooleanField(default=False)),
                (
                    "opening_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("opens_at", models.TimeField(blank=True, null=True)),
                ("closes_at", models.TimeField(blank=True, null=True)),
                (
                    "mail_domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=253),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="auth.group",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("code", models.CharField(max_length=9, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100)),
                ("short_name", models.CharField(max_length=100)),
                ("council_name", models.CharField(blank=True, max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("authority", "Local authority"),
                            ("force", "Police force"),
                            ("trust", "Health and social care trust"),
                        ],
                        max_length=10,
                    ),
                ),
                ("form", models.CharField(max_length=50)),
                (
                    "nation",
                    models.CharField(
                        choices=[
                            ("England", "England"),
                            ("Wales", "Wales"),
                            ("Scotland", "Scotland"),
                            ("Northern Ireland", "Northern Ireland"),
                            ("Great Britain", "Great Britain"),
                        ],
                        max_length=20,
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=50)),
                ("dfe_code", models.CharField(blank=True, max_length=3)),
                ("cjs_code", models.CharField(blank=True, max_length=2)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="area_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["authority", "force", "trust"])),
                        name="area_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgencyArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_statutory", models.BooleanField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agency_areas",
                        to="agencies.agency",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agency_areas",
                        to="agencies.area",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="agency_area_ends_after_it_starts",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("agency", "="),
                            ("area", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    function="DATERANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="agency_area_once_at_a_time",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("is_statutory", True)),
                        expressions=[
                            ("area", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    function="DATERANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="area_has_one_statutory_agency",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgencyAreaEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("is_statutory", models.BooleanField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agencies.agencyarea",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="agencies.area",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AreaAdjacency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("land", "On land"),
                            ("tidal", "In tidal water only"),
                            ("", "They do not meet"),
                        ],
                        max_length=5,
                    ),
                ),
                ("shared_km", models.DecimalField(decimal_places=2, max_digits=6)),
                ("is_doubtful", models.BooleanField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="neighbour_links",
                        to="agencies.area",
                    ),
                ),
                (
                    "neighbour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.area",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="areaadjacency_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["land", "tidal", ""])),
                        name="adjacency_basis_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("area", models.F("neighbour")), _negated=True),
                        name="adjacency_is_between_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_doubtful", False),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="adjacency_in_doubt_has_reason",
                    ),
                    models.UniqueConstraint(
                        fields=("area", "neighbour", "valid_to"),
                        name="adjacency_once_at_a_time",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AreaForce",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="force_links",
                        to="agencies.area",
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authority_links",
                        to="agencies.area",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="areaforce_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        fields=("authority", "valid_to"),
                        name="authority_has_one_force_at_a_time",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DistrictCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("code", models.CharField(max_length=9)),
                ("name", models.CharField(max_length=100)),
                ("is_current", models.BooleanField()),
                ("is_exact", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.area",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="districtcode_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        fields=("code", "valid_to"),
                        name="district_code_once_at_a_time",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outcode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("outcode", models.CharField(max_length=4)),
                ("share", models.DecimalField(decimal_places=4, max_digits=5)),
                ("rank", models.PositiveSmallIntegerField()),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.area",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="outcode_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        fields=("outcode", "rank", "valid_to"),
                        name="outcode_rank_once_at_a_time",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlacelessOutcode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("outcode", models.CharField(max_length=4)),
                ("reason", models.CharField(max_length=40)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="placelessoutcode_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        fields=("outcode", "valid_to"),
                        name="placeless_outcode_once_at_a_time",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostcodeException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("postcode", models.CharField(max_length=8)),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.area",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="postcodeexception_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        fields=("postcode", "valid_to"),
                        name="postcode_exception_once_at_a_time",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostcodeSector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("sector", models.CharField(max_length=6)),
                ("share", models.DecimalField(decimal_places=4, max_digits=5)),
                ("rank", models.PositiveSmallIntegerField()),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.area",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="postcodesector_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        fields=("sector", "rank", "valid_to"),
                        name="sector_rank_once_at_a_time",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StraddlingSector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("sector", models.CharField(max_length=6)),
                ("units", models.TextField()),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.area",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="straddlingsector_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        fields=("sector", "valid_to"),
                        name="straddling_sector_once_at_a_time",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        default=missingchildren.agencies.models.people.new_unit_reference,
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("duty_desk", "Duty desk"),
                            ("edt", "Emergency duty team"),
                            ("front_door", "Front door"),
                            ("team", "Team"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("agency"),
                        django.db.models.functions.text.Lower("name"),
                        name="unit_name_is_unique_in_agency",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("is_active", True), models.Q(("kind", "team"), _negated=True)
                        ),
                        fields=("agency", "kind"),
                        name="agency_has_one_unit_of_each_duty_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "reference",
                    models.CharField(
                        default=missingchildren.agencies.models.people.new_unit_reference,
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("duty_desk", "Duty desk"),
                            ("edt", "Emergency duty team"),
                            ("front_door", "Front door"),
                            ("team", "Team"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agencies.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="email address"),
                ),
                ("full_name", models.CharField(max_length=150)),
                ("job_title", models.CharField(blank=True, max_length=100)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="user_email_is_lower_case",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "Email"), ("phone", "Telephone")], max_length=10
                    ),
                ),
                ("address", missingchildren.core.fields.EncryptedTextField()),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_contacts",
                        to="agencies.agency",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_contacts",
                        to="agencies.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at", None),
                            ("ends_at__gte", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="duty_contact_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_at", None), ("verified_by", None)),
                            models.Q(
                                ("verified_at__isnull", False), ("verified_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="duty_contact_verified_by_someone_at_some_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyContactEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "Email"), ("phone", "Telephone")], max_length=10
                    ),
                ),
                ("address", missingchildren.core.fields.EncryptedTextField()),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agencies.dutycontact",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
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
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        default=missingchildren.agencies.models.people.new_invitation_reference,
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("practitioner", "Practitioner"),
                                ("control_room", "Control room"),
                                ("supervisor", "Supervisor"),
                                ("manager", "Manager"),
                                ("nominated_officer", "Nominated officer"),
                                ("director", "Director"),
                                ("administrator", "Administrator"),
                                ("privacy_officer", "Privacy officer"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="agencies.agency",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "roles__contained_by",
                                [
                                    "practitioner",
                                    "control_room",
                                    "supervisor",
                                    "manager",
                                    "nominated_officer",
                                    "director",
                                    "administrator",
                                    "privacy_officer",
                                ],
                            ),
                            ("roles__len__gte", 1),
                        ),
                        name="invitation_has_known_roles",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="invitation_email_is_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="invitation_expires_after_it_is_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("used_at", None), ("used_by", None)),
                            models.Q(("used_at__isnull", False), ("used_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_used_by_someone_at_some_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at", None), ("withdrawn_at", None), _connector="OR"
                        ),
                        name="invitation_is_used_or_withdrawn",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvitationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "reference",
                    models.CharField(
                        default=missingchildren.agencies.models.people.new_invitation_reference,
                        max_length=20,
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("practitioner", "Practitioner"),
                                ("control_room", "Control room"),
                                ("supervisor", "Supervisor"),
                                ("manager", "Manager"),
                                ("nominated_officer", "Nominated officer"),
                                ("director", "Director"),
                                ("administrator", "Administrator"),
                                ("privacy_officer", "Privacy officer"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
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
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agencies.invitation",
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        blank=True,
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
            name="LocalProtocol",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("starts_on", models.DateField()),
                ("values", models.JSONField()),
                ("made_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protocols",
                        to="agencies.agency",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "version"), name="local_protocol_version_is_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="local_protocol_versions_start_at_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LocalProtocolEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField()),
                ("starts_on", models.DateField()),
                ("values", models.JSONField()),
                ("made_at", models.DateTimeField()),
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
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agencies.localprotocol",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        default=missingchildren.agencies.models.people.new_membership_reference,
                        max_length=20,
                        unique=True,
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("practitioner", "Practitioner"),
                                ("control_room", "Control room"),
                                ("supervisor", "Supervisor"),
                                ("manager", "Manager"),
                                ("nominated_officer", "Nominated officer"),
                                ("director", "Director"),
                                ("administrator", "Administrator"),
                                ("privacy_officer", "Privacy officer"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="agencies.agency",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "roles__contained_by",
                                [
                                    "practitioner",
                                    "control_room",
                                    "supervisor",
                                    "manager",
                                    "nominated_officer",
                                    "director",
                                    "administrator",
                                    "privacy_officer",
                                ],
                            ),
                            ("roles__len__gte", 1),
                        ),
                        name="membership_has_known_roles",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at", None),
                            ("ends_at__gte", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="membership_ends_after_it_starts",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("user", "="),
                            ("agency", "="),
                            (
                                models.Func(
                                    "starts_at",
                                    "ends_at",
                                    function="TSTZRANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="membership_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="agencies.membership",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="agencies.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at", None),
                            ("ends_at__gte", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="assignment_ends_after_it_starts",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("membership", "="),
                            ("unit", "="),
                            (
                                models.Func(
                                    "starts_at",
                                    "ends_at",
                                    function="TSTZRANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="assignment_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agencies.assignment",
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
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="MembershipEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "reference",
                    models.CharField(
                        default=missingchildren.agencies.models.people.new_membership_reference,
                        max_length=20,
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("practitioner", "Practitioner"),
                                ("control_room", "Control room"),
                                ("supervisor", "Supervisor"),
                                ("manager", "Manager"),
                                ("nominated_officer", "Nominated officer"),
                                ("director", "Director"),
                                ("administrator", "Administrator"),
                                ("privacy_officer", "Privacy officer"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="agencies.membership",
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
            name="UserEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("email", models.EmailField(max_length=254, verbose_name="email address")),
                ("full_name", models.CharField(max_length=150)),
                ("job_title", models.CharField(blank=True, max_length=100)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_userevent" ("created_at", "email", "full_name", "id", "is_active", "job_title", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."email", NEW."full_name", NEW."id", NEW."is_active", NEW."job_title", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="460bcf94d766efe79970cce662004d8c2c127a76",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2175f",
                    table="agencies_user",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."job_title" IS DISTINCT FROM (NEW."job_title"))',
                    func='INSERT INTO "agencies_userevent" ("created_at", "email", "full_name", "id", "is_active", "job_title", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."email", NEW."full_name", NEW."id", NEW."is_active", NEW."job_title", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="3d786fb7dab5787d7efc4af8ed76a2284506a50e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a123f",
                    table="agencies_user",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_userevent" ("created_at", "email", "full_name", "id", "is_active", "job_title", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."created_at", OLD."email", OLD."full_name", OLD."id", OLD."is_active", OLD."job_title", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="a6ffe66c8108f619215860329cf7a28bd16042e0",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_081d4",
                    table="agencies_user",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="agency",
            trigger=pgtrigger.compiler.Trigger(
                name="agency_group_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."group_id" IS DISTINCT FROM (NEW."group_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."kind" IS DISTINCT FROM (NEW."kind"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="6390fbcafcdcaf52c0df9530b0d817dcd0976bcd",
                    operation="UPDATE",
                    pgid="pgtrigger_agency_group_is_fixed_99354",
                    table="agencies_agency",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="agency",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_agencyevent" ("always_open", "closes_at", "created_at", "group_id", "id", "is_active", "kind", "mail_domains", "name", "nation", "opening_days", "opens_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "short_name") VALUES (NEW."always_open", NEW."closes_at", NEW."created_at", NEW."group_id", NEW."id", NEW."is_active", NEW."kind", NEW."mail_domains", NEW."name", NEW."nation", NEW."opening_days", NEW."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reference", NEW."short_name"); RETURN NULL;',
                    hash="30439232f44876eb77e7a4261b269204e15d7f2b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_064bb",
                    table="agencies_agency",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="agency",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agencies_agencyevent" ("always_open", "closes_at", "created_at", "group_id", "id", "is_active", "kind", "mail_domains", "name", "nation", "opening_days", "opens_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "short_name") VALUES (NEW."always_open", NEW."closes_at", NEW."created_at", NEW."group_id", NEW."id", NEW."is_active", NEW."kind", NEW."mail_domains", NEW."name", NEW."nation", NEW."opening_days", NEW."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reference", NEW."short_name"); RETURN NULL;',
                    hash="9f44e249041f9053fe3e66e3b6b63673b2d0ae88",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_187e7",
                    table="agencies_agency",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="agency",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_agencyevent" ("always_open", "closes_at", "created_at", "group_id", "id", "is_active", "kind", "mail_domains", "name", "nation", "opening_days", "opens_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "short_name") VALUES (OLD."always_open", OLD."closes_at", OLD."created_at", OLD."group_id", OLD."id", OLD."is_active", OLD."kind", OLD."mail_domains", OLD."name", OLD."nation", OLD."opening_days", OLD."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reference", OLD."short_name"); RETURN NULL;',
                    hash="cb804e5891e60daad80a9de65c23967da069716c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9c312",
                    table="agencies_agency",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="agencyevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cbbc27af7eaf7d061c9ac44b724cba285dde3720",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_79c25",
                    table="agencies_agencyevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="agencyareaevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c253ef962051d93c3caf781cb002a422dd2294f0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a0fe7",
                    table="agencies_agencyareaevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="agencyarea",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_agencyareaevent" ("agency_id", "area_id", "id", "is_statutory", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to") VALUES (NEW."agency_id", NEW."area_id", NEW."id", NEW."is_statutory", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="ab68f70942b66e146b1a020d57be83e2d9a48d5c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_12e35",
                    table="agencies_agencyarea",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="agencyarea",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agencies_agencyareaevent" ("agency_id", "area_id", "id", "is_statutory", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to") VALUES (NEW."agency_id", NEW."area_id", NEW."id", NEW."is_statutory", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="aba3d701e25c66fd04504cb3bb113896a62996f9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cbd02",
                    table="agencies_agencyarea",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="agencyarea",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_agencyareaevent" ("agency_id", "area_id", "id", "is_statutory", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to") VALUES (OLD."agency_id", OLD."area_id", OLD."id", OLD."is_statutory", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                    hash="bb280d6b1adbdd36c6128043b7b517666460be4b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_348b4",
                    table="agencies_agencyarea",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_invitationevent" ("agency_id", "email", "expires_at", "id", "made_at", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "roles", "used_at", "used_by_id", "withdrawn_at") VALUES (NEW."agency_id", NEW."email", NEW."expires_at", NEW."id", NEW."made_at", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reference", NEW."roles", NEW."used_at", NEW."used_by_id", NEW."withdrawn_at"); RETURN NULL;',
                    hash="5b66bdc71790b26f170dd42a945030f733e1b8d8",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0a3ed",
                    table="agencies_invitation",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."roles" IS DISTINCT FROM (NEW."roles") OR OLD."used_at" IS DISTINCT FROM (NEW."used_at") OR OLD."used_by_id" IS DISTINCT FROM (NEW."used_by_id") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                    func='INSERT INTO "agencies_invitationevent" ("agency_id", "email", "expires_at", "id", "made_at", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "roles", "used_at", "used_by_id", "withdrawn_at") VALUES (NEW."agency_id", NEW."email", NEW."expires_at", NEW."id", NEW."made_at", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reference", NEW."roles", NEW."used_at", NEW."used_by_id", NEW."withdrawn_at"); RETURN NULL;',
                    hash="98c26b76cbcb38e972d55b6a4f738a57d1e89c0f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7c295",
                    table="agencies_invitation",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_invitationevent" ("agency_id", "email", "expires_at", "id", "made_at", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "roles", "used_at", "used_by_id", "withdrawn_at") VALUES (OLD."agency_id", OLD."email", OLD."expires_at", OLD."id", OLD."made_at", OLD."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reference", OLD."roles", OLD."used_at", OLD."used_by_id", OLD."withdrawn_at"); RETURN NULL;',
                    hash="fa50aedd206c59b55c2bcc00f1ca40709e3da18c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b60f3",
                    table="agencies_invitation",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="invitationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ae70ff9dbbd98a14e0532e48b0b43edfdebcd409",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ee5b4",
                    table="agencies_invitationevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="localprotocol",
            trigger=pgtrigger.compiler.Trigger(
                name="local_protocol_is_never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="987c8591fe1ccab9252513131bb716e0f23d25fa",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_local_protocol_is_never_changed_9ef07",
                    table="agencies_localprotocol",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="localprotocol",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_localprotocolevent" ("agency_id", "id", "made_at", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "values", "version") VALUES (NEW."agency_id", NEW."id", NEW."made_at", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."values", NEW."version"); RETURN NULL;',
                    hash="5d0805a06e1d649e6aa47c93c64fd0eae1f3e175",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bc3f6",
                    table="agencies_localprotocol",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="localprotocol",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agencies_localprotocolevent" ("agency_id", "id", "made_at", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "values", "version") VALUES (NEW."agency_id", NEW."id", NEW."made_at", NEW."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts_on", NEW."values", NEW."version"); RETURN NULL;',
                    hash="2d0171c750e998798a62a415403ae5581e685d10",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e873a",
                    table="agencies_localprotocol",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="localprotocol",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_localprotocolevent" ("agency_id", "id", "made_at", "made_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "values", "version") VALUES (OLD."agency_id", OLD."id", OLD."made_at", OLD."made_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts_on", OLD."values", OLD."version"); RETURN NULL;',
                    hash="29d012983370cea09af08b46949a5a297a3529b7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5e56e",
                    table="agencies_localprotocol",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="localprotocolevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9e7fbcab43b4a14eee3a56971e40c245afd4ce3c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_42cd0",
                    table="agencies_localprotocolevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="membership_stays_as_made",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="4c456946e24495139c9aae2e32346b0b632855dd",
                    operation="UPDATE",
                    pgid="pgtrigger_membership_stays_as_made_8e082",
                    table="agencies_membership",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_membershipevent" ("agency_id", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "roles", "starts_at", "user_id") VALUES (NEW."agency_id", NEW."ends_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reference", NEW."roles", NEW."starts_at", NEW."user_id"); RETURN NULL;',
                    hash="363fcf75ef8c88f9b0647573d967cbac9f83a010",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_da12b",
                    table="agencies_membership",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agencies_membershipevent" ("agency_id", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "roles", "starts_at", "user_id") VALUES (NEW."agency_id", NEW."ends_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reference", NEW."roles", NEW."starts_at", NEW."user_id"); RETURN NULL;',
                    hash="fde37422381e2d6ce81b68717e67db0025597d2c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bda2e",
                    table="agencies_membership",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_membershipevent" ("agency_id", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "roles", "starts_at", "user_id") VALUES (OLD."agency_id", OLD."ends_at", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reference", OLD."roles", OLD."starts_at", OLD."user_id"); RETURN NULL;',
                    hash="d067de20a319939415b347f33130b078a8c5f5c5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c36fb",
                    table="agencies_membership",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="membershipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="df835924b50d95a6db71abe79246756a9a4766b8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6e26b",
                    table="agencies_membershipevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="unit_stays_in_its_agency",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="52d9f494d2b9ba80cb2cc2f8ebd69c62b2d39100",
                    operation="UPDATE",
                    pgid="pgtrigger_unit_stays_in_its_agency_4e3c1",
                    table="agencies_unit",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_unitevent" ("agency_id", "created_at", "id", "is_active", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference") VALUES (NEW."agency_id", NEW."created_at", NEW."id", NEW."is_active", NEW."kind", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reference"); RETURN NULL;',
                    hash="5d6664167bd2d48ee464ec02bdd4fbcc1b2fea00",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d74d8",
                    table="agencies_unit",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agencies_unitevent" ("agency_id", "created_at", "id", "is_active", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference") VALUES (NEW."agency_id", NEW."created_at", NEW."id", NEW."is_active", NEW."kind", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reference"); RETURN NULL;',
                    hash="b6e361256a299ec835938e22dda6e0d7cfe457bd",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_44224",
                    table="agencies_unit",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_unitevent" ("agency_id", "created_at", "id", "is_active", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference") VALUES (OLD."agency_id", OLD."created_at", OLD."id", OLD."is_active", OLD."kind", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reference"); RETURN NULL;',
                    hash="5eec50535b984f35bb8191c91708f80731dde8b5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_259d6",
                    table="agencies_unit",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="dutycontactevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="49f7c7608af208020157fe177138b3d4ba5c185e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_966d6",
                    table="agencies_dutycontactevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="dutycontact",
            trigger=pgtrigger.compiler.Trigger(
                name="duty_contact_is_not_redirected",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="233f294f4b5f6eee07ea420757a2a673f84cda59",
                    operation="UPDATE",
                    pgid="pgtrigger_duty_contact_is_not_redirected_b9385",
                    table="agencies_dutycontact",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="dutycontact",
            trigger=pgtrigger.compiler.Trigger(
                name="duty_contact_is_within_one_agency",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NEW.unit_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM agencies_unit u\n                        WHERE u.id = NEW.unit_id AND u.agency_id = NEW.agency_id\n                    ) THEN\n                        RAISE EXCEPTION 'duty_contact_is_within_one_agency'\n                            USING ERRCODE = 'integrity_constraint_violation';\n                    END IF;\n                    RETURN NEW;\n                    ",
                    hash="701bf199b3ab4e1b60ead0d1ee56bab4f5fefb30",
                    operation="INSERT",
                    pgid="pgtrigger_duty_contact_is_within_one_agency_ce2ed",
                    table="agencies_dutycontact",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="dutycontact",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_dutycontactevent" ("address", "agency_id", "channel", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "unit_id", "verified_at", "verified_by_id") VALUES (NEW."address", NEW."agency_id", NEW."channel", NEW."ends_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."starts_at", NEW."unit_id", NEW."verified_at", NEW."verified_by_id"); RETURN NULL;',
                    hash="46097c088ecaf88d89aad1011c3e2f7687c3125f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0dd56",
                    table="agencies_dutycontact",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="dutycontact",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agencies_dutycontactevent" ("address", "agency_id", "channel", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "unit_id", "verified_at", "verified_by_id") VALUES (NEW."address", NEW."agency_id", NEW."channel", NEW."ends_at", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts_at", NEW."unit_id", NEW."verified_at", NEW."verified_by_id"); RETURN NULL;',
                    hash="5e505b9454506ed79037e8c902d5ea86baee5d80",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7d461",
                    table="agencies_dutycontact",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="dutycontact",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_dutycontactevent" ("address", "agency_id", "channel", "ends_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "unit_id", "verified_at", "verified_by_id") VALUES (OLD."address", OLD."agency_id", OLD."channel", OLD."ends_at", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts_at", OLD."unit_id", OLD."verified_at", OLD."verified_by_id"); RETURN NULL;',
                    hash="c7c6bf4ac5ec6685288cf6af14387876f8e7b87d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e4938",
                    table="agencies_dutycontact",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="assignmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ea9786d3ce9107c4fdcc602cb2b7a8187836939c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f5bc9",
                    table="agencies_assignmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="assignment_is_within_one_agency",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM agencies_membership m JOIN agencies_unit u USING (agency_id)\n                        WHERE m.id = NEW.membership_id AND u.id = NEW.unit_id\n                    ) THEN\n                        RAISE EXCEPTION 'assignment_is_within_one_agency'\n                            USING ERRCODE = 'integrity_constraint_violation';\n                    END IF;\n                    RETURN NEW;\n                    ",
                    hash="3f7a91c788aead121244d46c7b522d089a23ef98",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_assignment_is_within_one_agency_81ef6",
                    table="agencies_assignment",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_assignmentevent" ("ends_at", "id", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "unit_id") VALUES (NEW."ends_at", NEW."id", NEW."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."starts_at", NEW."unit_id"); RETURN NULL;',
                    hash="dbc90f602f65289f15cbc7b63d89b7dab44a605e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_07e5d",
                    table="agencies_assignment",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agencies_assignmentevent" ("ends_at", "id", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "unit_id") VALUES (NEW."ends_at", NEW."id", NEW."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts_at", NEW."unit_id"); RETURN NULL;',
                    hash="4c8ce680c3e40db27d74e8d14425a5685fedd0e5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e3f9f",
                    table="agencies_assignment",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agencies_assignmentevent" ("ends_at", "id", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "unit_id") VALUES (OLD."ends_at", OLD."id", OLD."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts_at", OLD."unit_id"); RETURN NULL;',
                    hash="877ef760d0923285dbe09e4c6844d4bcc1a7c267",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cbd59",
                    table="agencies_assignment",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="unitevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="449c5dcce1d2f12234e357efdbb8ee6b679111f5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_69b7c",
                    table="agencies_unitevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="userevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="714b7253e5f975ca8259b15e3b2ccadc02458099",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b5ce1",
                    table="agencies_userevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
