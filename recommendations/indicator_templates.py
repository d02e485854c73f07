"""What an organisation may begin to measure with: names, definitions and categories to change."""

from dataclasses import dataclass

from recommendations.enums import Better, IndicatorKind

ETHNIC_GROUPS = ("Asian or Asian British", "Black or Black British", "Mixed", "White", "Another")
PAY_BANDS = ("Lower quarter", "Lower middle quarter", "Upper middle quarter", "Upper quarter")
STAGES = ("Applied", "Shortlisted", "Interviewed", "Offered the job")


@dataclass(frozen=True)
class Template:
    """`key` is the kind. Categories are suggested only: the organisation's own are typed."""

    kind: IndicatorKind
    name: str
    about: str
    definition: str
    better: Better
    is_share: bool = True
    unit: str = ""
    categories: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return str(self.kind.value)


TEMPLATES = (
    Template(
        IndicatorKind.ACCESS,
        "Referrals that led to a first appointment",
        "Who gets into a service, out of those who were referred.",
        "People referred in the period, and of these the people who came to a first appointment "
        "within 12 weeks. By ethnic group, as each person described themselves.",
        Better.HIGHER,
        categories=ETHNIC_GROUPS,
    ),
    Template(
        IndicatorKind.EXPERIENCE,
        "People who felt understood by our service",
        "What people who use our services said of them.",
        "People who answered the feedback form in the period, and of these the people who agreed "
        "that we understood what matters to them. By ethnic group, as each described themselves.",
        Better.HIGHER,
        categories=ETHNIC_GROUPS,
    ),
    Template(
        IndicatorKind.OUTCOMES,
        "People who reached the goal they set",
        "What came of it for people who use our services.",
        "People whose support ended in the period, and of these the people who said that they "
        "reached the goal they had set themselves. By ethnic group, as each described themselves.",
        Better.HIGHER,
        categories=ETHNIC_GROUPS,
    ),
    Template(
        IndicatorKind.WORKFORCE,
        "Racially minoritised staff, by pay band",
        "Who holds the better paid jobs.",
        "Staff on the last day of the period who told us their ethnic group, and of these the "
        "people who are racially minoritised. By quarter of the pay scale.",
        Better.HIGHER,
        categories=PAY_BANDS,
    ),
    Template(
        IndicatorKind.RECRUITMENT,
        "Racially minoritised candidates, by stage",
        "Where in recruitment people drop out.",
        "Candidates in the period who told us their ethnic group, and of these the people who are "
        "racially minoritised. Each person is in the last stage that they reached.",
        Better.HIGHER,
        categories=STAGES,
    ),
    Template(
        IndicatorKind.DISCIPLINE,
        "Staff who entered a disciplinary or grievance process",
        "Whether some staff are more likely to be in one than others.",
        "All staff in the period, and of these the people who entered a formal disciplinary or "
        "grievance process. By ethnic group, as each described themselves.",
        Better.LOWER,
        categories=ETHNIC_GROUPS,
    ),
    Template(
        IndicatorKind.SURVEY,
        "Staff who feel that they belong here",
        "How far answers to one question of a staff survey lie apart.",
        "Staff who answered the question in the survey, and of these the people who agreed. By "
        "ethnic group, as each described themselves in the survey.",
        Better.HIGHER,
        categories=ETHNIC_GROUPS,
    ),
    Template(
        IndicatorKind.OWN,
        "",
        "A measure of your own: a share of people, or a number.",
        "",
        Better.HIGHER,
    ),
)


def template_of(key: str) -> Template | None:
    return next((one for one in TEMPLATES if one.key == key), None)
