import { describe, expect, test } from 'vitest'
import * as mini from 'zod/mini'
import { IntegrationDefinition, z } from 'plugboard'
import { errorOf, loosely, problemsOf, reportOf, sentencesOf } from '../problems-of.fixture.ts'

const schema = z.object({ id: z.string() })
const define = (props: object) => new IntegrationDefinition(loosely({ name: 'acme', ...props }))

describe('schemas', () => {
  test('a schema without the object around it is told what to write', () => {
    const error = errorOf(() => define({ configuration: schema, entities: { thing: schema } }))
    expect(error.problems).toMatchObject([
      { code: 'schema_missing', path: 'configuration', remedy: 'Write { schema: … } around it.' },
      { code: 'schema_missing', path: 'entities.thing', remedy: 'Write { schema: … } around it.' },
    ])
  })

  test.each([
    ['string', z.string()],
    ['array of object { id: string }', z.array(schema)],
    ['object { id: string } | undefined', schema.optional()],
    ['object { id: string } | string', z.union([schema, z.string()])],
    [
      'array of string',
      z
        .string()
        .transform((text) => [text])
        .pipe(z.array(z.string())),
    ],
  ])('%s is no object', (given, wrong) => {
    expect(reportOf(() => define({ events: { happened: { schema: wrong } } }))).toEqual([
      `schema_not_object events.happened.schema: expected the schema of an object, given ${given}.`,
    ])
  })

  test('is that of an object wherever one stands', () => {
    const text = { schema: z.string() }
    const wrong = {
      configuration: text,
      configurations: { oauth: text },
      entities: { thing: text },
      actions: { ask: { input: text, output: text, stream: text } },
      events: { happened: text },
      channels: { direct: { messages: { note: text } } },
      states: { cursor: { type: 'user', ...text } },
    }
    expect(problemsOf(() => define(wrong))).toEqual(
      [
        'configuration',
        'configurations.oauth',
        'entities.thing',
        'actions.ask.input',
        'actions.ask.output',
        'actions.ask.stream',
        'events.happened',
        'channels.direct.messages.note',
        'states.cursor',
      ].map((path) => `schema_not_object ${path}.schema`),
    )
  })

  test('is one of zod 4', () => {
    const foreign = { schema: { parse: () => ({}) } }
    expect(errorOf(() => define({ events: { happened: foreign } })).problems).toEqual([
      {
        code: 'schema_missing',
        path: 'events.happened',
        message: 'expected { schema: z.object({ … }) }, given schema: {}.',
        remedy: 'Give it a schema of zod 4.',
      },
    ])
  })

  test.each([
    ['a union of objects', z.discriminatedUnion('a', [z.object({ a: z.literal(1) }), z.object({ a: z.literal(2) })])],
    ['an intersection', schema.and(z.object({ b: z.string() }))],
    ['a record', z.record(z.string(), z.number())],
    ['an object that is refined, transformed to one, or read-only', schema.refine(() => true).readonly()],
    ['a lazy object', z.lazy(() => schema)],
    ['one of zod/mini', mini.object({ id: mini.string() })],
  ])('may be %s', (_, given) => {
    expect(Object.keys(define({ events: { happened: { schema: given } } }).events)).toEqual(['happened'])
  })

  test('a place inside a schema where none is, is found before anything is parsed', () => {
    const misspelt = { model: schema } as { model: z.ZodType; modell?: z.ZodType }
    const events = {
      named: { schema: z.object({ model: misspelt.modell as never }) },
      listed: { schema: z.object({ models: z.array(misspelt.modell as never) }) },
      deep: { schema: z.object({ inner: z.object({ model: z.optional('text' as never) }) }) },
    }
    expect(problemsOf(() => define({ events }))).toEqual([
      'schema_missing events.named.schema.model',
      'schema_missing events.listed.schema.models[]',
      'schema_missing events.deep.schema.inner.model',
    ])
  })

  test('a schema that refers to what is not there yet is told, and does not throw', () => {
    const later: z.ZodType[] = []
    const lazy = z.object({ item: z.lazy(() => later[0]!.optional()) })
    expect(sentencesOf(() => define({ events: { happened: { schema: lazy } } }))).toEqual([
      expect.stringContaining('the schema cannot be looked at: '),
    ])
  })

  test('a schema that holds itself, and one that is made anew whenever it is read, are accepted', () => {
    const tree: z.ZodType = z.object({ children: z.array(z.lazy(() => tree)) })
    const endless = (): z.ZodType => z.object({ next: z.lazy(endless).optional() })
    expect(Object.keys(define({ events: { a: { schema: tree }, b: { schema: endless() } } }).events)).toEqual([
      'a',
      'b',
    ])
  })
})
