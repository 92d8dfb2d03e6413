import type { ShownMessage } from './conversation.ts'
import type { WebchatClient } from './endpoint.ts'

/** What happens in a visitor's conversation, in whatever process. */
export type Heard =
  /** A message is about to be stored. */
  | { readonly message: string }
  /** A message is being made: what it is until now. */
  | { readonly draft: ShownMessage }
  /** A message that was being made is not to come. */
  | { readonly discarded: string }
  /** Something may have happened that was not heard. */
  | { readonly missed: true }
export type Listener = (heard: Heard) => void

/** Listens to the conversation of a visitor. Gives the function that ends it. */
export function listen(client: WebchatClient, visitor: string, listener: Listener): () => void {
  return client.subscribe({
    topic: visitor,
    hear: (data) => listener(data as Heard),
    missed: () => listener({ missed: true }),
  })
}

/** Tells who listens to a visitor's conversation. */
export function tell(client: WebchatClient, visitor: string, heard: Heard): Promise<void> {
  return client.publish({ topic: visitor, data: heard })
}
