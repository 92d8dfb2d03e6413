import { createHash } from 'node:crypto'
import { PlugboardError } from 'plugboard'
import { fileHeaders } from 'plugboard/security'
import type { Answer, DeskClient } from './props.ts'
import { Refusal } from './refusal.ts'

/** The most bytes that are fetched of a file. */
const largestFile = 50 * 1024 * 1024
const media = ['imageUrl', 'audioUrl', 'videoUrl', 'fileUrl']

/** A file that a message shows. */
export interface ShownFile {
  /** What the file is asked for by, below its session. */
  readonly id: string
  readonly name: string
  readonly isPicture: boolean
  readonly url: string
}

/** The files of a message of any type, and of those in it. */
export function filesIn(payload: unknown): ShownFile[] {
  if (typeof payload !== 'object' || payload === null) return []
  const fields = payload as Readonly<Record<string, unknown>>
  const name = typeof fields['title'] === 'string' ? fields['title'] : 'file'
  const own = media.flatMap((field) => {
    const url = fields[field]
    return typeof url === 'string' ? [{ id: idOf(url), name, isPicture: field === 'imageUrl', url }] : []
  })
  const items = Array.isArray(fields['items']) ? (fields['items'] as { payload?: unknown }[]) : []
  return [...own, ...items.flatMap((item) => filesIn(item.payload ?? item))]
}

const idOf = (url: string): string => createHash('sha256').update(url).digest('base64url')

/**
 * A file, as the bot reads it: where it stands it may be given to the bot alone, or to whoever sent it.
 * @throws {Refusal} with 404 where it cannot be had.
 */
export async function giveFile(client: DeskClient, { url }: ShownFile, signal: AbortSignal): Promise<Answer> {
  const file = await client.fetchAddress(url, { limit: largestFile, signal }).catch((error: unknown) => {
    if (signal.aborted || !PlugboardError.isInstance(error)) throw error
    throw new Refusal(404, 'file_unknown', `the file cannot be had: ${error.message}`)
  })
  return {
    status: 200,
    headers: {
      ...fileHeaders({ name: file.name, contentType: file.type }),
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    },
    body: await file.bytes(),
  }
}
