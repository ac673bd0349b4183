"""Writes the illustrative answers, ratings and actions that ship with the dashboard.

Run `python data/make_sample.py` after a change to the frameworks, the operations or the rounds. It reads
`frameworks/*/framework.yaml`, `frameworks/shared/{settings,impacts}.yaml`, `data/operations.csv` and
`data/rounds.csv`, and writes `data/answers/<round>.csv`, `data/ratings/*.csv` and `data/actions.csv`. Every draw is
made from a seed and the ids it concerns, so two runs give the same bytes.

The group is fictional and every answer is invented. Planted on purpose, each certain by construction:

    not applicable with a reason        bol-op and pry-op as below, and here and there elsewhere
    not known                           gtm-op as below, and here and there elsewhere
    unanswered (no row)                 tza-op and cod-op as below, and here and there elsewhere
    missing from the first round        gha-op joined in 2024
    below the coverage limit            cod-op, 2025, every framework: at most 60% of the answerable criteria answered
    high average hides a failure        col-op, 2025, CRBP-05.e not implemented, CRBP-05.a to 05.d in place
    all four levels of evidence         every round
    clearly improving                   rwa-op, no criterion goes back in any round
    clearly slipping                    sen-op, no criterion moves forward in any round
    a principle all not applicable      bol-op, CRBP-07, every round
    a principle all not known           gtm-op, CRBP-08, 2025
    a principle wholly unanswered       tza-op, CRBP-09, 2025
    score rises by not applicable only  pry-op, 2025: the answers of 2024, some not implemented now not applicable
    an impact looked for and not found  rwa-op, IMP-emergency-RA09-r1, and col-op, IMP-field-RA10-o1, every round
    an impact not rated                 here and there, fewer in later rounds
    a residual above the inherent       gtm-op, IMP-hosting-RA11-r1, 2025: the one note that publishing the sample gives
    a residual lowered by nothing       tcd-op, 2025: the first risk none of whose criteria is in place
    a grave risk without an action      sen-op, IMP-care-RA01-r1, 2025
    a grave risk on low confidence      cod-op, IMP-depots-RA06-r1, 2025
    rare but grave, frequent but mild   rwa-op, IMP-field-RA08-r1 and IMP-content-RA05-r1, 2025
    an action reached, 2023             rwa-op, CRBP-05.e: partly, then implemented as expected
    an action reached in part, 2023     rwa-op, CRBP-09.a: not implemented, then partly, expected implemented
    an action not reached, 2023         sen-op, CRBP-05.a: partly, then not implemented, expected implemented
    an action not measured, 2023        cod-op, CRBP-02.b: not answered in the next round
    the same three, 2024                gtm-op, CRBP-04.a; tza-op, CRBP-03.a; tcd-op, CRBP-02.a
    actions past their date, unowned    gha-op, CRBP-05.e, 2025; gtm-op, CRBP-02.b, 2025
    an action without a round           HQ, CRBP-07.c
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

HERE = Path(__file__).parent
FRAMEWORKS = HERE.parent / "frameworks"
SEED = "savandina-1"

ANSWER_COLUMNS = (
    "round",
    "operation",
    "criterion",
    "status",
    "evidence",
    "note",
    "answered_by_role",
    "answered_on",
    "na_reason",
)
REVIEW_COLUMNS = (
    "round",
    "operation",
    "criterion",
    "verdict",
    "reviewed_by_role",
    "comment",
    "reviewed_on",
    "reviewed_status",
    "reviewed_evidence",
)
REVIEWERS = ("Internal audit manager", "External assurance provider")
QUESTIONS_BACK = (
    "Which document shows this? None is named.",
    "Does this hold for agents and street sellers too, or only for our own shops?",
    "Is this done in every region, or only around the capital?",
    "Who decided this, and when is it looked at again?",
)
CHECKED_SHARE = {"2023": 0.9, "2024": 0.8, "2025": 0.35}
"""Of the answers that a second role looks at, so many were; the last round is still being checked."""
RISK_COLUMNS = (
    "round",
    "operation",
    "impact",
    "found",
    "scale",
    "scope",
    "irremediability",
    "likelihood",
    "confidence",
    "basis",
    "rated_by_role",
    "rated_on",
    "residual_severity",
    "residual_likelihood",
    "residual_basis",
)
OPPORTUNITY_COLUMNS = (
    "round",
    "operation",
    "impact",
    "found",
    "reach",
    "need",
    "feasibility",
    "confidence",
    "basis",
    "rated_by_role",
    "rated_on",
)
ACTION_COLUMNS = (
    "action",
    "round",
    "operation",
    "criterion",
    "impact",
    "text",
    "owner_role",
    "due_on",
    "status",
    "priority",
    "reason",
    "expected_status",
)

# Share of practice in place, by operation and round: 0 is nothing, 1 is everything before the effects of the areas.
LEVELS = {
    "HQ": {"2023": 0.62, "2024": 0.70, "2025": 0.79},
    "tcd-op": {"2023": 0.24, "2024": 0.29, "2025": 0.34},
    "cod-op": {"2023": 0.32, "2024": 0.37, "2025": 0.41},
    "gha-op": {"2024": 0.58, "2025": 0.64},
    "rwa-op": {"2023": 0.34, "2024": 0.55, "2025": 0.77},
    "sen-op": {"2023": 0.75, "2024": 0.62, "2025": 0.48},
    "tza-op": {"2023": 0.51, "2024": 0.57, "2025": 0.62},
    "bol-op": {"2023": 0.40, "2024": 0.46, "2025": 0.55},
    "col-op": {"2023": 0.88, "2024": 0.95, "2025": 1.03},
    "gtm-op": {"2023": 0.45, "2024": 0.50, "2025": 0.55},
    "pry-op": {"2023": 0.56, "2024": 0.61, "2025": 0.61},
}
STEADY = {"rwa-op", "sen-op", "col-op"}
AREA_EFFECT = {
    "CRBP-01": 0.06,
    "CRBP-02": -0.24,
    "CRBP-03": 0.04,
    "CRBP-05": 0.04,
    "CRBP-06": 0.03,
    "CRBP-07": -0.03,
    "CRBP-08": -0.26,
    "CRBP-09": -0.06,
    "CRBP-10": 0.10,
    "COP14-A2": 0.12,
    "COP14-A3": -0.05,
    "COP14-A5": -0.07,
    "COP20-A2": 0.13,
    "COP20-A3": -0.05,
    "COP20-A4": 0.03,
    "COP20-A5": -0.06,
}
UNANSWERED_SHARE = {"2023": 0.08, "2024": 0.06, "2025": 0.04}
NOT_KNOWN_SHARE = {"2023": 0.06, "2024": 0.04, "2025": 0.03}
NOT_APPLICABLE_SHARE = 0.03
PLANTED_NOT_APPLICABLE = {"bol-op": "CRBP-07."}
PLANTED_NOT_KNOWN = {"gtm-op": "CRBP-08."}
PLANTED_UNANSWERED = {"tza-op": "CRBP-09."}
LOW_COVERAGE, LOW_COVERAGE_SHARE = "cod-op", 0.6
MORE_NOT_APPLICABLE = "pry-op"
MORE_NOT_APPLICABLE_FIRST = ("CRBP-02.b", "CRBP-06.b", "CRBP-07.b")

ROLES = {
    "board": ("Head of the chief executive's office", "Company secretary"),
    "sustainability": ("Sustainability manager",),
    "legal_privacy": ("Legal lead", "Data protection officer"),
    "hr": ("Head of human resources", "Occupational health and safety officer"),
    "procurement": ("Procurement manager",),
    "sales_distribution": ("Head of distribution", "Retail operations manager"),
    "marketing": ("Marketing manager",),
    "product_content": ("Head of products", "Content partnerships manager"),
    "network_it": ("Head of network operations", "IT manager"),
    "security": ("Security manager", "Fraud and abuse lead"),
    "customer_care": ("Head of customer care",),
    "csr_public_policy": ("Public affairs manager", "Community programmes manager"),
}

# Notes by criterion of CRBP: what was found, by status. {n} and {m} are counts, {month} and {place} are drawn.
CRBP_NOTES: dict[str, dict[str, tuple[str, ...]]] = {
    "CRBP-01.a": {
        "implemented": ("The four principles open the human rights policy and stand in the board paper template.",),
        "partly": ("Best interests and equal treatment are named; children's views and development are not.",),
        "not_implemented": ("The policy speaks of customers and staff only; children are not mentioned.",),
    },
    "CRBP-01.b": {
        "implemented": (
            "Children are a chapter of the yearly impact assessment; {m} complaints from families were closed.",
            "Policy signed by the leadership team; assessment repeated in {month} and talked over with a child panel.",
        ),
        "partly": (
            "Policy approved, but the complaint channel is open to account holders only.",
            "Assessment done for own work; distributors and tower partners come next.",
        ),
        "not_implemented": ("Group policy received in {month}; nobody has been asked to put it to work here.",),
    },
    "CRBP-01.c": {
        "implemented": ("Free helpline calls chosen as the flagship; minutes and calls are counted each month.",),
        "partly": ("A school connection project runs in {n} districts, without a goal for children.",),
        "not_implemented": ("Donations are made on request; there is no plan behind them.",),
    },
    "CRBP-01.d": {
        "implemented": ("Spoken about at {n} industry meetings, including an account of what failed with vendors.",),
        "partly": ("Raised with suppliers once; nothing said in public yet.",),
        "not_implemented": ("No speech, article or supplier meeting on the subject in the last twelve months.",),
    },
    "CRBP-02.a": {
        "implemented": (
            "Age clause in all distributor contracts; {m} mystery visits in the {place} found no child selling.",
            "Field teams check age at {m} points of sale a month and follow the remediation plan with a local partner.",
        ),
        "partly": (
            "First-tier distributors are checked; street vendors below them are not.",
            "Clause signed by {n} of 12 distributors, no visits made yet in the {place}.",
            "Age is checked at hiring and at suppliers. Weekend vendors near bus stations are outside every check.",
        ),
        "not_implemented": (
            "Distributors recruit vendors themselves and we hold no list of who sells.",
            "Children were seen selling top-ups at {n} junctions in {month}; there is no procedure for what to do.",
        ),
    },
    "CRBP-02.b": {
        "implemented": ("Task list for workers under 18 checked with the labour inspector in {month}.",),
        "partly": (
            "Own staff covered; civil works crews are not asked for ages on site.",
            "Hazard list exists, with no word on lost income or on girls' different risks.",
        ),
        "not_implemented": ("Trenching subcontractors hire by the day and keep no records of age.",),
    },
    "CRBP-02.c": {
        "implemented": ("Member of the district task force; {m} former vendors started vocational courses.",),
        "partly": ("Talks with two other operators on a common vendor code, no text yet.",),
        "not_implemented": ("Not discussed with the ministry or with other operators so far.",),
    },
    "CRBP-03.a": {
        "implemented": ("Separate toilets and a youth representative at all {n} larger work sites.",),
        "partly": ("Offices comply; two warehouses in the {place} have one shared toilet.",),
        "not_implemented": ("Trainees are hired through an agency and nobody has looked at their conditions.",),
    },
    "CRBP-03.b": {
        "implemented": (
            "Night work barred for trainees under 18 since {month}; supervisors were told shift by shift.",
        ),
        "partly": ("Hours are limited; loads, heights and chemicals are left to each supervisor.",),
        "not_implemented": ("General staff rules only, with nothing on workers under 18.",),
    },
    "CRBP-03.c": {
        "implemented": ("Paternity leave raised to {n} weeks; contractors' agents covered since {month}.",),
        "partly": (
            "Good leave for own staff; commission agents have no paid leave at all.",
            "Breastfeeding room at the main office, none at the call centre of the contractor.",
        ),
        "not_implemented": ("Legal minimum only; the wage survey asked for in {month} has not started.",),
    },
    "CRBP-04.a": {
        "implemented": (
            "Walked {m} sites with the child-safety checklist; every open pit was covered within a week.",
            "Code signed by all staff; every concern is followed up by the safeguarding lead.",
        ),
        "partly": (
            "Fences repaired in the {place}; {n} rural sites still without a lock.",
            "Zero-tolerance clause covers working hours only.",
        ),
        "not_implemented": ("No site check asks about children, and concerns have no place to go.",),
    },
    "CRBP-04.b": {
        "implemented": ("All {m} volunteers vetted and trained; partners gave their own codes.",),
        "partly": ("Staff trained; short-term promoters at school events are not.",),
        "not_implemented": ("Volunteers sign a photo release and nothing else.",),
    },
    "CRBP-05.a": {
        "implemented": ("Ethics check on the {month} user test with teenagers; consent forms are on file.",),
        "partly": ("The agency follows its own standard, which we have not read.",),
        "not_implemented": ("App tests recruit users from 15 upwards without a parent's consent.",),
    },
    "CRBP-05.b": {
        "implemented": ("{n} services changed after the last review, among them prepaid lending.",),
        "partly": ("Content services reviewed; SIM sale and mobile payments are still to come.",),
        "not_implemented": ("Launch checklist has no question on children.",),
    },
    "CRBP-05.c": {
        "implemented": ("Adult short codes need double opt-in; {n} wrong blocks were lifted within two days.",),
        "partly": ("Gate works for own services; {n} short codes of partners are open.",),
        "not_implemented": ("Age gate is a single click, and filtering also blocks a health advice site.",),
    },
    "CRBP-05.d": {
        "implemented": ("Guardian registration accepted without a birth certificate since {month}.",),
        "partly": ("Shops accept guardians; the app refuses a child without papers.",),
        "not_implemented": ("Registration rules turn away families without identity papers.",),
    },
    "CRBP-05.e": {
        "implemented": ("Report route to the police unit tested in {month}; answer came in {n} hours.",),
        "partly": (
            "Route agreed with the police unit but not tested since it was set up.",
            "Network blocking works; flagged wallet payments take days to reach the fraud team.",
        ),
        "not_implemented": ("Test report sent in {month} reached nobody: the police contact had moved on.",),
    },
    "CRBP-05.f": {
        "implemented": ("Child helpline is free from every line, also without credit.",),
        "partly": ("Helpline is free on prepaid, charged on business lines.",),
        "not_implemented": ("Helpline asked for a free number in {month}; the request is unanswered.",),
    },
    "CRBP-05.g": {
        "implemented": ("Birth notices by phone in {n} districts, with the civil registry.",),
        "partly": ("Ideas gathered from shop staff; one pilot on school fees is being priced.",),
        "not_implemented": ("Product plan has no item for children this year.",),
    },
    "CRBP-06.a": {
        "implemented": ("{m} campaigns checked against the code; two were withdrawn.",),
        "partly": ("Code binds our agencies; influencers hired by distributors are outside it.",),
        "not_implemented": ("A spring promotion offered prizes to pupils for recharges.",),
    },
    "CRBP-06.b": {
        "implemented": ("Ad space rules updated in {month}; formula and alcohol adverts are refused.",),
        "partly": ("Own promotions comply; sold ad space is not checked.",),
        "not_implemented": ("The marketing team did not know the health texts before this round.",),
    },
    "CRBP-06.c": {
        "implemented": ("Safer internet month reached {m} schools, with a message written by pupils.",),
        "partly": ("One radio spot a year, without any check on what it changed.",),
        "not_implemented": ("No campaign of this kind in the calendar.",),
    },
    "CRBP-07.a": {
        "implemented": ("{n} generators moved away from schools; spill drill held in {month}.",),
        "partly": ("Noise is measured, fumes are not; contingency plans do not mention children.",),
        "not_implemented": ("Old batteries from {m} sites are stored in the open in the {place}.",),
    },
    "CRBP-07.b": {
        "implemented": ("Talks with families documented for all {n} new plots; no household moved.",),
        "partly": ("Owners are heard, tenants and their children are not.",),
        "not_implemented": ("Plots are bought by a contractor; we see the signed deed only.",),
    },
    "CRBP-07.c": {
        "implemented": ("Solar at {m} sites; target for diesel published.",),
        "partly": ("Energy target exists, with nothing on disaster readiness.",),
        "not_implemented": ("Energy use is recorded, with no target to reduce it.",),
    },
    "CRBP-08.a": {
        "implemented": ("Clause on children in all {n} guard contracts; ages verified in {month}.",),
        "partly": (
            "Clause is in new contracts; {n} older ones run on without it.",
            "Guards' ages checked, agreement with the public force says nothing about children.",
        ),
        "not_implemented": (
            "Guards at rural masts are hired by landlords, who send whoever is free; ages go unchecked.",
            "No risk assessment of security with children in view.",
        ),
    },
    "CRBP-08.b": {
        "implemented": ("{m} guards trained before posting, with role play on how to speak to a child.",),
        "partly": ("Training once a year for supervisors, not for guards on shift.",),
        "not_implemented": ("Training is left to the guard company; the syllabus has not been seen.",),
    },
    "CRBP-09.a": {
        "implemented": ("Shutdown protocol rehearsed in {month}; helplines stay open in the drill.",),
        "partly": ("Protocol for orders exists; displaced children are not considered.",),
        "not_implemented": ("Last order was carried out on a phone call, without a record.",),
    },
    "CRBP-09.b": {
        "implemented": ("Free calls for family tracing given for {n} weeks after the floods.",),
        "partly": ("Help given when asked; there is no standing agreement with agencies.",),
        "not_implemented": ("No contact with agencies outside a crisis.",),
    },
    "CRBP-10.a": {
        "implemented": ("Tax and lobbying report published in {month}.",),
        "partly": ("Lobbying register kept, not published.",),
        "not_implemented": ("Trade association lobbied against the advertising rules in our name.",),
    },
    "CRBP-10.b": {
        "implemented": ("Hotline hosted in our data centre free of charge, under a written agreement.",),
        "partly": ("Seat on the national working group; no resources given yet.",),
        "not_implemented": ("Invited to the national plan in {month}, nobody went.",),
    },
    "CRBP-10.c": {
        "implemented": ("Plan made with {n} local groups; an outside review of results is on file.",),
        "partly": ("Plan exists, children had no part in it.",),
        "not_implemented": ("Spending follows the wishes of single managers.",),
    },
}

# Criteria of the two COP editions by topic.
COP_TOPICS = {
    "lead": "COP14-A1.1 COP14-A1.2 COP20-A1.1 COP20-FA-1.1 COP20-FB-1.1",
    "assessment": "COP14-A1.3 COP14-MO-1.1 COP14-ISP-1.1 COP20-A1.2 COP20-A1.3 COP20-FA-1.2",
    "voice": "COP14-A1.4 COP20-A5.4 COP20-FC-5.1",
    "complaints": "COP14-A1.5 COP14-MO-3.2 COP14-ISP-3.4 COP20-A1.4",
    "publishing": "COP14-A1.6 COP20-A1.5",
    "requests": "COP14-A1.7 COP14-A2.8 COP14-A5.5 COP20-FA-5.2",
    "training": "COP14-A1.8",
    "contracts": "COP14-A1.9 COP20-A2.3 COP20-FA-3.3",
    "terms": "COP14-A2.1 COP14-A3.5 COP14-MO-2.1 COP14-MO-3.1 COP14-ISP-3.1 COP14-ISP-4.1 COP20-FC-1.1",
    "procedure": "COP14-A2.2 COP20-A2.2",
    "takedown": "COP14-A2.3 COP14-MO-2.4 COP14-ISP-2.3 COP14-ISP-2.4 COP20-FA-2.1 COP20-FB-2.1",
    "route": "COP14-A2.4 COP14-MO-2.2 COP14-MO-2.3 COP14-MO-2.5 COP14-ISP-2.1 COP20-A2.1 COP20-A2.4",
    "chain": "COP14-A2.5 COP14-MO-2.6 COP14-ISP-2.5 COP20-FA-2.2",
    "wellbeing": "COP14-A2.6 COP14-MO-2.8 COP20-FA-2.4",
    "lists": "COP14-A2.7 COP14-MO-2.9 COP14-ISP-2.6 COP20-FA-2.3 COP20-FC-2.1 COP20-FD-2.1",
    "signpost": "COP14-MO-2.7 COP14-ISP-2.2 COP14-MO-3.9 COP14-A4.5",
    "design": "COP14-A3.1 COP20-A3.1 COP20-A3.3 COP20-A3.4 COP20-FC-3.5",
    "parental": "COP14-A3.2 COP14-MO-3.3 COP14-ISP-3.2 COP20-FA-3.1 COP20-FB-3.4",
    "age": "COP14-A3.3 COP14-A3.4 COP14-MO-3.4 COP14-MO-3.5 COP14-ISP-3.3 COP20-FB-3.1 COP20-FB-3.2",
    "contact": "COP14-A3.6 COP14-A3.7 COP20-FC-2.2 COP20-FC-3.2 COP20-FC-3.3 COP20-FC-3.4",
    "adverts": "COP14-A3.8 COP14-MO-3.6 COP20-FB-3.3",
    "data": "COP14-A3.9 COP14-MO-3.7 COP14-ISP-3.5 COP20-A3.2 COP20-FA-3.2 COP20-FC-3.1",
    "location": "COP14-A3.10 COP14-MO-3.8",
    "ai": "COP20-FD-1.1 COP20-FD-1.2 COP20-FD-3.1 COP20-FD-3.2 COP20-FD-3.3",
    "information": "COP14-A4.1 COP14-A4.2 COP14-MO-4.1 COP14-ISP-4.2 COP20-A4.1 COP20-FA-4.1 COP20-FB-4.1 COP20-FC-4.1",
    "schools": "COP14-A4.3 COP14-A4.4 COP14-MO-4.2 COP14-MO-4.3 COP14-MO-4.4 COP14-ISP-4.3 COP20-A4.2 COP20-A4.3 "
    "COP20-A4.4 COP20-FA-4.2 COP20-FD-4.1",
    "blocking": "COP14-A5.2 COP20-A5.2 COP20-FC-5.2",
    "access": "COP14-A5.1 COP14-A5.3 COP14-A5.4 COP14-MO-5.1 COP14-ISP-5.1 COP20-A5.1 COP20-A5.3 COP20-FA-5.1 "
    "COP20-FB-5.1 COP20-FD-5.1",
}
TOPIC_OF = {criterion: topic for topic, ids in COP_TOPICS.items() for criterion in ids.split()}
TOPIC_NOTES: dict[str, dict[str, tuple[str, ...]]] = {
    "lead": {
        "implemented": ("Lead named in {month}, with a budget line and a seat in the risk committee.",),
        "partly": ("A lead is named, but with {n} other duties and no budget.", "Written, not yet signed at the top."),
        "not_implemented": ("The task moves between two departments and rests with neither.",),
    },
    "assessment": {
        "implemented": ("Assessment renewed in {month}; {n} findings carry an owner and a date.",),
        "partly": (
            "Two products assessed, {n} to go.",
            "Findings listed in {month}, without owners or dates.",
            "Own services are covered; resellers and suppliers are not.",
        ),
        "not_implemented": (
            "General risk register only; no line in it concerns children.",
            "Planned for {month}, dropped when the launch was brought forward.",
        ),
    },
    "voice": {
        "implemented": ("{n} sessions with young people in the {place}; the reporting form was redrawn afterwards.",),
        "partly": (
            "Parents were heard, children were not.",
            "Children's views collected; they were not told what came of it.",
        ),
        "not_implemented": ("A survey of adult customers is the only source so far.",),
    },
    "complaints": {
        "implemented": ("Free short number and chat; {m} complaints on children's matters, median answer {n} days.",),
        "partly": (
            "Channel exists, only in the official language.",
            "Complaints are answered, but not counted by type.",
        ),
        "not_implemented": ("A caller must give the account number, which a child seldom has.",),
    },
    "publishing": {
        "implemented": ("Figures and two shortcomings are in the report of {month}.",),
        "partly": ("Indicators are tracked inside the company and not published.",),
        "not_implemented": ("No indicator set; last report carried a photo page only.",),
    },
    "requests": {
        "implemented": ("{m} requests logged, {n} sent back for lack of a written order.",),
        "partly": ("Requests are logged; nothing is published yet.", "Duty officer by day, nobody at night."),
        "not_implemented": ("Orders are taken by phone and carried out without a record.",),
    },
    "training": {
        "implemented": ("{m} staff trained since {month}; refresher set for each year.",),
        "partly": ("Call centre trained; shop staff and agents are not.",),
        "not_implemented": ("No course in the training plan.",),
    },
    "contracts": {
        "implemented": ("Clause in all new contracts; {n} partners audited in {month}.",),
        "partly": ("Clause written, checks not started.", "Content partners have signed; {n} resellers have not."),
        "not_implemented": ("Standard contract dates from before the policy and has no such duty.",),
    },
    "terms": {
        "implemented": ("Rewritten in {month} and tested with a class of twelve-year-olds.",),
        "partly": (
            "In the terms, in legal language that few will read.",
            "Rules are clear; what follows a breach is not stated.",
        ),
        "not_implemented": ("Terms date from the launch of the service and leave the point out.",),
    },
    "procedure": {
        "implemented": ("Procedure names the authorised staff by post; drill passed in {month}.",),
        "partly": ("Written down, with no time limits.", "Known to security, unknown to customer care."),
        "not_implemented": ("Cases are handled by whoever picks up the phone.",),
    },
    "takedown": {
        "implemented": ("Notices closed in {n} hours on average; the log is complete since {month}.",),
        "partly": (
            "Works for own servers, not for contracted partners.",
            "Removal happens, yet the time taken is not recorded.",
        ),
        "not_implemented": ("No mailbox for notices; the last one was found by chance.",),
    },
    "route": {
        "implemented": ("Route tested in {month}: the report was confirmed within {n} hours.",),
        "partly": (
            "Contact agreed; no test since {month}.",
            "Security can report directly, care staff must pass through two managers.",
        ),
        "not_implemented": ("No agreed contact at the police; the duty to report is still being clarified.",),
    },
    "chain": {
        "implemented": ("Handling sheet in use; list of authorised posts reviewed in {month}.",),
        "partly": ("Material is secured, the list of who may handle it is out of date.",),
        "not_implemented": ("Kept on a shared drive without a record of access.",),
    },
    "wellbeing": {
        "implemented": ("Counselling open to {m} staff, with a yearly talk for exposed roles.",),
        "partly": ("Hotline for all staff, nothing made for exposed roles.",),
        "not_implemented": ("Exposed staff were not identified before this round.",),
    },
    "lists": {
        "implemented": ("List updated daily; {n} entries corrected after an outside check.",),
        "partly": (
            "Blocking runs on mobile data, not on fixed lines.",
            "List in use since {month}, without oversight or a way to correct errors.",
        ),
        "not_implemented": ("Legal view on matching was asked for in {month} and is open.",),
    },
    "signpost": {
        "implemented": ("Link in the app and on receipts; {m} clicks a week.",),
        "partly": ("On the website, three clicks deep; not in the app.",),
        "not_implemented": ("Care scripts do not mention the helpline.",),
    },
    "design": {
        "implemented": ("Launch gate has a question set on under-18 users; {n} launches were changed.",),
        "partly": ("Used for new services, not for changes to old ones.", "Tested with adults only."),
        "not_implemented": ("Children are treated as ordinary users throughout.",),
    },
    "parental": {
        "implemented": ("Free on all plans since {month}; {m} households a week switch it on.",),
        "partly": (
            "Tool recommended on the website, not in shops.",
            "Works on smartphones; simple handsets have nothing.",
        ),
        "not_implemented": ("Supplier found, no budget this year.",),
    },
    "age": {
        "implemented": ("Check at the point of sale and a PIN; {m} test purchases, one failed.",),
        "partly": (
            "Own catalogue rated; {n} partner services are not.",
            "The PIN is set by default to four zeros.",
        ),
        "not_implemented": ("One click on 'I am 18' opens everything.",),
    },
    "contact": {
        "implemented": ("Reports answered within {n} hours; moderators work until midnight.",),
        "partly": ("Moderation in the official language only.", "Reports are read, but reporters get no answer."),
        "not_implemented": ("Users can block a sender, but cannot report one.",),
    },
    "adverts": {
        "implemented": ("Blacklist of ad categories enforced; {n} partners were warned in {month}.",),
        "partly": ("Own adverts comply, network adverts are not checked.",),
        "not_implemented": ("Betting adverts ran beside a school results service in {month}.",),
    },
    "data": {
        "implemented": ("Fields cut from {m} to {n} at registration of a minor's line; guardian's consent kept.",),
        "partly": (
            "Registration is minimal; browsing data are kept as for adults.",
            "Notice exists, in words for lawyers.",
        ),
        "not_implemented": ("Lines used by children cannot be told apart and get no special care.",),
    },
    "location": {
        "implemented": ("Consent asked every {n} days, with a banner while sharing is on.",),
        "partly": ("Consent asked once, at sign-up.",),
        "not_implemented": ("Family tracker starts without the child being told.",),
    },
    "ai": {
        "implemented": ("Register of {n} systems, each with an owner and a test report from {month}.",),
        "partly": ("Churn model tested by sex and age; the chat assistant is not.",),
        "not_implemented": ("Credit scoring uses recharge data of lines that children hold.",),
    },
    "information": {
        "implemented": ("Leaflet in the main local languages at all own shops since {month}.",),
        "partly": (
            "Web page only; nothing at the point of sale.",
            "Good for parents, little that a child would read.",
        ),
        "not_implemented": ("Printed in {month}, still in the warehouse.",),
    },
    "schools": {
        "implemented": ("{m} schools in the {place}, with teachers trained and results measured.",),
        "partly": (
            "Runs in the capital only.",
            "Material used, but what pupils learned is not measured.",
            "Partner does the work; we see attendance figures only.",
        ),
        "not_implemented": ("School programme hands out devices, without a word on safety.",),
    },
    "blocking": {
        "implemented": ("Quarterly review; {n} health sites opened again in {month}.",),
        "partly": ("Reviewed once, when a helpline complained.",),
        "not_implemented": ("Supplier's default filter in use; nobody has read its categories.",),
    },
    "access": {
        "implemented": ("School tariff used by {m} schools; girls' share is reported.",),
        "partly": ("Offer exists; who takes it up is not known.", "Towns served well, villages in the {place} hardly."),
        "not_implemented": ("Affordability work looks at households, not at children.",),
    },
}
SECOND_SENTENCES = {
    "implemented": (
        "Next review in June.",
        "Papers filed with the legal team.",
        "Internal audit looked at it in {month}.",
        "Same practice in the {place}.",
        "Deputy named as well.",
        "Costs are in the yearly budget.",
        "First results go to the leadership team in June.",
    ),
    "partly": (
        "To be finished before the next round.",
        "Waiting for budget.",
        "The {place} comes last.",
        "Draft with the legal team since {month}.",
        "Owner changed in {month}.",
        "Half of the planned steps are done.",
        "Partner asked for more time.",
        "Translation is under way.",
    ),
    "not_implemented": (
        "Proposal goes to the leadership team in June.",
        "No owner yet.",
        "Raised at the steering meeting in {month}.",
        "Cost estimate asked for.",
        "Known since {month}.",
        "First step: a visit to the {place}.",
        "Put on the list for next year.",
    ),
    "not_known": ("Follow-up in June.", "Named as open in the minutes.", "Owner to be found.", "Next try in June."),
}
NOT_KNOWN_NOTES = (
    "The previous owner of this topic left in {month}; files not found.",
    "Asked the contractor in {month}, no reply yet.",
    "Two departments gave different answers; to be settled before the next round.",
    "Records start in {month} and do not show this.",
    "Needs a visit to the {place}, not possible during this round.",
)
NOT_APPLICABLE_REASONS = {
    "field_network": "Sites belong to a tower company, which answers for them.",
    "depots_ewaste": "No depot of our own; the supplier takes equipment back.",
    "retail_agents": "This product is not sold through our shops or agents.",
    "call_centre": "Calls are answered by the regional centre of the group.",
    "content_vas": "This kind of content or service is not sold here.",
    "data_registry": "Rules on customer data are set by the IT centre of the group.",
    "mobile_money": "Wallets are run by a partner bank.",
    "hosting_core": "No content is hosted in the country.",
    "office": "Handled by head office for all operations.",
    "community_programme": "Community work in this field is led by the foundation of the group.",
    "emergency": "No emergency was declared in this period.",
    "": "Head office answers for this on behalf of all operations.",
}
DENIED_BY_REASON = {
    "content_vas": frozenset({"tv", "portal_vas", "community"}),
    "hosting_core": frozenset({"hosting"}),
    "mobile_money": frozenset({"mobile_money"}),
}
WEAK_REASON = "Judged not relevant to the business this year; see the plan for next year."
SITES_REASON = "All sites were handed to a tower company in 2022; land and power are outside our control."
SAME_NOTE_AT_MOST = 3
MONTHS = ("September", "October", "November", "December", "January")
PLACES = ("north", "south", "east", "west", "border region", "coastal districts", "highlands", "lake region")
# Landlocked or flat countries get no coast, highlands or lake in their notes.
PLACES_OF = {
    "tcd-op": ("north", "south", "east", "lake region"),
    "cod-op": ("east", "west", "border region", "south"),
    "gha-op": ("north", "coastal districts", "west", "lake region"),
    "rwa-op": ("north", "highlands", "east", "lake region"),
    "sen-op": ("north", "south", "coastal districts", "east"),
    "tza-op": ("north", "coastal districts", "highlands", "lake region"),
    "bol-op": ("highlands", "east", "south", "border region"),
    "col-op": ("coastal districts", "highlands", "border region", "south"),
    "gtm-op": ("highlands", "coastal districts", "north", "west"),
    "pry-op": ("north", "east", "west", "border region"),
}

# Scale, scope, irremediability, likelihood as they would be without any special circumstance.
RISK_BASE = {
    "RA01": (4, 2, 4, 2),
    "RA02": (3, 3, 3, 3),
    "RA03": (3, 3, 3, 2),
    "RA04": (2, 3, 2, 3),
    "RA05": (2, 3, 2, 3),
    "RA06": (3, 2, 3, 3),
    "RA07": (2, 3, 2, 3),
    "RA08": (3, 2, 3, 2),
    "RA09": (3, 2, 3, 2),
    "RA10": (2, 3, 2, 3),
    "RA11": (3, 3, 2, 2),
    "RA12": (3, 2, 2, 3),
}
# Where country and risk area make a rating graver (scope and likelihood) or lighter.
COUNTRY_EFFECT = {
    ("TCD", "RA06"): 1,
    ("COD", "RA06"): 1,
    ("TZA", "RA06"): 1,
    ("BOL", "RA06"): 1,
    ("COL", "RA06"): -1,
    ("TCD", "RA09"): 1,
    ("COD", "RA09"): 1,
    ("GTM", "RA09"): 1,
    ("RWA", "RA09"): -1,
    ("TCD", "RA11"): 1,
    ("COD", "RA11"): 1,
    ("GHA", "RA11"): -1,
    ("TCD", "RA10"): 1,
    ("COD", "RA10"): 1,
    ("TZA", "RA10"): 1,
    ("COL", "RA10"): -1,
    ("PRY", "RA10"): -1,
    ("COL", "RA02"): 1,
    ("COL", "RA04"): 1,
    ("PRY", "RA04"): 1,
    ("GTM", "RA05"): 1,
    ("COD", "RA08"): 1,
    ("GHA", "RA08"): 1,
    ("RWA", "RA08"): -1,
    ("COD", "RA12"): 1,
    ("TZA", "RA12"): 1,
}
RATED_SHARE = {"2023": 0.65, "2024": 0.75, "2025": 0.82}
NONE_FOUND_SHARE, RESIDUAL_SHARE = 0.05, 0.6
PLANTED_NONE_FOUND = {("rwa-op", "IMP-emergency-RA09-r1"), ("col-op", "IMP-field-RA10-o1")}
RESIDUAL_BASES = (
    "{criteria} in place, looked at on visits.",
    "Rests on {criteria}, with the evidence seen.",
    "{criteria} in place; talked over with the team in charge.",
)
BASES = {
    "retail_agents": (
        "Visits to {m} points of sale, two market days.",
        "Talks with {n} distributors and a local child rights group.",
        "Sales records and one round of mystery visits.",
    ),
    "field_network": (
        "Walks round {n} sites with the contractor.",
        "Incident log of the last two years.",
        "Talks with neighbours at {n} masts.",
    ),
    "depots_ewaste": ("Disposal records; the buyer of scrap was not visited.", "Visit to the main depot."),
    "call_centre": ("Sample of {m} call records, without personal details.", "Group talk with shift leaders."),
    "content_vas": (
        "Review of {m} short codes.",
        "Test purchases by adults, catalogue check.",
        "Partner contracts read.",
    ),
    "data_registry": ("Data map and last security review.", "Desk study of registration rules."),
    "mobile_money": ("Fraud statistics in summary form.", "Talks with {n} agents and the risk team."),
    "hosting_core": ("Log of notices and blocking orders.", "Desk study, with the law firm's opinion."),
    "office": ("Staff survey and contractor pay lists.", "Talks with staff representatives."),
    "community_programme": ("Visits to {n} partner schools.", "Programme reports; no visit made."),
    "emergency": ("Review of the last two crises with the security team.", "Desk study; no rehearsal yet."),
}
REACH_EFFECT = {"TCD": -1, "COD": 0, "GHA": 0, "RWA": 0, "SEN": 0, "TZA": 0, "BOL": 0, "COL": 1, "GTM": 0, "PRY": 0}
NEED_EFFECT = {"TCD": 1, "COD": 1, "GHA": 0, "RWA": 0, "SEN": 0, "TZA": 1, "BOL": 0, "COL": -1, "GTM": 0, "PRY": -1}

ACTIONS: tuple[tuple[str, str, str, str, str, str, str, str, str, str], ...] = (
    (
        "2024",
        "HQ",
        "COP14-A3.8",
        "Bind all agencies to mark advertising that children are likely to see",
        "Group marketing manager",
        "2025-01-31",
        "done",
        "high",
        "",
        "implemented",
    ),
    (
        "2024",
        "HQ",
        "COP14-A1.5",
        "Open the group complaint channel to children who hold no account",
        "Group sustainability manager",
        "2025-10-31",
        "in_progress",
        "high",
        "",
        "implemented",
    ),
    (
        "2025",
        "HQ",
        "CRBP-01.d",
        "Share with suppliers what the vendor work taught us, including what failed",
        "Group public affairs manager",
        "2027-02-26",
        "open",
        "low",
        "",
        "implemented",
    ),
    (
        "2025",
        "HQ",
        "COP20-A1.2",
        "Extend the impact assessment to AI systems before they are launched",
        "Group sustainability manager",
        "2027-03-31",
        "open",
        "medium",
        "",
        "implemented",
    ),
    (
        "2024",
        "tcd-op",
        "CRBP-02.a",
        "Put the age clause in all distributor contracts and visit market days in the capital",
        "Head of distribution",
        "2025-09-30",
        "in_progress",
        "high",
        "",
        "partly",
    ),
    (
        "2024",
        "tcd-op",
        "CRBP-08.a",
        "Check the ages of all guards, also those hired by landlords",
        "Security manager",
        "2025-07-31",
        "blocked",
        "high",
        "Landlords have not agreed to share their guard lists",
        "partly",
    ),
    (
        "2025",
        "tcd-op",
        "IMP-field-RA08-r1",
        "Fence and lock the thirty sites nearest to schools",
        "Head of network operations",
        "2027-01-29",
        "in_progress",
        "high",
        "",
        "",
    ),
    (
        "2025",
        "tcd-op",
        "IMP-data-RA10-o1",
        "Agree with the civil registry on birth notices by phone in two provinces",
        "Public affairs manager",
        "2027-06-30",
        "open",
        "medium",
        "",
        "",
    ),
    (
        "2024",
        "cod-op",
        "COP20-FA-5.2",
        "Write and rehearse a protocol for shutdown orders that keeps helplines open",
        "Legal lead",
        "2025-08-29",
        "open",
        "high",
        "",
        "partly",
    ),
    (
        "2025",
        "cod-op",
        "COP14-MO-2.2",
        "Agree a report route with the police unit and test it twice a year",
        "Security manager",
        "2025-12-19",
        "open",
        "high",
        "",
        "partly",
    ),
    (
        "2025",
        "cod-op",
        "IMP-depots-RA06-r1",
        "Sell scrap only to a certified buyer and visit the yard without notice",
        "Procurement manager",
        "2027-02-12",
        "open",
        "high",
        "",
        "",
    ),
    (
        "2025",
        "cod-op",
        "IMP-emergency-RA12-o1",
        "Sign a standing agreement on family tracing with aid agencies",
        "Public affairs manager",
        "2027-04-30",
        "in_progress",
        "medium",
        "",
        "",
    ),
    (
        "2024",
        "gha-op",
        "CRBP-03.c",
        "Extend maternity cover to commission agents",
        "Head of human resources",
        "2025-11-28",
        "in_progress",
        "medium",
        "",
        "implemented",
    ),
    (
        "2025",
        "gha-op",
        "COP14-MO-3.4",
        "Close the partner short codes that have no age gate",
        "Content partnerships manager",
        "2026-12-18",
        "in_progress",
        "high",
        "",
        "implemented",
    ),
    (
        "2025",
        "gha-op",
        "IMP-depots-RA08-o1",
        "Open take-back points in all own shops",
        "Retail operations manager",
        "2027-05-31",
        "open",
        "low",
        "",
        "",
    ),
    (
        "2024",
        "rwa-op",
        "CRBP-02.a",
        "Train field teams on age checks and the remediation plan",
        "Head of distribution",
        "2025-01-31",
        "done",
        "high",
        "",
        "implemented",
    ),
    (
        "2024",
        "rwa-op",
        "COP20-A4.2",
        "Offer teachers a one-day course on online safety with the education board",
        "Community programmes manager",
        "2025-03-31",
        "done",
        "medium",
        "",
        "implemented",
    ),
    (
        "2025",
        "rwa-op",
        "COP20-FD-3.2",
        "Test the chat assistant for unfair results by age, sex and language",
        "IT manager",
        "2027-03-12",
        "open",
        "medium",
        "",
        "partly",
    ),
    (
        "2024",
        "sen-op",
        "COP14-MO-2.4",
        "Bind content partners to remove confirmed material within a stated time",
        "Legal lead",
        "2025-05-30",
        "open",
        "high",
        "",
        "implemented",
    ),
    (
        "2025",
        "sen-op",
        "CRBP-04.a",
        "Name a new safeguarding lead and repeat the site checks that lapsed",
        "Head of human resources",
        "2025-10-15",
        "open",
        "high",
        "",
        "partly",
    ),
    (
        "2025",
        "sen-op",
        "IMP-content-RA05-r1",
        "Renew the contract clauses on advertising to children that ran out",
        "Marketing manager",
        "2027-01-15",
        "open",
        "medium",
        "",
        "",
    ),
    (
        "2024",
        "tza-op",
        "COP20-FC-2.2",
        "Train moderators to recognise grooming and sextortion and pass cases on",
        "Fraud and abuse lead",
        "2025-09-12",
        "in_progress",
        "high",
        "",
        "implemented",
    ),
    (
        "2025",
        "tza-op",
        "CRBP-09.a",
        "Answer the emergency principle and name who is responsible for it",
        "Security manager",
        "2025-11-14",
        "open",
        "high",
        "",
        "partly",
    ),
    (
        "2025",
        "tza-op",
        "IMP-money-RA12-r1",
        "Stop loan and betting offers on lines known to be used by children",
        "Head of products",
        "2027-02-26",
        "open",
        "high",
        "",
        "",
    ),
    (
        "2024",
        "bol-op",
        "CRBP-07.b",
        "Ask the tower company for its record of talks with indigenous communities",
        "Legal lead",
        "2025-06-27",
        "dropped",
        "low",
        "The whole principle was marked not applicable after the sale of the sites",
        "partly",
    ),
    (
        "2025",
        "bol-op",
        "IMP-retail-RA06-r1",
        "Map who sells top-ups below the first tier in the highland cities",
        "Head of distribution",
        "2027-03-31",
        "in_progress",
        "high",
        "",
        "",
    ),
    (
        "2024",
        "col-op",
        "COP20-FB-3.2",
        "Replace the preset PIN with one chosen at activation",
        "Head of products",
        "2025-02-28",
        "done",
        "medium",
        "",
        "implemented",
    ),
    (
        "2025",
        "col-op",
        "CRBP-05.e",
        "Find a new police contact, test the report route and keep a deputy on call",
        "Fraud and abuse lead",
        "2025-07-31",
        "in_progress",
        "high",
        "",
        "implemented",
    ),
    (
        "2025",
        "col-op",
        "IMP-hosting-RA11-o1",
        "Publish the first report on blocks and data requests",
        "Public affairs manager",
        "2026-12-31",
        "in_progress",
        "medium",
        "",
        "",
    ),
    (
        "2024",
        "gtm-op",
        "CRBP-04.a",
        "Put locks and covers on all sites beside schools",
        "Head of network operations",
        "2025-01-31",
        "done",
        "high",
        "",
        "implemented",
    ),
    (
        "2025",
        "gtm-op",
        "CRBP-08.a",
        "Find out who guards each site and on what terms",
        "Security manager",
        "2025-12-12",
        "open",
        "high",
        "",
        "partly",
    ),
    (
        "2024",
        "gtm-op",
        "COP14-ISP-3.2",
        "Offer free filter software to all home internet customers",
        "Head of products",
        "2025-04-30",
        "dropped",
        "low",
        "Supplier withdrew; taken up again within the parental tools project",
        "implemented",
    ),
    (
        "2025",
        "pry-op",
        "CRBP-02.b",
        "Review the points marked not applicable with someone from outside the operation",
        "Sustainability manager",
        "2026-12-11",
        "open",
        "high",
        "",
        "partly",
    ),
    (
        "2025",
        "pry-op",
        "IMP-community-RA02-o1",
        "Bring the grooming lesson to all partner schools",
        "Community programmes manager",
        "2027-06-30",
        "open",
        "low",
        "",
        "",
    ),
    (
        "2023",
        "rwa-op",
        "CRBP-05.e",
        "Test the report route to the police unit every quarter and record how long each answer took",
        "Fraud and abuse lead",
        "2023-10-31",
        "done",
        "high",
        "",
        "implemented",
    ),
    (
        "2023",
        "rwa-op",
        "CRBP-09.a",
        "Add a check on children to the crisis plan and to the answer to shutdown orders",
        "Security manager",
        "2023-12-15",
        "done",
        "high",
        "",
        "implemented",
    ),
    (
        "2023",
        "rwa-op",
        "CRBP-08.a",
        "Write children into the contracts of all guards",
        "Security manager",
        "2024-01-31",
        "in_progress",
        "medium",
        "",
        "partly",
    ),
    (
        "2023",
        "tza-op",
        "CRBP-05.a",
        "Hold every user test with children to one written standard, with consent forms on file",
        "Head of products",
        "2023-11-30",
        "done",
        "medium",
        "",
        "implemented",
    ),
    (
        "2023",
        "tza-op",
        "CRBP-04.a",
        "Walk the hundred busiest sites with a child-safety checklist and close what is open",
        "Head of network operations",
        "2024-01-15",
        "done",
        "high",
        "",
        "partly",
    ),
    (
        "2023",
        "tza-op",
        "CRBP-06.a",
        "Adopt a marketing code and bind agencies and influencers to it",
        "Marketing manager",
        "2023-12-29",
        "done",
        "medium",
        "",
        "implemented",
    ),
    (
        "2023",
        "bol-op",
        "CRBP-04.a",
        "Sign a code on children with all staff and give concerns a place to go",
        "Head of human resources",
        "2024-01-31",
        "done",
        "high",
        "",
        "implemented",
    ),
    (
        "2023",
        "bol-op",
        "CRBP-05.a",
        "Stop app tests with under-18s until parents have consented",
        "Head of products",
        "2023-12-15",
        "in_progress",
        "medium",
        "",
        "partly",
    ),
    (
        "2023",
        "bol-op",
        "CRBP-06.c",
        "Run one campaign a year on safe use with a message written by pupils",
        "Marketing manager",
        "2023-11-17",
        "done",
        "low",
        "",
        "implemented",
    ),
    (
        "2023",
        "gtm-op",
        "CRBP-01.b",
        "Bring a commitment on children to the leadership team and have it signed",
        "Head of the chief executive's office",
        "2023-12-01",
        "in_progress",
        "high",
        "",
        "partly",
    ),
    (
        "2023",
        "gtm-op",
        "CRBP-08.a",
        "Agree terms on children with the company that guards the sites",
        "Security manager",
        "2024-01-31",
        "done",
        "medium",
        "",
        "partly",
    ),
    (
        "2023",
        "cod-op",
        "CRBP-02.b",
        "List the tasks that are closed to workers under 18 and give it to all crews",
        "Occupational health and safety officer",
        "2023-12-29",
        "in_progress",
        "high",
        "",
        "partly",
    ),
    (
        "2023",
        "pry-op",
        "CRBP-07.a",
        "Move old batteries out of the open at the sites nearest to homes",
        "Head of network operations",
        "2024-01-31",
        "dropped",
        "medium",
        "Taken up again with the tower company once the sites are sold",
        "partly",
    ),
    (
        "2023",
        "sen-op",
        "CRBP-05.a",
        "Read and adopt the research standard of the agency",
        "Head of products",
        "2023-12-15",
        "done",
        "medium",
        "",
        "implemented",
    ),
    (
        "2023",
        "HQ",
        "COP14-A1.9",
        "Put child protection duties into the group contract for suppliers and resellers",
        "Group procurement manager",
        "2024-01-31",
        "done",
        "high",
        "",
        "implemented",
    ),
    (
        "2023",
        "rwa-op",
        "COP14-A3.6",
        "Put report and block within three taps on every chat and forum",
        "Head of products",
        "2023-12-20",
        "done",
        "high",
        "",
        "implemented",
    ),
    (
        "2023",
        "bol-op",
        "COP14-ISP-2.3",
        "Bind hosting customers to notice and takedown",
        "Legal lead",
        "2023-12-15",
        "done",
        "high",
        "",
        "partly",
    ),
    (
        "2023",
        "tza-op",
        "COP20-A3.1",
        "Add children to the design checklist of every new service",
        "Head of products",
        "2024-01-31",
        "done",
        "high",
        "",
        "implemented",
    ),
    (
        "2024",
        "gha-op",
        "CRBP-05.b",
        "Check messaging, mobile money and partner content for harm to children",
        "Head of products",
        "2024-12-13",
        "done",
        "high",
        "",
        "partly",
    ),
    (
        "2024",
        "gha-op",
        "CRBP-02.c",
        "Work out a common vendor code with two other operators",
        "Head of distribution",
        "2024-11-29",
        "done",
        "low",
        "",
        "implemented",
    ),
    (
        "2024",
        "rwa-op",
        "CRBP-03.a",
        "Give young workers a representative and separate toilets at every work site",
        "Head of human resources",
        "2025-01-31",
        "done",
        "medium",
        "",
        "implemented",
    ),
    (
        "2024",
        "col-op",
        "CRBP-03.a",
        "Bring the two last warehouses up to the standard of the offices",
        "Procurement manager",
        "2024-12-20",
        "done",
        "medium",
        "",
        "implemented",
    ),
    (
        "2024",
        "bol-op",
        "CRBP-05.b",
        "Review SIM sale and mobile payments for harm to children",
        "Head of products",
        "2025-01-31",
        "done",
        "high",
        "",
        "implemented",
    ),
    (
        "2024",
        "tza-op",
        "CRBP-03.a",
        "Look at the conditions of trainees hired through the agency and mend them",
        "Head of human resources",
        "2025-01-17",
        "done",
        "medium",
        "",
        "implemented",
    ),
    (
        "2024",
        "cod-op",
        "CRBP-08.a",
        "Ask every guarding company for the ages of its guards",
        "Security manager",
        "2025-01-31",
        "in_progress",
        "high",
        "",
        "partly",
    ),
    (
        "2024",
        "sen-op",
        "CRBP-07.a",
        "Repeat the spill drill at the generators beside schools",
        "",
        "2025-01-31",
        "open",
        "medium",
        "",
        "implemented",
    ),
    (
        "2024",
        "pry-op",
        "CRBP-05.a",
        "Set a standard for tests with under-18s",
        "Head of products",
        "2025-01-31",
        "in_progress",
        "medium",
        "",
        "partly",
    ),
    (
        "2025",
        "rwa-op",
        "CRBP-04.b",
        "Train all promoters at school events in the code of conduct",
        "Community programmes manager",
        "2027-02-26",
        "in_progress",
        "low",
        "",
        "implemented",
    ),
    (
        "2025",
        "bol-op",
        "CRBP-10.a",
        "Set out in writing how dealings with authorities are kept clean",
        "",
        "2026-10-30",
        "open",
        "medium",
        "",
        "partly",
    ),
    (
        "2025",
        "gtm-op",
        "CRBP-02.b",
        "Ask civil works crews for ages on every site",
        "",
        "2027-03-26",
        "open",
        "high",
        "",
        "partly",
    ),
    (
        "2025",
        "tcd-op",
        "CRBP-05.a",
        "Adopt a research standard before the next trial of a service",
        "Head of products",
        "2026-12-11",
        "blocked",
        "medium",
        "No trial may start before the regulator has answered",
        "partly",
    ),
    (
        "2025",
        "gha-op",
        "CRBP-05.e",
        "Find the gap in the report route and test it with the police unit",
        "Fraud and abuse lead",
        "2026-09-30",
        "in_progress",
        "high",
        "",
        "implemented",
    ),
    (
        "2025",
        "gha-op",
        "CRBP-04.b",
        "Ask contractors and programme partners for their rules of behaviour",
        "Head of human resources",
        "2027-01-29",
        "done",
        "low",
        "",
        "partly",
    ),
    (
        "2025",
        "tza-op",
        "CRBP-06.b",
        "Check sold advertising space against the health texts",
        "Marketing manager",
        "2026-12-18",
        "dropped",
        "low",
        "Advertising space is no longer sold",
        "implemented",
    ),
    (
        "2025",
        "cod-op",
        "CRBP-04.a",
        "Lock the sites beside schools and give concerns a place to go",
        "Head of network operations",
        "2027-04-30",
        "open",
        "high",
        "",
        "partly",
    ),
    (
        "",
        "HQ",
        "CRBP-07.c",
        "Set a target for energy and materials with a word on later generations",
        "Group head of network operations",
        "2026-12-18",
        "open",
        "low",
        "",
        "partly",
    ),
)


@dataclass(frozen=True)
class Operation:
    """One line of operations.csv."""

    operation: str
    country: str
    kind: str
    services: frozenset[str]
    first_round: str


@dataclass(frozen=True)
class Question:
    """One criterion as far as the sample needs it."""

    framework: str
    area: str
    criterion: str
    kind: str
    level: str
    critical: bool
    services: frozenset[str]
    functions: tuple[str, ...]
    settings: tuple[str, ...]


@dataclass(frozen=True)
class Round:
    """One line of rounds.csv."""

    round: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Risk:
    """A rating of a risk in the words of its file; what is left of it is empty where nothing was said."""

    scale: str
    scope: str
    irremediability: str
    likelihood: str
    confidence: str
    residual_severity: str = ""
    residual_likelihood: str = ""
    residual_basis: str = ""


def graded(grades: str, confidence: str = "high", residual: str = "", residual_basis: str = "") -> dict[str, str]:
    """Fields of a planted risk: its four grades as digits, and what is left of it as two."""
    names = ("scale", "scope", "irremediability", "likelihood")
    return dict(zip(names, grades, strict=True)) | {
        "confidence": confidence,
        "residual_severity": residual[:1],
        "residual_likelihood": residual[1:],
        "residual_basis": residual_basis,
    }


# By round, operation and impact; what is planted takes the place of what was drawn.
PLANTED_RISKS = {
    ("2025", "rwa-op", "IMP-field-RA08-r1"): graded("4141"),
    ("2025", "rwa-op", "IMP-content-RA05-r1"): graded("1114"),
    ("2025", "sen-op", "IMP-care-RA01-r1"): graded("4243"),
    ("2025", "cod-op", "IMP-depots-RA06-r1"): graded("4334", confidence="low"),
    ("2025", "gtm-op", "IMP-hosting-RA11-r1"): graded(
        "3322", residual="34", residual_basis="Since the filter was widened in January, more is blocked by mistake."
    ),
}
LOWERED_BY_NOTHING = ("2025", "tcd-op")
BY_NOTHING = graded("3323", residual="31", residual_basis="Judged lower because no case was reported in the year.")


def draw(*ids: str) -> Random:
    """A random source of its own for these ids, so that a change elsewhere moves nothing here."""
    return Random("/".join((SEED, *ids)))


@cache
def read_yaml(path: Path) -> dict[str, Any]:
    """The content of one YAML file."""
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of one CSV file beside this script."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(name: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Writes one CSV file beside this script."""
    path = HERE / name
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def read_operations() -> list[Operation]:
    """All operations in the order of operations.csv."""
    return [
        Operation(
            row["operation"],
            row["country"],
            row["kind"],
            frozenset(filter(None, row["services"].split(";"))),
            row["first_round"],
        )
        for row in read_rows("operations.csv")
    ]


