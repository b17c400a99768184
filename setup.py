"""What a wheel needs beyond pyproject.toml: the catalogues, compiled, inside the package."""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

sys.path.insert(0, str(Path(__file__).parent))  # a build starts elsewhere

from tools.compile_catalogues import compile_into


class BuildWithCatalogues(build_py):
    """Builds the package and compiles ``locales`` into it; an editable one reads its own."""

    def run(self) -> None:
        """Build."""
        super().run()
        if not self.editable_mode:
            compile_into(Path(self.build_lib) / "campaigns" / "locales")


setup(cmdclass={"build_py": BuildWithCatalogues})
