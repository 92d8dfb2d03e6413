import type {
  APIButtonComponent,
  APIActionRowComponent,
  APIEmbed,
  APIStringSelectComponent,
} from 'discord-api-types/v10'
import type { DiscordProps } from '../props.ts'

/** What the handler of an outgoing message receives, whatever its channel and type. */
export interface Outgoing extends DiscordProps {
  readonly conversation: { readonly id: string; readonly tags: { readonly id?: string | undefined } }
  readonly message: { readonly id: string; readonly tags: Readonly<Record<string, string | undefined>> }
  ack(acknowledgement: { tags: { id: string; ids?: string } }): Promise<void>
}

export type Row = APIActionRowComponent<APIButtonComponent | APIStringSelectComponent>

/** One message of Discord, of the one or several that a message becomes. */
export interface Part {
  readonly content?: string
  readonly embeds?: readonly APIEmbed[]
  readonly components?: readonly Row[]
  /** What was sent with files is not touched again. */
  readonly files?: readonly File[]
}
