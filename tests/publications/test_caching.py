"""Lists are answered from the cache exactly as long as nothing public has changed."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from rest_framework.response import Response
from rest_framework.views import APIView

from publications import caching
from publications.caching import cached_on_seq, highest_seq, public_stamp
from publications.models import Publication
from tests.factories import (
    JobFamilyFactory,
    LevelScaleFactory,
    PublicationFactory,
    SkillFactory,
    SkillLabelFactory,
)

pytestmark = pytest.mark.django_db


def titles(request):
    return HttpResponse(", ".join(Publication.objects.live().values_list("title", flat=True)))


class Titles(APIView):
    def get(self, request):
        return Response(list(Publication.objects.live().values_list("title", flat=True)))


def template(request):
    return TemplateResponse(request, "api/docs.html")


@pytest.fixture
def ask(rf):
    def ask(view, url="/list/", method="get", **headers):
        return cached_on_seq(view)(getattr(rf, method)(url, headers=headers))

    return ask


def test_highest_seq_is_0_before_anything_was_published(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert highest_seq() == 0


def test_highest_seq_counts_every_change(django_assert_num_queries):
    PublicationFactory.create_batch(2)
    with django_assert_num_queries(1):
        assert highest_seq() == 2


@pytest.mark.parametrize("view", [titles, Titles.as_view(), template])
def test_second_request_is_answered_from_the_cache_with_one_query(ask, django_assert_num_queries, view):
    PublicationFactory(role_title="Baker")
    first = ask(view)

    with django_assert_num_queries(1):
        second = ask(view)

    assert second.content == first.content != b""
    assert second.headers == first.headers
    assert "public" in second.headers["Cache-Control"]
    assert "Vary" not in second.headers


def test_the_holder_of_the_latest_is_told_so_with_one_query_and_no_look_at_the_cache(
    ask, django_assert_num_queries, monkeypatch
):
    PublicationFactory()
    etag = ask(titles).headers["ETag"]
    monkeypatch.setattr(cache, "get", None)

    with django_assert_num_queries(1):
        response = ask(titles, **{"If-None-Match": etag})

    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["ETag"] == etag
    assert "public" in response.headers["Cache-Control"]


@pytest.mark.parametrize("held", ["W/{}", '"other", {}', '"other", W/{}'])
def test_the_tag_is_found_among_others_and_when_a_proxy_made_it_weak(ask, held):
    etag = ask(titles).headers["ETag"]

    assert ask(titles, **{"If-None-Match": held.format(etag)}).status_code == 304


@pytest.mark.parametrize("held", ['"other"', "nonsense", "*", ""])
def test_anything_else_held_is_no_reason_for_a_304(ask, held):
    assert ask(titles, **{"If-None-Match": held}).status_code == 200


def test_publishing_makes_a_new_answer(ask):
    PublicationFactory(role_title="Baker")
    old = ask(titles)
    PublicationFactory(role_title="Cook")

    new = ask(titles, **{"If-None-Match": old.headers["ETag"]})

    assert new.status_code == 200
    assert new.content == b"Baker, Cook"
    assert new.headers["ETag"] != old.headers["ETag"]


@pytest.mark.parametrize(
    "change",
    [
        lambda skill: skill.save(),
        lambda skill: type(skill).objects.filter(pk=skill.pk).update(description="Other words."),
        lambda skill: type(skill).objects.bulk_update([skill], ["description"]),
        lambda skill: SkillLabelFactory(skill=skill),
        lambda skill: skill.labels.all()[0].delete(),
        lambda skill: skill.labels.all().delete(),
        lambda skill: skill.labels.model.objects.bulk_create([skill.labels.model(skill=skill, label="New")]),
        lambda skill: skill.delete(),
        lambda skill: JobFamilyFactory().save(),
        lambda skill: LevelScaleFactory().save(),
    ],
)
def test_any_change_to_a_public_text_of_the_vocabulary_makes_a_new_answer(ask, change):
    PublicationFactory()
    skill = SkillLabelFactory().skill
    skill.description = "Other words."
    before = public_stamp(), ask(titles).headers["ETag"]

    change(skill)

    assert public_stamp() != before[0]
    assert ask(titles).headers["ETag"] != before[1]


def test_a_new_name_that_nothing_live_can_refer_to_changes_nothing():
    PublicationFactory()
    SkillFactory().save()
    before = public_stamp()

    SkillFactory()
    SkillFactory._meta.model.objects.bulk_create([SkillFactory.build()])

    assert public_stamp() == before


def test_a_change_that_is_rolled_back_leaves_the_stamp():
    skill = SkillFactory()
    before = public_stamp()

    with transaction.atomic():
        skill.save()
        transaction.set_rollback(True)

    assert public_stamp() == before


def test_what_is_published_while_a_list_is_rendered_never_hides_behind_the_new_tag(ask):
    """The reader who asks just before a publish commits gets what there was; the next reader gets what there is."""

    def slow(request):
        response = titles(request)
        if not Publication.objects.filter(title="Cook").exists():
            PublicationFactory(role_title="Cook")
        return response

    PublicationFactory(role_title="Baker")
    meanwhile = ask(slow)
    after = ask(slow)

    assert meanwhile.content == b"Baker"
    assert "ETag" not in meanwhile.headers
    assert meanwhile.headers["Cache-Control"] == "no-cache"
    assert after.content == b"Baker, Cook"
    assert ask(slow).content == b"Baker, Cook"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/list/?a=1&b=2", "/list/?b=2&a=1", True),
        ("/list/?a=1&a=2", "/list/?a=2&a=1", False),
        ("/list/?a=1", "/list/?a=2", False),
        ("/list/?a=1", "/list/", False),
        ("/list/?a=1%26b=2", "/list/?a=1&b=2", False),
        ("/list/", "/other/", False),
    ],
)
def test_addresses_share_an_answer_only_if_they_mean_the_same(ask, one, other, same):
    assert (ask(titles, one).headers["ETag"] == ask(titles, other).headers["ETag"]) is same


def test_hosts_do_not_share_an_answer(ask):
    def links(request):
        return HttpResponse(request.build_absolute_uri("/next/"))

    ask(links, Host="localhost")

    assert ask(links).content == b"http://testserver/next/"


def test_releases_do_not_share_an_answer(ask, monkeypatch):
    before = ask(titles)
    monkeypatch.setattr(caching, "template_release", lambda: "another release")

    assert ask(titles).headers["ETag"] != before.headers["ETag"]


@pytest.mark.parametrize(
    "answer",
    [
        lambda: HttpResponse(status=404),
        lambda: HttpResponse(status=500),
        lambda: HttpResponse(status=302, headers={"Location": "/"}),
        lambda: StreamingHttpResponse(iter([b"a"])),
    ],
)
def test_only_complete_answers_are_kept(ask, answer):
    calls = []

    def view(request):
        calls.append(request)
        return answer()

    assert "ETag" not in ask(view).headers
    ask(view)

    assert len(calls) == 2


def test_an_answer_with_a_cookie_is_not_kept(ask):
    def view(request):
        response = HttpResponse("yours")
        response.set_cookie("who", "you")
        return response

    assert "ETag" not in ask(view).headers


def test_a_cache_that_is_down_makes_answers_slow_and_nothing_else(ask, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            # Nobody listens there.
            "LOCATION": "redis://127.0.0.1:1",
        }
    }
    PublicationFactory(role_title="Baker")

    for _ in range(2):
        assert ask(titles).content == b"Baker"


def test_head_is_answered_from_what_get_stored_and_stores_nothing(ask):
    calls = []

    def view(request):
        calls.append(request.method)
        return HttpResponse("content" if request.method == "GET" else "")

    ask(view, method="head")
    assert ask(view).content == b"content"
    ask(view, method="head")

    assert calls == ["HEAD", "GET"]


def test_other_methods_pass(ask, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = ask(lambda request: HttpResponse(request.method), method="post")

    assert response.content == b"POST"


def test_keys_are_short_whatever_the_address(ask, monkeypatch):
    keys = []
    monkeypatch.setattr(cache, "set", lambda key, value, timeout: keys.append(key))

    ask(titles, "/list/?q=" + "x" * 10_000)

    assert [len(key) for key in keys] == [40]
