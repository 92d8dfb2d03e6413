import { PlugboardError } from 'plugboard'
import { uploadMedia } from '../api.ts'
import { handedInAs } from './file-type.ts'
import type { Outgoing } from './outgoing.ts'

/** What WhatsApp takes at most, in bytes, as a document. */
const longestUpload = 100 * 1024 * 1024

/** Where a file is that is to be sent. */
export type Source =
  /** WhatsApp fetches it. */
  | { readonly link: string }
  /** WhatsApp has it. */
  | { readonly id: string; readonly type: string; readonly name: string }

/**
 * What stands at an address. WhatsApp fetches most by itself, which is fastest; what stands in the address itself or among the bot's
 * files is handed in.
 */
export async function sourceOf(outgoing: Outgoing, url: string): Promise<Source> {
  if (!url.startsWith('data:') && !outgoing.client.fileAt(url)) return { link: url }
  const own = await fileAt(outgoing, url)
  // What cannot be handed in, Meta may still take from its address.
  const isTaken = handedInAs(own.type, own.name) !== undefined
  return isTaken || url.startsWith('data:') ? handIn(outgoing, own) : { link: url }
}

/** What stands at an address, fetched by the bot, from public addresses alone. */
export async function fetchedSource(outgoing: Outgoing, url: string): Promise<Source> {
  return handIn(outgoing, await fileAt(outgoing, url))
}

/** How an address ends, if that is a name. */
export function nameOf(url: string): string | undefined {
  if (url.startsWith('data:') || !URL.canParse(url)) return undefined
  const { pathname } = new URL(url)
  try {
    const last = decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1))
    return /\.\w+$/.test(last) ? last : undefined
  } catch {
    return undefined
  }
}

async function handIn(outgoing: Outgoing, file: File): Promise<Source> {
  const { name } = file
  const type = handedInAs(file.type, name)
  if (type === undefined)
    throw new PlugboardError({
      code: 'vendor_refused',
      message: `WhatsApp takes no file of the type '${file.type}': give it as one that it takes, such as PDF, or as a link in a text`,
    })
  return { id: await uploadMedia(outgoing, new File([file], name, { type })), type, name }
}

const fileAt = ({ client, signal }: Outgoing, url: string): Promise<File> =>
  client.fetchAddress(url, { signal, limit: longestUpload })
