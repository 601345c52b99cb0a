"""What the public reads: finished documents, and the columns and link rows that lists and filters need.

Nothing here refers to an editing table. A role is known by its permanent UUID.
"""

from django.db import models
from django.db.models import Q


class PublicationQuerySet(models.QuerySet["Publication"]):
    def live(self):
        """What pages, lists and the API show."""
        return self.filter(state=Publication.State.LIVE)

    def once_at(self, old_slug: str):
        """The role that had this address before it moved."""
        redirects = SlugRedirect.objects.filter(old_slug=old_slug)
        return self.filter(role_uuid__in=redirects.values("role_uuid"))


class Publication(models.Model):
    """One role that is or was public: its finished document, its facets and its number in the changes feed.

    A withdrawn role keeps its row, as the tombstone that partners and old links need.
    """

    class State(models.TextChoices):
        LIVE = "live", "Live"
        WITHDRAWN = "withdrawn", "Withdrawn"
        GONE = "gone", "Gone"

    role_uuid = models.UUIDField(unique=True)
    slug = models.SlugField(max_length=140, unique=True)
    state = models.CharField(max_length=10, choices=State)
    # Null only inside the transaction that publishes: the number is taken last, so numbers appear in commit order.
    seq = models.BigIntegerField(unique=True, null=True)
    edition_uuid = models.UUIDField()
    edition_number = models.PositiveIntegerField()
    document_hash = models.CharField(max_length=64)

    # Facets: pure functions of the document (publications.facets).
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    family_slug = models.SlugField(max_length=140, blank=True)
    family_label = models.CharField(max_length=200, blank=True)
    level_slug = models.SlugField(max_length=140, blank=True)
    level_label = models.CharField(max_length=200, blank=True)
    level_rank = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(max_length=8)
    region = models.CharField(max_length=6, blank=True)
    work_arrangement = models.CharField(max_length=10, blank=True)
    pay_currency = models.CharField(max_length=3, blank=True)
    # Per year: room for 2,080 times the largest hourly amount that a band can hold.
    pay_minimum = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    pay_maximum = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    pay_text = models.CharField(max_length=200, blank=True)

    first_published_at = models.DateTimeField()
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(blank=True)
    replacement_slug = models.SlugField(max_length=140, blank=True)

    # Last column: databases keep long text apart, and narrow reads need not fetch it.
    document = models.TextField()

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["title", "slug"]
        indexes = [
            # In the order of lists, with every column that lists filter and count by: a row itself is long, and
            # reading 100,000 of them takes a hundred times as long as reading this.
            models.Index(
                fields=[
                    "state",
                    "title",
                    "slug",
                    "level_slug",
                    "level_label",
                    "level_rank",
                    "language",
                    "region",
                    "work_arrangement",
                    "pay_currency",
                    "pay_minimum",
                    "pay_maximum",
                    "published_at",
                ],
                name="publication_facets",
            ),
            models.Index(fields=["state", "published_at", "title", "slug"], name="publication_newest"),
            models.Index(fields=["state", "family_slug", "title", "slug"], name="publication_family"),
        ]
        constraints = [
            models.CheckConstraint(
                name="publication_withdrawn_at_unless_live",
                condition=Q(state="live", withdrawn_at__isnull=True)
                | (~Q(state="live") & Q(withdrawn_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="publication_pay_minimum_le_maximum",
                condition=Q(pay_minimum__isnull=True)
                | Q(pay_maximum__isnull=True)
                | Q(pay_minimum__lte=models.F("pay_maximum")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        return f"/roles/{self.slug}/"


class PublicationPage(models.Model):
    """The finished HTML page of a publication, for one language and one release of the templates.

    Rendering costs a hundred times what reading a row does, so it is done when a role is published.
    """

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="pages")
    language = models.CharField(max_length=8)
    release = models.CharField(
        max_length=16, help_text="The release of templates and styles it was rendered with."
    )
    document_hash = models.CharField(max_length=64)
    html = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "language"], name="publicationpage_one_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publication} ({self.language})"


class PublicationFamily(models.Model):
    """The job family of a publication, and each family above it, so that one join finds a whole branch."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="families")
    slug = models.SlugField(max_length=140, db_index=False)
    label = models.CharField(max_length=200)
    depth = models.PositiveSmallIntegerField(help_text="0 for the role's own family, 1 for the one above, …")

    class Meta:
        verbose_name_plural = "publication families"
        indexes = [models.Index(fields=["slug", "publication"], name="publicationfamily_slug")]

    def __str__(self) -> str:
        return self.label


class PublicationSkill(models.Model):
    """A skill or tool that a publication asks for."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="skills")
    skill_uuid = models.UUIDField()
    slug = models.SlugField(max_length=140, db_index=False)
    label = models.CharField(max_length=200)
    type = models.CharField(max_length=20)
    strength = models.CharField(max_length=12)
    proficiency_slug = models.SlugField(max_length=140, blank=True, db_index=False)
    proficiency_rank = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["slug", "publication"], name="publicationskill_slug"),
            models.Index(fields=["skill_uuid", "publication"], name="publicationskill_role"),
        ]

    def __str__(self) -> str:
        return self.label


class PublicationMove(models.Model):
    """A career move from a publication to another live role."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="moves")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    target_uuid = models.UUIDField()
    target_slug = models.SlugField(max_length=140, db_index=False)

    class Meta:
        indexes = [models.Index(fields=["target_uuid"], name="publicationmove_target")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.target_slug}"


class SlugRedirect(models.Model):
    """An address that once was a public role's, and the role it belongs to; never given to another role."""

    old_slug = models.SlugField(max_length=140, unique=True)
    role_uuid = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return self.old_slug


class FeedCounter(models.Model):
    """The one row whose number is the highest in the changes feed."""

    seq = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="feedcounter_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self.seq)


class VocabularyCounter(models.Model):
    """The one row whose number grows with every change to a public text of the vocabulary (`publications.names`).

    Apart from the feed's counter, because its row stays locked until the change is committed: whoever publishes
    meanwhile need not wait for it.
    """

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="vocabularycounter_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self.number)
