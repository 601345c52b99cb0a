"""What a page calls the values that documents hold as codes, and the parts that have no heading of their own."""

from typing import Final

# Empty where there is nothing to say.
TONES: Final = {
    "must": "strong",
    "required": "strong",
    "preferred": "light",
    "valued": "light",
    "unspecified": "",
}
STRENGTHS: Final = {"must": "Must have", "preferred": "Preferred", "valued": "Valued", "unspecified": ""}
QUALIFICATION_STRENGTHS: Final = {
    "required": "Required",
    "preferred": "Preferred",
    "valued": "Valued",
    "unspecified": "",
}
QUALIFICATION_KINDS: Final = {
    "education": "Education",
    "experience": "Experience",
    "certificate": "Certificate or licence",
    "technical": "Technical",
    "other": "Other",
}
ESSENTIAL: Final = {True: "Essential", False: "Not essential", None: ""}
FREQUENCIES: Final = {
    "": "",
    "daily": "Daily",
    "weekly": "Weekly",
    "monthly": "Monthly",
    "quarterly": "Quarterly",
    "yearly": "Yearly",
    "as_needed": "As needed",
}
FACETS: Final = {"": "", "what": "What", "why": "Why", "how": "How"}
PAY_COMPONENTS: Final = {"base": "Base pay", "total": "Total pay", "equity": "Equity", "bonus": "Bonus"}
PERIODS: Final = {"HOUR": "Hour", "DAY": "Day", "WEEK": "Week", "MONTH": "Month", "YEAR": "Year"}
AMOUNTS: Final = {
    "minimum": "From",
    "percentile_10": "10th percentile",
    "percentile_25": "25th percentile",
    "median": "Median",
    "percentile_75": "75th percentile",
    "percentile_90": "90th percentile",
    "maximum": "To",
}
WORK_ARRANGEMENTS: Final = {"": "", "on_site": "On site", "hybrid": "Hybrid", "remote": "Remote"}
MOVES: Final = {
    "next": "Next step",
    "lateral": "Sideways",
    "specialise": "Specialise",
    "manage": "Into management",
    "related": "Related",
}
TRACKS: Final = {"any": "", "individual": "individual contributor", "management": "management"}
CONTRIBUTIONS: Final = {"author": "Written by", "reviewer": "Reviewed by", "approver": "Approved by"}
LETTERS: Final = {"cover_letter": "Cover letter", "cv": "CV or resume", "other": "Sample text"}

# Where rows stand that name no section: at the end of the page, under these headings.
UNPLACED: Final = {
    "items": "More",
    "facts": "Facts",
    "duties": "Duties",
    "qualifications": "Qualifications",
    "skills": "Skills",
    "tools": "Tools",
    "salary_bands": "Pay",
    "career_moves": "Career moves",
    "questions": "Questions",
    "sample_documents": "Sample documents",
    "contributions": "Authors and reviewers",
    "references": "References",
    "links": "Go on reading",
}
