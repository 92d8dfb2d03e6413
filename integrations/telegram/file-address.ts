import { fileSignature, isFileSigned } from './signatures.ts'
import type { TelegramProps } from './props.ts'

/** A file that somebody sent. */
export interface TelegramFile {
  /** What Telegram calls the file, for this bot. */
  readonly id: string
  /** What it calls the file for all bots, whoever sends it. */
  readonly uniqueId: string
  readonly name: string
  readonly contentType: string
}

type Place = Pick<TelegramProps, 'ctx' | 'configuration' | 'webhookUrl'>

const folder = '/files/'
const partsOf = ({ id, uniqueId, name, contentType }: TelegramFile): readonly string[] => [
  id,
  uniqueId,
  contentType,
  name,
]

/**
 * Where anybody who was given the address reads a file: from the bot, since Telegram's own address would tell the token.
 * The address cannot be guessed or changed to that of another file.
 */
export function fileAddressOf(place: Place, file: TelegramFile): string {
  const parts = partsOf(file)
  const path = [fileSignature(place, parts), ...parts].map(encodeURIComponent).join('/')
  return `${baseOf(place)}${folder}${path}`
}

/** What the path of a request says that is wanted, and by which signature. */
export function requestedFile(
  path: string,
): { file: TelegramFile; parts: readonly string[]; signature: string } | undefined {
  if (!path.startsWith(folder)) return undefined
  const segments = path.slice(folder.length).split('/').map(decoded)
  const [signature, id, uniqueId, contentType, name] = segments
  if (segments.length !== 5 || !signature || !id || !uniqueId || !contentType || !name) return undefined
  const file = { id, uniqueId, contentType, name }
  return { file, parts: partsOf(file), signature }
}

/** The name under which a file is kept among the bot's. */
export function fileKeyOf({ ctx }: Pick<TelegramProps, 'ctx'>, uniqueId: string): string {
  return `${ctx.integrationAlias}/${uniqueId}`
}

/** The file that an address leads to which this installation gave out. */
export function ownFileAt(place: Place, url: string): TelegramFile | undefined {
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
