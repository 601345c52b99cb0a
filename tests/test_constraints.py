"""Every constraint of ours has a test that tries to break it, and every unique column too."""

import uuid

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from careers.models import LevelScale
from publications.models import SlugRedirect
from tests import factories, factories_editing
from tests.careers.test_models import BREACHES as CAREERS
from tests.publications.test_models import BREACHES as PUBLICATIONS
from tests.roles.test_models import BREACHES as ROLES
from tests.skills.test_models import BREACHES as SKILLS

OUR_APPS = ["publications", "skills", "careers", "roles"]
OUR_MODELS = [model for name in OUR_APPS for model in apps.get_app_config(name).get_models()]
FACTORIES = {
    made._meta.model: made
    for module in (factories, factories_editing)
    for made in vars(module).values()
    if isinstance(made, type) and issubclass(made, factories.DjangoModelFactory) and not made._meta.abstract
} | {
    LevelScale: lambda: factories.LevelScaleFactory(slug=uuid.uuid4()),
    SlugRedirect: lambda: SlugRedirect.objects.create(old_slug=uuid.uuid4(), role_uuid=uuid.uuid4()),
}
UNIQUE = [
    field
    for model in OUR_MODELS
    for field in model._meta.concrete_fields
    if field.unique and not field.primary_key
]


def test_every_constraint_has_a_breach():
    ours = {constraint.name for model in OUR_MODELS for constraint in model._meta.constraints}

    assert ours == {breach.constraint for breach in [*PUBLICATIONS, *SKILLS, *CAREERS, *ROLES]}


def test_no_uniqueness_is_declared_in_the_old_way():
    """Constraints have a name to test them by."""
    assert [model for model in OUR_MODELS if model._meta.unique_together] == []


@pytest.mark.django_db
@pytest.mark.parametrize("column", UNIQUE, ids=str)
def test_database_refuses_a_value_twice(column):
    factory = FACTORIES[column.model]
    one, two = factory(), factory()

    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(column.model).filter(pk=two.pk).update(
            **{column.attname: getattr(one, column.attname)}
        )

    assert getattr(one, column.attname) is not None
