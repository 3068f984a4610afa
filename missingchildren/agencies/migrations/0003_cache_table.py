"""The table of Django's database cache: rate limits, which must hold with Redis gone.

As `createcachetable` makes it. Made here, because only migrations run as the role that may.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_reference_data")]

    operations = [
        migrations.RunSQL(
            sql=[
                """
                CREATE TABLE cache_entries (
                    cache_key varchar(255) NOT NULL PRIMARY KEY,
                    value text NOT NULL,
                    expires timestamptz NOT NULL
                )
                """,
                "CREATE INDEX cache_entries_expires ON cache_entries (expires)",
            ],
            reverse_sql="DROP TABLE cache_entries",
        )
    ]
