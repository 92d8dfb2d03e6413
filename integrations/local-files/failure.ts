import { type ErrorCode, PlugboardError } from 'plugboard'

/** Codes of the operating system, by what they mean to whoever called. */
const meanings: Readonly<Record<string, ErrorCode>> = {
  ENOENT: 'vendor_refused',
  ENOTDIR: 'vendor_refused',
  EISDIR: 'vendor_refused',
  EEXIST: 'vendor_refused',
  ENOTEMPTY: 'vendor_refused',
  ENAMETOOLONG: 'vendor_refused',
  ELOOP: 'vendor_refused',
  EINVAL: 'vendor_refused',
  EILSEQ: 'vendor_refused',
  EFBIG: 'vendor_refused',
  EACCES: 'vendor_unauthorized',
  EPERM: 'vendor_unauthorized',
  EROFS: 'vendor_unauthorized',
  ENOSPC: 'vendor_unavailable',
  EDQUOT: 'vendor_unavailable',
  EMFILE: 'vendor_unavailable',
  ENFILE: 'vendor_unavailable',
  EIO: 'vendor_unavailable',
  EBUSY: 'vendor_unavailable',
  EAGAIN: 'vendor_unavailable',
  ESTALE: 'vendor_unavailable',
  ETIMEDOUT: 'vendor_unavailable',
}

/** The code that the operating system gives an error. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** An error of the operating system as one of Plugboard; others are given back as they are. */
export function failureOf(error: unknown, what: string): unknown {
  if (PlugboardError.isInstance(error)) return error
  const system = systemCode(error)
  if (system === undefined || !/^E[A-Z0-9]+$/.test(system)) return error
  const code = meanings[system] ?? 'vendor_failed'
  return new PlugboardError({
    code,
    // Without the message of the system, which tells where the folder is.
    message: `${what}: the system says ${system}`,
    retryable: code === 'vendor_unavailable',
    cause: error,
  })
}

/** Refuses a call. */
export function refuse(message: string, path: string): never {
  throw new PlugboardError({ code: 'vendor_refused', message, where: { path } })
}
