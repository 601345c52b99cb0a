"""Reading the published tables of O*NET: each once, line by line, keeping only what profiles show.

Data dictionary: https://www.onetcenter.org/dictionary/29.2/text/. All of release 29.2 takes some 60 MB in memory,
because ratings that no profile shows, suppressed figures and columns nobody needs are dropped as they are read.
"""

import re
import sys
from collections.abc import Iterator
from decimal import Decimal

from roles.exchange.tables import Tables

from .database import Database, Example, Occupation, Rating, Relation, Share, Task, Zone
from .families import MAJOR_GROUPS
from .release import Release

OCCUPATIONS = "Occupation Data.txt"
ALTERNATE_TITLES = "Alternate Titles.txt"
REPORTED_TITLES = "Sample of Reported Titles.txt"
TASKS = "Task Statements.txt"
EMERGING_TASKS = "Emerging Tasks.txt"
ELEMENTS = "Content Model Reference.txt"
SKILLS = "Skills.txt"
KNOWLEDGE = "Knowledge.txt"
TECHNOLOGY = "Technology Skills.txt"
TOOLS = "Tools Used.txt"
COMMODITIES = "UNSPSC Reference.txt"
EDUCATION = "Education, Training, and Experience.txt"
CATEGORIES = "Education, Training, and Experience Categories.txt"
JOB_ZONES = "Job Zones.txt"
ZONES = "Job Zone Reference.txt"
RELATED = "Related Occupations.txt"

# What a profile would show less of without them; all other tables are required.
OPTIONAL = {
    REPORTED_TITLES: "titles that people in the occupation reported",
    EMERGING_TASKS: "emerging tasks",
    TOOLS: "tools and equipment",
    COMMODITIES: "the kinds of tools",
}
# From here on, the scale of importance (1 to 5) calls an element important.
IMPORTANT = Decimal(3)
# The scales of categories: education, experience, on-site training, on-the-job training.
CATEGORY_SCALES = ("RL", "RW", "PT", "OJ")


def read_database(tables: Tables, release: Release) -> Database:
    """The database in a folder. What is wrong with it is noted in `tables`, and it must not be used then."""
    return _Reader(tables, Database(release)).read()


