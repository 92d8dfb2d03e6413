import { S3Client } from '@aws-sdk/client-s3'
import type { Settings } from './configuration.ts'
import { type Attempt, failureOf } from './failure.ts'

/** What tells an installation from another one, and how it is configured. */
export interface Installed {
  readonly ctx: { readonly botId: string; readonly integrationId: string }
  readonly configuration: Settings
}
/** What every handler has. */
export interface Call extends Installed {
  readonly signal: AbortSignal
}

/** Milliseconds in which a connection must have come about. */
const longestConnect = 10_000

/** What this process keeps open, by installation. */
const opened = new Map<string, S3Client>()

/** Asks S3 for something, once. Whether it is asked again is for whoever called to say. */
export async function ask<T>(
  call: Call,
  attempt: Attempt,
  send: (client: S3Client, options: { abortSignal: AbortSignal }) => Promise<T>,
  signal: AbortSignal = call.signal,
): Promise<T> {
  try {
    return await send(clientOf(call), { abortSignal: signal })
  } catch (error) {
    throw failureOf(error, attempt, signal)
  }
}

/** The client of an installation. */
export function clientOf(installed: Installed): S3Client {
  const key = keyOf(installed)
  const client = opened.get(key) ?? clientFor(installed.configuration)
  opened.set(key, client)
  return client
}

/** Closes the connections. */
export async function close(installed: Installed): Promise<void> {
  const key = keyOf(installed)
  opened.get(key)?.destroy()
  opened.delete(key)
}

function clientFor(settings: Settings): S3Client {
  const { region, endpoint, forcePathStyle } = settings
  return new S3Client({
    region,
    forcePathStyle,
    ...(endpoint !== undefined && { endpoint }),
    ...credentialsOf(settings),
    maxAttempts: 1,
    // Not every server knows the newer checksums. The signature covers the bytes that go out as well.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: longestConnect },
  })
}

function credentialsOf(settings: Settings) {
  if (!('accessKeyId' in settings)) return settings.profile === undefined ? {} : { profile: settings.profile }
  const { accessKeyId, secretAccessKey, sessionToken } = settings
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) } }
}

/** With another configuration it is another bucket. */
function keyOf({ ctx, configuration }: Installed): string {
  return JSON.stringify([ctx.botId, ctx.integrationId, configuration])
}
