import s3 from '@plugboard/s3'
import { startFauxqs } from 'fauxqs'
import storage from 'plugboard/interfaces/storage/contract'
import { contractSuite } from 'plugboard/testing'
import { afterAll, describe, expect, it, test } from 'vitest'
import { bytesOf, clerk } from './clerk.fixture.ts'

const server = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1' })
server.createBucket('shelf')
afterAll(() => server.stop())
const url = `http://127.0.0.1:${server.port}`

describe('a server that somebody else wrote', () => {
  // What it does otherwise than S3, not what the integration does.
  const of = { until: '2027-12-31' }
  contractSuite(storage, {
    test,
    integration: s3,
    configuration: {
      accessKeyId: 'anything',
      secretAccessKey: 'anything',
      bucket: 'shelf',
      endpoint: url,
      forcePathStyle: true,
      prefix: 'contract',
    },
    date: '2026-11-29',
    deviations: [
      { ...of, check: 'storage/takes-every-key', reason: 'It orders keys by a language, and goes on by their bytes.' },
      { ...of, check: 'storage/signed-url-ends', reason: 'It believes everybody.' },
    ],
  })

  it('puts the parts of a long file together as S3 does', async () => {
    await using bot = await clerk({ url }, { bucket: 'shelf', partSize: 5 })
    const long = Buffer.alloc(16 * 1_048_576, 'long ')
    const { file } = await bot.actions.putFile({ key: 'deep/long', content: long })
    expect(file.contentHash).toMatch(/-4$/)
    expect(Buffer.compare(await bytesOf(bot, 'deep/long'), long)).toBe(0)
    expect((await bot.actions.listItemsInFolder({})).folders).toContainEqual({ id: 'deep', name: 'deep' })
  })
})
