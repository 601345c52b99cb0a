from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("roles", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="LiveReference"),
        migrations.CreateModel(
            name="LiveReference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role_uuid", models.UUIDField()),
                ("kind", models.CharField(max_length=20)),
                ("target_uuid", models.UUIDField()),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "target_uuid"], name="livereference_target")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("role_uuid", "kind", "target_uuid"), name="livereference_once_per_role"
                    )
                ],
            },
        ),
    ]
