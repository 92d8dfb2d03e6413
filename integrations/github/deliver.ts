import { PlugboardError } from 'plugboard'
import { comment } from './comment.ts'
import { numberOf } from './issue.ts'
import type { GithubProps } from './props.ts'

/** The most characters of a comment. */
const longest = 65_536

/** What the handler of an outgoing message receives. */
interface Outgoing extends GithubProps {
  readonly conversation: { readonly tags: { readonly id?: string | undefined } }
  readonly message: { readonly tags: Readonly<Record<string, string | undefined>> }
  ack(acknowledgement: { tags: { id: string; ids: string; url: string } }): Promise<void>
}

/** Writes a message as a comment; one that is too long as several. Those that an earlier attempt has written are not written again. */
export async function deliver(outgoing: Outgoing, markdown: string): Promise<void> {
  const { conversation, message, ack } = outgoing
  const number = numberOf(conversation.tags.id ?? '')
  if (number === undefined)
    throw new PlugboardError({
      code: 'vendor_refused',
      message: `the tag 'id' of the conversation names no issue or pull request: '${conversation.tags.id}'`,
    })
  const ids = (message.tags['ids'] ?? '').split(',').filter(Boolean)
  for (const body of split(markdown).slice(ids.length)) {
    const { id, url } = await comment(outgoing, number, body)
    ids.push(id)
    await ack({ tags: { id: ids[0] ?? id, ids: ids.join(','), url: message.tags['url'] ?? url } })
  }
}

/** A text in pieces that GitHub takes, ended where a paragraph or a line ends if there is one. */
export function split(text: string): string[] {
  const pieces: string[] = []
  let rest = text
  while (rest.length > longest) {
    const window = rest.slice(0, longest)
    const end = ['\n\n', '\n'].map((separator) => window.lastIndexOf(separator)).find((at) => at > longest / 2)
    // What takes two units is not torn.
    const at = end ?? (/[\uD800-\uDBFF]$/.test(window) ? longest - 1 : longest)
    pieces.push(rest.slice(0, at))
    rest = rest.slice(at).replace(/^\n+/, '')
  }
  return rest === '' ? pieces : [...pieces, rest]
}

/** A picture as Markdown has it. */
export function pictureOf({ imageUrl, title = '' }: { imageUrl: string; title?: string | undefined }): string {
  return `![${title.replaceAll(/[[\]\\]/g, String.raw`\$&`)}](<${imageUrl.replaceAll('>', '%3E').replaceAll('<', '%3C')}>)`
}
