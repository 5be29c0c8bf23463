#!/bin/sh
set -eu
if [ -s "${PGDATA:?}/PG_VERSION" ]; then
  postgres --single -D "$PGDATA" "$@" postgres </run/secrets/passwords.sql >/dev/null
fi
exec docker-entrypoint.sh postgres "$@"
