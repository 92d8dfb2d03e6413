import s3 from '@plugboard/s3'
import { BotDefinition, BotImplementation } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { bucket, type BucketServer } from './bucket-server.fixture.ts'
import { access, region } from './signature.fixture.ts'

/** How a bot reaches the server of a test. */
export const configurationFor = (server: Pick<BucketServer, 'url'>) => ({
  ...access,
  bucket,
  region,
  endpoint: server.url,
  forcePathStyle: true,
})

/** A bot that has a bucket, and notes which files it hears were deleted. */
export async function clerk(server: Pick<BucketServer, 'url'>, more: object = {}) {
  const definition = new BotDefinition({ name: 'clerk' }).addIntegration(s3, {
    alias: 'files',
    configuration: { ...configurationFor(server), ...more },
  })
  const bot = new BotImplementation(definition)
  const deleted: string[] = []
  bot.on.event('files:itemDeleted', async ({ event }) => void deleted.push(event.payload.id))
  const log: string[] = []
  const running = await startBot(bot, { environment: {}, log: (line) => void log.push(JSON.stringify(line)) })
  return {
    running,
    deleted,
    log,
    actions: running.actions.files,
    [Symbol.asyncDispose]: () => running.stop(),
  }
}

/** What a file holds. */
export async function bytesOf(bot: Awaited<ReturnType<typeof clerk>>, key: string): Promise<Buffer> {
  const stream = bot.actions.getFile({ key })
  const pieces: Uint8Array[] = []
  for await (const { bytes } of stream) pieces.push(bytes)
  await stream.output()
  return Buffer.concat(pieces)
}
