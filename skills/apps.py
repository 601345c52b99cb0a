from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """The vocabulary that role profiles draw on: skills, tools and proficiency levels."""

    name = "skills"
    label = "skills"
    verbose_name = "Skills"
