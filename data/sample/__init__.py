"""Makes the illustrative answers, reviews, ratings, actions, targets and records of participation.

Run `python -m data.sample` after a change to the frameworks, the operations or the rounds. It reads
`frameworks/*/framework.yaml`, `frameworks/shared/{settings,impacts}.yaml`, `data/operations.csv` and
`data/rounds.csv`, and writes `data/answers/<round>.csv`, `data/reviews.csv`, `data/ratings/*.csv`,
`data/actions.csv`, `data/targets.csv` and `data/participation.csv`. Texts stand in the YAML files beside this one.
Every draw is made from a seed and the ids it concerns, so two runs give the same bytes.

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
    a residual above the inherent       gtm-op, IMP-hosting-RA11-r1, 2025
    a residual lowered by nothing       tcd-op, 2025: the first risk none of whose criteria is in place
    a severe risk without an action      sen-op, IMP-care-RA01-r1, 2025
    a severe risk on low confidence      cod-op, IMP-depots-RA06-r1, 2025
    rare but severe, frequent but mild   rwa-op, IMP-field-RA08-r1 and IMP-content-RA05-r1, 2025
    an action reached, 2023             rwa-op, CRBP-05.e: partly, then implemented as expected
    an action reached in part, 2023     rwa-op, CRBP-09.a: not implemented, then partly, expected implemented
    an action not reached, 2023         sen-op, CRBP-05.a: partly, then not implemented, expected implemented
    an action not measured, 2023        cod-op, CRBP-02.b: not answered in the next round
    the same three, 2024                gtm-op, CRBP-04.a; tza-op, CRBP-03.a; tcd-op, CRBP-02.a
    actions past their date, unowned    gha-op, CRBP-05.e, 2025; gtm-op, CRBP-02.b, 2025
    an action without a round           HQ, CRBP-07.c
    a target reached, on and off track  2025, respect: group, CRBP-03; group, all; group, CRBP-08
    the same three of operations, 2025  rwa-op, CRBP-05; gha-op, CRBP-05; sen-op, all
    a target without a figure           cod-op, respect, all, 2025
    children heard and something changed  gha-op, rwa-op, col-op and tza-op, 2025
    children heard without safeguards   pry-op, P-010, 2025
    counts withheld, all and in part    sen-op, P-009, and gha-op, P-004, 2025
"""
