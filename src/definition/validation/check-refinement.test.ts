import { describe, expect, test } from 'vitest'
import { IntegrationDefinition, InterfaceDefinition, z } from 'plugboard'
import { errorOf, loosely, reportOf } from '../problems-of.fixture.ts'

const text = z.object({ text: z.string() })
const part = z.object({ part: z.string() })
const llm = new InterfaceDefinition({
  name: 'llm',
  version: '1.0.0',
  entities: { model: { schema: z.object({ id: z.string() }) } },
  actions: {
    ask: {
      input: { schema: ({ model }) => z.object({ model, prompt: z.string() }) },
      output: { schema: () => text },
    },
    watch: { input: { schema: () => z.object({}) }, output: { schema: () => text }, stream: { schema: () => part } },
  },
  events: { changed: { schema: ({ model }) => z.object({ model }) } },
  channels: { direct: { messages: { text: { schema: () => text }, card: { schema: () => text } } } },
})
const model = z.object({ id: z.enum(['large', 'small']), size: z.number() })
const io = (input: z.ZodType, output: z.ZodType, stream?: z.ZodType) => ({
  input: { schema: input },
  output: { schema: output },
  ...(stream && { stream: { schema: stream } }),
})
const prompt = z.object({ model, prompt: z.string() })

/** An integration with members of its own that implements `llm`. */
const acme = (own: object, more: object = {}) =>
  (
    new IntegrationDefinition(
      loosely({ name: 'acme', entities: { model: { schema: model } }, ...own }),
    ) as IntegrationDefinition
  ).extend(
    llm,
    loosely(({ entities }: { entities: object }) => ({ entities, ...more })),
  )
const withAsk = (input: z.ZodType, output: z.ZodType, more?: object) => () =>
  acme({ actions: { ask: io(input, output) } }, more)
const what = "action 'ask' of interface 'llm': the action 'ask' that integration 'acme' has already"
const narrow = `${what} takes less than the interface gives it`
const wide = `${what} gives more than the interface allows`

describe('an own action of the interface’s name', () => {
  test('takes all that the interface’s takes', () => {
    expect(errorOf(withAsk(prompt.extend({ temperature: z.number() }), text)).problems).toEqual([
      {
        code: 'refinement_incompatible',
        path: 'extend(llm).actions.ask.input.temperature',
        message: `${narrow} at 'temperature'; it is required, but is missing: expected number, given nothing.`,
        remedy: 'Rename one of them, or make it refine the interface’s.',
      },
    ])
    expect(reportOf(withAsk(z.object({ model, prompt: z.number() }), text))).toEqual([
      `refinement_incompatible extend(llm).actions.ask.input.prompt: ${narrow} at 'prompt'; expected number, given string.`,
    ])
    expect(reportOf(withAsk(prompt.extend({ model: model.extend({ id: z.literal('large') }) }), text))).toEqual([
      `refinement_incompatible extend(llm).actions.ask.input.model.id: ${narrow} at 'model.id'; expected 'large', given 'small'.`,
    ])
  })

  // The compiler lets it pass.
  test('takes every key that the interface’s takes', () => {
    expect(reportOf(withAsk(z.strictObject({ model }), text))).toEqual([
      `refinement_incompatible extend(llm).actions.ask.input.prompt: ${narrow} at 'prompt'; it is given, but the strict object that is expected has no such key: expected no such key, given string.`,
    ])
  })

  test('gives no more than the interface’s gives', () => {
    expect(reportOf(withAsk(prompt, z.object({ text: z.string().optional() })))).toEqual([
      `refinement_incompatible extend(llm).actions.ask.output.text: ${wide} at 'text'; it is required, but may be absent: expected string, given nothing.`,
    ])
    expect(reportOf(withAsk(prompt, z.object({ text: z.number() })))).toEqual([
      `refinement_incompatible extend(llm).actions.ask.output.text: ${wide} at 'text'; expected string, given number.`,
    ])
  })

  test('streams if the interface’s streams, and items of its kind', () => {
    const watching = (stream?: z.ZodType) => () => acme({ actions: { watch: io(z.object({}), text, stream) } })
    const watch = "action 'watch' of interface 'llm': the action 'watch' that integration 'acme' has already"
    expect(reportOf(watching())).toEqual([
      "refinement_incompatible extend(llm).actions.watch.stream: action 'watch' of interface 'llm': the interface’s streams, the action 'watch' that integration 'acme' has already does not.",
    ])
    expect(reportOf(watching(text))).toEqual([
      `refinement_incompatible extend(llm).actions.watch.stream.part: ${watch} gives more than the interface allows at 'part'; it is required, but is missing: expected string, given nothing.`,
    ])
    const indexed = part.extend({ index: z.number() })
    const definition = acme({ actions: { watch: io(z.object({}), text, indexed) } }, { capabilities: [] })
    expect(definition.actions['watch']?.stream?.schema).toBe(indexed)
    expect(reportOf(() => acme({ actions: { ask: io(prompt, text, part) } }))).toEqual([
      `refinement_incompatible extend(llm).actions.ask.stream: ${what} streams, the interface’s does not.`,
    ])
  })

  test('that refines it stays, with its strictness, descriptions, refinements and further fields', () => {
    const input = prompt.extend({ temperature: z.number().default(1) }).describe('What is asked.')
    const output = z.strictObject({
      text: z
        .string()
        .max(9)
        .refine((value) => value !== ''),
      cost: z.number(),
    })
    const definition = acme({ actions: { ask: { ...io(input, output), title: 'Ask Acme', billable: true } } })
    const ask = definition.actions['ask']!
    expect([ask.input.schema, ask.output.schema]).toEqual([input, output])
    expect(ask.input.schema).toBe(input)
    expect(ask.output.schema).toBe(output)
    expect(ask).toMatchObject({ title: 'Ask Acme', billable: true })
    expect(z.safeParse(ask.output.schema, { text: 'a', cost: 1, other: 1 }).success).toBe(false)
    expect(z.safeParse(ask.output.schema, { text: '', cost: 1 }).success).toBe(false)
    expect(z.globalRegistry.get(input)?.description).toBe('What is asked.')
    expect(definition.interfaces[0]?.actions['ask']).toMatchObject({ name: 'ask', refined: true })
    expect(definition.interfaces[0]?.actions['watch']).toMatchObject({ name: 'watch', refined: false })
  })
})

