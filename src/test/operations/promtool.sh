#!/usr/bin/env bash
# Says where promtool is; gets it out of Debian's package, without installing that, if it is nowhere.
set -euo pipefail
directory="${1:?directory to unpack to}"

if command -v promtool; then exit 0; fi
if [ ! -x "$directory/usr/bin/promtool" ] && command -v apt-get >/dev/null; then
  mkdir -p "$directory"
  cd "$directory"
  if [ "$(id -u)" = 0 ]; then apt-get update -q >&2; fi
  apt-get download -q prometheus >&2
  dpkg-deb -x prometheus_*.deb . >&2
fi
if [ ! -x "$directory/usr/bin/promtool" ]; then
  echo "Install promtool (part of Prometheus): the tests of the alert rules need it." >&2
  exit 1
fi
echo "$directory/usr/bin/promtool"
