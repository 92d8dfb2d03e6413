import { PlugboardError } from 'plugboard'

/** Where a bot keeps everything: what the command line says, else the environment, else the configuration, else a file. */
export function storeFor(
  bot: string,
  given: {
    readonly said: string | undefined
    readonly environment: Readonly<Record<string, string | undefined>>
    readonly file: string | undefined
  },
): string {
  return chosenStore(given) ?? `.plugboard/${bot}.sqlite`
}

/**
 * What was chosen; undefined if nothing was.
 * @throws {PlugboardError} with the code `argument_invalid`, if it is the address of something else than PostgreSQL.
 */
export function chosenStore({ said, environment, file }: Parameters<typeof storeFor>[1]): string | undefined {
  const own = said ?? (environment['PLUGBOARD_STORE'] || undefined)
  const url = own === undefined ? environment['DATABASE_URL'] || undefined : undefined
  const chosen = own ?? url ?? file
  // Whoever mistypes an address must not believe that what is kept in a file is kept there.
  const isAddress = url !== undefined || /^[a-z][\w+.-]*:\/\//i.test(chosen ?? '')
  if (chosen === undefined || !isAddress || isPostgres(chosen)) return chosen
  throw new PlugboardError({
    code: 'argument_invalid',
    message:
      url === undefined
        ? `a store is a file, 'memory' or the address of a PostgreSQL, postgres://…, and not ${schemeOf(chosen)}`
        : 'the environment variable DATABASE_URL is no address of a PostgreSQL: postgres://user:password@host/database',
  })
}

/** Whether it is the address of a PostgreSQL. */
export const isPostgres = (place: string): boolean => /^postgres(ql)?:/i.test(place)

/** The rest of an address may hold a password. */
const schemeOf = (address: string): string => `${address.slice(0, address.indexOf(':'))}://…`