class _Reader:
    def __init__(self, tables: Tables, database: Database):
        self.tables = tables
        self.database = database

    def read(self) -> Database:
        self.read_occupations()
        self.read_references()
        self.read_titles()
        self.read_tasks()
        self.read_ratings(SKILLS, self.database.skills)
        self.read_ratings(KNOWLEDGE, self.database.knowledge)
        self.read_technologies()
        self.read_shares()
        self.read_job_zones()
        self.read_related()
        return self.database

    def rows(self, file: str, *columns: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """The rows about occupations: line, code, values. A table that may be missing and is has none."""
        if file in OPTIONAL and self.tables.path(file) is None:
            return
        for line, (code, *values) in self.tables.tab_separated(file, ("O*NET-SOC Code", *columns)):
            if self.known(file, line, code):
                # The very string of the occupation, so that each code is held once.
                yield line, self.database.occupations[code].code, tuple(values)

    def known(self, file: str, line: int, code: str) -> bool:
        if code not in self.database.occupations:
            self.tables.problem(file, f"There is no occupation “{code}” in {OCCUPATIONS}.", line)
            return False
        return True

    def text(self, file: str, line: int, name: str, value: str) -> str:
        if not value.strip():
            self.tables.problem(file, f"{name} is empty.", line)
        return value

    def read_occupations(self) -> None:
        occupations = self.database.occupations
        for line, (code, title, description) in self.tables.tab_separated(
            OCCUPATIONS, ("O*NET-SOC Code", "Title", "Description")
        ):
            if not re.fullmatch(r"\d\d-\d{4}\.\d\d", code):
                self.tables.problem(
                    OCCUPATIONS, f"The code should look like 15-1252.00 and is “{code}”.", line
                )
            elif code[:2] not in MAJOR_GROUPS:
                self.tables.problem(
                    OCCUPATIONS, f"There is no major group {code[:2]} in the SOC of 2018.", line
                )
            elif code in occupations:
                self.tables.problem(OCCUPATIONS, f"The occupation {code} stands there twice.", line)
            else:
                self.text(OCCUPATIONS, line, "Title", title)
                occupations[code] = Occupation(code, title, description)

    def read_references(self) -> None:
        """The tables that say what the codes in others mean."""
        read = self.tables.tab_separated
        for _, (element, name, description) in read(ELEMENTS, ("Element ID", "Element Name", "Description")):
            if element.startswith("2."):
                self.database.elements[element] = (name, description)
        for _, (scale, category, description) in read(
            CATEGORIES, ("Scale ID", "Category", "Category Description")
        ):
            # What stands after the dash explains the category at length.
            self.database.categories[scale, category] = description.split(" - ")[0].strip()
        columns = ("Job Zone", "Name", "Experience", "Education", "Job Training", "SVP Range")
        for _, (zone, *values) in read(ZONES, columns):
            self.database.zones[zone] = Zone(*values)
        if self.tables.path(COMMODITIES):
            for _, (commodity, family) in read(COMMODITIES, ("Commodity Code", "Family Title")):
                self.database.commodity_families[commodity] = sys.intern(family)

    def read_titles(self) -> None:
        seen: set[tuple[str, str]] = {
            (code, occupation.title.lower()) for code, occupation in self.database.occupations.items()
        }
        for file, column in ((ALTERNATE_TITLES, "Alternate Title"), (REPORTED_TITLES, "Reported Job Title")):
            for line, code, (title,) in self.rows(file, column):
                if self.text(file, line, column, title) and (code, title.lower()) not in seen:
                    seen.add((code, title.lower()))
                    self.database.titles[code].append(title)

    def read_tasks(self) -> None:
        seen: set[str] = set()
        for line, code, (task, text, type_) in self.rows(TASKS, "Task ID", "Task", "Task Type"):
            if task in seen:
                self.tables.problem(TASKS, f"The task {task} stands there twice.", line)
            elif type_ not in {"Core", "Supplemental", ""}:
                self.tables.problem(
                    TASKS, f"Task Type should be Core, Supplemental or n/a and is “{type_}”.", line
                )
            elif self.text(TASKS, line, "Task", text):
                seen.add(task)
                self.database.tasks[code].append(Task(task, text, type_))
        for line, code, (text,) in self.rows(EMERGING_TASKS, "Task"):
            if self.text(EMERGING_TASKS, line, "Task", text):
                self.database.emerging_tasks[code].append(text)

    def read_ratings(self, file: str, ratings: dict[str, list[Rating]]) -> None:
        """The elements that are important in an occupation, less those that are not relevant or not reliable."""
        not_relevant: set[tuple[str, str]] = set()
        columns = ("Element ID", "Scale ID", "Data Value", "Recommend Suppress", "Not Relevant")
        for line, code, (element, scale, value, suppress, irrelevant) in self.rows(file, *columns):
            if element not in self.database.elements:
                self.tables.problem(file, f"There is no element “{element}” in {ELEMENTS}.", line)
                continue
            if irrelevant == "Y":
                not_relevant.add((code, element))
            if scale != "IM":
                continue
            importance = self.tables.number(file, line, "Data Value", value, lowest=1, highest=5)
            if importance is not None and importance >= IMPORTANT and suppress != "Y":
                ratings[code].append(Rating(sys.intern(element), importance))
        for code, rated in ratings.items():
            # Whether an element is relevant is said beside its level, a row below its importance.
            rated[:] = [rating for rating in rated if (code, rating.element) not in not_relevant]

    def read_technologies(self) -> None:
        columns = ("Example", "Commodity Code", "Commodity Title")
        for line, code, (*example, hot, demand) in self.rows(
            TECHNOLOGY, *columns, "Hot Technology", "In Demand"
        ):
            self.add_example(TECHNOLOGY, line, self.database.technologies[code], example, hot, demand)
        for line, code, values in self.rows(TOOLS, *columns):
            self.add_example(TOOLS, line, self.database.tools[code], list(values))

    def add_example(
        self,
        file: str,
        line: int,
        examples: list[Example],
        values: list[str],
        hot: str = "",
        demand: str = "",
    ) -> None:
        name, commodity, title = map(sys.intern, values)
        self.text(file, line, "Example", name)
        self.text(file, line, "Commodity Title", title)
        if not re.fullmatch(r"\d{8}", commodity):
            self.tables.problem(file, f"Commodity Code should have eight digits and is “{commodity}”.", line)
        examples.append(Example(name, commodity, title, hot == "Y", demand == "Y"))

    def read_shares(self) -> None:
        columns = ("Scale ID", "Category", "Data Value", "Recommend Suppress", "Date")
        for line, code, (scale, category, value, suppress, date) in self.rows(EDUCATION, *columns):
            if scale not in CATEGORY_SCALES:
                continue
            if (scale, category) not in self.database.categories:
                self.tables.problem(
                    EDUCATION, f"There is no category {category} of scale {scale} in {CATEGORIES}.", line
                )
                continue
            percent = self.tables.number(EDUCATION, line, "Data Value", value, highest=100)
            if percent and suppress != "Y":
                share = Share(sys.intern(scale), sys.intern(category), percent, sys.intern(_month(date)))
                self.database.shares[code].append(share)

    def read_job_zones(self) -> None:
        for line, code, (zone,) in self.rows(JOB_ZONES, "Job Zone"):
            if zone not in self.database.zones:
                self.tables.problem(JOB_ZONES, f"There is no job zone “{zone}” in {ZONES}.", line)
            self.database.job_zones[code] = zone

    def read_related(self) -> None:
        columns = ("Related O*NET-SOC Code", "Relatedness Tier", "Index")
        for line, code, (other, tier, index) in self.rows(RELATED, *columns):
            place = self.tables.number(RELATED, line, "Index", index)
            if self.known(RELATED, line, other) and place is not None:
                other = self.database.occupations[other].code
                self.database.related[code].append(Relation(int(place), other, sys.intern(tier)))


def _month(date: str) -> str:
    """`MM/YYYY` as a partial date; empty where it is something else."""
    return f"{date[3:]}-{date[:2]}" if re.fullmatch(r"(0[1-9]|1[0-2])/\d{4}", date) else ""
