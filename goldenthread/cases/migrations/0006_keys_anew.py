from django.db import migrations


class Migration(migrations.Migration):
    """The keys of the search are made of more than before: none are left, so that they are made anew (`keeping.fill`)."""

    dependencies = [("cases", "0005_finding")]
    operations = [migrations.RunSQL("DELETE FROM cases_searchkey", migrations.RunSQL.noop)]
