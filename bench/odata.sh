#!/usr/bin/env bash
# The rows of OData, with SAP CAP as a peer in the same run where node is there: bash bench/odata.sh
# Everything listens on this machine only.
set -euo pipefail
cd "$(dirname "$0")"
cap=()
if command -v npm >/dev/null; then
    [ -d Cap/node_modules ] || (cd Cap && npm ci --no-audit --no-fund)
    (cd Cap && node make.mjs 100000)
    (cd Cap && exec env NODE_ENV=production HOST=127.0.0.1 PORT=4004 node node_modules/@sap/cds/bin/serve.js all) >/dev/null 2>&1 &
    trap "kill $!" EXIT
    for _ in $(seq 60); do curl -sf 'http://127.0.0.1:4004/odata/Pupils?$top=1' >/dev/null && break; sleep 1; done
    cap=(http://127.0.0.1:4004/)
fi
command -v uptime >/dev/null && uptime   # how busy the machine is
dotnet run -c Release --project . -- odata "${cap[@]}"
