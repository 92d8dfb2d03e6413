import { expect, it } from 'vitest'
import implementation from './implementation.ts'

const { generateContent, streamContent } = implementation.handlers.actions
type Props = Parameters<typeof streamContent>[0]

const props = (signal: AbortSignal, configuration: Partial<Props['configuration']> = {}): Props =>
  ({
    input: { messages: [{ role: 'user', content: 'count' }] },
    configuration: {
      rules: [{ when: 'count', reply: 'one two three', delay: 0, fallback: false }],
      results: {},
      delay: 0,
      seed: 0,
      ...configuration,
    },
    ctx: { integrationAlias: 'fake' },
    signal,
  }) as Partial<Props> as Props

// The runtime would abort by itself: these call the handlers alone.
it('stops a stream between two pieces once the signal says so', async () => {
  const control = new AbortController()
  const items = streamContent(props(control.signal))
  expect((await items.next()).value).toEqual({ type: 'text', text: 'one' })
  const reason = new Error('enough')
  control.abort(reason)
  await expect(items.next()).rejects.toMatchObject({ code: 'aborted', cause: reason, where: { integration: 'fake' } })
  expect(await items.next()).toEqual({ value: undefined, done: true })
})

it('does not end a stream as if it were done when it is aborted after the last piece', async () => {
  const control = new AbortController()
  const items = streamContent(props(control.signal))
  for (let piece = 0; piece < 3; piece += 1) await items.next()
  control.abort()
  await expect(items.next()).rejects.toMatchObject({ code: 'aborted' })
})

it.each([
  ['before a piece', { delay: 60_000 }],
  ['before the answer', { rules: [{ when: 'count', reply: 'one', delay: 60_000, fallback: false }] }],
])('stops to wait %s once the signal says so', async (_, configuration) => {
  const control = new AbortController()
  const next = streamContent(props(control.signal, configuration)).next()
  control.abort()
  await expect(next).rejects.toMatchObject({ code: 'aborted' })
})

it('does not answer a call that was aborted before', async () => {
  await expect(generateContent(props(AbortSignal.abort()))).rejects.toMatchObject({ code: 'aborted' })
})
