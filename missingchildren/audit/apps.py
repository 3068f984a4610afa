"""The audit app: prepares partitions and the serving role's rights after every migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "missingchildren.audit"
    label = "audit"

    def ready(self) -> None:
        from missingchildren.audit import database

        post_migrate.connect(database.after_migrating, dispatch_uid="audit.after_migrating")
