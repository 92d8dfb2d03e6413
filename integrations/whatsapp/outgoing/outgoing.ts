import type { WhatsappProps } from '../props.ts'

/** What the handler of an outgoing message receives, whatever its type. */
export interface Outgoing extends WhatsappProps {
  readonly conversation: { readonly id: string; readonly tags: Readonly<Record<string, string | undefined>> }
  readonly message: { readonly id: string; readonly tags: Readonly<Record<string, string | undefined>> }
  ack(acknowledgement: { tags: { id: string; ids?: string } }): Promise<void>
}

/** A message as the Cloud API has it, without whom it is for. */
export type Content = { readonly type: string } & Readonly<Record<string, unknown>>

/** One message of WhatsApp, of the one or several that a message becomes. */
export interface Part {
  content(): Content | Promise<Content>
  /** The same by other means, where WhatsApp could not fetch what stands at an address. */
  uploaded?(): Promise<Content>
}
