"""The benchmarks measure what is there. How fast it is, they say themselves."""

import pytest

from benchmarks import library, publishing, requests
from benchmarks.load import Rate
from publications.models import Publication

pytestmark = [pytest.mark.django_db, pytest.mark.urls("benchmarks.urls")]


@pytest.fixture
def chosen():
    library.fill(3)
    return requests.scenarios()


def test_every_request_that_is_measured_is_answered(client, chosen):
    for scenario in chosen:
        response = client.get(scenario.path)
        assert response.status_code == 200, scenario
        if scenario.not_modified:
            held = {"If-None-Match": response.headers["ETag"]}
            assert client.get(scenario.path, headers=held).status_code == 304, scenario


def test_made_up_roles_are_as_long_as_real_ones(chosen):
    assert all(15_000 < len(role.document) < 30_000 for role in Publication.objects.all())


def test_a_library_that_is_there_is_used_again_and_another_is_refused(chosen):
    library.fill(3)

    with pytest.raises(SystemExit, match="holds other roles"):
        library.fill(4)


def test_publishing_is_measured_on_roles_that_change(chosen):
    took = publishing.publish_one(3, times=3)

    assert took.keys() == {"save one role", "publish it"}


def test_ratios_are_taken_within_each_round_and_goals_judged_by_their_median(chosen):
    def result(scenario, *rates):
        rates = [Rate(100, rate, 1.0) for rate in rates]
        return requests.Result(scenario, 20_480, {}, rates, [100.0] * len(rates))

    fast, slow, *_ = chosen[2:]
    results = [
        result(chosen[0], 4000, 2000, 1000),
        result(chosen[1], 1000, 500, 250),
        result(fast, 900, 500, 225),
        result(slow, 1290, 600, 250),
    ]

    lines = requests.table(results).splitlines()

    assert "| 0.23 | 0.90 | 0.90 | reached |" in lines[4]
    assert "| 0.30 | 1.20 | 1.30 | **missed** |" in lines[5]
