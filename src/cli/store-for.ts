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

/** What was chosen; undefined if nothing was. */
export function chosenStore({ said, environment, file }: Parameters<typeof storeFor>[1]): string | undefined {
  return said ?? (environment['PLUGBOARD_STORE'] || environment['DATABASE_URL'] || undefined) ?? file
}
