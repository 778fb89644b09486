"""What `make` says on a machine that lacks something, and what it tells the programs it starts."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def program(folder: Path, text: str) -> Path:
    path = folder / "python3.11"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="ascii")
    path.chmod(0o755)
    return path


def test_a_python_without_venv_is_told_which_package(tmp_path):
    python = program(tmp_path, 'case "$*" in *ensurepip*) exit 1;; esac; mkdir -p "$3/bin"; touch "$3/bin/python"; exit 1')
    done = subprocess.run(["bash", "scripts/venv", python, tmp_path / "made"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "python3.11-venv" in done.stderr
    assert not (tmp_path / "made").exists()


def test_a_virtual_environment_that_was_cut_off_is_not_left(tmp_path):
    python = program(tmp_path, 'case "$*" in *ensurepip*) exit 0;; esac; mkdir -p "$3/bin"; touch "$3/bin/python"; exit 1')
    done = subprocess.run(["bash", "scripts/venv", python, tmp_path / "made"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert not (tmp_path / "made").exists()


def test_a_python_that_is_not_there_is_named(tmp_path):
    done = subprocess.run(
        ["bash", "scripts/venv", tmp_path / "none", tmp_path / "made"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "PYTHON=" in done.stderr


@pytest.mark.parametrize("there", [True, False])
def test_certificates_are_named_to_programs_only_where_they_are(tmp_path, there):
    """An empty SSL_CERT_FILE would leave a program with no certificate at all."""
    bundle = tmp_path / "bundle.crt"
    if there:
        bundle.write_text("", encoding="ascii")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("/etc/ssl/certs/ca-certificates.crt", str(bundle))
    rule = 'show:\n\t@echo "$${SSL_CERT_FILE-not named}"\n'
    own = {key: value for key, value in os.environ.items() if key not in {"SSL_CERT_FILE", "MAKEFLAGS"}}
    done = subprocess.run(
        ["make", "-s", "-f", "-", "show"], input=makefile + rule, env=own, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == (str(bundle) if there else "not named")
