import { fileSignature, isFileSigned } from './signatures.ts'
import type { WhatsappProps } from './props.ts'

/** A file that somebody sent. */
export interface WhatsappFile {
  /** What WhatsApp calls it. */
  readonly id: string
  readonly name: string
  readonly contentType: string
}

type Place = Pick<WhatsappProps, 'ctx' | 'configuration' | 'webhookUrl'>

const folder = '/files/'
const partsOf = ({ id, name, contentType }: WhatsappFile): readonly string[] => [id, contentType, name]

/**
 * Where anybody who was given the address reads a file: from the bot, since Meta's own address lives for minutes and wants the
 * token. The address cannot be guessed or changed to that of another file.
 */
export function fileAddressOf(place: Place, file: WhatsappFile): string {
  const parts = partsOf(file)
  const path = [fileSignature(place, parts), ...parts].map(encodeURIComponent).join('/')
  return `${baseOf(place)}${folder}${path}`
}

/** What the path of a request says that is wanted, and by which signature. */
export function requestedFile(
  path: string,
): { file: WhatsappFile; parts: readonly string[]; signature: string } | undefined {
  if (!path.startsWith(folder)) return undefined
  const segments = path.slice(folder.length).split('/').map(decoded)
  const [signature, id, contentType, name] = segments
  if (segments.length !== 4 || !signature || !id || !contentType || !name) return undefined
  const file = { id, contentType, name }
  return { file, parts: partsOf(file), signature }
}

/** The name under which a file is kept among the bot's. */
export function fileKeyOf({ ctx }: Pick<WhatsappProps, 'ctx'>, id: string): string {
  return `${ctx.integrationAlias}/${id}`
}

/** The file that an address leads to which this installation gave out. */
export function ownFileAt(place: Place, url: string): WhatsappFile | undefined {
  const base = baseOf(place)
  const wanted = url.startsWith(`${base}${folder}`) ? requestedFile(url.slice(base.length)) : undefined
  return wanted && isFileSigned(place, wanted.parts, wanted.signature) ? wanted.file : undefined
}

const baseOf = ({ webhookUrl }: Place): string => webhookUrl.replace(/\/webhook$/, '')

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return ''
  }
}
