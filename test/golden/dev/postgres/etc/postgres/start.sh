#!/bin/sh
set -eu
case "${PGDATA:?}" in
  /var/lib/postgresql/data*)
    echo "The data would be in $PGDATA, outside of the stack's volume: PostgreSQL 18 or newer is needed." >&2
    exit 1 ;;
esac
if [ -s "$PGDATA/PG_VERSION" ]; then
  postgres --single -D "$PGDATA" "$@" postgres </run/secrets/passwords.sql >/dev/null
fi
exec docker-entrypoint.sh postgres "$@"
