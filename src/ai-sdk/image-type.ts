const signatures: readonly (readonly [type: string, at: number, bytes: string])[] = [
  ['image/png', 0, '\x89PNG'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
]

/** The media type of a picture, by how it begins: vendors do not say it. */
export function imageType(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  return signatures.find(([, at, start]) => head.startsWith(start, at))?.[0] ?? 'application/octet-stream'
}
