/**
 * The program of a backup, for a POSIX shell. It writes to a folder that no one takes for a backup,
 * reads every dump back, renames the folder, and only then lets older backups go. At last it tells
 * the server when it ended: what watches the server watches its backups. Whatever fails ends it
 * with an error.
 *
 * Environment: PGHOST, PGPORT, PGUSER; PASSWORD_FILE; BACKUPS, the folder; KEEP, how many are kept;
 * REPORT_ROLE, the role whose settings carry the time and size of the newest.
 */
export const BACKUP_PROGRAM = `#!/bin/sh
set -eu
umask 077

# As a file, since a process's environment and arguments are easier to see.
PGPASSFILE=$(mktemp)
export PGPASSFILE
trap 'rm -f "$PGPASSFILE"' EXIT
printf '*:*:*:*:%s\\n' "$(cat "$PASSWORD_FILE")" >"$PGPASSFILE"

name=$(date -u +%Y%m%dT%H%M%SZ)
part=$BACKUPS/.$name.partial
mkdir -p "$BACKUPS"
exec 9>"$BACKUPS/.lock"
flock -n 9 || { echo 'another backup is running' >&2; exit 1; }
# What a run left that was killed.
rm -rf "$BACKUPS"/.*.partial
trap 'rm -rf "$part" "$PGPASSFILE"' EXIT
trap 'exit 143' TERM INT
mkdir "$part"

# Passwords stay out: those of the stack's roles are in its state, and a new stack has new ones.
pg_dumpall --no-password --roles-only --no-role-passwords >"$part/roles.sql"
databases=$(psql --no-psqlrc --no-password --dbname postgres --tuples-only --no-align --command \\
  'SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY datname')
printf '%s\\n' "$databases" | while IFS= read -r database; do
  file=$part/$database.dump
  PGDATABASE=$database pg_dump --no-password --format custom --file "$file"
  # All of it, not only the table of contents: a block that cannot be read fails here.
  pg_restore --file /dev/null "$file"
done
(cd "$part" && sha256sum -- *.dump roles.sql >SHA256SUMS && sync -- * .)

mv "$part" "$BACKUPS/$name"
sync "$BACKUPS"
bytes=0
for file in "$BACKUPS/$name"/*; do bytes=$((bytes + $(stat -c %s "$file"))); done

# The names sort by time.
ls -1 "$BACKUPS" | grep -E '^[0-9]{8}T[0-9]{6}Z$' | sort -r | tail -n +"$((KEEP + 1))" |
  while IFS= read -r old; do
    rm -rf "\${BACKUPS:?}/$old"
    echo "removed $old"
  done

psql --no-psqlrc --no-password --quiet --dbname postgres --single-transaction \\
  --set ON_ERROR_STOP=1 --set role="$REPORT_ROLE" --set finished="$(date +%s)" --set bytes="$bytes" <<'SQL'
ALTER ROLE :"role" SET whalewatch.backup_finished_at = :'finished';
ALTER ROLE :"role" SET whalewatch.backup_bytes = :'bytes';
SQL
echo "finished $name: $bytes bytes, databases: $(echo $databases)"
`;
