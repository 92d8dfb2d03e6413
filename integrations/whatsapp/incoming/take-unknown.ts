import type { WhatsappProps } from '../props.ts'

/** Tells of what has neither a message nor an event of its own, as WhatsApp sent it. */
export async function takeUnknown(
  { client }: Pick<WhatsappProps, 'client'>,
  kind: string,
  { raw }: { readonly raw: object },
  place: { conversationId?: string; userId?: string } = {},
): Promise<void> {
  await client.createEvent({ type: 'updateReceived', payload: { kind, update: { ...raw } }, ...place })
}
