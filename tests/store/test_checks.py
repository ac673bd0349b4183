"""Which rows are rejected, and what is said about each? One example per check."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard.model.problem import Problem, sentence
from dashboard.model.records import RECORDS
from dashboard.model.words import Words
from dashboard.store.history import current_number, publication_path, read_revision
from dashboard.store.locking import Writer
from dashboard.store.publishing.load import Load
from dashboard.store.publishing.publish import check, publish
from dashboard.store.reader import Reader
from dashboard.store.record_columns import checks_of
from dashboard.store.sql import checks
from dashboard.ui.escape import escape


@dataclass(frozen=True)
class Example:
    """A file whose first row is sound and the others not, the expected problems, and how to see that the first entered.

    If `serious` is false, nothing stays out, and `entered` is about the row with the note. `before` is published first.
    """

    table: str
    said: str
    entered: str
    serious: bool = True
    before: str = ""


ANSWERS = "SELECT count(*) FROM answer WHERE evidence = 2 AND note = 'sound'"
RISKS = "SELECT count(*) FROM risk_rating WHERE impact = 'TOY-I1' AND basis = 'sound'"
ACTIONS = "SELECT count(*) FROM action WHERE action = 'good'"
REVIEWS = "SELECT count(*) FROM reviewed WHERE reviewed_by_role = 'Auditor' AND mark = 'checked'"
CONTEXT = "SELECT count(*) FROM context WHERE note = 'sound'"

EXAMPLES = {
    "columns/unknown_round": Example(
        """
        round,operation,criterion,status,evidence,note
        R2,a-op,T1.a,yes,seen,sound
        R22,a-op,T1.b,yes,,
        """,
        "x.csv, row 3, round: “R22” is not a round. Did you mean R2?",
        ANSWERS,
    ),
    "facts/frozen": Example(
        """
        round,operation,criterion,status,evidence,note,answered_by_role,answered_on
        R1,toy-hq,T1.a,yes,seen,,Board secretary,2024-02-01
        R1,a-op,T1.a,yes,self_declared,,Shop manager,2024-02-01
        """,
        "x.csv, row 3, round: Round “R1” is closed, and this would change what is stored; the row was left out. "
        "Reopen the round first.",
        "SELECT count(*) FROM answer WHERE evidence = 2 AND round_no = 1 AND answered_by_role = 'Board secretary'",
        before="round,title,starts_on,ends_on,frameworks,closed\nR1,First round,2024-01-01,2024-03-31,toy,true\n",
    ),
    "columns/unknown_operation": Example(
        """
        round,operation,criterion,status,evidence,note
        R2,a-op,T1.a,yes,seen,sound
        R2,toy-hp,T1.a,yes,,
        """,
        "x.csv, row 3, operation: “toy-hp” is not an operation. Did you mean toy-hq?",
        ANSWERS,
    ),
    "columns/unknown_criterion": Example(
        """
        round,operation,criterion,status,evidence,note
        R2,a-op,T1.a,yes,seen,sound
        R2,a-op,T1.x,yes,,
        """,
        "x.csv, row 3, criterion: “T1.x” is not a criterion. Did you mean T1.b?",
        ANSWERS,
    ),
    "facts/unknown_version": Example(
        """
        round,operation,criterion,status,evidence,note,framework_version
        R2,a-op,T1.a,yes,seen,sound,1
        R2,a-op,T1.b,yes,,,1.1
        R2,b-op,T1.b,yes,,,first
        """,
        "x.csv, row 3, framework_version: “1.1” is not a version of this framework that was published or that a round "
        "names. Expected: 1.0. Did you mean 1.0?\n"
        "x.csv, row 4, framework_version: “first” is not a version of this framework that was published or that a "
        "round names. Expected: 1.0.",
        ANSWERS,
    ),
    "facts/off_scale_status": Example(
        """
        round,operation,criterion,status,evidence,note
        R2,a-op,T1.a,yes,seen,sound
        R2,a-op,T1.b,somwhat,,
        """,
        "x.csv, row 3, status: “somwhat” is not on the scale. Expected: yes, mostly, somewhat, no, na, dont_know. "
        "Did you mean somewhat?",
        ANSWERS,
    ),
    "columns/off_scale": Example(
        """
        round,operation,criterion,status,evidence,note
        R2,a-op,T1.a,yes,seen,sound
        R2,a-op,T1.b,yes,sean,
        """,
        "x.csv, row 3, evidence: “sean” is not on the scale. Expected: none, self_declared, seen, "
        "independently_checked. Did you mean seen?",
        ANSWERS,
    ),
    "columns/bad_date": Example(
        """
        round,operation,criterion,status,evidence,note,answered_on
        R2,a-op,T1.a,yes,seen,sound,2025-02-28
        R2,a-op,T1.b,yes,,,2025-02-30
        """,
        "x.csv, row 3, answered_on: “2025-02-30” is not a valid date here. Expected: YYYY-MM-DD.",
        ANSWERS,
    ),
    "columns/future_date": Example(
        """
        round,operation,criterion,status,evidence,note,answered_on
        R2,a-op,T1.a,yes,seen,sound,2026-01-02
        R2,a-op,T1.b,yes,,,2026-01-03
        """,
        "x.csv, row 3, answered_on: 2026-01-03 is in the future. Expected: 2026-01-02 or earlier.",
        ANSWERS,
    ),
    "facts/formula": Example(
        """
        round,operation,criterion,status,evidence,note
        R2,a-op,T1.a,yes,seen,sound
        R2,a-op,T1.b,yes,seen,
        R2,=A2,T1.b,yes,,
        """,
        "x.csv, row 4, operation: The cell contains the formula “=A2” without a result. Open the file once in a "
        "spreadsheet program and save it, or enter the value instead.\n"
        "x.csv, row 4, operation: “=A2” is not an operation.",
        ANSWERS,
    ),
    "facts/reason_missing": Example(
        """
        round,operation,criterion,status,evidence,note,na_reason
        R2,a-op,T1.a,yes,seen,sound,
        R2,a-op,T1.b,na,,,
        """,
        "x.csv, row 3, na_reason: A reason is missing here.",
        ANSWERS,
    ),
    "facts/not_asked": Example(
        """
        round,operation,criterion,status,evidence,note
        R2,a-op,T1.a,yes,seen,sound
        R2,a2-op,T2.a,yes,,
        R1,b-op,T1.a,yes,,
        R2,a-op,T2.b,yes,,
        """,
        "x.csv, row 3, criterion: “T2.a” is not asked of this operation in this round. "
        "Expected: services shop.\n"
        "x.csv, row 4, criterion: “T1.a” is not asked of this operation in this round.\n"
        "x.csv, row 5, criterion: “T2.b” is not asked of this operation in this round. Expected: level group.",
        ANSWERS,
    ),
    "facts/duplicate_answer": Example(
        """
        round,operation,criterion,status,evidence,note
        R2,a-op,T1.a,yes,seen,sound
        R2,a-op,T1.a,no,,
        """,
        "x.csv, row 3, criterion: “T1.a” was already answered in an earlier row; this row was left out.",
        ANSWERS,
    ),
    "columns/unknown_impact": Example(
        """
        round,operation,impact,scale,scope,irremediability,likelihood,basis
        R2,a-op,TOY-I1,1,2,3,4,sound
        R2,a-op,TOY-I2,1,2,3,4,wrong polarity
        """,
        "x.csv, row 3, impact: “TOY-I2” is not an impact of this kind. Did you mean TOY-I1?",
        RISKS,
    ),
    "columns/off_scale: a grade": Example(
        """
        round,operation,impact,scale,scope,irremediability,likelihood,basis
        R2,a-op,TOY-I1,1,2,3,4,sound
        R2,b-op,TOY-I1,1,5,3,,guess
        """,
        "x.csv, row 3, likelihood: “” is not on the scale. Expected: 1, 2, 3, 4.\n"
        "x.csv, row 3, scope: “5” is not on the scale. Expected: 1, 2, 3, 4.",
        RISKS,
    ),
    "facts/basis_missing": Example(
        """
        round,operation,impact,scale,scope,irremediability,likelihood,basis,residual_severity,residual_likelihood,residual_basis
        R2,a-op,TOY-I1,1,2,3,4,sound,2,3,T1.a is kept.
        R2,b-op,TOY-I1,1,2,3,4,,,,
        R1,a-op,TOY-I1,1,2,3,4,guess,2,3,
        """,
        "x.csv, row 3, basis: The rating of “TOY-I1” gives no basis.\n"
        "x.csv, row 4, residual_basis: The rating of “TOY-I1” gives no basis.",
        RISKS,
    ),
    "columns/none_found_rated": Example(
        """
        round,operation,impact,found,scale,scope,irremediability,likelihood,basis
        R2,a-op,TOY-I1,none,,,,,sound
        R2,b-op,TOY-I1,none,,2,,,Looked in every drawer.
        """,
        "x.csv, row 3, scope: Nothing was found, so the rating “2” is not allowed here.",
        f"{RISKS} AND NOT found AND scale IS NULL",
    ),
    "facts/setting_absent": Example(
        """
        round,operation,impact,scale,scope,irremediability,likelihood,basis
        R2,a-op,TOY-I1,1,2,3,4,sound
        R2,a2-op,TOY-I1,1,2,3,4,guess
        """,
        "x.csv, row 3, impact: “TOY-I1” is in a setting where this operation does no business. Expected: services "
        "shop.",
        RISKS,
    ),
    "columns/duplicate_row": Example(
        """
        round,operation,impact,scale,scope,irremediability,likelihood,basis
        R2,a-op,TOY-I1,1,2,3,4,sound
        R2,a-op,TOY-I1,4,4,4,4,again
        """,
        "x.csv, row 3, impact: “TOY-I1” already appears in an earlier row; this row was left out.",
        RISKS,
    ),
    "facts/says_nothing": Example(
        """
        action,operation,text,owner_role,due_on,criterion
        good,a-op,Blunt it,Shop manager,2026-05-01,T1.a
        bare,a-op,,Shop manager,2026-05-01,T1.a
        """,
        "x.csv, row 3, text: The action does not say what will be done.",
        ACTIONS,
    ),
    "facts/unsound_law": Example(
        """
        law,country,subject,verification,asks,title,publisher,address,read_on,in_force,criteria,risk_areas
        good,AAA,sim,to_verify,Register.,Act,Ministry,https://toys.example/act,2025-06-01,2024-04,T1.a,
        odd,AAA,sim,to_verify,Register.,Act,Ministry,toys.example,2025-06-01,spring,T1.z,RA99
        """,
        "x.csv, row 3, in_force: “spring” is not a valid date here. Expected: YYYY / YYYY-MM / YYYY-MM-DD.\n"
        "x.csv, row 3, address: “toys.example” is not an address that can be shown as a link. It must begin with "
        "https:// or http://, without spaces, and must not contain a password. Expected: https://….\n"
        "x.csv, row 3, criteria: “T1.z” is not a criterion. Did you mean T1.b?\n"
        "x.csv, row 3, risk_areas: “RA99” is not a risk area.",
        "SELECT count(*) FROM law",
    ),
    "facts/nothing_expected": Example(
        """
        action,operation,text,owner_role,due_on,impact,expected_status
        good,a-op,Blunt it,Shop manager,2026-05-01,TOY-I1,
        odd,a-op,Blunt it,Shop manager,2026-05-01,TOY-I1,yes
        """,
        "x.csv, row 3, expected_status: Only an action on a criterion can have an expected status, so “yes” was left "
        "out.",
        "SELECT count(*) FROM action WHERE action = 'odd' AND expected_status IS NULL",
        serious=False,
    ),
    "facts/one_subject": Example(
        """
        action,operation,text,owner_role,due_on,criterion,impact
        good,a-op,Blunt it,Shop manager,2026-05-01,T1.a,
        both,a-op,Blunt it,Shop manager,2026-05-01,T1.a,TOY-I1
        none,a-op,Blunt it,Shop manager,2026-05-01,,
        """,
        "x.csv, row 3, criterion: An action must be on one criterion or one impact, not on both or neither.\n"
        "x.csv, row 4, criterion: An action must be on one criterion or one impact, not on both or neither.",
        ACTIONS,
    ),
    "plan/unsound_target, columns/unknown_framework": Example(
        """
        framework,kind,area,operation,percent,round,due_on,baseline,note
        toy,respect,T1,a-op,60,,2026-12-31,R1,sound
        toy,respect,T11,a-op,60,R2,,,
        toi,support,T1,,60,R2,,,
        toy,respects,,x-op,120,R2,2026-12-31,R9,
        toy,respect,,,6.5,,,,
        toy,respect,,b-op,50,R2,,R2,
        toy,respect,,,50,,soon,,
        toy,respect,T1,a-op,70,,2026-12-31,R1,again
        """,
        "x.csv, row 3, area: “T11” is not an area of this framework. Did you mean T1?\n"
        "x.csv, row 4, framework: The framework “toi” is not loaded. Did you mean toy?\n"
        "x.csv, row 5, percent: “120” is not a valid number here. Expected: 0 to 100.\n"
        "x.csv, row 5, kind: “respects” is not on the scale. Expected: respect, support. Did you mean respect?\n"
        "x.csv, row 5, due_on: A target must be due at the end of a round or on a day, not both or neither.\n"
        "x.csv, row 5, operation: “x-op” is not an operation. Did you mean b-op?\n"
        "x.csv, row 5, baseline: “R9” is not a round.\n"
        "x.csv, row 6, percent: “6.5” is not a valid number here. Expected: 0 to 100.\n"
        "x.csv, row 6, due_on: A target must be due at the end of a round or on a day, not both or neither.\n"
        "x.csv, row 7, baseline: The baseline must be earlier than the due date; “R2” ends on that day or later.\n"
        "x.csv, row 8, due_on: “soon” is not a valid date here. Expected: YYYY-MM-DD.\n"
        "x.csv, row 9, area: “T1” already appears in an earlier row; this row was left out.",
        "SELECT count(*) FROM figure_target WHERE note = 'sound' AND percent = 60",
    ),
    "plan/unsound_grant": Example(
        """
        subject,role,scope
        idp|1,contributor,operation:a-op
        ,viewer,
        idp|2,viewr,
        idp|2,viewer,a-op
        idp|2,admin,country:AAA
        idp|2,reviewer,country:AAB
        idp|2,reviewer,operation:c-op
        idp|2,viewer,country:
        """,
        "x.csv, row 3, subject: The cell is empty, but the row needs a value here.\n"
        "x.csv, row 4, role: “viewr” is not on the scale. Expected: viewer, contributor, reviewer, steward, admin. "
        "Did you mean viewer?\n"
        "x.csv, row 5, scope: “a-op” is not on the scale. Expected: group, country:GHA, operation:gha-op.\n"
        "x.csv, row 6, scope: “admin@country:AAA”: stewards and administrators are not limited to one place.\n"
        "x.csv, row 7, scope: “AAB” is not a country in the list of countries. Did you mean AAA?\n"
        "x.csv, row 8, scope: “c-op” is not an operation. Did you mean b-op?\n"
        "x.csv, row 9, scope: “country:” is not on the scale. Expected: group, country:GHA, operation:gha-op. "
        "Did you mean country:GHA?",
        "SELECT count(*) FROM person_grant WHERE (subject, role, scope) = ('idp|1', 'contributor', 'operation:a-op')",
    ),
    "participation/approved_record": Example(
        """
        record,operation,round,activity,held_on,age_groups,consent,changed,what_changed,note
        P-1,a-op,R1,workshop,2024-02-10,12_to_14,yes,,,
        P-2,a2-op,R1,workshop,2024-02-10,12_to_14,yes,,,
        """,
        "x.csv, row 3, round: What was said in round “R1” is approved, and this would change it; the row was left out. "
        "Open it again first, with a reason. It is about “a2-op”.",
        "SELECT count(*) FROM child_participation",
        before="round,operation,country,state,role,note,said_on\nR1,a2-op,,approved,Managing director,,2024-08-03\n",
    ),
    "participation/unsound_record": Example(
        """
        record,operation,round,activity,held_on,age_groups,consent,changed,what_changed,note
        P-1,a-op,R2,workshop,2025-02-10,12_to_14; 15_to_17,yes,yes,The shop closes earlier.,sound
        P-1,a-op,R2,workshop,2025-02-11,,,,,
        ,a-op,R2,workshop,2025-02-10,,,,,
        P-3,x-op,R9,work shop,2025-02-30,12_to_13,maybe,soon,,
        P-4,a-op,R2,survey,2026-01-03,,,yes,,
        P-5,a-op,R2,survey,2015-02-10,,,,,
        P-6,,,,,,,,,
        """,
        "x.csv, row 3, record: “P-1” already appears in an earlier row; this row was left out.\n"
        "x.csv, row 4, record: The cell is empty, but the row needs a value here.\n"
        "x.csv, row 5, held_on: “2025-02-30” is not a valid date here. Expected: YYYY-MM-DD.\n"
        "x.csv, row 5, activity: “work shop” is not on the scale. Expected: consultation, survey, workshop, "
        "youth_panel, feedback_analysis, other. Did you mean workshop?\n"
        "x.csv, row 5, age_groups: “12_to_13” is not on the scale. Expected: under_5, 5_to_11, 12_to_14, 15_to_17. "
        "Did you mean 12_to_14?\n"
        "x.csv, row 5, changed: “soon” is not on the scale. Expected: yes, not_yet.\n"
        "x.csv, row 5, consent: “maybe” is not on the scale. Expected: yes, no, not_applicable.\n"
        "x.csv, row 5, operation: “x-op” is not an operation. Did you mean b-op?\n"
        "x.csv, row 5, round: “R9” is not a round.\n"
        "x.csv, row 6, what_changed: Something changed, but the row does not say what.\n"
        "x.csv, row 6, held_on: 2026-01-03 is in the future. Expected: 2026-01-02 or earlier.\n"
        "x.csv, row 7, held_on: 2015-02-10 is more than a year from this round. "
        "Expected: 2024-01-01 to 2026-03-31.",
        "SELECT count(*) FROM child_participation WHERE note = 'sound' AND age_groups = ['12_to_14', '15_to_17']",
    ),
    "participation/unsound_count": Example(
        """
        record,operation,round,activity,held_on,children,girls,boys,children_with_disabilities,out_of_school,note
        P-1,a-op,R2,workshop,2025-02-10,40,20,20,12,withheld,sound
        P-2,a-op,R2,workshop,2025-02-10,0,,,,,
        P-3,a-op,R2,workshop,2025-02-10,40,-3,4.5,about 6,<10,
        P-4,a-op,R2,workshop,2025-02-10,20,,,21,4,
        P-5,a-op,R2,workshop,2025-02-10,20,12,11,,,
        """,
        "x.csv, row 3, children: {bad}\n"
        "x.csv, row 4, boys: {bad}\n"
        "x.csv, row 4, children_with_disabilities: {bad}\n"
        "x.csv, row 4, girls: {bad}\n"
        "x.csv, row 4, out_of_school: {bad}\n"
        "x.csv, row 5, children_with_disabilities: This is more than all the children who were heard.\n"
        "x.csv, row 6, children: Girls and boys together are more than all the children who were heard.".replace(
            "{bad}",
            "This is not a whole number of children. Leave the cell empty where nobody counted; `withheld` stands for "
            "a small number.",
        ),
        "SELECT count(*) FROM child_participation WHERE note = 'sound' AND children = 40 "
        "AND withheld = ['out_of_school']",
    ),
    "columns/missing_value": Example(
        """
        action,operation,text,owner_role,due_on,criterion,impact
        good,a-op,Blunt it,Shop manager,2026-05-01,T1.a,
        ,a-op,Blunt it,Shop manager,2026-05-01,T1.a,
        """,
        "x.csv, row 3, action: The cell is empty, but the row needs a value here.",
        ACTIONS,
    ),
    "columns/unknown_country, columns/unknown_indicator": Example(
        """
        country,indicator,year,value,publisher,dataset,licence,note
        AAA,toys,2021,7,Toy office,Toys,free,sound
        AAB,toys,2021,7,Toy office,Toys,free,
        AAA,toy,2021,7,Toy office,Toys,free,
        AAA,toys,2021.6,7,Toy office,Toys,free,
        AAA,toys,2020,7,,Toys,free,
        AAA,toys,2019,,Toy office,Toys,free,
        AAA,toys,2018,7,Toy office,,free,
        AAA,toys,,7,Toy office,Toys,free,
        """,
        "x.csv, row 3, country: “AAB” is not a country in the list of countries. Did you mean AAA?\n"
        "x.csv, row 4, indicator: “toy” is not an indicator in the list of indicators. Did you mean toys?\n"
        "x.csv, row 5, year: “2021.6” is not a valid number here. Expected: 1900 to 2100.\n"
        "x.csv, row 6, publisher: The cell is empty, but the row needs a value here.\n"
        "x.csv, row 7, value: The cell is empty, but the row needs a value here.\n"
        "x.csv, row 8, dataset: The cell is empty, but the row needs a value here.\n"
        "x.csv, row 9, year: “” is not a valid number here. Expected: 1900 to 2100.",
        CONTEXT,
    ),
    "reviews/nothing_to_review": Example(
        """
        round,operation,criterion,verdict,reviewed_by_role
        R2,a-op,T1.a,checked,Auditor
        R2,a-op,T2.a,checked,Auditor
        """,
        "x.csv, row 3, criterion: “T2.a” is not answered, so there is nothing to check.",
        REVIEWS,
    ),
    "reviews/same_role": Example(
        """
        round,operation,criterion,verdict,reviewed_by_role
        R2,a-op,T1.a,checked,Auditor
        R2,a-op,T1.b,checked,shop manager
        """,
        "x.csv, row 3, reviewed_by_role: “shop manager” gave this answer, so a different role must check it.",
        REVIEWS,
    ),
    "evidence/unsound_evidence": Example(
        """
        title,link,document,round,operation,criterion,action,dated_on,confidential
        Policy,https://toys.example/a_(b),P-1,R2,a-op,T1.a,,2025-01-01,true
        Policy,https://toys.example/a_(b),P-1,R2,a-op,T1.a,,2025-01-01,false
        Minutes,,M-1,R2,a-op,,,,
        Minutes,,M-1,R2,a-op,T1.a,A-9,,
        Minutes,,M-1,,,,A-9,,
        ,,M-1,R2,a-op,T1.a,,,
        Page,toys.example,,R2,a-op,T1.a,,2025-02-30,perhaps
        Page,,,R9,x-op,T9.a,,2026-03-01,
        Page,,,R2,a-op,T2.b,,,
        """,
        "x.csv, row 3, title: “Policy” already appears in an earlier row; this row was left out.\n"
        "x.csv, row 4, criterion: {whose}\n"
        "x.csv, row 5, action: “A-9” is not an action.\n"
        "x.csv, row 5, criterion: {whose}\n"
        "x.csv, row 6, action: “A-9” is not an action.\n"
        "x.csv, row 7, title: The cell is empty, but the row needs a value here.\n"
        "x.csv, row 8, dated_on: “2025-02-30” is not a valid date here. Expected: YYYY-MM-DD.\n"
        "x.csv, row 8, link: “toys.example” is not an address that can be shown as a link. It must begin with "
        "https:// or http://, without spaces, and must not contain a password. Expected: https://….\n"
        "x.csv, row 8, confidential: “perhaps” is not on the scale. Expected: true, false.\n"
        "x.csv, row 9, dated_on: 2026-03-01 is in the future. Expected: 2026-01-02 or earlier.\n"
        "x.csv, row 9, criterion: “T9.a” is not a criterion. Did you mean T2.a?\n"
        "x.csv, row 9, operation: “x-op” is not an operation. Did you mean b-op?\n"
        "x.csv, row 9, round: “R9” is not a round.\n"
        "x.csv, row 10, criterion: “T2.b” is not asked of this operation in this round. Expected: level group.".replace(
            "{whose}",
            "Evidence must belong to one answer (round, operation and criterion) or to one action, not to both or "
            "neither.",
        ),
        "SELECT count(*) FROM evidence_item WHERE title = 'Policy' AND confidential",
    ),
    "evidence/unsound_comment": Example(
        """
        round,operation,criterion,role,said_on,text
        R2,a-op,T1.a,Auditor,2025-06-01,Which page?
        R2,a-op,T1.a,Auditor,2025-06-01,Which page?
        R9,x-op,T9.a,,soon,Which page?
        R2,a-op,T2.b,Auditor,2026-06-01,
        """,
        "x.csv, row 3, text: “Which page?” already appears in an earlier row; this row was left out.\n"
        "x.csv, row 4, said_on: “soon” is not a valid date here. Expected: YYYY-MM-DD.\n"
        "x.csv, row 4, role: The cell is empty, but the row needs a value here.\n"
        "x.csv, row 4, criterion: “T9.a” is not a criterion. Did you mean T2.a?\n"
        "x.csv, row 4, operation: “x-op” is not an operation. Did you mean b-op?\n"
        "x.csv, row 4, round: “R9” is not a round.\n"
        "x.csv, row 5, said_on: 2026-06-01 is in the future. Expected: 2026-01-02 or earlier.\n"
        "x.csv, row 5, text: The cell is empty, but the row needs a value here.\n"
        "x.csv, row 5, criterion: “T2.b” is not asked of this operation in this round. Expected: level group.",
        "SELECT count(*) FROM answer_comment WHERE text = 'Which page?'",
    ),
    "columns/duplicate_row: a list": Example(
        """
        country,title,region
        CCC,Ceeland,North
        CCC,Sealand,South
        """,
        "x.csv, row 3, country: “CCC” already appears in an earlier row; this row was left out.",
        "SELECT count(*) FROM country WHERE title = 'Ceeland'",
    ),
    "columns/missing_value: a list": Example(
        """
        country,title,region
        CCC,Ceeland,North
        ,Sealand,South
        """,
        "x.csv, row 3, country: The cell is empty, but the row needs a value here.",
        "SELECT count(*) FROM country WHERE title = 'Ceeland'",
    ),
    "masters/unknown_country": Example(
        """
        operation,country,title,kind
        new-op,AAA,New,operation
        far-op,AAB,Far,operation
        """,
        "x.csv, row 3, country: “AAB” is not a country in the list of countries. Did you mean AAA?",
        "SELECT count(*) FROM operation WHERE operation = 'new-op'",
    ),
    "columns/bad_code": Example(
        """
        country,title,region
        CCC,Ceeland,North
        *D*,Deeland,North
        E@E,Eeland,North
        """,
        "x.csv, row 3, country: “*D*” is not a valid code. A code consists of letters and digits, with single dots, "
        "hyphens, underscores, slashes or spaces between them. Expected: something like GHA, gha-op, 2025.\n"
        "x.csv, row 4, country: “E@E” is not a valid code. A code consists of letters and digits, with single dots, "
        "hyphens, underscores, slashes or spaces between them. Expected: something like GHA, gha-op, 2025.",
        "SELECT count(*) FROM country WHERE country = 'CCC'",
    ),
    "masters/without_own_title": Example(
        """
        country,title,region
        CCC,Ceeland,North
        DDD,Deeland,North
        CEE, ceeland ,South
        CED,Cee\u200bland,South
        ALA,Aland,South
        BBB,Aland,South
        """,
        "x.csv, row 4, title: “CEE” has the same title as something else, and the two would be shown as one. "
        "Expected: a title other than that of CCC.\n"
        "x.csv, row 5, title: “CED” has the same title as something else, and the two would be shown as one. "
        "Expected: a title other than that of CCC.\n"
        "x.csv, row 6, title: “ALA” has the same title as something else, and the two would be shown as one. "
        "Expected: a title other than that of AAA.\n"
        "x.csv, row 7, title: “BBB” has the same title as something else, and the two would be shown as one. "
        "Expected: a title other than that of AAA.",
        "SELECT count(*) FROM country WHERE country = 'CCC' AND title = 'Ceeland'",
    ),
    "columns/off_scale: a kind": Example(
        """
        operation,country,title,kind,synthetic
        new-op,AAA,New,operation,true
        far-op,AAA,Far,operations,true
        odd-op,AAA,Odd,operation,maybe
        """,
        "x.csv, row 3, kind: “operations” is not on the scale. Expected: group, operation. Did you mean operation?\n"
        "x.csv, row 4, synthetic: “maybe” is not on the scale. Expected: true, false.",
        "SELECT count(*) FROM operation WHERE operation = 'new-op' AND synthetic",
    ),
    "masters/unknown_framework": Example(
        """
        operation,country,title,kind,frameworks
        new-op,AAA,New,operation,toy
        far-op,AAA,Far,operation,toy; toi
        """,
        "x.csv, row 3, frameworks: The framework “toi” is not loaded. Did you mean toy?",
        "SELECT count(*) FROM operation WHERE operation = 'new-op'",
    ),
    "masters/bad_version": Example(
        """
        round,title,starts_on,ends_on,versions
        R3,Third,2026-01-01,2026-03-31,toy = 1.0
        R4,Fourth,2027-01-01,2027-03-31,toy=one
        R5,Fifth,2028-01-01,2028-03-31,toy=1.0;toy=0.9
        R6,Sixth,2029-01-01,2029-03-31,toi=1.0
        R7,Seventh,2030-01-01,2030-03-31,"toy=1.0,0.9"
        R8,Eighth,2031-01-01,2031-03-31,"toy=1.0,"
        """,
        "x.csv, row 3, versions: “toy=one” does not give one version for each framework. "
        "Expected: framework=1.0;other=1.1.\n"
        "x.csv, row 4, versions: “toy=1.0;toy=0.9” does not give one version for each framework. "
        "Expected: framework=1.0;other=1.1.\n"
        "x.csv, row 5, versions: The framework “toi” is not loaded. Did you mean toy?\n"
        "x.csv, row 7, versions: “toy=1.0,” does not give one version for each framework. "
        "Expected: framework=1.0;other=1.1.",
        "SELECT count(*) // 2 FROM round WHERE round IN ('R3', 'R7') AND versions = ['toy=1.0']",
    ),
    "masters/version_ahead": Example(
        """
        round,title,starts_on,ends_on,versions
        R3,Third,2026-01-01,2026-03-31,toy=0.9
        R4,Fourth,2027-01-01,2027-03-31,toy=1.0.1
        """,
        "x.csv, row 3, versions: “toy=1.0.1” is higher than the loaded version, so no operation can have been asked "
        "in it. "
        "Expected: at most 1.0.",
        "SELECT count(*) FROM framework_version WHERE version = '0.9' AND step IS NULL",
    ),
    "masters/unknown_round": Example(
        """
        operation,country,title,kind,first_round
        new-op,AAA,New,operation,R2
        far-op,AAA,Far,operation,R22
        """,
        "x.csv, row 3, first_round: “R22” is not a round. Did you mean R2?",
        "SELECT count(*) FROM operation WHERE operation = 'new-op'",
    ),
    "masters/unknown_language": Example(
        """
        operation,country,title,kind,language
        new-op,AAA,New,operation,FR
        far-op,AAA,Far,operation,French
        """,
        "x.csv, row 3, language: “French” is not the code of a language. "
        "Expected: the two letters of a language, such as fr.",
        "SELECT count(*) FROM operation WHERE operation = 'new-op' AND language = 'fr'",
    ),
    "masters/ends_too_early": Example(
        """
        operation,country,title,kind,services,first_round,last_round
        c-op,BBB,Other toys,operation,shop,R1,R1
        a-op,AAA,Toys of Aland,operation,shop,,R1
        b-op,BBB,Toys of Beland,operation,shop,R2,R1
        a2-op,AAA,More toys of Aland,operation,,,
        """,
        "x.csv, row 3, last_round: The operation would end in round “R1”, but has said something in a later one. "
        "Expected: R2 or a later round.\n"
        "x.csv, row 4, last_round: The operation would end in round “R1”, but has said something in a later one. "
        "Expected: R2 or a later round.\n"
        "x.csv, row 4, last_round: The operation would end in round “R1”, before it joined. "
        "Expected: R2 or a later round.",
        "SELECT count(*) FROM operation WHERE last_round = 'R1'",
    ),
    "masters/former_code": Example(
        """
        operation,country,title,kind,services,formerly
        d-op,BBB,Third toys,operation,shop,e-op
        c-op,BBB,Other toys,operation,shop,a-op
        a-op,AAA,Toys of Aland,operation,shop,
        a2-op,AAA,More toys of Aland,operation,,
        b-op,BBB,Toys of Beland,operation,shop,
        """,
        "x.csv, row 3, formerly: “a-op” is still the code of something else here, so this cannot have had it before.",
        "SELECT count(*) FROM operation WHERE operation = 'd-op' AND list_contains(formerly, 'e-op')",
    ),
    "masters/no_open_round": Example(
        """
        operation,country,title,kind,services,first_round
        c-op,BBB,Other toys,operation,shop,
        d-op,BBB,Third toys,operation,shop,R2
        """,
        "x.csv, row 2, first_round: No round is open in which the operation could begin.",
        "SELECT count(*) FROM operation WHERE operation = 'd-op'",
        before="round,title,starts_on,ends_on,frameworks,closed\nR1,First round,2024-01-01,2024-03-31,toy,true\n"
        "R2,Second round,2025-01-01,2025-03-31,toy,true\n",
    ),
    "facts/ended": Example(
        """
        round,operation,impact,found,scale,scope,irremediability,likelihood,basis
        R1,c-op,TOY-I1,none,,,,,Looked.
        R2,c-op,TOY-I1,none,,,,,Looked.
        """,
        "x.csv, row 3, round: The operation takes no part in round “R2” any more. Its last round is R1.",
        "SELECT count(*) FROM risk_rating",
        before="operation,country,title,kind,services,first_round,last_round\n"
        "c-op,BBB,Other toys,operation,shop,R1,R1\n",
    ),
    "masters/bad_date": Example(
        """
        round,title,starts_on,ends_on
        R3,Third,2026-01-01,2026-03-31
        R4,Fourth,2026-13-01,2026-03-31
        R5,Fifth,2026-05-01,2026-03-31
        """,
        "x.csv, row 3, starts_on: “2026-13-01” is not a valid date here. Expected: YYYY-MM-DD.\n"
        "x.csv, row 4, ends_on: “2026-03-31” is not a valid date here. Expected: YYYY-MM-DD.",
        "SELECT count(*) FROM round WHERE round = 'R3'",
    ),
    "masters/bad_difference": Example(
        """
        indicator,title,unit,limit_years,difference_of
        gap,Gap,each,3,toys;balls
        balls,Balls,each,3,
        one,One,each,3,toys
        odd,Odd,each,3,toys; bals
        """,
        "x.csv, row 4, difference_of: “toys” is not on the scale. Expected: indicator;indicator.\n"
        "x.csv, row 5, difference_of: “bals” is not an indicator in the list of indicators. Did you mean balls?",
        "SELECT count(*) FROM indicator WHERE indicator = 'gap' AND difference_of = ['toys', 'balls']",
    ),
    "columns/bad_number": Example(
        """
        indicator,title,unit,limit_years
        books,Books,each,3
        balls,Balls,each,never
        cards,Cards,each,1.5
        """,
        "x.csv, row 3, limit_years: “never” is not a valid number here. Expected: 1 to 99.\n"
        "x.csv, row 4, limit_years: “1.5” is not a valid number here. Expected: 1 to 99.",
        "SELECT count(*) FROM indicator WHERE indicator = 'books'",
    ),
}


@pytest.fixture(scope="module")
def toys(tmp_path_factory: pytest.TempPathFactory, tiny: Path, writer: Writer, today: date) -> Path:
    """The toy group with an indicator, so that context figures are accepted."""
    folder = tmp_path_factory.mktemp("toys")
    extra = folder / "indicators.csv"
    extra.write_text("indicator,title,unit,limit_years\ntoys,Toys,each,5\n")
    outcome = publish(Load(folder / "store", [tiny, extra], writer, today))
    assert outcome.problems == ()
    return folder / "store"


def written(folder: Path, table: str) -> Path:
    path = folder / "x.csv"
    path.write_text("\n".join(line.strip() for line in table.strip().splitlines()) + "\n", "utf-8")
    return path


def said(problems: tuple[Problem, ...], words: Words) -> str:
    return "\n".join(sentence(problem, words) for problem in problems)


def test_every_check_has_an_example() -> None:
    names = {
        name.removeprefix("checks/")
        for group in ("masters", "facts", "plan", "participation", "reviews", "evidence")
        for name in checks(group)
    }
    of_columns = {
        f"columns/{kind}"
        for record in RECORDS.values()
        for statement in checks_of(record)
        for kind in re.findall(r"SELECT (?:DISTINCT )?'(\w+)', '", statement)
    }
    with_example = {name.partition(":")[0] for names in EXAMPLES for name in names.split(", ")}
    assert with_example == names | of_columns


@pytest.mark.thorough
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_bad_row_is_reported_and_stays_out_while_the_sound_one_enters(
    name: str, toys: Path, tmp_path: Path, writer: Writer, today: date, words: Words
) -> None:
    example = EXAMPLES[name]
    store = copied(toys, tmp_path)
    if example.before:
        publish(Load(store, [written(tmp_path, example.before)], writer, today))
    outcome = publish(Load(store, [written(tmp_path, example.table)], writer, today))
    assert said(outcome.problems, words) == example.said
    assert outcome.revision is not None
    assert {problem.serious for problem in outcome.problems} == {example.serious}
    assert outcome.revision.n_problems == sum(problem.serious for problem in outcome.problems)
    with duckdb.connect(str(publication_path(store, outcome.revision.publication)), read_only=True) as connection:
        assert connection.execute(example.entered).fetchall() == [(1,)]
        kept = "SELECT count(*) FROM problem"
        assert connection.execute(kept).fetchall() == [(len(outcome.problems),)]


def copied(store: Path, folder: Path) -> Path:
    """A store with the move in force of another, without its history."""
    move = read_revision(store, current_number(store))
    made = folder / "store"
    (made / "publications").mkdir(parents=True)
    (made / "moves").mkdir()
    for part in ("CURRENT", f"moves/{move.number:06}.json", f"publications/{move.publication}.duckdb"):
        (made / part).write_bytes((store / part).read_bytes())
    return made


def test_a_bad_file_changes_nothing_though_a_good_one_lies_beside_it(
    store: Path, tmp_path: Path, writer: Writer, today: date, words: Words
) -> None:
    good = written(tmp_path, EXAMPLES["columns/unknown_round"].table)
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"round,operation,criterion,status\nR2,a-op,T1.a,\xe9\n")
    reader = Reader(store)
    before = reader.current()
    outcome = publish(Load(store, [good, bad], writer, today))
    assert outcome.revision is None
    assert "bad.csv, row 2: The text is not UTF-8." in said(outcome.problems, words)
    assert reader.current() is before


@pytest.mark.thorough
def test_of_one_kind_the_first_thousand_are_reported_and_the_rest_are_counted(
    toys: Path, tmp_path: Path, today: date, words: Words
) -> None:
    many = "round,operation,criterion,status\n" + "".join(f"R9,a-op,T1.a,yes{n}\n" for n in range(1200))
    many += "R9,a-op,T1.a,rare\n"
    problems = check(toys, [written(tmp_path, many)], today)
    rounds = [problem for problem in problems if problem.kind == "unknown_round"]
    assert [problem.row for problem in rounds] == [2, 3, 4, 5, 6]
    assert "x.csv, round: More rows with the same problem: 1196." in said(problems, words)
    statuses = [problem for problem in problems if problem.kind == "off_scale"]
    assert len(statuses) == 1000
    assert "More problems, not listed: 201." in said(problems, words)


@pytest.mark.thorough
def test_titles_may_be_exchanged_and_each_list_has_its_own(toys: Path, tmp_path: Path, today: date) -> None:
    def said_of(table: str) -> list[tuple[str | None, str | None]]:
        problems = check(toys, [written(tmp_path, table)], today)
        return [(problem.value, problem.expected) for problem in problems if problem.serious]

    assert said_of("country,title,region\nAAA,Beland,North\nBBB,Aland,South\nCCC,Toys of Aland,South\n") == []
    assert said_of("country,title,region\nCCC,head OFFICE,South\n") == [("CCC", "GROUP")]
    heads = "operation,country,title,kind\n"
    assert said_of(f"{heads}c-op,BBB,Toys  of Aland,operation\n") == [("c-op", "a-op")]
    assert said_of("round,title,starts_on,ends_on,frameworks\nR3,first round,2025-06-01,2025-07-01,toy\n") == [
        ("R3", "R1")
    ]
    assert said_of("indicator,title,unit,limit_years\nmore,TOYS,each,5\n") == [("more", "toys")]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("table", "entered"),
    [
        ("country,title,region\nCCC,,", "SELECT title, region FROM country WHERE country = 'CCC'"),
        ("operation,country,title,kind\nc-op,AAA,,operation", "SELECT title, '' FROM operation WHERE title = 'c-op'"),
        ("round,title,starts_on,ends_on\nR0,,2023-06-01,2023-07-01", "SELECT title, '' FROM round WHERE round = 'R0'"),
        ("indicator,title,unit,limit_years\nmore,,each,5", "SELECT title, '' FROM indicator WHERE indicator = 'more'"),
    ],
)
def test_what_has_no_title_is_called_by_its_code(
    table: str, entered: str, toys: Path, tmp_path: Path, writer: Writer, today: date
) -> None:
    store = copied(toys, tmp_path)
    outcome = publish(Load(store, [written(tmp_path, table)], writer, today))
    assert outcome.revision is not None
    assert not outcome.problems
    code = table.splitlines()[1].partition(",")[0]
    with duckdb.connect(str(publication_path(store, outcome.revision.publication)), read_only=True) as connection:
        assert connection.execute(entered).fetchall() == [(code, "")]


@pytest.mark.thorough
@pytest.mark.parametrize("code", ["A-001", "gha op", "x_y", "2025/1", "côte.1"])
def test_a_code_is_a_key_on_every_page(code: str, toys: Path, tmp_path: Path, today: date) -> None:
    """A code that is accepted is not changed when texts are made safe, so that rows can be found by it."""
    problems = check(toys, [written(tmp_path, f"country,title,region\n{code},Ceeland,North\n")], today)
    assert problems == ()
    assert escape(code) == code


CHANCES = "round,operation,impact,reach,need,feasibility,confidence,found,basis"


def test_an_opportunity_is_held_to_the_same_rules_as_a_risk(
    toys: Path, tmp_path: Path, today: date, words: Words
) -> None:
    table = f"""
        {CHANCES}
        R2,a-op,TOY-I2,1,2,3,low,,sound
        R2,a-op,TOY-I1,1,2,3,low,,wrong polarity
        R1,a-op,TOY-I2,1,2,5,low,,off the scale
        R2,b-op,TOY-I2,1,2,3,some,maybe,no such words
        R2,a2-op,TOY-I2,1,2,3,low,,no shop
        R2,toy-hq,TOY-I2,1,2,3,low,,the head office may speak of any setting
        R1,toy-hq,TOY-I2,1,2,3,low,none,
    """
    assert said(check(toys, [written(tmp_path, table)], today), words).splitlines() == [
        "x.csv, row 3, impact: “TOY-I1” is not an impact of this kind. Did you mean TOY-I2?",
        "x.csv, row 4, feasibility: “5” is not on the scale. Expected: 1, 2, 3, 4.",
        "x.csv, row 5, confidence: “some” is not on the scale. Expected: low, medium, high.",
        "x.csv, row 5, found: “maybe” is not on the scale. Expected: yes, none.",
        "x.csv, row 6, impact: “TOY-I2” is in a setting where this operation does no business. Expected: services "
        "shop.",
        "x.csv, row 8, basis: The rating of “TOY-I2” gives no basis.",
        "x.csv, row 8, feasibility: Nothing was found, so the rating “3” is not allowed here.",
        "x.csv, row 8, need: Nothing was found, so the rating “2” is not allowed here.",
        "x.csv, row 8, reach: Nothing was found, so the rating “1” is not allowed here.",
    ]


def test_effort_and_cost_are_classes(toys: Path, tmp_path: Path, today: date, words: Words) -> None:
    table = """
        action,operation,text,owner_role,due_on,criterion,effort,cost
        A-1,a-op,Tell,Head,2026-05-01,T1.a,hihg,cheap
    """
    assert said(check(toys, [written(tmp_path, table)], today), words).splitlines() == [
        "x.csv, row 2, cost: “cheap” is not on the scale. Expected: low, medium, high.",
        "x.csv, row 2, effort: “hihg” is not on the scale. Expected: low, medium, high. Did you mean high?",
    ]


def test_one_residual_grade_asks_for_the_other(toys: Path, tmp_path: Path, today: date, words: Words) -> None:
    table = """
        round,operation,impact,scale,scope,irremediability,likelihood,basis,residual_severity,residual_likelihood,residual_basis
        R2,a-op,TOY-I1,1,2,3,4,sound,2,,T1.a is kept.
    """
    expected = "x.csv, row 2, residual_likelihood: “” is not on the scale. Expected: 1, 2, 3, 4."
    assert said(check(toys, [written(tmp_path, table)], today), words) == expected


EXPECTING = "action,operation,text,owner_role,due_on,impact,expected_status"


def test_of_a_row_that_stays_out_nothing_further_is_noticed(
    toys: Path, tmp_path: Path, today: date, words: Words
) -> None:
    table = f"{EXPECTING}\nodd,c-op,Blunt it,Shop manager,2026-05-01,TOY-I1,yes\n"
    problems = check(toys, [written(tmp_path, table)], today)
    assert [problem.kind for problem in problems] == ["unknown_operation"]


def test_many_notes_are_counted_as_notes(toys: Path, tmp_path: Path, today: date, words: Words) -> None:
    rows = "".join(f"odd{n},a-op,Blunt it,Shop manager,2026-05-01,TOY-I1,yes\n" for n in range(9))
    problems = check(toys, [written(tmp_path, f"{EXPECTING}\n{rows}")], today)
    assert not any(problem.serious for problem in problems)
    assert "x.csv, expected_status: More rows with the same problem: 4." in said(problems, words)


def test_rows_that_hold_nothing_are_passed_over(toys: Path, tmp_path: Path, today: date, words: Words) -> None:
    table = "round,operation,criterion,status\n,,,\nR2,a-op,T1.a,yes\n , ,,\nR2,a-op,T1.b,yess\n,,,\n"
    assert said(check(toys, [written(tmp_path, table)], today), words).startswith("x.csv, row 5, status: “yess”")


def test_a_row_is_named_as_the_readers_own_program_counts_it(toys: Path, tmp_path: Path, today: date) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        'round,operation,criterion,status,note\n\nR2,a-op,T1.a,yes,"two\nlines"\n\n\nR2,a-op\nR2,a-op,T1.b,yess,\n'
    )
    assert [(p.kind, p.row) for p in check(toys, [path], today)] == [("torn_row", 6), ("off_scale", 7)]


@pytest.mark.thorough
def test_an_action_expects_an_answered_status_of_its_own_scale(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    table = tmp_path / "actions.csv"
    table.write_text(
        "action,operation,text,owner_role,due_on,criterion,expected_status\n"
        "a,a-op,Blunt it,,2026-05-01,T1.a,mostly\n"
        "b,a-op,Blunt it,,2026-05-01,T1.a,\n"
        "c,a-op,Blunt it,,2026-05-01,T1.a,na\n",
        "utf-8",
    )
    outcome = publish(Load(folder, [tiny, table], Writer("tester", "test", "127.0.0.1"), date(2026, 1, 1)))
    assert [(p.kind, p.row, p.value, p.expected) for p in outcome.problems] == [
        ("off_scale", 4, "na", "yes, mostly, somewhat, no")
    ]
    assert outcome.revision is not None
    with duckdb.connect(str(publication_path(folder, outcome.revision.publication)), read_only=True) as connection:
        found = connection.execute("SELECT action, expected_status FROM action ORDER BY action").fetchall()
    assert found == [("a", "mostly"), ("b", "yes")], "without a word the best of the scale is expected"
