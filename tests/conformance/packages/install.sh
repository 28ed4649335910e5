#!/bin/sh
# Installs the packages that the programs here use into target/packages, once
# for each version of package-lock.json. Exits with 3 where npm is absent.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=$here/../../../target/packages

if cmp -s "$here/package-lock.json" "$target/package-lock.json" && [ -f "$target/.installed" ]; then
    exit 0
fi
if ! command -v npm >/dev/null 2>&1; then
    echo "packages: npm is absent, so no packages are installed" >&2
    exit 3
fi

echo "packages: installing packages into target/packages"
mkdir -p "$target"
rm -f "$target/.installed"
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$target"
cd "$target"
# --force: npm's own Node.js may be older than packages want theirs to be.
npm ci --force
touch .installed
