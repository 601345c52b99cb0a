"""What the framework says: roles, their levels, and the skills that each level asks for."""

from collections import Counter
from dataclasses import dataclass, field

from roles.exchange.tables import Tables

ROLES = "roles.csv"
SKILLS = "skills.csv"
# Stands for a value that a row has none of: the roles of the Senior Civil Service have no levels.
NOT_IN_USE = "NOT IN USE"
# Stands for a text that the framework has not written yet, such as the descriptions of some skills.
MISSING = "MISSING"
PROFICIENCIES = ("Awareness", "Working", "Practitioner", "Expert")


@dataclass
class Skill:
    name: str
    description: str
    # What somebody can do, by proficiency.
    texts: dict[str, str]


@dataclass
class AskedSkill:
    """A skill that a level asks for; `proficiency` is empty where the framework does not say how well."""

    name: str
    proficiency: str
    description: str
    text: str


@dataclass
class RoleLevel:
    """One role at one level; `level` is empty for a role without levels."""

    family: str
    role: str
    role_description: str
    level: str
    description: str
    role_type: str
    skills: dict[str, AskedSkill] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        return self.role.lower(), self.level.lower()

    @property
    def title(self) -> str:
        return self.level or self.role


@dataclass
class Framework:
    skills: dict[str, Skill] = field(default_factory=dict)
    levels: dict[tuple[str, str], RoleLevel] = field(default_factory=dict)
    # Odd rows that are no mistakes, counted by what is odd about them.
    oddities: Counter[str] = field(default_factory=Counter)


def read_framework(tables: Tables) -> Framework:
    """The framework in a folder. What is wrong with it is noted in `tables`, and it must not be used then."""
    framework = Framework()
    _read_skills(tables, framework)
    _read_roles(tables, framework)
    return framework


def _read_skills(tables: Tables, framework: Framework) -> None:
    columns = ("Skill Name", "Skill Description", *PROFICIENCIES)
    for line, values in tables.comma_separated(SKILLS, columns):
        name, description, *texts = (_in_use(value) for value in values)
        if not name:
            tables.problem(SKILLS, "Skill Name is empty.", line)
        elif name.lower() in framework.skills:
            tables.problem(SKILLS, f"The skill “{name}” stands there twice.", line)
        else:
            stated = {level: text for level, text in zip(PROFICIENCIES, texts, strict=True) if text}
            framework.skills[name.lower()] = Skill(name, description, stated)


def _read_roles(tables: Tables, framework: Framework) -> None:
    columns = (
        "Role Family", "Role", "Role Description", "Role Level", "Role Level Description", "Role Type",
        "Skill Name", "Skill Description", "Skill Level", "Skill Level Description",
    )  # fmt: skip
    families: dict[str, str] = {}
    for line, values in tables.comma_separated(ROLES, columns):
        family, role, role_text, level, level_text, role_type, *skill = (_in_use(value) for value in values)
        for column, value in (("Role Family", family), ("Role", role)):
            if not value:
                tables.problem(ROLES, f"{column} is empty.", line)
        if not family or not role:
            continue
        if families.setdefault(role.lower(), family) != family:
            tables.problem(
                ROLES, f"“{role}” is in the family {families[role.lower()]} above and in {family} here.", line
            )
        found = RoleLevel(family, role, role_text, level, level_text, role_type)
        known = framework.levels.setdefault(found.key, found)
        _add_skill(tables, framework, known, line, skill)


def _add_skill(tables: Tables, framework: Framework, level: RoleLevel, line: int, values: list[str]) -> None:
    name, description, proficiency, text = values
    if not name:
        framework.oddities[f"Rows of {ROLES} that name no skill"] += 1
        return
    if proficiency and proficiency not in PROFICIENCIES:
        expected = ", ".join((*PROFICIENCIES, NOT_IN_USE))
        tables.problem(ROLES, f"Skill Level should be one of {expected} and is “{proficiency}”.", line)
    if not proficiency:
        framework.oddities["Skills asked for without saying how well"] += 1
    if name.lower() not in framework.skills:
        framework.oddities[f"Skills that {SKILLS} lacks, taken from {ROLES}"] += 1
        framework.skills[name.lower()] = Skill(name, description, {})
    asked = AskedSkill(name, proficiency, description, text)
    if level.skills.setdefault(name.lower(), asked) is not asked:
        framework.oddities[f"Rows of {ROLES} that repeat a skill of the same level, counted once"] += 1


def _in_use(value: str) -> str:
    text = value.strip()
    return "" if text in {NOT_IN_USE, MISSING} else text
