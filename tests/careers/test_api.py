import pytest

from tests.factories import JobFamilyFactory, LevelFactory, LevelScaleFactory, PublicationFactory

pytestmark = pytest.mark.django_db

FAMILIES = "/api/v1/job-families/"
LEVELS = "/api/v1/levels/"


def results(response):
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_family_list_shows_families_of_live_roles_and_those_above_them(client):
    engineering = JobFamilyFactory(label="Engineering", description="Builds things.", position=20)
    software = JobFamilyFactory(label="Software", parent=engineering, position=10)
    JobFamilyFactory(label="Hardware", parent=engineering)
    PublicationFactory(family=software)
    PublicationFactory(family=engineering)
    PublicationFactory(family=JobFamilyFactory(label="Closed"), withdrawn=True)

    assert results(client.get(FAMILIES)) == [
        {
            "uuid": str(software.uuid),
            "slug": "software",
            "label": "Software",
            "description": "",
            "parent": "engineering",
            "role_count": 1,
        },
        {
            "uuid": str(engineering.uuid),
            "slug": "engineering",
            "label": "Engineering",
            "description": "Builds things.",
            "parent": None,
            "role_count": 2,
        },
    ]


def test_family_detail_shows_what_the_list_shows(client):
    PublicationFactory(family=JobFamilyFactory(slug="software"))

    assert client.get(f"{FAMILIES}software/").json() == results(client.get(FAMILIES))[0]


def test_level_list_shows_levels_of_live_roles_by_rank(client):
    scale = LevelScaleFactory(slug="sfia", label="SFIA")
    senior = LevelFactory(
        label="Senior", scale=scale, rank=4, track="individual", autonomy="Decides alone.", knowledge="A lot."
    )
    junior = LevelFactory(label="Junior", scale=scale, rank=2)
    LevelFactory(label="Unused", scale=scale, rank=3)
    PublicationFactory.create_batch(2, level=senior)
    PublicationFactory(level=junior)
    PublicationFactory(level=LevelFactory(label="Closed", rank=1), withdrawn=True)

    first, second = results(client.get(LEVELS))

    assert first["slug"] == "junior"
    assert second == {
        "uuid": str(senior.uuid),
        "slug": "senior",
        "label": "Senior",
        "rank": 4,
        "track": "individual",
        "scale": "sfia",
        "scale_label": "SFIA",
        "autonomy": "Decides alone.",
        "influence": "",
        "complexity": "",
        "knowledge": "A lot.",
        "role_count": 2,
    }


def test_level_detail_shows_what_the_list_shows(client):
    PublicationFactory(level=LevelFactory(slug="senior"))

    assert client.get(f"{LEVELS}senior/").json() == results(client.get(LEVELS))[0]


@pytest.mark.parametrize("url", [f"{FAMILIES}old/", f"{LEVELS}old/", f"{FAMILIES}none/", f"{LEVELS}none/"])
def test_what_no_live_role_has_is_not_found(client, url):
    PublicationFactory(family=JobFamilyFactory(slug="old"), level=LevelFactory(slug="old"), withdrawn=True)

    response = client.get(url)

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("url", [f"{FAMILIES}?type=a", f"{LEVELS}?page=2", f"{LEVELS}one/?page=1"])
def test_parameters_that_mean_nothing_are_refused(client, url):
    PublicationFactory(family=JobFamilyFactory(slug="one"), level=LevelFactory(slug="one"))

    assert client.get(url).status_code == 400


@pytest.mark.parametrize("url", [FAMILIES, LEVELS])
@pytest.mark.parametrize("count", [1, 5])
def test_list_queries(client, django_assert_num_queries, url, count):
    """Cold: the stamp, how many, which, the records, roles by record, the stamp. Warm and 304: the stamp."""
    for _ in range(count):
        PublicationFactory(family=JobFamilyFactory(), level=LevelFactory())

    with django_assert_num_queries(6):
        cold = client.get(url)
    with django_assert_num_queries(1):
        warm = client.get(url)
    with django_assert_num_queries(1):
        held = client.get(url, headers={"If-None-Match": cold.headers["ETag"]})

    assert len(results(cold)) == count
    assert warm.content == cold.content
    assert held.status_code == 304


def test_a_new_description_shows_at_once(client):
    family = JobFamilyFactory()
    level = LevelFactory()
    PublicationFactory(family=family, level=level)
    client.get(FAMILIES), client.get(LEVELS)

    family.description = "Heals."
    family.save()
    level.scale.label = "Rungs"
    level.scale.save()

    assert results(client.get(FAMILIES))[0]["description"] == "Heals."
    assert results(client.get(LEVELS))[0]["scale_label"] == "Rungs"
