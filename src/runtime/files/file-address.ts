import { createHmac, hkdfSync } from 'node:crypto'
import { PlugboardError } from '../../errors/index.ts'
import type { PlatformFile } from '../../implementation/platform-file-client.ts'
import { verifySignature } from '../../security/verify-signature.ts'

/** Below it, the path of an installation leads to the files of its platform, if the integration gives any. */
export const filesFolder = '/files/'

/** What is signed. */
export interface GivenFile {
  readonly file: PlatformFile
  /** When the address ends, in seconds since 1970; undefined for one that does not end by itself. */
  readonly expires: number | undefined
}

/** With what addresses are signed, and by whom. */
export interface AddressSigner {
  readonly secret: string
  readonly installation: string
}

/** The path and query of the address of a file, below the installation. */
export function pathOfFile(given: GivenFile, signer: AddressSigner): string {
  const { file, expires } = given
  const { id, contentType, key } = file
  // Who reads addresses takes a segment of one or two dots for a step.
  if (/^\.{0,2}$/.test(id))
    throw new PlugboardError({ code: 'file_invalid', message: `'${id}' cannot be the id of a file` })
  const named = { ...file, name: /^\.{0,2}$/.test(file.name) ? 'file' : file.name.toWellFormed() }
  const signature = createHmac('sha256', keyOf(signer))
    .update(signed({ ...given, file: named }, signer))
    .digest('hex')
  const query = new URLSearchParams({
    ...(key !== undefined && { key }),
    ...(expires !== undefined && { expires: `${expires}` }),
  })
  const path = [signature, id, contentType, named.name].map(encodeURIComponent).join('/')
  return `${filesFolder}${path}${query.size > 0 ? `?${query}` : ''}`
}

/** What a path and query say that is wanted, and by which signature; undefined where they are no address of a file. */
export function givenAt(path: string, query: string): (GivenFile & { readonly signature: string }) | undefined {
  if (!path.startsWith(filesFolder)) return undefined
  const segments = path.slice(filesFolder.length).split('/').map(decoded)
  const [signature, id, contentType, name] = segments
  if (segments.length !== 4 || !signature || !id || !contentType || !name) return undefined
  const asked = new URLSearchParams(query)
  const [key, expires] = [asked.get('key'), asked.get('expires')]
  if (expires !== null && !/^\d{1,12}$/.test(expires)) return undefined
  return {
    signature,
    file: { id, name, contentType, ...(key !== null && { key }) },
    expires: expires === null ? undefined : Number(expires),
  }
}

/** Whether it was given out by whoever signs so. */
export function isGivenOut(given: GivenFile & { readonly signature: string }, signer: AddressSigner): boolean {
  return verifySignature({ secret: keyOf(signer), payload: signed(given, signer), signature: given.signature })
}

const signed = ({ file, expires }: GivenFile, { installation }: AddressSigner): string =>
  JSON.stringify([installation, file.id, file.contentType, file.name, file.key ?? null, expires ?? null])

/**
 * A key of its own: the platform signs with the secret, too, so that the signature of an address must not be one of a request
 * whose body reads like an address.
 */
function keyOf({ secret }: AddressSigner): Uint8Array {
  if (secret.length === 0)
    throw new PlugboardError({
      code: 'secret_missing',
      message: 'the secret by which addresses of files are signed is empty',
    })
  return new Uint8Array(hkdfSync('sha256', secret, '', 'plugboard file address', 32))
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return ''
  }
}
