"""How were the stores in this folder made? The program of an earlier commit lived through a year with them.

    python tests/stores/make.py 3ba1d19

checks the commit out into a temporary folder, lets its program make a store of its own toy group, packs the store as
`3ba1d19.tar.xz` and writes its content beside it as `3ba1d19.json`, read by that program with plain SQL. Making one
again changes the fixture: only do so to add one for a commit that is not here yet.
"""

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def main(commit: str) -> None:
    """Make the store of one commit, packed, and what it holds."""
    with tempfile.TemporaryDirectory() as folder:
        checkout, store = Path(folder) / "checkout", Path(folder) / "store"
        subprocess.run(["git", "-C", ROOT, "worktree", "add", "--quiet", "--detach", checkout, commit], check=True)
        try:
            lived: list[str | Path] = [sys.executable, HERE / "lived.py", checkout / "tests" / "tiny", store]
            environment = os.environ | {"PYTHONPATH": str(checkout / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
            found = subprocess.run(lived, env=environment, cwd=checkout, check=True, stdout=subprocess.PIPE).stdout
        finally:
            subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", checkout], check=True)
        (HERE / f"{commit}.json").write_text(_one_line_a_row(json.loads(found)), "utf-8")
        with tarfile.open(HERE / f"{commit}.tar.xz", "w:xz", preset=9) as packed:
            packed.add(store, "store", filter=_of_nobody)


def _of_nobody(file: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """A file without its owner; locks are left out."""
    if file.name.endswith("LOCK"):
        return None
    file.uid = file.gid = 0
    file.uname = file.gname = ""
    return file


def _one_line_a_row(found: dict[str, object]) -> str:
    """JSON in which two versions can be compared line by line."""
    return json.dumps(found, ensure_ascii=False, indent=None, separators=(",", ": ")).replace("},{", "},\n{") + "\n"


if __name__ == "__main__":
    main(sys.argv[1])
