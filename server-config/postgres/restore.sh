#!/bin/sh
# restore.sh DUMP DATABASE: makes a new database of a dump (pg_dump --format=custom), ready for Parlour. The old one stays as it is.
# Where and as whom: PGHOST, PGPORT, PGUSER, PGPASSWORD; the user has to be Parlour's, and may make databases. All or nothing: if
# anything fails, there is no such database afterwards.
set -eu

if [ $# -ne 2 ]; then
    echo "usage: restore.sh DUMP DATABASE" >&2
    exit 2
fi
dump=$1
database=$2
here=$(dirname "$0")

pg_restore --list "$dump" > /dev/null
createdb --template=template0 --encoding=UTF8 "$database"
restored=no
trap '[ "$restored" = yes ] || dropdb "$database"' EXIT

pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname="$database" "$dump"
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --single-transaction --dbname="$database" --file="$here/after-restore.sql"
restored=yes
echo "$database is ready. Start Parlour with PARLOUR_DB_URL naming it."
