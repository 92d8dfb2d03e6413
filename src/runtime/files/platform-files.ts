import { PlugboardError, type Where } from '../../errors/index.ts'
import type { FileClient } from '../../implementation/file-client.ts'
import type { Logger } from '../../implementation/logger.ts'
import type { FileContent, PlatformFile, PlatformFileClient } from '../../implementation/platform-file-client.ts'
import type { AnyHandlers, Installation } from '../composition/installation.ts'
import type { Clock } from '../ports/clock.ts'
import { fetchAddress } from './fetch-address.ts'
import { type AddressSigner, filesFolder, givenAt, isGivenOut, pathOfFile } from './file-address.ts'

/** What the methods work with. */
export interface PlatformFileServices {
  readonly installation: Installation
  readonly webhookUrl: string
  readonly clock: Clock
  readonly logger: Logger
  /** The bot's own files, among which copies are kept. */
  readonly kept: FileClient
  /** Gives what handlers of the installation receive. */
  context(signal?: AbortSignal): object
}

type Files = NonNullable<AnyHandlers['files']>

/** The part of a client that concerns the files of a platform. */
export function platformFiles(services: PlatformFileServices): PlatformFileClient {
  const { installation, webhookUrl, clock, logger, kept, context } = services
  const { alias } = installation
  const base = webhookUrl.replace(/\/webhook$/, '')
  const botUrl = base.slice(0, base.lastIndexOf('/'))
  const signer = (): AddressSigner => signerOf(installation, context())
  const bytesOf = async (file: PlatformFile, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> => {
    const content = await openFile(file, { installation, kept, context: context(signal) })
    return new Uint8Array(await new Response(content as BodyInit | null).arrayBuffer())
  }
  const client: PlatformFileClient = {
    fileAddress: (file, { lifetime } = {}) => {
      const expires = lifetime === undefined ? undefined : Math.ceil((clock.now() + lifetime) / 1000)
      return `${base}${pathOfFile({ file, expires }, signer())}`
    },
    fileAt: (address) => {
      if (!installation.handlers?.files || !address.startsWith(`${base}${filesFolder}`)) return undefined
      const [path = '', query = ''] = address.slice(base.length).split('?')
      const given = givenAt(path, query)
      return given && isGivenOut(given, signer()) && !hasEnded(given, clock) ? given.file : undefined
    },
    fetchFile: async (file, { signal } = {}) => bytesOf(file, signal),
    keepFile: async (file, { signal } = {}) => {
      const key = keyOf(alias, file)
      if (await kept.getFile({ key }).catch(unless('file_unknown'))) return key
      const { name, contentType, id } = file
      try {
        await kept.uploadFile({ key, content: await bytesOf(file, signal), contentType, tags: { name, fileId: id } })
        return key
      } catch (error) {
        unless('vendor_refused', 'file_too_large')(error)
        logger.warn('a file that somebody sent is not kept', { error })
        return undefined
      }
    },
    fetchAddress: (address, options) => fetchAddress({ botUrl, ...kept, ...client }, address, options),
  }
  return client
}

/** What there is of a file: the copy that is kept, or else what the platform has. */
export async function openFile(
  file: PlatformFile,
  { installation, kept, context }: Pick<PlatformFileServices, 'installation' | 'kept'> & { readonly context: object },
): Promise<FileContent> {
  const copy = await kept.readFile({ key: keyOf(installation.alias, file) }).catch(unless('file_unknown'))
  if (copy) return copy.content
  return filesOf(installation).read({ ...(context as Parameters<Files['read']>[0]), file })
}

/** With what an installation signs addresses. */
export function signerOf(installation: Installation, context: object): AddressSigner {
  const { secret } = filesOf(installation)
  return { secret: secret(context as Parameters<Files['secret']>[0]), installation: installation.id }
}

/** Whether the time of an address is over. */
export const hasEnded = ({ expires }: { readonly expires: number | undefined }, clock: Clock): boolean =>
  expires !== undefined && expires * 1000 <= clock.now()

/** Rejects with an error again unless it has one of these codes. */
export const unless =
  (...codes: readonly string[]) =>
  (error: unknown): undefined => {
    if (!PlugboardError.isInstance(error) || !codes.includes(error.code)) throw error
  }

const keyOf = (alias: string, { key, id }: PlatformFile): string => `${alias}/${key ?? id}`

/** @throws {PlugboardError} with the code `handler_missing`. */
function filesOf({ alias, handlers }: Installation): Files {
  if (handlers?.files) return handlers.files
  const where: Where = { integration: alias }
  const message = `integration '${alias}' implements no files: add files: { secret, read } to its implementation`
  throw new PlugboardError({ code: 'handler_missing', message, where })
}
