"""Matters of which no view can be made, so that they stand somewhere; `comity rebuild` fills it for those that were there before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_counts")]

    operations = [
        migrations.CreateModel(
            name="PlainMatter",
            fields=[
                ("matter", models.CharField(max_length=36, primary_key=True, serialize=False)),
                ("own_number", models.CharField(blank=True, max_length=100)),
                ("offices", models.JSONField(default=list)),
                ("opened_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("last_office", models.CharField(max_length=64)),
                ("events", models.PositiveIntegerField()),
                ("unit", models.CharField(blank=True, max_length=32)),
                ("assigned", models.CharField(blank=True, max_length=64)),
                ("fault", models.CharField(max_length=200)),
            ],
            options={"ordering": ["-changed_at", "matter"]},
        ),
    ]
