#!/usr/bin/env bash
# Gets what the modeler tests need: the npm packages of the lock file, and Chromium.
set -euo pipefail
cd "$(dirname "$0")"

chromium() {
  for browser in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if [ -n "$browser" ] && [ -x "$browser" ]; then return 0; fi
  done
  return 1
}

if ! command -v npm >/dev/null; then
  echo "Install Node.js 20 or newer: the modeler tests need node and npm." >&2
  exit 1
fi
if ! chromium && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium fonts-liberation
fi
if ! chromium; then
  echo "Install Chromium (Debian: apt-get install chromium) or set CHROMIUM to a browser's path: the modeler tests need it." >&2
  exit 1
fi
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund --ignore-scripts
fi
