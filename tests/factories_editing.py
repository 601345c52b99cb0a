"""The least valid record of each kind that editors write; traits name the states that they know.

The vocabulary is in `tests.factories`, beside what is published of it.
"""

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from careers.models import CareerMove, SalaryBand
from roles.models import (
    AlternateTitle,
    Attribution,
    Contribution,
    Duty,
    Edition,
    Event,
    ExternalId,
    Fact,
    Link,
    LiveReference,
    OccupationCode,
    Organization,
    OrganizationContact,
    Qualification,
    Question,
    Reference,
    RolePay,
    RoleProfile,
    RoleSkill,
    RoleTool,
    SampleDocument,
    Section,
    SectionItem,
)
from tests.factories import JobFamilyFactory, LevelFactory, NamedFactory, SkillFactory


class UserFactory(DjangoModelFactory):
    """Somebody without any rights."""

    class Meta:
        model = get_user_model()

    class Params:
        editor = factory.Trait(
            is_staff=True, may=["add_roleprofile", "change_roleprofile", "view_roleprofile"]
        )
        publisher = factory.Trait(
            is_staff=True,
            may=["change_roleprofile", "view_roleprofile", "publish_roleprofile", "withdraw_roleprofile"],
        )
        superuser = factory.Trait(is_staff=True, is_superuser=True)

    username = factory.Sequence(lambda n: f"user-{n}")
    password = factory.django.Password("correct horse battery")

    # Rights, as Django names them. A trait can set what is declared here, and not what is generated afterwards.
    may = ()

    @classmethod
    def _create(cls, model_class, *args, may, **kwargs):
        user = super()._create(model_class, *args, **kwargs)
        user.user_permissions.set(Permission.objects.filter(codename__in=may))
        return user


class SalaryBandFactory(NamedFactory):
    class Meta:
        model = SalaryBand

    class Params:
        with_amounts = factory.Trait(currency="GBP", minimum=45_000, maximum=60_000)

    label = factory.Sequence(lambda n: f"Band {n}")


class OrganizationFactory(NamedFactory):
    class Meta:
        model = Organization

    label = factory.Sequence(lambda n: f"Organisation {n}")


class OrganizationContactFactory(DjangoModelFactory):
    class Meta:
        model = OrganizationContact

    organization = factory.SubFactory(OrganizationFactory)
    department = "Press"


class RoleProfileFactory(DjangoModelFactory):
    class Meta:
        model = RoleProfile
        skip_postgeneration_save = True

    class Params:
        # Everything that a reader of a short profile would look for.
        filled = factory.Trait(
            summary="<p>Builds web services.</p>",
            job_family=factory.SubFactory(JobFamilyFactory),
            level=factory.SubFactory(LevelFactory),
            publisher=factory.SubFactory(OrganizationFactory),
            locale="en-GB",
            region="GB",
            duty=factory.RelatedFactory("tests.factories_editing.DutyFactory", "profile"),
            skill=factory.RelatedFactory("tests.factories_editing.RoleSkillFactory", "profile"),
            pay=factory.RelatedFactory(
                "tests.factories_editing.RolePayFactory", "profile", with_amounts=True
            ),
        )

    role_title = factory.Sequence(lambda n: f"Role {n}")
    slug = factory.LazyAttribute(lambda profile: slugify(profile.role_title))


class RowFactory(DjangoModelFactory):
    """A row of a profile; `in_section=True` puts it in a section of the same profile."""

    class Meta:
        abstract = True

    class Params:
        in_section = factory.Trait(
            section=factory.SubFactory(
                "tests.factories_editing.SectionFactory", profile=factory.SelfAttribute("..profile")
            )
        )

    profile = factory.SubFactory(RoleProfileFactory)
    position = factory.Sequence(lambda n: (n + 1) * 10)


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section

    profile = factory.SubFactory(RoleProfileFactory)
    position = factory.Sequence(lambda n: (n + 1) * 10)
    heading = factory.Sequence(lambda n: f"Section {n}")
    anchor = factory.LazyAttribute(lambda section: slugify(section.heading))


class AlternateTitleFactory(DjangoModelFactory):
    class Meta:
        model = AlternateTitle

    profile = factory.SubFactory(RoleProfileFactory)
    title = factory.Sequence(lambda n: f"Title {n}")


class OccupationCodeFactory(DjangoModelFactory):
    class Meta:
        model = OccupationCode

    profile = factory.SubFactory(RoleProfileFactory)
    scheme = "ISCO-08"
    code = factory.Sequence(lambda n: f"{2500 + n}")


class ExternalIdFactory(DjangoModelFactory):
    class Meta:
        model = ExternalId

    profile = factory.SubFactory(RoleProfileFactory)
    scheme = "payroll"
    value = factory.Sequence(lambda n: f"P-{n}")


class AttributionFactory(DjangoModelFactory):
    class Meta:
        model = Attribution

    profile = factory.SubFactory(RoleProfileFactory)
    source = "O*NET Database"
    statement = "This page includes data of the O*NET Database."


class SectionItemFactory(RowFactory):
    class Meta:
        model = SectionItem

    text = "A point."


class FactFactory(RowFactory):
    class Meta:
        model = Fact

    label = "Education"


class DutyFactory(RowFactory):
    class Meta:
        model = Duty

    text = factory.Sequence(lambda n: f"Builds service {n}")


class QualificationFactory(RowFactory):
    class Meta:
        model = Qualification

    text = factory.Sequence(lambda n: f"{n + 1} years of experience")


class RoleSkillFactory(RowFactory):
    class Meta:
        model = RoleSkill

    skill = factory.SubFactory(SkillFactory)


class RoleToolFactory(RowFactory):
    class Meta:
        model = RoleTool

    skill = factory.SubFactory(SkillFactory, type="tool")


class RolePayFactory(RowFactory):
    class Meta:
        model = RolePay

    class Params:
        with_amounts = factory.Trait(currency="GBP", minimum=45_000, maximum=60_000)
        with_band = factory.Trait(band=factory.SubFactory(SalaryBandFactory, with_amounts=True))


class CareerMoveFactory(RowFactory):
    class Meta:
        model = CareerMove

    class Params:
        to_a_profile = factory.Trait(to=factory.SubFactory(RoleProfileFactory), label="")

    label = "Lead developer"


class QuestionFactory(RowFactory):
    class Meta:
        model = Question

    question = "Why this role?"


class SampleDocumentFactory(RowFactory):
    class Meta:
        model = SampleDocument

    body = "<p>Dear [Name],</p>"


class ContributionFactory(RowFactory):
    class Meta:
        model = Contribution

    person = "Ada Example"


class ReferenceFactory(RowFactory):
    class Meta:
        model = Reference

    title = "A work"


class LinkFactory(RowFactory):
    class Meta:
        model = Link

    text = "Apply"


class EditionFactory(DjangoModelFactory):
    """An edition that was not made by the service: for what the table itself allows."""

    class Meta:
        model = Edition

    profile = factory.SubFactory(RoleProfileFactory)
    number = 1
    schema = 1
    source_hash = "0" * 64
    source = "{}"


class LiveReferenceFactory(DjangoModelFactory):
    class Meta:
        model = LiveReference

    role_uuid = factory.Faker("uuid4", cast_to=None)
    kind = "skill"
    target_uuid = factory.Faker("uuid4", cast_to=None)


class EventFactory(DjangoModelFactory):
    class Meta:
        model = Event

    verb = Event.Verb.SAVED
    profile_uuid = factory.Faker("uuid4", cast_to=None)
    profile_title = "Role"
