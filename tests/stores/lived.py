"""What happens to a toy group in a year? Run by `make.py` with the program of an earlier commit, in its checkout.

Only its commands are used, since these change least. At the end it prints, as JSON, what every step holds.
"""

import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree

from held import held

TINY, STORE = Path(sys.argv[1]), Path(sys.argv[2])
FOLDER = STORE.with_name("handed-in")

SECOND = {
    "answers.csv": "round,operation,criterion,status,evidence,note,answered_by_role,answered_on,na_reason\n"
    'R2,a-op,T1.a,yes,seen,"The drawer is empty; seen twice, ""really"".",Shop manager,2025-03-01,\n'
    "R2,b-op,T1.a,no,none,Ça n’a pas été fait - 2025,Shop manager,2025-03-01,\n"
    "R2,b-op,T2.a,yes,seen,,Shop manager,2025-03-02,\n"
    "R1,a2-op,T1.a,somewhat,none,,Shop manager,2024-03-02,\n",
    "risk_ratings.csv": "round,operation,impact,scale,scope,irremediability,likelihood,confidence,basis,rated_by_role,"
    "rated_on\nR1,a-op,TOY-I1,3,2,1,4,high,interviews,Safety lead,2024-02-10\n"
    "R2,a-op,TOY-I1,2,2,1,3,medium,interviews,Safety lead,2025-02-10\n"
    "R2,b-op,TOY-I1,4,1,2,2,low,interviews,Safety lead,2025-02-11\n",
    "opportunity_ratings.csv": "round,operation,impact,reach,need,feasibility,confidence,basis,rated_by_role,rated_on\n"
    "R2,a-op,TOY-I2,3,4,2,medium,interviews,Safety lead,2025-02-10\n",
    "actions.csv": "action,operation,text,owner_role,due_on,round,criterion,impact,status,priority,reason,"
    "status_by_quarter\n"
    "A-1,a-op,Empty the drawer.,Shop manager,2025-06-30,R2,T1.a,,in_progress,high,No toy may be sharp.,"
    "2025-Q1 open; 2025-Q2 in_progress\n"
    "A-2,b-op,Swap the sharp toys.,,2025-07-31,R2,,TOY-I1,open,medium,,\n",
    "indicators.csv": "indicator,title,unit,limit_years\nTOY-N,Toys a child,toys,3\n",
    "context.csv": "country,indicator,year,value,publisher,dataset,licence,note\n"
    "AAA,TOY-N,2024,12,Office of toys,Toys counted,free,\nBBB,TOY-N,2024,7.5,Office of toys,Toys counted,free,few\n",
}
AGAIN = (
    "round,operation,criterion,status,evidence,note,answered_by_role,answered_on,framework_version\n"
    "R2,b-op,T2.a,no,seen,To the former words.,Shop manager,2025-05-01,1.0\n"
    "R2,a-op,T2.a,mostly,seen,To the new words.,Shop manager,2025-05-01,\n"
)
CHANGED = (
    ('version: "1.0"', 'version: "1.1"'),
    ("text: Prices are told.", 'since: "1.1"\n        text: Prices are shown where the toys are.'),
    ("text: Toys are lent.", "text: Toys are lent to children."),
    ("criterion: T1.a", "criterion: T1.first\n        formerly: [T1.a]"),
)
FRENCH = "schema_version: 1\nlanguage: fr\ntexts:\n  T1: {title: Jouer, text: Les jouets sont faits pour jouer.}\n"
TOUR = (
    "schema_version: 1\ntour: shop\ntitle: Through the shop\naudience: Toy makers\nminutes: 5\nsteps:\n"
    "  - page: heatmap\n    view: {country: [AAA]}\n    title: One shop\n    text: Look at one shop.\n"
)


def main() -> None:
    """Every step in turn; one that is refused ends it."""
    publish(TINY, "the first round")
    publish(handed_in("second", SECOND), "what came late")
    dashboard("close", "R1", "--accept", "--role", "programme lead", "--why", "reviewed by the board")
    dashboard("reopen", "R1", "--role", "programme lead", "--why", "late answers")
    publish(raised(), "the standard of 2026")
    publish(handed_in("again", {"again.csv": AGAIN}), "in either words")
    dashboard("revert", "2", "--role", "data steward", "--why", "wrong workbook")
    dashboard("revert", "6", "--role", "data steward", "--why", "it was right")
    dashboard("close", "R1", "--accept", "--role", "programme lead", "--why", "reviewed by the board")
    print(json.dumps(held(STORE), ensure_ascii=False, default=str))


def publish(folder: Path, why: str) -> None:
    dashboard("publish", str(folder), "--role", "data steward", "--why", why)


def dashboard(*given: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "dashboard", *given, "--store", str(STORE)], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise SystemExit(f"{given}: {ran.stdout}{ran.stderr}")


def raised() -> Path:
    """A framework in a higher version: other wording, better wording, and a criterion with another name."""
    folder = FOLDER / "raised" / "frameworks"
    copytree(TINY / "frameworks", folder)
    file = folder / "toy" / "framework.yaml"
    text = file.read_text("utf-8")
    for old, new in CHANGED:
        if old not in text:
            raise SystemExit(f"not in the standard: {old}")
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    file.with_name("fr.yaml").write_text(FRENCH, "utf-8")
    (folder / "tours").mkdir()
    (folder / "tours" / "shop.yaml").write_text(TOUR, "utf-8")
    return folder.parent


def handed_in(name: str, files: dict[str, str]) -> Path:
    folder = FOLDER / name
    folder.mkdir(parents=True)
    for file, text in files.items():
        (folder / file).write_text(text, "utf-8")
    return folder


if __name__ == "__main__":
    main()
