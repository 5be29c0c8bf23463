import { POSTGRES_PASSWORDS_FILE } from "../../model/workloads/postgres";

/**
 * Starts the server of the official image, for a POSIX shell; its arguments are the server's. The
 * image sets passwords when it makes the data and never again, so data that is there already gets
 * those of today first: in single-user mode, before anybody can connect. No client ever meets a
 * server that knows another password than its file, whatever was rotated or restored. An image whose
 * name does not tell that it is older than 18 would keep the data in an unnamed volume.
 */
export const START_PROGRAM = `#!/bin/sh
set -eu
case "\${PGDATA:?}" in
  /var/lib/postgresql/data*)
    echo "The data would be in $PGDATA, outside of the stack's volume: PostgreSQL 18 or newer is needed." >&2
    exit 1 ;;
esac
if [ -s "$PGDATA/PG_VERSION" ]; then
  postgres --single -D "$PGDATA" "$@" postgres <${POSTGRES_PASSWORDS_FILE} >/dev/null
fi
exec docker-entrypoint.sh postgres "$@"
`;
