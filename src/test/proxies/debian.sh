#!/usr/bin/env bash
# Unpacks the proxies of the tests from Debian's packages, without installing them, and says where to.
set -euo pipefail
directory="${1:?directory to unpack to}"
packages=(nginx apache2-bin haproxy caddy)
libraries=(libapr1 libaprutil1 libexpat1 liblua5.3-0 libopentracing-c-wrapper0 libopentracing1 libpcre2-8-0 libssl3 zlib1g)

if [ ! -e "$directory/complete" ] && command -v apt-get >/dev/null && grep -q '^VERSION_ID="12"' /etc/os-release; then
  rm -rf "$directory"
  mkdir -p "$directory/packages"
  # A library that is installed must not come a second time, beside others of its release.
  for library in "${libraries[@]}"; do
    if ! dpkg-query -W -f '${Status}' "$library" 2>/dev/null | grep -q ' installed'; then packages+=("$library"); fi
  done
  if [ "$(id -u)" = 0 ]; then apt-get update -q >&2; fi
  (cd "$directory/packages" && apt-get download -q "${packages[@]}" >&2)
  for package in "$directory"/packages/*.deb; do dpkg-deb -x "$package" "$directory" >&2; done
  touch "$directory/complete"
fi
if [ ! -e "$directory/complete" ]; then
  echo "The tests with real proxies unpack nginx, apache2-bin, haproxy and caddy from Debian 12's packages: run them there." >&2
  exit 1
fi
echo "$directory"
