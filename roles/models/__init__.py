"""The editing tables of role profiles."""

from .content import (
    Contribution,
    Duty,
    Fact,
    Link,
    Qualification,
    Question,
    Reference,
    RolePay,
    RoleSkill,
    RoleTool,
    SampleDocument,
    Section,
    SectionItem,
)
from .edition import Edition, LiveReference
from .event import Event
from .organization import Organization, OrganizationContact
from .profile import AlternateTitle, Attribution, ExternalId, OccupationCode, RoleProfile

__all__ = [
    "AlternateTitle",
    "Attribution",
    "Contribution",
    "Duty",
    "Edition",
    "Event",
    "ExternalId",
    "Fact",
    "Link",
    "LiveReference",
    "OccupationCode",
    "Organization",
    "OrganizationContact",
    "Qualification",
    "Question",
    "Reference",
    "RolePay",
    "RoleProfile",
    "RoleSkill",
    "RoleTool",
    "SampleDocument",
    "Section",
    "SectionItem",
]
