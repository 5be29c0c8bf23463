/**
 * The program of a restore, for a POSIX shell: `restore.sh BACKUP DATABASE`. It checks the digests,
 * puts the present database aside under another name, restores, and puts it back if that fails.
 * What was put aside stays, closed, until somebody drops it. Environment: as of a backup.
 */
export const RESTORE_PROGRAM = `#!/bin/sh
set -eu
umask 077
backup=\${1-} database=\${2-}
if [ ! -f "$BACKUPS/$backup/$database.dump" ]; then
  echo 'usage: restore.sh BACKUP DATABASE, of these:' >&2
  (cd "$BACKUPS" && ls -1 ./*/*.dump) >&2
  exit 2
fi

PGPASSFILE=$(mktemp)
export PGPASSFILE
trap 'rm -f "$PGPASSFILE"' EXIT
printf '*:*:*:*:%s\\n' "$(cat "$PASSWORD_FILE")" >"$PGPASSFILE"

# No backup may begin, and delete what is read here, before the end.
exec 9>"$BACKUPS/.lock"
flock -n 9 || { echo 'a backup is running' >&2; exit 1; }
cd "$BACKUPS/$backup"
sha256sum -c SHA256SUMS

aside=\${database}_before_$(date -u +%Y%m%d%H%M%S)
query() {
  psql --no-psqlrc --no-password --quiet --tuples-only --no-align --dbname postgres \\
    --set ON_ERROR_STOP=1 --set database="$database" --set aside="$aside"
}
there=$(echo "SELECT count(*) FROM pg_database WHERE datname = :'database'" | query)
if [ "$there" = 1 ]; then
  query >/dev/null <<'SQL'
ALTER DATABASE :"database" WITH ALLOW_CONNECTIONS false;
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = :'database';
ALTER DATABASE :"database" RENAME TO :"aside";
SQL
fi
if ! pg_restore --no-password --create --exit-on-error --dbname postgres "$database.dump"; then
  echo 'DROP DATABASE IF EXISTS :"database" WITH (FORCE)' | query
  if [ "$there" = 1 ]; then
    printf '%s\\n' 'ALTER DATABASE :"aside" RENAME TO :"database";' \\
      'ALTER DATABASE :"database" WITH ALLOW_CONNECTIONS true;' | query
  fi
  echo "the restore failed; $database is as it was" >&2
  exit 1
fi
echo "restored $database from $backup"
[ "$there" = 0 ] || echo "what it was before is $aside, closed to everybody: drop it when nothing is missed"
`;
