"""Who publishes a role."""

from django.db import models

from publications.names import Named
from publications.richtext import RichTextField

from .fields import LinesField


class Organization(Named):
    """The publisher of role profiles: what stands on its pages about itself, not about the role."""

    name_kind = "publisher"
    name_fields = (
        "slug",
        "label",
        "about",
        "clients",
        "offices",
        "legal_line",
        "logo_url",
        "logo_alt",
        "website",
    )

    about = RichTextField(help_text="A short text about the organisation.")
    website = models.URLField(max_length=300, blank=True)
    clients = LinesField(help_text="One client per line.")
    offices = LinesField(help_text="One office address per line.")
    legal_line = models.CharField(max_length=300, blank=True, help_text="Such as a copyright line.")
    logo_url = models.URLField("Address of the logo", max_length=500, blank=True)
    logo_alt = models.CharField(
        "Logo in words",
        max_length=200,
        blank=True,
        help_text="What the logo shows, for people who cannot see it.",
    )


class OrganizationContact(models.Model):
    """How to reach one department of a publisher."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="contacts")
    position = models.PositiveIntegerField("Order", default=0)
    department = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.department or self.phone or self.email
