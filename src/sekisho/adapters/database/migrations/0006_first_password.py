"""A first password, which an administrator gave, has to be changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more fact about a person."""

    dependencies = [
        ("database", "0005_assessments_and_minutes"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="must_change_password",
            field=models.BooleanField(default=False),
        ),
    ]
