#!/usr/bin/env bash
# Checks Kubernetes manifests; gets the npm packages of the lock file first.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
if ! command -v npm >/dev/null; then
  echo "Install Node.js 20 or newer: the check of the manifests needs node and npm." >&2
  exit 1
fi
if [ ! -e "$here/node_modules/.package-lock.json" ] || [ "$here/package-lock.json" -nt "$here/node_modules/.package-lock.json" ]; then
  (cd "$here" && npm ci --no-audit --no-fund --ignore-scripts)
fi
node "$here/check.mjs" "$@"
