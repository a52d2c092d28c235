#!/bin/sh
# Make the development environment: venv.sh FOLDER [PYTHON]
#
# uv comes first, pinned, by whichever Python there is; then uv takes Python 3.13 from this machine, or fetches it;
# then it installs exactly what is locked, and the project itself.
set -eu

VENV=$1
PYTHON=${2:-}
HERE=$(dirname "$0")
TOOLS=.cache/uv-venv
LOCK=$HERE/uv-requirements.txt
LOG=.cache/setup.log

fail() {
	echo "$1" >&2
	exit 1
}

quietly() {
	"$@" >"$LOG" 2>&1
}

is_313() {
	"$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null
}

# Any version of Python can install uv, if only it has venv and pip.
install_uv() {
	test -x $TOOLS/bin/uv && cmp -s "$LOCK" $TOOLS/installed && return
	for candidate in $PYTHON python3.13 python3 python3.12 python3.11 python3.10 python; do
		"$candidate" -c 'import ensurepip, venv' 2>/dev/null || continue
		rm -rf $TOOLS
		"$candidate" -m venv $TOOLS
		quietly $TOOLS/bin/python -m pip install --quiet --require-hashes -r "$LOCK" ||
			fail "uv could not be installed from the package index: see $LOG."
		cp "$LOCK" $TOOLS/installed
		return
	done
	fail "No Python with venv and pip was found to install uv. Install python3 (on Debian python3-venv too)."
}

make_environment() {
	test -x "$VENV/bin/python" && is_313 "$VENV/bin/python" && return
	if [ -n "$PYTHON" ] && ! is_313 "$PYTHON"; then
		fail "PYTHON=$PYTHON is not Python 3.13. Name another one, or leave PYTHON out."
	fi
	quietly $TOOLS/bin/uv venv --clear --python "${PYTHON:-3.13}" "$VENV" ||
		fail "Python 3.13 was not found and could not be fetched (see $LOG). Install it, or say make PYTHON=/path/to/python3.13."
}

mkdir -p .cache
install_uv
make_environment
$TOOLS/bin/uv pip sync --quiet --require-hashes --python "$VENV/bin/python" requirements-dev.txt
$TOOLS/bin/uv pip install --quiet --no-deps --no-build-isolation --python "$VENV/bin/python" --editable .
