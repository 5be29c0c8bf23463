/**
 * The statements of a server's roles (`pg_dumpall --roles-only`) that make those which another server
 * does not have, without touching the ones it has.
 * @param roles the SQL, a statement a line.
 * @param existing names that are there, quoted as in SQL.
 */
export function missingRoles(
  roles: string,
  existing: readonly string[],
): { readonly names: readonly string[]; readonly statements: readonly string[] } {
  const lines = roles.split("\n");
  const names = lines
    .flatMap((line) => /^CREATE ROLE (.+);$/.exec(line)?.[1] ?? [])
    .filter((name) => !existing.includes(name));
  const statements = lines.filter((line) =>
    names.some(
      (name) =>
        line === `CREATE ROLE ${name};` ||
        line.startsWith(`ALTER ROLE ${name} `) ||
        (line.startsWith("GRANT ") && line.includes(` TO ${name} `)),
    ),
  );
  return { names, statements };
}