describe('an own action on which the interface’s is renamed', () => {
  const onto = (name: string) => ({ actions: { ask: { name } } })
  const count = io(z.object({ number: z.number() }), text)

  test('is refused where it has nothing to do with it', () => {
    expect(reportOf(() => acme({ actions: { count } }, onto('count')))).toEqual([
      "refinement_incompatible extend(llm).actions.ask.input.number: action 'ask' of interface 'llm': the action 'count' that integration 'acme' has already takes less than the interface gives it at 'number'; it is required, but is missing: expected number, given nothing.",
    ])
  })

  test('implements it where it refines it', () => {
    const definition = acme({ actions: { complete: io(prompt, text) } }, onto('complete'))
    expect(Object.keys(definition.actions)).toEqual(['complete', 'watch'])
    expect(definition.interfaces[0]?.actions['ask']?.name).toBe('complete')
  })

  test('does not matter where the rename leads away from it', () => {
    const definition = acme({ actions: { ask: count } }, onto('complete'))
    expect(Object.keys(definition.actions)).toEqual(['ask', 'complete', 'watch'])
    expect(definition.actions['ask']?.input.schema).toBe(count.input.schema)
  })
})

describe('an own event or message of the interface’s name', () => {
  test('is an event that gives what the interface’s gives', () => {
    expect(reportOf(() => acme({ events: { changed: { schema: z.object({ model: z.string() }) } } }))).toEqual([
      "refinement_incompatible extend(llm).events.changed.model: event 'changed' of interface 'llm': the event 'changed' that integration 'acme' has already gives more than the interface allows at 'model'; expected object { id: 'large' | 'small', size: number }, given string.",
    ])
    const changed = { schema: z.strictObject({ model, by: z.string() }) }
    expect(acme({ events: { changed } }).events['changed']?.schema).toBe(changed.schema)
  })

  test('is a message that takes and gives what the interface’s does', () => {
    const direct = (messages: object) => () => acme({ channels: { direct: { messages } } })
    const place = 'refinement_incompatible extend(llm).channels.direct.messages.text.text'
    const channel = "channel 'direct' of interface 'llm': the channel 'direct' that integration 'acme' has already"
    expect(reportOf(direct({ text: { schema: z.object({ text: z.string().max(5) }) } }))).toEqual([
      `${place}: ${channel} takes less than the interface gives it at 'text'; expected string (length <= 5), given string.`,
    ])
    expect(reportOf(direct({ text: { schema: z.object({ text: z.string().nullable() }) } }))).toEqual([
      `${place}: ${channel} gives more than the interface allows at 'text'; expected string, given null.`,
    ])
    const own = { text: { schema: text.extend({ bold: z.boolean().optional() }) }, note: { schema: model } }
    const definition = direct(own)()
    expect(Object.keys(definition.channels['direct']!.messages)).toEqual(['text', 'card', 'note'])
    expect(definition.channels['direct']?.messages['text']?.schema).toBe(own.text.schema)
  })
})

