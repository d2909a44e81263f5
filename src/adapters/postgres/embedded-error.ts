/** The embedded server does not run; `message` is one sentence for the person who starts the program. */
export class EmbeddedPostgresError extends Error {
  override readonly name = "EmbeddedPostgresError";
}

const known: readonly (readonly [RegExp, string])[] = [
  [/No space left on device|ENOSPC/i, "the disk is full"],
  [/Permission denied|EACCES|EPERM|Operation not permitted/i, "it is not permitted there"],
  [/database files are incompatible/i, "the folder was written by another version of PostgreSQL"],
  [/could not create shared memory|Cannot allocate memory/i, "there is not enough memory"],
  [/Address already in use|could not bind/i, "another server holds its socket"],
  [/invalid checkpoint|could not locate a valid checkpoint|checksum|PANIC/i, "its files are damaged"],
];

/** In one sentence, from what the server's programs have printed. */
export function embeddedError(doing: string, printed: string): EmbeddedPostgresError {
  const why = known.find(([pattern]) => pattern.test(printed))?.[1];
  const last =
    printed
      .trim()
      .split("\n")
      .findLast((line) => /FATAL|ERROR|PANIC|error/.test(line)) ?? printed.trim().split("\n").at(-1);
  return new EmbeddedPostgresError(
    why === undefined ? `${doing} failed: ${last?.trim() || "it said nothing"}` : `${doing} failed: ${why}.`,
  );
}
