/** What a browser shows without running anything in it. */
const shown = /^(?:image\/(?!svg)|audio\/|video\/)/i
const contentTypes = /^[\w.+-]+\/[\w.+-]+(?:; ?[\w.+-]+=[\w.+-]+)*$/

/**
 * The headers of an answer that is a file which somebody sent: pictures, sounds and films are shown, all else is saved, and
 * nothing runs under the address of the bot. What is no content type becomes `application/octet-stream`.
 */
export function fileHeaders({
  name,
  contentType,
}: {
  readonly name: string
  readonly contentType: string
}): Record<string, string> {
  const disposition = shown.test(contentType) ? 'inline' : 'attachment'
  return {
    'content-type': contentTypes.test(contentType) ? contentType : 'application/octet-stream',
    'content-disposition': `${disposition}; filename*=UTF-8''${escaped(name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  }
}

/** As RFC 8187 wants it, which leaves fewer signs as they are than addresses do. */
const escaped = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