describe('what cannot be proved', () => {
  const odd = z.object({ prompt: z.string().refine((value) => value !== '') })
  const assume = { actions: { ask: { assume: true } } }

  test('is refused, with what would help', () => {
    expect(errorOf(withAsk(odd, text)).problems).toEqual([
      {
        code: 'refinement_unprovable',
        path: 'extend(llm).actions.ask.input.prompt',
        message:
          "action 'ask' of interface 'llm': whether the action 'ask' that integration 'acme' has already refines it cannot be proved at 'prompt': " +
          "it is checked by code that only running it can judge; expected object { model: object { id: 'large' | 'small', size: number }, prompt: string }, " +
          'given object { prompt: string (refined) }.',
        remedy: 'Use the interface’s own schema, rename one of them, or write assume: true.',
      },
    ])
  })

  test('is taken on the author’s word, which is noted', () => {
    const definition = withAsk(odd, text, assume)()
    expect(definition.actions['ask']?.input.schema).toBe(odd)
    expect(definition.interfaces[0]?.assumed).toEqual(['actions.ask'])
  })

  test('needs no word where the schema is the very same', () => {
    // A transform, which could not be judged even against itself if it were parsed twice.
    const shared = z.object({ at: z.string().transform(Number) })
    const board = new InterfaceDefinition({ name: 'board', events: { posted: { schema: () => shared } } })
    const definition = new IntegrationDefinition({ name: 'acme', events: { posted: { schema: shared } } }).extend(board)
    expect(definition.interfaces[0]?.assumed).toEqual([])
  })

  test('is all that the author’s word covers: not what is proved to be wrong', () => {
    expect(reportOf(withAsk(prompt.extend({ prompt: z.number() }), text, assume))).toEqual([
      `refinement_incompatible extend(llm).actions.ask.input.prompt: ${narrow} at 'prompt'; expected number, given string.`,
    ])
    expect(reportOf(() => acme({ actions: { ask: io(odd, text, part) } }, assume))).toEqual([
      `refinement_incompatible extend(llm).actions.ask.stream: ${what} streams, the interface’s does not.`,
    ])
  })

  test('is not noted where it was proved', () => {
    expect(withAsk(prompt, text, assume)().interfaces[0]?.assumed).toEqual([])
  })

  test('is judged for each event and channel as well', () => {
    const changed = { schema: z.object({ model: model.extend({ id: z.string().refine((id) => id.length === 5) }) }) }
    const direct = { messages: { card: { schema: z.object({ text: z.string().refine((value) => value !== '') }) } } }
    const own = { events: { changed }, channels: { direct } }
    expect(reportOf(() => acme(own)).map((line) => line.split(':')[0])).toEqual([
      'refinement_unprovable extend(llm).events.changed.model.id',
      'refinement_unprovable extend(llm).channels.direct.messages.card.text',
    ])
    const vouched = acme(own, { events: { changed: { assume: true } }, channels: { direct: { assume: true } } })
    expect(vouched.interfaces[0]?.assumed).toEqual(['events.changed', 'channels.direct'])
  })
})

test('problems of all kinds are told at once', () => {
  const own = { actions: { ask: io(text, text) }, events: { changed: { schema: text } } }
  const more = { actions: { watch: { name: 'Watch' }, wacth: {} }, capabilities: ['stream'] }
  expect(reportOf(() => acme(own, more)).map((line) => line.split(':')[0])).toEqual([
    'name_invalid extend(llm).actions.watch.name',
    'member_unknown extend(llm).actions.wacth',
    'capability_unknown extend(llm).capabilities',
    'refinement_incompatible extend(llm).actions.ask.input.text',
    'refinement_incompatible extend(llm).events.changed.model',
  ])
})
