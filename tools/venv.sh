#!/bin/sh
# Makes .venv with the locked packages. Runs again when the lock or pyproject.toml changes.
# Needs Python 3.11 or newer; packages come from whatever index pip is configured with.
set -eu
cd "$(dirname "$0")/.."

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for name in "${PYTHON:-python3.11}" python3 python3.12 python3.13 python3.14 python; do
        if is_new_enough "$name"; then echo "$name"; return; fi
    done
    echo "Campaigns needs Python 3.11 or newer, and none was found." >&2
    echo "Install it (Debian, Ubuntu: apt-get install python3 python3-venv), or say where it is:" >&2
    echo "    make PYTHON=/path/to/python3.11 …" >&2
    exit 1
}

make_environment() {
    if "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        "$1" -m venv .venv
        return
    fi
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -qq -y "python$version-venv" >/dev/null
        "$1" -m venv .venv
    else
        echo "$1 has no venv module. Install it (Debian, Ubuntu: apt-get install python$version-venv)." >&2
        exit 1
    fi
}

if ! [ -x .venv/bin/python ] || ! is_new_enough .venv/bin/python; then
    python=$(find_python)
    rm -rf .venv
    make_environment "$python"
fi
echo "installing the locked packages into .venv"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
touch .venv/ready
