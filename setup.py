"""Packs pages, standards and sample into the wheel, as `dashboard/shipped`; `pyproject.toml` says everything else."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SHIPPED = ("app.py", "room.py", ".streamlit/config.toml", "pages", "frameworks", "data")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.py[co]", "sample")


class BuildWithShipped(build_py):
    """Builds the package, then copies what an installed `dashboard` needs besides it."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        into = Path(self.build_lib) / "dashboard" / "shipped"
        for name in SHIPPED:
            target = into / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if Path(name).is_dir():
                shutil.copytree(name, target, ignore=LEFT_OUT, dirs_exist_ok=True)
            else:
                shutil.copyfile(name, target)


setup(cmdclass={"build_py": BuildWithShipped})
