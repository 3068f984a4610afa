"""Fill the tables of areas and postcodes from the files shipped in refdata/.

House style keeps app code out of data migrations, because models move on and migrations stay.
The loader is let in: it is plain SQL that knows no model, and a second copy of it here would
drift from the one that later vintages go through. Should it come to write a column that does not
exist at this point, a fresh database fails on the spot, in every test run: then this migration
becomes empty and the one that adds the column loads.
"""

from django.db import migrations

from missingchildren.agencies import reference


def load(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        reference.load(cursor)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=True)]
