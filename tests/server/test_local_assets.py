"""Page assets: built once, again when a source changes, and npm's lock names no host."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from madang_server.local.assets import build_assets, pages_folder
from madang_server.local.errors import AssetBuildError


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the sources with the installed packages linked in."""
    assert not build_assets() or (pages_folder() / "static" / "built" / "manifest.json").is_file()
    for name in ("package.json", "package-lock.json", "build.mjs"):
        shutil.copy(pages_folder() / name, tmp_path)
    for name in ("scripts", "styles", "fonts", "parts", "pages"):
        shutil.copytree(pages_folder() / name, tmp_path / name)
    (tmp_path / "node_modules").symlink_to(pages_folder() / "node_modules")
    (tmp_path / "static").mkdir()
    return tmp_path


def test_assets_are_built_once_and_again_when_a_source_changes(sources: Path) -> None:
    assert build_assets(sources)
    manifest = json.loads((sources / "static" / "built" / "manifest.json").read_text())
    assert {name for name, file in manifest.items() if not (sources / "static" / "built" / file).is_file()} == set()
    assert not build_assets(sources)
    style = sources / "styles" / "madang.css"
    style.write_text(style.read_text() + "\n.new-rule { color: red }\n")
    assert build_assets(sources)
    assert (
        json.loads((sources / "static" / "built" / "manifest.json").read_text())["madang.css"] != manifest["madang.css"]
    )


def test_a_broken_script_is_told_and_the_assets_before_it_stay(sources: Path) -> None:
    build_assets(sources)
    (sources / "scripts" / "madang.js").write_text("import './missing.js'")
    with pytest.raises(AssetBuildError, match=r"missing\.js"):
        build_assets(sources)
    assert (sources / "static" / "built" / "manifest.json").is_file()


def test_the_lock_file_of_npm_names_no_host() -> None:
    lock = json.loads((pages_folder() / "package-lock.json").read_text())
    assert [path for path, package in lock["packages"].items() if "resolved" in package] == []
    assert [path for path, package in lock["packages"].items() if path and "integrity" not in package] == []
