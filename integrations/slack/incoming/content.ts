import { type PlatformFile, z } from 'plugboard'
import type { Carried } from '../messages.ts'
import type { SlackClient } from '../props.ts'
import type { BotAccount } from './bot-account.ts'
import type { GivenFile, GivenMessage } from './envelope.ts'
import { readable, saidTo } from './readable.ts'

/** One of those that the channels carry. */
export type Content = {
  [K in 'text' | 'image' | 'audio' | 'video' | 'file']: {
    readonly type: K
    readonly payload: Carried[K]
    readonly fileId?: string
  }
}['text' | 'image' | 'audio' | 'video' | 'file']

/** What stands in a message: its files, of which the first one has the text, or else the text. */
export function contentsOf(client: SlackClient, message: GivenMessage, account: BotAccount): Content[] {
  const text = saidTo(account.userId, wordsOf(message))
  const files = (message.files ?? []).filter(({ mode }) => mode !== 'tombstone' && mode !== 'hidden_by_limit')
  if (files.length > 0)
    return files.map((file, index) => fileContent(client, file, index === 0 && text !== '' ? text : undefined))
  return text === '' ? [] : [{ type: 'text', payload: { text } }]
}

/** The words of a message, with those of one that it forwards. What bots write may stand in attachments alone. */
function wordsOf({ text = '', attachments = [] }: GivenMessage): string {
  const shown = attachments.filter(({ is_share }) => is_share || text === '')
  const below = shown.map(({ pretext, title, text: words, fallback }) => {
    const lines = [pretext, title, words].filter((line) => line !== undefined && line !== '')
    return lines.length > 0 ? lines.join('\n') : (fallback ?? '')
  })
  return readable([text, ...below].filter((words) => words !== '').join('\n'))
}

function fileContent(client: SlackClient, given: GivenFile, text: string | undefined): Content {
  const file = fileOf(given)
  const fileId = given.id
  // What is kept elsewhere is not Slack's to give.
  const outside = given.is_external && z.url().safeParse(given.url_private).data
  const url = outside || client.fileAddress(file)
  const title = text ?? given.title ?? file.name
  const [kind] = file.contentType.split('/')
  if (kind === 'image') return { type: 'image', payload: { imageUrl: url, title }, fileId }
  if (kind === 'audio') return { type: 'audio', payload: { audioUrl: url, title }, fileId }
  if (kind === 'video') return { type: 'video', payload: { videoUrl: url, title }, fileId }
  return { type: 'file', payload: { fileUrl: url, title }, fileId }
}

function fileOf({ id, name, mimetype }: GivenFile): PlatformFile {
  const isType = mimetype !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(mimetype)
  return { id, name: name || id, contentType: isType ? mimetype : 'application/octet-stream' }
}
