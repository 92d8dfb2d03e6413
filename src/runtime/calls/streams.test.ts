import { describe, expect, it, vi } from 'vitest'
import { startBot } from 'plugboard/runtime'
import type { Behaviour } from '../bot/speech.fixture.ts'
import { gate, speakingBot } from '../bot/speech.fixture.ts'

type Items = NonNullable<Behaviour['sayWords']>

async function read(sayWords: Items, { signal, leaveAfter }: { signal?: AbortSignal; leaveAfter?: number } = {}) {
  await using running = await startBot(speakingBot({ sayWords }))
  const stream = running.interfaces.speech.sayWords({ text: 'a b c' }, { signal })
  const words: string[] = []
  let failure: unknown
  try {
    for await (const { word } of stream) {
      words.push(word)
      if (words.length === leaveAfter) break
    }
  } catch (error) {
    failure = error
  }
  const output: unknown = await stream.output().catch((error: unknown) => error)
  return { words, failure, output }
}

describe('a stream', () => {
  it('ends as done, with its output', async () => {
    const result = await read(async function* () {
      yield { word: 'a', more: 1 }
      return { text: 'a' }
    })
    expect(result).toEqual({ words: ['a'], failure: undefined, output: { text: 'a' } })
  })

  it.each<[string, Items, string, string[]]>([
    [
      'throws',
      async function* () {
        yield { word: 'a' }
        throw new Error('broken')
      },
      'vendor_failed',
      ['a'],
    ],
    ['gives a promise', (async () => ({ text: 'a' })) as never, 'output_invalid', []],
    ['gives a promise that fails', (() => Promise.reject(new Error('late'))) as never, 'output_invalid', []],
    ['gives nothing', (() => undefined) as never, 'output_invalid', []],
    [
      'ends without an output',
      async function* () {
        yield { word: 'a' }
        return undefined
      },
      'stream_broken',
      ['a'],
    ],
    [
      'ends with a wrong output',
      async function* () {
        yield { word: 'a' }
        return { text: 1 }
      },
      'output_invalid',
      ['a'],
    ],
    [
      'gives a wrong item',
      async function* () {
        yield { word: 'a' }
        yield { word: 2 }
        return { text: '' }
      },
      'output_invalid',
      ['a'],
    ],
  ])('ends as failed where the integration %s', async (_, sayWords, code, words) => {
    expect(await read(sayWords)).toMatchObject({ words, failure: { code }, output: { code } })
  })

  it('ends as aborted, never as done, where the integration ends quietly on an abort', async () => {
    const controller = new AbortController()
    const result = await read(
      async function* ({ signal }) {
        yield { word: 'a' }
        controller.abort()
        if (!signal.aborted) yield { word: 'never' }
        return { text: 'as if it were done' }
      },
      { signal: controller.signal },
    )
    expect(result).toMatchObject({ words: ['a'], failure: { code: 'aborted' }, output: { code: 'aborted' } })
  })

  it('ends as aborted where the integration hangs', async () => {
    const controller = new AbortController()
    const { opened, open } = gate()
    const reading = read(
      async function* () {
        yield { word: 'a' }
        controller.abort()
        await opened
        return { text: 'late' }
      },
      { signal: controller.signal },
    )
    expect(await reading).toMatchObject({ words: ['a'], failure: { code: 'aborted' } })
    open()
  })

  it('is aborted by a reader who leaves, and the integration can tidy up', async () => {
    const tidied = vi.fn()
    const result = await read(
      async function* ({ signal }) {
        try {
          yield { word: 'a' }
          yield { word: 'b' }
          return { text: '' }
        } finally {
          tidied(signal.aborted)
        }
      },
      { leaveAfter: 1 },
    )
    expect(result).toMatchObject({ words: ['a'], failure: undefined, output: { code: 'aborted' } })
    await vi.waitFor(() => expect(tidied).toHaveBeenCalledWith(true))
  })

  it('gives its output to one who does not read the items, and can be read once', async () => {
    await using running = await startBot(speakingBot())
    const stream = running.interfaces.speech.sayWords({ text: 'a b' })
    expect(await stream.output()).toEqual({ text: 'a b' })
    expect(await stream.output()).toEqual({ text: 'a b' })
    const again = async () => {
      for await (const _ of stream) continue
    }
    await expect(again()).rejects.toMatchObject({ code: 'stream_broken' })
  })

  it('becomes one item where the integration cannot stream, which the binding reports', async () => {
    await using running = await startBot(speakingBot({}, ['loud']))
    const words: string[] = []
    for await (const { word } of running.interfaces.speech.sayWords({ text: 'a b', times: 1 })) words.push(word)
    expect(words).toEqual(['a b'])
    expect(running.bindings.list()).toMatchObject([{ consumer: 'bot', need: 'speech', lacking: ['stream'] }])
  })

  it('refuses a bad input by its first item', async () => {
    await using running = await startBot(speakingBot())
    await expect(running.interfaces.speech.sayWords({ text: 1 } as never).output()).rejects.toMatchObject({
      code: 'input_invalid',
    })
  })
})
