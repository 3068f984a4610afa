import django.db.models.deletion
import django.db.models.functions.datetime
import pghistory.utils
import pgtrigger.compiler
from django.db import migrations, models

import missingchildren.core.migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0003_cache_table"),
    ]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("worker", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("kind", models.CharField(max_length=60)),
                ("event", models.CharField(max_length=100)),
                ("child_id", models.BigIntegerField(null=True)),
                ("subject_reference", models.CharField(max_length=20)),
                (
                    "urgency",
                    models.SmallIntegerField(
                        choices=[(0, "routine"), (1, "soon"), (2, "urgent"), (3, "immediate")]
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                ("act_id", models.UUIDField()),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_reason", models.CharField(default="", max_length=60)),
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
                "indexes": [
                    models.Index(
                        models.F("agency"),
                        models.OrderBy(models.F("urgency"), descending=True),
                        models.OrderBy(models.F("raised_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(
                            ("acknowledged_at__isnull", True), ("ended_at__isnull", True)
                        ),
                        name="alert_waiting",
                    ),
                    models.Index(
                        models.F("agency"),
                        models.OrderBy(models.F("raised_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="alert_by_agency_and_age",
                    ),
                    models.Index(
                        condition=models.Q(("child_id__isnull", False)),
                        fields=["child_id", "raised_at"],
                        name="alert_by_child",
                    ),
                    models.Index(fields=["subject_reference"], name="alert_by_subject"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "kind", "agency", "unit"),
                        name="alert_once_per_event_and_recipient",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("acknowledged_at__isnull", True), ("acknowledged_by__isnull", True)
                            ),
                            models.Q(
                                ("acknowledged_at__isnull", False),
                                ("acknowledged_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="alert_acknowledgement_has_time_and_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_reason", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("ended_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="alert_end_has_time_and_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_reason", models.CharField(default="", max_length=60)),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="acknowledged_at_acknowledged_by_ended_at_ended_reason_events",
                        to="alerts.alert",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Delivery",
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
                        choices=[("inbox", "inbox"), ("email", "email")], max_length=10
                    ),
                ),
                ("rung", models.PositiveSmallIntegerField(default=0)),
                ("idem_key", models.CharField(max_length=40, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "queued"),
                            ("sending", "sending"),
                            ("accepted", "accepted"),
                            ("delivered", "delivered"),
                            ("acknowledged", "acknowledged"),
                            ("withheld", "withheld"),
                            ("superseded", "superseded"),
                            ("bounced", "bounced"),
                            ("dead", "dead"),
                            ("parked", "parked"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "urgency",
                    models.SmallIntegerField(
                        choices=[(0, "routine"), (1, "soon"), (2, "urgent"), (3, "immediate")]
                    ),
                ),
                ("queued_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("locked_until", models.DateTimeField(null=True)),
                ("locked_by", models.CharField(default="", max_length=100)),
                ("lease", models.UUIDField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("raise_count", models.PositiveSmallIntegerField(default=0)),
                ("last_reason", models.CharField(default="", max_length=40)),
                ("provider_reference", models.CharField(default="", max_length=200)),
                ("accepted_at", models.DateTimeField(null=True)),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="alerts.alert",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.dutycontact",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("urgency"), descending=True),
                        models.F("due_at"),
                        models.F("id"),
                        condition=models.Q(("state__in", ["queued", "sending"])),
                        name="delivery_to_send",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "sending"])),
                        fields=["due_at"],
                        name="delivery_oldest_unsent",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["dead", "parked"])),
                        fields=["queued_at"],
                        name="delivery_given_up",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lease__isnull", False),
                                ("locked_until__isnull", False),
                                ("state", "sending"),
                            ),
                            models.Q(
                                models.Q(("state", "sending"), _negated=True),
                                ("lease__isnull", True),
                                ("locked_by", ""),
                                ("locked_until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_is_leased_while_sending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "delivered"]), _negated=True),
                            ("accepted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="delivery_acceptance_has_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_state", models.CharField(default="", max_length=12)),
                ("to_state", models.CharField(max_length=12)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("worker", models.CharField(default="", max_length=100)),
                ("reason", models.CharField(default="", max_length=40)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transitions",
                        to="alerts.delivery",
                    ),
                ),
            ],
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="alert",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_alerts",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="773e99264b22ca7c468ea92190cfb093dcda1bc3",
                    operation="DELETE",
                    pgid="pgtrigger_keep_alerts_f9fca",
                    table="alerts_alert",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="alert",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."acknowledged_at" IS DISTINCT FROM (NEW."acknowledged_at") OR OLD."acknowledged_by_id" IS DISTINCT FROM (NEW."acknowledged_by_id") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ended_reason" IS DISTINCT FROM (NEW."ended_reason"))',
                    func='INSERT INTO "alerts_alertevent" ("acknowledged_at", "acknowledged_by_id", "ended_at", "ended_reason", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."ended_at", NEW."ended_reason", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="7fb2e6676da92d7ad5e558696c687406efe80f04",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_953db",
                    table="alerts_alert",
                    when="AFTER",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="alertevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c4291561419247b4521e58e62c7f57f65465c4a7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2fa35",
                    table="alerts_alertevent",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_deliveries",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="6e39269d9fbaec6c587e1a1f2b6f791ed993234a",
                    operation="DELETE",
                    pgid="pgtrigger_keep_deliveries_f28eb",
                    table="alerts_delivery",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="delivery",
            trigger=pgtrigger.compiler.Trigger(
                name="only_written_transitions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{accepted:acknowledged,accepted:bounced,accepted:delivered,dead:queued,delivered:acknowledged,delivered:bounced,parked:queued,queued:sending,queued:superseded,sending:accepted,sending:dead,sending:parked,sending:queued,sending:superseded,sending:withheld}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="422fd4f3a7c753176ed179f83ec302cf0e8a6d38",
                    operation="UPDATE",
                    pgid="pgtrigger_only_written_transitions_e1d11",
                    table="alerts_delivery",
                    when="BEFORE",
                ),
            ),
        ),
        missingchildren.core.migrations.AddTrigger(
            model_name="transition",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="aa39945e724caa2ca54458e4241fb3a3b02fa500",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3a279",
                    table="alerts_transition",
                    when="BEFORE",
                ),
            ),
        ),
    ]
