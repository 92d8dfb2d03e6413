import type { Message } from './exchange.ts'

type Picture = NonNullable<Extract<Message, { role: 'user' }>['images']>[number]

/** The pictures of what the user says now. */
export function picturesOf(messages: readonly Message[]): readonly Picture[] {
  const last = messages.findLast(({ role }) => role === 'user')
  return last?.role === 'user' ? (last.images ?? []) : []
}

/** What rules can see: how many pictures there are, and of what kind. */
export function tellPictures(pictures: readonly Picture[]): string {
  const kinds = pictures.map((picture) => ('url' in picture ? 'one behind a link' : nameOf(picture.contentType)))
  const count = pictures.length === 1 ? 'a picture' : `${pictures.length} pictures`
  return `I see ${count}: ${kinds.join(', ')}. What is on it is beyond a few rules.`
}

const nameOf = (contentType: string): string => `a ${contentType.replace('image/', '').toUpperCase()}`
