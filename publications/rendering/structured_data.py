"""What a page says to machines: schema.org in JSON-LD.

A role profile is an Occupation, never a JobPosting: no vacancy stands behind it.
"""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from ..pay import amounts
from ..richtext import to_text
from . import words

_PERCENTILES = ("percentile_10", "percentile_25", "median", "percentile_75", "percentile_90")
_DURATIONS = {"HOUR": "PT1H", "DAY": "P1D", "WEEK": "P1W", "MONTH": "P1M", "YEAR": "P1Y"}
# Inside a script element only these could end it or start a comment.
_ESCAPES = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}

Data = dict[str, Any]


def structured_data(document: Data, *, description: str, crumbs: list[tuple[str, str]]) -> SafeString:
    """The JSON-LD of a role page, safe inside a script element; `crumbs` are names and paths, the page last."""
    graph = [_occupation(document, description), _breadcrumbs(crumbs)]
    if questions := [row for row in document["questions"] if row["kind"] == "faq" and row["answer"]]:
        graph.append(_faq(document, questions))
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":")
    )
    for character, escaped in _ESCAPES.items():
        text = text.replace(character, escaped)
    return SafeString(text)


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _stated(data: Data) -> Data:
    """Without what nobody said: an empty value in markup claims that there is none."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def _occupation(document: Data, description: str) -> Data:
    url = absolute(document["url"])
    return _stated(
        {
            "@type": "Occupation",
            "@id": f"{url}#occupation",
            "name": document["role_title"],
            "alternateName": [row["title"] for row in document["alternate_titles"]],
            "description": description,
            "url": url,
            "mainEntityOfPage": _web_page(document, url),
            "occupationalCategory": [_category(row) for row in document["occupation_codes"]],
            "responsibilities": [row["text"] for row in document["duties"]],
            "qualifications": [row["text"] for row in document["qualifications"]],
            "educationRequirements": _education(document["qualifications"]),
            "experienceRequirements": _experience(document["qualifications"]),
            "skills": [_skill(row) for row in document["skills"]],
            "estimatedSalary": [_pay(row) for row in document["salary_bands"] if amounts(row)],
            "occupationLocation": _place(document["region"]),
        }
    )


def _web_page(document: Data, url: str) -> Data:
    by_role: dict[str, list[Data]] = {"author": [], "reviewer": [], "approver": []}
    for row in document["contributions"]:
        by_role[row["role"]].append(row)
    publisher = document["publisher"]
    return _stated(
        {
            "@type": "WebPage",
            "@id": url,
            "url": url,
            "name": document["page_title"] or document["role_title"],
            "inLanguage": document["locale"],
            "datePublished": document["published_on"],
            "dateModified": document["updated_on"],
            "lastReviewed": max((row["on"] for row in by_role["reviewer"]), default=""),
            "author": [_person(row) for row in by_role["author"]],
            "reviewedBy": [_person(row) for row in by_role["reviewer"]],
            "publisher": publisher
            and _stated({"@type": "Organization", "name": publisher["label"], "url": publisher["website"]}),
        }
    )


def _person(row: Data) -> Data:
    return _stated({"@type": "Person", "name": row["person"], "jobTitle": row["job_title"]})


def _category(row: Data) -> Data:
    in_code_set = " ".join(filter(None, (row["scheme"], row["version"])))
    return _stated(
        {
            "@type": "CategoryCode",
            "codeValue": row["code"],
            "inCodeSet": {"@type": "CategoryCodeSet", "name": in_code_set},
            "name": row["label"],
            "url": row["uri"],
        }
    )


def _education(rows: list[Data]) -> list[Data]:
    return [
        {"@type": "EducationalOccupationalCredential", "credentialCategory": row["credential_category"]}
        for row in rows
        if row["kind"] == "education" and row["credential_category"] and row["strength"] == "required"
    ]


def _experience(rows: list[Data]) -> list[Data]:
    return [
        {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": row["months_experience"],
            "description": row["text"],
        }
        for row in rows
        if row["months_experience"] and row["strength"] in {"required", "unspecified"}
    ]


def _skill(row: Data) -> Data:
    skill = row["skill"] or {}
    return _stated(
        {
            "@type": "DefinedTerm",
            "name": row["label"] or skill.get("label", ""),
            "termCode": skill.get("slug", ""),
            "url": skill.get("uri", ""),
        }
    )


def _pay(row: Data) -> Data:
    """A distribution where percentiles are known, else the range; a median is never made up."""
    name = words.PAY_COMPONENTS[row["component"]].split()[0].lower()
    percentiles = {key.replace("_", ""): _number(row[key]) for key in _PERCENTILES if row[key] is not None}
    if percentiles:
        return {
            "@type": "MonetaryAmountDistribution",
            "name": name,
            "currency": row["currency"],
            "duration": _DURATIONS[row["period"]],
            **percentiles,
        }
    return _stated(
        {
            "@type": "MonetaryAmount",
            "name": name,
            "currency": row["currency"],
            "value": _stated(
                {
                    "@type": "QuantitativeValue",
                    "minValue": _number(row["minimum"]),
                    "maxValue": _number(row["maximum"]),
                    "unitText": row["period"],
                }
            ),
        }
    )


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _place(region: str) -> Data | None:
    if not region:
        return None
    if "-" in region:
        country, _ = region.split("-", 1)
        return {
            "@type": "AdministrativeArea",
            "identifier": region,
            "containedInPlace": {"@type": "Country", "name": country},
        }
    return {"@type": "Country", "name": region}


def _breadcrumbs(crumbs: list[tuple[str, str]]) -> Data:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
            for position, (name, path) in enumerate(crumbs, start=1)
        ],
    }


def _faq(document: Data, questions: list[Data]) -> Data:
    return {
        "@type": "FAQPage",
        "@id": f"{absolute(document['url'])}#faq",
        "inLanguage": document["locale"],
        "mainEntity": [
            {
                "@type": "Question",
                "name": to_text(row["question"]),
                "acceptedAnswer": {"@type": "Answer", "text": to_text(row["answer"])},
            }
            for row in questions
        ],
    }
