"""The fields of a profile itself, and the forms of what can be done with it."""

from functools import cache
from typing import Any

import pycountry
from babel import Locale
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q

from careers.models import CareerMove
from roles.models import RoleProfile

from .fields import LinesFormField
from .rows import record_field
from .widgets import PlainTextarea

LONGEST_TITLE = 200
LANGUAGES = (
    "en",
    "en-GB",
    "en-US",
    "de",
    "es",
    "fr",
    "it",
    "nl",
    "pl",
    "pt",
    "pt-BR",
    "sv",
    "ar",
    "hi",
    "ja",
    "zh",
)


class RoleProfileForm(forms.ModelForm):
    """A profile's own fields, and which save they were opened after."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    other_titles = LinesFormField(
        label="Other titles",
        required=False,
        help_text="Other names people use for the role, one per line. Search finds it by them.",
    )
    edition_note = forms.CharField(
        label="What changed",
        required=False,
        max_length=300,
        help_text="Optional. Colleagues see it in the history.",
    )

    # Why the whole form is refused, said by whoever found out before the form was read.
    refused = ""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["lock_version"].initial = self.instance.lock_version
        for name in ("job_family", "level", "publisher"):
            if name in self.fields and self.instance.pk:
                self.fields[name].widget.chosen = getattr(self.instance, name)
        if self.instance.pk:
            titles = self.instance.alternate_titles.order_by("position", "pk")
            self.initial["other_titles"] = list(titles.values_list("title", flat=True))
        if "owner" in self.fields:
            self._offer_owners(self.fields["owner"])

    def _offer_owners(self, field: Any) -> None:
        """Colleagues who can sign in, and whoever owns the profile now."""
        colleagues = get_user_model().objects.filter(is_active=True, is_staff=True)
        if self.instance.owner_id:
            colleagues |= get_user_model().objects.filter(pk=self.instance.owner_id)
        field.queryset = colleagues.order_by("first_name", "last_name", "username").distinct()
        field.empty_label = "Nobody yet"
        field.label_from_instance = name_of

    def clean_other_titles(self) -> list[str]:
        titles = list(dict.fromkeys(self.cleaned_data["other_titles"]))
        longest = max(titles, key=len, default="")
        if len(longest) > LONGEST_TITLE:
            raise ValidationError(
                f"“{longest[:60]}…” is longer than {LONGEST_TITLE} characters.", code="max_length"
            )
        return titles

    def clean(self) -> dict[str, Any] | None:
        if self.refused:
            raise ValidationError(self.refused, code="stale")
        return super().clean()


def name_of(user: Any) -> str:
    """What colleagues call a user."""
    return user.get_full_name() or user.get_username()


class WithdrawForm(forms.Form):
    """Why a profile leaves the site, and what readers are sent to instead."""

    reason = forms.CharField(
        label="Why it is withdrawn",
        widget=PlainTextarea(attrs={"rows": 3}),
        help_text="Readers who follow an old link see it, and so do partners.",
    )
    replacement = record_field(CareerMove._meta.get_field("to"))

    def __init__(self, *args: Any, profile: RoleProfile | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["replacement"]
        field.label, field.required = "Replaced by", False
        field.help_text = "A role that is live, if one takes its place. Readers are led there."
        if profile is not None:
            field.queryset = RoleProfile.objects.filter(~Q(pk=profile.pk))


class WithdrawSelectedForm(forms.Form):
    """Why several profiles leave the site."""

    reason = forms.CharField(
        label="Why they are withdrawn",
        widget=PlainTextarea(attrs={"rows": 3}),
        help_text="Readers who follow an old link see it, and so do partners.",
    )


@cache
def known_codes() -> dict[str, list[tuple[str, str]]]:
    """The codes that the form offers while one is typed, each with its meaning."""
    return {
        "currency-codes": sorted((currency.alpha_3, currency.name) for currency in pycountry.currencies),
        "region-codes": sorted((country.alpha_2, country.name) for country in pycountry.countries),
        "language-codes": [
            (tag, Locale.parse(tag, sep="-").get_display_name("en") or tag) for tag in LANGUAGES
        ],
    }