def read_rounds() -> list[Round]:
    """All rounds, the oldest first."""
    return [
        Round(row["round"], date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"]))
        for row in read_rows("rounds.csv")
    ]


def read_questions() -> list[Question]:
    """The criteria of all frameworks in the order of their files."""
    return [
        Question(
            folder,
            area["area"],
            criterion["criterion"],
            criterion["kind"],
            criterion["level"],
            bool(criterion.get("critical")),
            frozenset(criterion.get("services") or ()),
            tuple(criterion.get("functions") or ()),
            tuple(criterion.get("settings") or ()),
        )
        for folder in ("crbp", "cop-2014", "cop-2020")
        for area in read_yaml(FRAMEWORKS / folder / "framework.yaml")["areas"]
        for criterion in area["criteria"]
    ]


def is_asked(question: Question, operation: Operation) -> bool:
    """Whether the criterion is put to the operation: its level fits, and it offers one of the services named."""
    if operation.kind == "group":
        return question.level in ("group", "both")
    offered = not question.services or bool(question.services & operation.services)
    return question.level in ("operation", "both") and offered


def takes_part(operation: Operation, round_id: str) -> bool:
    """Whether the operation had joined by that round."""
    return round_id >= operation.first_round


def clamp(value: float, low: float, high: float) -> float:
    """The value, held between two limits."""
    return max(low, min(high, value))


def ranks(operation: Operation, asked: list[Question]) -> dict[str, float]:
    """How hard each criterion is for this operation, spread evenly over 0 to 1 within each framework and kind."""
    hardness: dict[str, float] = {}
    for framework in sorted({question.framework for question in asked}):
        for kind in ("respect", "support"):
            ids = [q.criterion for q in asked if q.framework == framework and q.kind == kind]
            ids.sort(key=lambda criterion: draw("rank", operation.operation, criterion).random())
            hardness |= {criterion: (place + 0.5) / len(ids) for place, criterion in enumerate(ids)}
    return hardness


def practice(question: Question, operation: Operation, round_id: str) -> float:
    """How far the operation is likely to be with the criterion, 0 to 1."""
    level = LEVELS[operation.operation][round_id] + AREA_EFFECT.get(question.area, 0.0)
    if question.kind == "support":
        level -= 0.08
    if question.criterion.startswith("COP20-FD"):
        level -= 0.08
    if operation.operation not in STEADY:
        level += draw("wave", round_id, operation.operation, question.criterion).uniform(-0.05, 0.05)
    return level


def own_status(question: Question, operation: Operation, round_id: str, hardness: float) -> str:
    """The status an operation would give before anything is planted; empty when it gives none."""
    ids = (operation.operation, question.criterion)
    may_not_apply = operation.kind == "operation" and not question.critical
    if may_not_apply and draw("na", *ids).random() < NOT_APPLICABLE_SHARE:
        return "not_applicable"
    # Head office is asked few questions, so that one gap more would put it below the coverage limit.
    source = draw("gap", round_id, *ids).random() * (20 if operation.kind == "group" else 1)
    if source < UNANSWERED_SHARE[round_id]:
        return ""
    if source < UNANSWERED_SHARE[round_id] + NOT_KNOWN_SHARE[round_id]:
        return "not_known"
    ahead = practice(question, operation, round_id) - hardness
    if ahead > 0.2:
        return "implemented"
    return "partly" if ahead > -0.2 else "not_implemented"


def planted_status(question: Question, operation: Operation, round_id: str, status: str) -> str:
    """The status after what is planted for single criteria and whole principles."""
    ident, criterion = operation.operation, question.criterion
    if ident in PLANTED_NOT_APPLICABLE and criterion.startswith(PLANTED_NOT_APPLICABLE[ident]):
        return "not_applicable"
    if ident == MORE_NOT_APPLICABLE and criterion in MORE_NOT_APPLICABLE_FIRST:
        return "not_implemented"
    if ident == "col-op" and criterion.startswith("CRBP-05.") and question.kind == "respect":
        failing = "not_implemented" if round_id == "2025" else "partly"
        return failing if criterion == "CRBP-05.e" else "implemented"
    if round_id != "2025":
        return status
    if ident in PLANTED_NOT_KNOWN and criterion.startswith(PLANTED_NOT_KNOWN[ident]):
        return "not_known"
    if ident in PLANTED_UNANSWERED and criterion.startswith(PLANTED_UNANSWERED[ident]):
        return ""
    return status


def thin_out(statuses: dict[str, str], asked: list[Question]) -> dict[str, str]:
    """Takes answers away until coverage is below the limit in every framework, and for respect and support alike."""
    kept = dict(statuses)
    for framework in sorted({question.framework for question in asked}):
        for kind in ("respect", "support"):
            ids = [q.criterion for q in asked if q.framework == framework and q.kind == kind]
            answerable = [criterion for criterion in ids if kept[criterion] != "not_applicable"]
            answered = [criterion for criterion in answerable if kept[criterion] not in ("", "not_known")]
            answered.sort(key=lambda criterion: draw("thin", criterion).random())
            kept |= dict.fromkeys(answered[int(len(answerable) * LOW_COVERAGE_SHARE) :], "")
    return kept


def more_not_applicable(before: dict[str, str], asked: list[Question]) -> dict[str, str]:
    """The answers of the round before, where about one not implemented in two has become not applicable."""
    after = dict(before)
    for framework in sorted({question.framework for question in asked}):
        failing = [q.criterion for q in asked if q.framework == framework and before[q.criterion] == "not_implemented"]
        failing.sort(key=lambda c: (c not in MORE_NOT_APPLICABLE_FIRST, draw("more", c).random()))
        count = max(len(MORE_NOT_APPLICABLE_FIRST) if framework == "crbp" else 1, len(failing) // 2)
        after |= dict.fromkeys(failing[:count], "not_applicable")
    return after


def statuses_of(operation: Operation, rounds: list[Round], asked: list[Question]) -> dict[str, dict[str, str]]:
    """Status by round and criterion; empty where the operation gave no answer."""
    hardness = ranks(operation, asked)
    result: dict[str, dict[str, str]] = {}
    for period in rounds:
        if not takes_part(operation, period.round):
            continue
        statuses = {
            q.criterion: planted_status(
                q, operation, period.round, own_status(q, operation, period.round, hardness[q.criterion])
            )
            for q in asked
        }
        if period.round == "2025" and operation.operation == LOW_COVERAGE:
            statuses = thin_out(statuses, asked)
        if period.round == "2025" and operation.operation == MORE_NOT_APPLICABLE:
            statuses = more_not_applicable(result["2024"], asked)
        result[period.round] = statuses
    return result


def evidence_of(status: str, source: Random, period: Round) -> str:
    """The level of evidence; better in later rounds and behind what is said to be in place."""
    if status in ("not_known", "not_applicable"):
        return source.choices(("none", "self_declared"), (5, 2 if status == "not_applicable" else 0))[0]
    later = int(period.round) - 2023
    weights: dict[str, tuple[float, float, float, float]] = {
        "implemented": (0.3, 4.5 - later, 3.5 + later, 0.7 + 0.6 * later),
        "partly": (0.8, 5.5 - later, 2.5 + later, 0.3 + 0.3 * later),
        "not_implemented": (4, 4.5 - later, 1.0 + later / 2, 0.2),
    }
    return source.choices(("none", "self_declared", "seen", "independently_checked"), weights[status])[0]


def fill(text: str, source: Random, operation: str) -> str:
    """The sentence with its counts, month and place drawn."""
    places = PLACES_OF.get(operation, PLACES)
    return text.format(
        n=source.randint(3, 9), m=source.randint(12, 64), month=source.choice(MONTHS), place=source.choice(places)
    )


def note_of(question: Question, status: str, source: Random, operation: str) -> str:
    """A short note for somewhat more than one answer in three, sometimes with a second sentence."""
    if status == "not_applicable" or source.random() > 0.42:
        return ""
    notes = CRBP_NOTES.get(question.criterion) or TOPIC_NOTES.get(TOPIC_OF.get(question.criterion, ""), {})
    choice = NOT_KNOWN_NOTES if status == "not_known" else notes.get(status, ())
    if not choice:
        return ""
    note = source.choice(choice)
    if source.random() < 0.5:
        note = f"{note} {source.choice(SECOND_SENTENCES[status])}"
    return fill(note, source, operation)


def reason_of(question: Question, operation: Operation, period: Round) -> str:
    """Why the criterion does not apply; it never denies a service that the operation offers."""
    if question.criterion.startswith(PLANTED_NOT_APPLICABLE.get(operation.operation, "-")):
        return SITES_REASON
    if operation.operation == MORE_NOT_APPLICABLE and period.round == "2025":
        return WEAK_REASON
    setting = question.settings[0] if question.settings else ""
    denied = operation.services & DENIED_BY_REASON.get(setting, frozenset())
    return NOT_APPLICABLE_REASONS["" if denied else setting]


def role_of(functions: tuple[str, ...], source: Random, operation: str) -> str:
    """The role of the function that leads, never a person."""
    role = source.choice(ROLES[functions[0]]) if functions else "Sustainability manager"
    return f"Group {role[0].lower()}{role[1:]}" if operation == "HQ" else role


def day_in(period: Round, source: Random) -> str:
    """A working day of the round."""
    day = period.starts_on + timedelta(days=source.randint(0, (period.ends_on - period.starts_on).days))
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return max(day, period.starts_on).isoformat()


def answer_rows(
    period: Round, operation: Operation, asked: list[Question], statuses: dict[str, str], used: Counter[str]
) -> Iterator[tuple[str, ...]]:
    """The rows of one operation in one round. A note is left out once `used` has it three times."""
    for question in asked:
        status = statuses[question.criterion]
        if not status:
            continue
        source = draw("answer", period.round, operation.operation, question.criterion)
        note = note_of(question, status, source, operation.operation)
        note = note if used[note] < SAME_NOTE_AT_MOST else ""
        used[note] += 1
        yield (
            period.round,
            operation.operation,
            question.criterion,
            status,
            evidence_of(status, source, period),
            note,
            role_of(question.functions, source, operation.operation),
            day_in(period, source),
            reason_of(question, operation, period) if status == "not_applicable" else "",
        )


def review_rows(period: Round, answers: list[tuple[str, ...]], critical: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """What a second role said of one round's answers: of those it looks at, some are still to come in the last round.

    A few answers of the last round said something else when they were checked.
    """
    for answer in answers:
        said = dict(zip(ANSWER_COLUMNS, answer, strict=True))
        ids = (period.round, said["operation"], said["criterion"])
        source = draw("review", *ids)
        role = source.choice(REVIEWERS)
        day = (period.ends_on + timedelta(days=source.randint(5, 45))).isoformat()
        if (period.round, said["operation"], said["status"]) == ("2025", MORE_NOT_APPLICABLE, "not_applicable"):
            yield (*ids, "checked", role, "", day, "not_implemented", "self_declared")
            continue
        looked_at = said["evidence"] == "independently_checked" or said["status"] == "not_applicable"
        bare = said["criterion"] in critical and said["evidence"] in ("none", "self_declared")
        if looked_at and source.random() < CHECKED_SHARE[period.round]:
            changed = period.round == "2025" and said["status"] == "implemented" and source.random() < 0.2
            was = ("partly", "seen") if changed else ("", "")
            yield (*ids, "checked", role, "", day, *was)
        elif bare and period.round == "2025" and source.random() < 0.3:
            yield (*ids, "asked_back", role, source.choice(QUESTIONS_BACK), day, "", "")


def impacts_of(operation: Operation, polarity: str) -> list[dict[str, Any]]:
    """The impacts of one polarity whose setting the operation has."""
    present = {
        setting["setting"]
        for setting in read_yaml(FRAMEWORKS / "shared" / "settings.yaml")["settings"]
        if not setting.get("services") or operation.services & set(setting["services"])
    }
    impacts = read_yaml(FRAMEWORKS / "shared" / "impacts.yaml")["impacts"]
    return [impact for impact in impacts if impact["polarity"] == polarity and impact["setting"] in present]


def whole(value: float) -> str:
    """The nearest step of a scale of 1 to 4."""
    return str(int(clamp(round(value), 1, 4)))


def risk_numbers(operation: Operation, impact: dict[str, Any], period: Round) -> tuple[str, str, str, str]:
    """Scale, scope, irremediability and likelihood, each 1 to 4."""
    ids = (operation.operation, impact["impact"])
    own, wave = draw("risk", *ids), draw("risk", period.round, *ids)
    scale, scope, irremediability, likelihood = map(float, RISK_BASE[impact["risk_area"]])
    effect = COUNTRY_EFFECT.get((operation.country, impact["risk_area"]), 0)
    trait = draw("impact", impact["impact"]).choice((-0.4, 0, 0.4))
    scope = scope + effect * 0.8 + own.uniform(-0.7, 0.7)
    likelihood = likelihood + effect * 0.6 + own.uniform(-0.8, 0.8) + wave.uniform(-0.4, 0.3)
    if impact["risk_area"] != "RA01":
        scale = scale + trait + effect * 0.4 + own.uniform(-0.5, 0.5)
        irremediability = irremediability + trait + own.uniform(-0.5, 0.5)
    elif own.random() < 0.12:
        scale = 3.0
    return whole(scale), whole(scope), whole(irremediability), whole(likelihood)


def rating_tail(operation: Operation, impact: dict[str, Any], period: Round, source: Random) -> tuple[str, str, str]:
    """Basis, role and day of a rating."""
    basis = fill(source.choice(BASES[impact["setting"]]), source, operation.operation)
    role = role_of(tuple(impact.get("functions") or ()), source, operation.operation)
    return basis, role, day_in(period, source)


def is_rated(operation: Operation, impact: dict[str, Any], period: Round) -> bool:
    """Whether the operation rated this impact; once rated it is rated in later rounds too."""
    ids = (operation.operation, impact["impact"])
    planted = ids in PLANTED_NONE_FOUND or (period.round, *ids) in PLANTED_RISKS
    return planted or draw("rated", *ids).random() < RATED_SHARE[period.round]


def is_found(operation: Operation, impact: dict[str, Any], period: Round) -> bool:
    """Whether the operation, having looked, found the impact."""
    ids = (operation.operation, impact["impact"])
    if ids in PLANTED_NONE_FOUND or (period.round, *ids) in PLANTED_RISKS:
        return ids not in PLANTED_NONE_FOUND
    return draw("found", *ids).random() >= NONE_FOUND_SHARE


def impacts_rated(
    operations: list[Operation], rounds: list[Round], polarity: str
) -> Iterator[tuple[Round, Operation, dict[str, Any]]]:
    """Every round, operation and impact that has a row of its own."""
    for period in rounds:
        for operation in operations:
            if operation.kind == "operation" and takes_part(operation, period.round):
                for impact in impacts_of(operation, polarity):
                    if is_rated(operation, impact, period):
                        yield period, operation, impact


def left(operation: Operation, impact: dict[str, Any], period: Round, risk: Risk, statuses: dict[str, str]) -> Risk:
    """The risk with what is left of it, where something in place can explain that it is less."""
    source = draw("residual", period.round, operation.operation, impact["impact"])
    given = {c: statuses[c] for c in impact["criteria"] if c in statuses}
    help_by = sorted((c for c in given if given[c] in ("implemented", "partly")), key=lambda c: given[c] == "partly")
    if not help_by or source.random() > RESIDUAL_SHARE:
        return risk
    share = sum(1 if given[c] == "implemented" else 0.5 for c in help_by) / len(given)
    severity = max(risk.scale, risk.scope, risk.irremediability)
    less_severe = share > 0.7 and source.random() < 0.4
    less_likely = int(clamp(round(2 * share + source.uniform(-0.6, 0.4)), 0, 2))
    return replace(
        risk,
        residual_severity=str(int(clamp(int(severity) - less_severe, 1, 4))),
        residual_likelihood=str(int(clamp(int(risk.likelihood) - less_likely, 1, 4))),
        residual_basis=source.choice(RESIDUAL_BASES).format(criteria=", ".join(help_by[:3])),
    )


def planted_risks(
    operations: list[Operation], rounds: list[Round], statuses: dict[str, dict[str, dict[str, str]]]
) -> dict[tuple[str, str, str], dict[str, str]]:
    """Everything planted, with the first risk found by that operation none of whose criteria is in place."""
    round_id, name = LOWERED_BY_NOTHING
    answers = statuses[name][round_id]
    first = next(
        impact["impact"]
        for period, operation, impact in impacts_rated(operations, rounds, "risk")
        if (period.round, operation.operation) == LOWERED_BY_NOTHING
        and is_found(operation, impact, period)
        and not any(answers.get(c) in ("implemented", "partly") for c in impact["criteria"])
    )
    return {**PLANTED_RISKS, (round_id, name, first): BY_NOTHING}


def risk_of(operation: Operation, impact: dict[str, Any], period: Round, basis: str, source: Random) -> Risk:
    """The risk as it is before anything is done."""
    desk = "esk study" in basis or "no visit" in basis or "not visited" in basis
    confidence = source.choices(("low", "medium", "high"), (5, 4, 0) if desk else (1, 5, 3))[0]
    return Risk(*risk_numbers(operation, impact, period), confidence)


def risk_rows(
    operations: list[Operation], rounds: list[Round], statuses: dict[str, dict[str, dict[str, str]]]
) -> Iterator[tuple[str, ...]]:
    """Risk ratings of all operations in all rounds."""
    planted = planted_risks(operations, rounds, statuses)
    for period, operation, impact in impacts_rated(operations, rounds, "risk"):
        ids = (period.round, operation.operation, impact["impact"])
        source = draw("risk-text", *ids)
        basis, role, day = rating_tail(operation, impact, period, source)
        risk = risk_of(operation, impact, period, basis, source)
        if not is_found(operation, impact, period):
            yield (*ids, "none", "", "", "", "", risk.confidence, f"{basis} None found.", role, day, "", "", "")
            continue
        risk = left(operation, impact, period, risk, statuses[operation.operation][period.round])
        risk = replace(risk, **planted.get(ids, {}))
        numbers = (risk.scale, risk.scope, risk.irremediability, risk.likelihood)
        residual = (risk.residual_severity, risk.residual_likelihood, risk.residual_basis)
        yield (*ids, "yes", *numbers, risk.confidence, basis, role, day, *residual)


def opportunity_rows(operations: list[Operation], rounds: list[Round]) -> Iterator[tuple[str, ...]]:
    """Opportunity ratings of all operations in all rounds."""
    for period, operation, impact in impacts_rated(operations, rounds, "opportunity"):
        ids = (operation.operation, impact["impact"])
        own, source = draw("chance", *ids), draw("chance-text", period.round, *ids)
        trait = draw("impact", impact["impact"])
        country = operation.country
        reach = whole(2.5 + trait.uniform(-0.9, 0.9) + REACH_EFFECT[country] * 0.5 + own.uniform(-0.7, 0.7))
        need = whole(2.7 + trait.uniform(-0.6, 0.6) + NEED_EFFECT[country] * 0.8 + own.uniform(-0.6, 0.6))
        level = LEVELS[operation.operation][period.round]
        feasibility = whole(1.6 + 1.8 * level + trait.uniform(-0.7, 0.7) + own.uniform(-0.6, 0.6))
        basis, *tail = rating_tail(operation, impact, period, source)
        confidence = draw("chance-confidence", period.round, *ids).choices(("low", "medium", "high"), (2, 5, 2))[0]
        if is_found(operation, impact, period):
            yield (period.round, *ids, "yes", reach, need, feasibility, confidence, basis, *tail)
        else:
            yield (period.round, *ids, "none", "", "", "", confidence, f"{basis} None found.", *tail)


def action_rows() -> Iterator[tuple[str, ...]]:
    """The actions, numbered in their order; a target is a criterion unless it begins with IMP-."""
    for number, (round_id, operation, target, text, *more) in enumerate(ACTIONS, start=1):
        criterion, impact = ("", target) if target.startswith("IMP-") else (target, "")
        yield f"A-{number:03}", round_id, operation, criterion, impact, text, *more


def main() -> None:
    """Writes all files of the sample."""
    operations, rounds, questions = read_operations(), read_rounds(), read_questions()
    asked = {op.operation: [q for q in questions if is_asked(q, op)] for op in operations}
    statuses = {op.operation: statuses_of(op, rounds, asked[op.operation]) for op in operations}
    used: Counter[str] = Counter()
    reviews: list[tuple[str, ...]] = []
    for period in rounds:
        rows = [
            row
            for op in operations
            if takes_part(op, period.round)
            for row in answer_rows(period, op, asked[op.operation], statuses[op.operation][period.round], used)
        ]
        write_rows(f"answers/{period.round}.csv", ANSWER_COLUMNS, rows)
        reviews += review_rows(period, rows, frozenset(q.criterion for q in questions if q.critical))
    write_rows("reviews.csv", REVIEW_COLUMNS, reviews)
    write_rows("ratings/risks.csv", RISK_COLUMNS, risk_rows(operations, rounds, statuses))
    write_rows("ratings/opportunities.csv", OPPORTUNITY_COLUMNS, opportunity_rows(operations, rounds))
    write_rows("actions.csv", ACTION_COLUMNS, action_rows())


if __name__ == "__main__":
    main()
