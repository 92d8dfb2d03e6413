import { randomUUID } from 'node:crypto'
import type { WebchatContext } from '../endpoint.ts'

type Files = Pick<WebchatContext, 'client' | 'ctx'>

/** A file that the visitor of a conversation may see. */
export interface NewFile {
  readonly content: Uint8Array
  readonly contentType: string
  readonly name: string
  readonly visitor: string
  readonly conversationId: string
}

/** The name under which a file of the chat is kept among those of the bot. */
export const keyOf = ({ ctx }: Pick<WebchatContext, 'ctx'>, id: string): string => `${ctx.integrationAlias}/${id}`

/** Keeps a file. Gives its id here, and the key under which the bot has it. */
export async function keep(
  props: Files,
  { content, contentType, name, visitor, conversationId }: NewFile,
): Promise<{ id: string; key: string }> {
  const id = randomUUID()
  const key = keyOf(props, id)
  await props.client.uploadFile({ key, content, contentType, tags: { name, visitor, conversation: conversationId } })
  return { id, key }
}

/** Where a file of the chat is asked for, with the token of the visitor who may see it. */
export const addressOf = ({ webhookUrl }: Pick<WebchatContext, 'webhookUrl'>, id: string): string =>
  `${webhookUrl.replace(/\/webhook$/, '')}/files/${id}`

const withFiles = new Set(['image', 'audio', 'video', 'file', 'card', 'carousel', 'bloc'])
const own = /^https?:\/\/[^?#]*\/files\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** A payload whose addresses of files of the chat are relative to it: visitors may reach the bot under another name than platforms. */
export function withOwnFiles(type: string, payload: unknown): unknown {
  return withFiles.has(type) ? relative(payload) : payload
}

function relative(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relative)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const [, id] = name.endsWith('Url') && typeof field === 'string' ? (own.exec(field) ?? []) : []
      return [name, id === undefined ? relative(field) : `files/${id}`]
    }),
  )
}
