#!/usr/bin/env bash
# A million pupils on SQLite and then on a PostgreSQL of its own, gone afterwards: bash bench/province.sh [folder of initdb]
# Everything listens on this machine only.
set -euo pipefail
cd "$(dirname "$0")"
dotnet build -c Release -nologo -v q
dotnet run -c Release --no-build -- province
bin=${1:-$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | tail -1)")}
folder=$(mktemp -d)
as=()
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
    chown nobody "$folder"
    as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
fi
"${as[@]}" "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C >/dev/null
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
    -o "-p 5499 -h 127.0.0.1 -c unix_socket_directories= -c shared_buffers=512MB -c random_page_cost=1.1 -c max_wal_size=4GB" start >/dev/null
trap '"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m fast -w stop >/dev/null; rm -rf "$folder"' EXIT
for name in alone province; do "$bin/createdb" -h 127.0.0.1 -p 5499 -U postgres "bench_$name"; done
dotnet run -c Release --no-build -- province 'Host=127.0.0.1;Port=5499;Username=postgres'
