import { PlugboardError, piecesOf } from 'plugboard'
import { expect, it } from 'vitest'

const bytes = (...values: number[]) => new Uint8Array(values)
const never = new AbortController().signal
const all = async (...given: Parameters<typeof piecesOf>) => {
  const pieces: Uint8Array[] = []
  for await (const piece of piecesOf(...given)) pieces.push(piece)
  return pieces
}

it('gives bytes as they are, and a stream piece by piece', async () => {
  expect(await all(bytes(1, 2), never)).toEqual([bytes(1, 2)])
  const stream = async function* () {
    yield bytes(1)
    yield bytes(2)
  }
  expect(await all(stream, never)).toEqual([bytes(1), bytes(2)])
})

it('says that it is the content which broke off', async () => {
  const stream = async function* () {
    yield bytes(1)
    throw new Error('the disk is gone')
  }
  const broken = {
    code: 'vendor_refused',
    where: { path: 'content' },
    message: expect.stringContaining('disk is gone'),
  }
  await expect(all(stream, never)).rejects.toMatchObject(broken)
  const told = new PlugboardError({ code: 'vendor_unavailable', message: 'later' })
  await expect(
    all(() => {
      throw told
    }, never),
  ).rejects.toBe(told)
})

it.each([
  ['the reason', new PlugboardError({ code: 'timeout', message: 'time is up' }), 'timeout'],
  ['a code', undefined, 'aborted'],
])('leaves what gives nothing any more when it is aborted, with %s, and closes it', async (_, reason, code) => {
  const control = new AbortController()
  let isClosed = false
  const content = () => ({
    [Symbol.asyncIterator]: () => ({
      next: () => {
        control.abort(reason)
        return new Promise<never>(() => {})
      },
      return: async () => {
        isClosed = true
        return { done: true as const, value: undefined }
      },
    }),
  })
  await expect(all(content, control.signal)).rejects.toMatchObject({ code })
  expect(isClosed).toBe(true)
})

it('closes what is not read to its end', async () => {
  let isClosed = false
  const stream = async function* () {
    try {
      for (;;) yield bytes(1)
    } finally {
      isClosed = true
    }
  }
  for await (const _ of piecesOf(stream, never)) break
  expect(isClosed).toBe(true)
})
