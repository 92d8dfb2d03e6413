import type { ConsumerContext } from 'plugboard'
import type definition from './definition.ts'

type Types = (typeof definition)['$types']

/** What the functions of the plugin work with. */
export type Context = Pick<
  ConsumerContext<Types>,
  'client' | 'configuration' | 'ctx' | 'interfaces' | 'logger' | 'signal'
>
export type Client = Context['client']

type Session = Types['states']['session']['parsed']
/** A conversation that is handed over. */
export type Open = NonNullable<Session['open']>
/** A conversation in which humans serve another one. */
export type Serves = NonNullable<Session['serves']>

/** How a conversation stands. */
export interface Standing {
  readonly open?: Open | undefined
  readonly serves?: Serves | undefined
  /** That humans were requested, and are not asked yet. */
  readonly request?: { readonly session: string; readonly timer: string } | undefined
}

/**
 * How a conversation stands. What is open changes in the lane of the conversation alone, by the events of the plugin: so no
 * change is lost to another one, whoever asks for it.
 */
export async function standing(client: Client, id: string): Promise<Standing> {
  const [own, requested] = await Promise.all([
    client.getState({ name: 'session', id }),
    client.getState({ name: 'request', id }),
  ])
  const { session, timer } = requested.state?.payload ?? {}
  return {
    ...own.state?.payload,
    ...(session !== undefined && timer !== undefined && { request: { session, timer } }),
  }
}

/** Keeps a conversation open as it is now. */
export async function keep(client: Client, id: string, open: Open): Promise<void> {
  await client.setState({ name: 'session', id, payload: { open } })
}
