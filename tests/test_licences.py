"""Every locked package has a licence that a person has read and that the site's own licence allows."""
import functools
import importlib.metadata
import re
import sys
import tomllib

import pytest

from tooling.bootstrap import ROOT, RUN_LOCK, TEST_LOCK

TABLE = tomllib.loads((ROOT / "tests" / "licences.toml").read_text(encoding="utf-8"))
# What a work under AGPL-3.0-or-later may be built from (gnu.org/licenses/license-list.html).
# CNRI-Python covers what `regex` shares with Python's own `re`; it is imported as it is and passed on with no change.
ALLOWED = {"MIT", "MIT-0", "MIT-CMU", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0",
           "CNRI-Python", "MPL-2.0", "W3C-20150513", "LGPL-3.0-or-later", "GPL-2.0-or-later", "GPL-3.0-or-later",
           "AGPL-3.0-or-later", "CC-BY-4.0", "CC-BY-SA-3.0", "LicenseRef-Public-Domain"}
# Programs that tests start and nobody receives from us.
STARTED_BY_TESTS = {"GPL-2.0-only WITH Classpath-exception-2.0"}


@functools.cache
def locked(lock: str) -> dict[str, bool]:
    """Packages of a lock, and whether each is for every system."""
    lines = re.findall(r"^([a-z0-9][\w.-]*)==[^\s;]+(.*)$", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
    return {name: ";" not in rest for name, rest in lines}


def says(name: str) -> str:
    """What the metadata of an installed package says about its licence."""
    metadata = importlib.metadata.metadata(name)
    words = (metadata.get("License-Expression") or metadata.get("License") or "").strip().split("\n")[0]
    classifiers = [entry.removeprefix("License :: ").removeprefix("OSI Approved :: ")
                   for entry in metadata.get_all("Classifier") or [] if entry.startswith("License ::")]
    return " | ".join([word for word in (words, *classifiers) if word])


def is_allowed(licence: str) -> bool:
    """Whether one choice of an SPDX expression consists of allowed licences only."""
    return any(all(part in ALLOWED for part in choice.split(" AND ")) for choice in licence.split(" OR "))


def test_table_names_what_is_locked():
    assert set(locked(RUN_LOCK)) == set(TABLE["site"])
    assert set(locked(TEST_LOCK)) - set(locked(RUN_LOCK)) == set(TABLE["tests"])


@pytest.mark.parametrize("name", sorted(locked(TEST_LOCK)))
def test_package_still_says_what_was_read(name):
    row = TABLE["site"].get(name) or TABLE["tests"][name]
    if name == "setuptools" and sys.version_info < (3, 12):
        return  # the venv's own, not the locked one
    try:
        assert row["says"] == says(name)
    except importlib.metadata.PackageNotFoundError:
        assert not locked(TEST_LOCK)[name], f"{name} is locked for every system and not installed"


@pytest.mark.parametrize("name", sorted(TABLE["site"]))
def test_site_may_be_built_from_it(name):
    assert is_allowed(TABLE["site"][name]["licence"])


@pytest.mark.parametrize("name", sorted(TABLE["tests"]))
def test_tests_may_use_it(name):
    licence = TABLE["tests"][name]["licence"]
    assert is_allowed(licence) or licence in STARTED_BY_TESTS


@pytest.mark.parametrize("licence", ["GPL-2.0-only", "Proprietary", "MIT AND GPL-2.0-only", "GPL-2.0-only OR SSPL-1.0"])
def test_other_licences_are_refused(licence):
    assert not is_allowed(licence)


def test_licence_is_the_whole_agpl():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text.splitlines()[0]
    assert "END OF TERMS AND CONDITIONS" in text
    assert "13. Remote Network Interaction" in text
