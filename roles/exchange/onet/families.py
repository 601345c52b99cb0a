"""The major groups of the 2018 Standard Occupational Classification, which file occupations into job families.

Source: U.S. Bureau of Labor Statistics, 2018 SOC structure (https://www.bls.gov/soc/2018/major_groups.htm).
"""

from typing import Any
from uuid import uuid5

from django.utils.text import slugify

from .release import NAMESPACE

MAJOR_GROUPS = {
    "11": "Management Occupations",
    "13": "Business and Financial Operations Occupations",
    "15": "Computer and Mathematical Occupations",
    "17": "Architecture and Engineering Occupations",
    "19": "Life, Physical, and Social Science Occupations",
    "21": "Community and Social Service Occupations",
    "23": "Legal Occupations",
    "25": "Educational Instruction and Library Occupations",
    "27": "Arts, Design, Entertainment, Sports, and Media Occupations",
    "29": "Healthcare Practitioners and Technical Occupations",
    "31": "Healthcare Support Occupations",
    "33": "Protective Service Occupations",
    "35": "Food Preparation and Serving Related Occupations",
    "37": "Building and Grounds Cleaning and Maintenance Occupations",
    "39": "Personal Care and Service Occupations",
    "41": "Sales and Related Occupations",
    "43": "Office and Administrative Support Occupations",
    "45": "Farming, Fishing, and Forestry Occupations",
    "47": "Construction and Extraction Occupations",
    "49": "Installation, Maintenance, and Repair Occupations",
    "51": "Production Occupations",
    "53": "Transportation and Material Moving Occupations",
    "55": "Military Specific Occupations",
}


def family_uuid(group: str) -> str:
    return str(uuid5(NAMESPACE, f"family/{group}"))


def families(groups: set[str]) -> list[dict[str, Any]]:
    """The job families of some major groups, as a vocabulary file has them."""
    return [
        {
            "uuid": family_uuid(group),
            "slug": slugify(title),
            "label": title,
            "position": int(group) * 10,
            "description": f"Major group {group}-0000 of the Standard Occupational Classification (SOC 2018).",
        }
        for group, title in MAJOR_GROUPS.items()
        if group in groups
    ]
