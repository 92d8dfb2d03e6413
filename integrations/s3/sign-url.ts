import { GetObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { ask, type Call } from './connection.ts'
import { placeOf } from './place.ts'
import { lookAt } from './read-file.ts'

/** Milliseconds for which a URL is good where the caller does not say. */
const usualTime = 900_000

/** A URL by which anyone can read a file for a while. S3 counts in whole seconds. */
export async function signUrl(
  call: Call,
  { key, expiresIn = usualTime }: { key: string; expiresIn?: number | undefined },
): Promise<{ url: string; expiresAt: string }> {
  await lookAt(call, key, 'key')
  const seconds = Math.floor(expiresIn / 1000)
  const signedAt = Math.floor(Date.now() / 1000) * 1000
  return ask(call, { what: `no URL of '${key}' can be signed`, path: 'key' }, async (client) => {
    const command = new GetObjectCommand(placeOf(call.configuration, key))
    const url = await getSignedUrl(client, command, { expiresIn: seconds, signingDate: new Date(signedAt) })
    // What was signed by temporary credentials ends with them.
    const { expiration } = await client.config.credentials()
    const ends = Math.min(signedAt + seconds * 1000, expiration?.getTime() ?? Number.POSITIVE_INFINITY)
    return { url, expiresAt: new Date(ends).toISOString() }
  })
}
