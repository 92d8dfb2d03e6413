import type { ToldMessage } from './told.ts'

/** Where something was written, and by whom. */
export interface Place {
  readonly conversationId: string
  readonly userId: string
}

/** The tags of a message that came in. */
export function tagsOf({ id, context }: ToldMessage) {
  const forwarded = context?.frequently_forwarded ? 'often' : context?.forwarded ? 'true' : undefined
  return { id, replyTo: context?.id, forwarded }
}
