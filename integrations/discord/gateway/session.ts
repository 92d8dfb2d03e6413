import type { DiscordClient } from '../props.ts'

/** What tells Discord where the bot was, so that it misses nothing. */
export interface Session {
  readonly id: string
  /** Where it goes on. */
  readonly url: string
  /** The number of what was taken last. */
  readonly sequence: number
}
type Store = Pick<DiscordClient, 'getState' | 'setState'>

export async function sessionOf(client: Store): Promise<Session | undefined> {
  return (await client.getState({ name: 'session' })).state?.payload.session
}

export async function keepSession(client: Store, session: Session): Promise<void> {
  await client.setState({ name: 'session', payload: { session } })
}

export async function forgetSession(client: Store): Promise<void> {
  await client.setState({ name: 'session', payload: {} })
}
