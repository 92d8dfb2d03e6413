import type { SlackProps } from './props.ts'
import { fileSignature, isFileSigned } from './signatures.ts'

/** A file that somebody sent. */
export interface SlackFile {
  /** What Slack calls the file. */
  readonly id: string
  readonly name: string
  readonly contentType: string
}

type Place = Pick<SlackProps, 'ctx' | 'configuration' | 'webhookUrl'>

const folder = '/files/'
const partsOf = ({ id, name, contentType }: SlackFile): readonly string[] => [id, contentType, name]

/**
 * Where anybody who was given the address reads a file: from the bot, since Slack gives it only to whoever has the token.
 * The address cannot be guessed or changed to that of another file.
 */
export function fileAddressOf(place: Place, file: SlackFile): string {
  const parts = partsOf(file)
  const path = [fileSignature(place, parts), ...parts].map(encodeURIComponent).join('/')
  return `${baseOf(place)}${folder}${path}`
}

/** What the path of a request says that is wanted, and by which signature. */
export function requestedFile(
  path: string,
): { file: SlackFile; parts: readonly string[]; signature: string } | undefined {
  if (!path.startsWith(folder)) return undefined
  const segments = path.slice(folder.length).split('/').map(decoded)
  const [signature, id, contentType, name] = segments
  if (segments.length !== 4 || !signature || !id || !contentType || !name) return undefined
  const file = { id, contentType, name }
  return { file, parts: partsOf(file), signature }
}

/** The file that an address leads to which this installation gave out. */
export function ownFileAt(place: Place, url: string): SlackFile | undefined {
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
