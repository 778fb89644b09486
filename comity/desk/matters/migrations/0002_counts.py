"""The latest end, the warning and the steps of each count; `comity rebuild` fills them for matters that were there before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]

    operations = [
        migrations.AddField("matterrow", "due_latest", models.DateField(null=True)),
        migrations.AddField("matterrow", "due_warn", models.DateField(null=True)),
        migrations.AddField("deadlinerow", "latest", models.DateField(null=True)),
        migrations.AddField("deadlinerow", "warn_on", models.DateField(null=True)),
        migrations.AddField("deadlinerow", "state", models.CharField(blank=True, default="", max_length=2), preserve_default=False),
        migrations.AddField("deadlinerow", "steps", models.JSONField(default=list)),
    ]
