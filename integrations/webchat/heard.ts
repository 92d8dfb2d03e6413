import type { ShownMessage } from './conversation.ts'
import type { WebchatClient } from './endpoint.ts'
import type { Side } from './marks.ts'

/** What happens in a conversation of a visitor, in whatever process. */
export type Happening =
  /** A message is about to be stored. */
  | { readonly message: string; readonly from: Side }
  /** A message is being made: what it is until now. */
  | { readonly draft: ShownMessage }
  /** A message that was being made is not to come. */
  | { readonly discarded: string }
  /** A message is another one than it was. */
  | { readonly changed: string }
  /** The bot is writing, for so many milliseconds at most; 0 if it has stopped. */
  | { readonly typing: number }
export type Heard =
  | (Happening & { readonly in: Place })
  /** Something may have happened that was not heard. */
  | { readonly missed: true }
export type Listener = (heard: Heard) => void

/** Which conversation of the visitor: its id, and its tag `id`. */
export interface Place {
  readonly id: string
  readonly key: string
}

/** Listens to the conversations of a visitor. Gives the function that ends it. */
export function listen(client: WebchatClient, visitor: string, listener: Listener): () => void {
  return client.subscribe({
    topic: visitor,
    hear: (data) => listener(data as Heard),
    missed: () => listener({ missed: true }),
  })
}

/** Tells who listens to the conversations of its visitor. */
export async function tell(
  client: WebchatClient,
  { id, tags }: { readonly id: string; readonly tags: Readonly<Record<string, string | undefined>> },
  happening: Happening,
): Promise<void> {
  const { visitor, id: key } = tags
  if (visitor !== undefined && key !== undefined)
    await client.publish({ topic: visitor, data: { ...happening, in: { id, key } } satisfies Heard })
}
