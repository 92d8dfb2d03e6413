import { describe, expect, test } from 'vitest'
import { IntegrationDefinition, InterfaceDefinition, z } from 'plugboard'
import { errorOf, loosely, reportOf } from '../problems-of.fixture.ts'

const limits = z.object({ tokens: z.number() })
const llm = new InterfaceDefinition({
  name: 'llm',
  version: '1.0.0',
  entities: {
    model: { schema: z.object({ id: z.string(), limits }) },
    voice: { schema: z.object({ id: z.string(), accent: z.string().optional() }), optional: true },
  },
})
const labelled = new InterfaceDefinition({
  name: 'labelled',
  entities: { labels: { schema: z.record(z.string(), z.string()) } },
})
const good = z.object({ id: z.string(), limits, family: z.string() })

/** An integration whose entities are `good` and that of the schema, mapped as said. */
const mapping = (schema: z.ZodType, map: (own: Record<string, unknown>) => object) => () =>
  new IntegrationDefinition(loosely({ name: 'acme', entities: { good: { schema: good }, own: { schema } } })).extend(
    llm,
    loosely(({ entities }: { entities: Record<string, unknown> }) => ({ entities: map(entities) })),
  )
const asModel = (schema: z.ZodType) => mapping(schema, ({ own }) => ({ model: own }))
const place = 'extend(llm).entities.model'
const what = "entity 'model' of interface 'llm'"
const mine = "'own' of integration 'acme'"

describe('an entity of the interface', () => {
  test('that is not mapped is told with those to which it could be', () => {
    const error = errorOf(mapping(good, () => ({})))
    expect(error.problems).toEqual([
      {
        code: 'entity_unmapped',
        path: place,
        message: `${what} is not mapped.`,
        remedy: "Map it to one of integration 'acme': 'good', 'own'.",
      },
    ])
    expect(error).toMatchObject({
      code: 'extension_invalid',
      where: { integration: 'acme', interface: 'llm' },
      message: expect.stringMatching(/^integration 'acme' extending interface 'llm' has one problem:\n/),
    })
  })

  test('that is not mapped by any function is told as well', () => {
    const acme = new IntegrationDefinition({ name: 'acme' })
    expect(errorOf(() => acme.extend(loosely(llm))).problems).toMatchObject([
      { code: 'entity_unmapped', path: place, remedy: "Map it to one of integration 'acme': none." },
    ])
  })

  test('that is optional need not be mapped, and then is what the interface says', () => {
    const definition = mapping(good, (own) => ({ model: own['good'] }))()
    expect(definition.interfaces[0]?.entities).toEqual({
      model: { name: 'good', schema: good },
      voice: llm.members.entities['voice'],
    })
  })

  test('that is optional and mapped is checked', () => {
    expect(reportOf(mapping(limits, ({ good: model, own }) => ({ model, voice: own })))).toEqual([
      "entity_field_missing extend(llm).entities.voice.id: entity 'voice' of interface 'llm': field 'id' is missing in 'own' of integration 'acme'; expected string, given nothing.",
    ])
  })
})

describe('an own entity', () => {
  test('lacks no field', () => {
    expect(reportOf(asModel(z.object({ id: z.string() })))).toEqual([
      `entity_field_missing ${place}.limits: ${what}: field 'limits' is missing in ${mine}; expected object { tokens: number }, given nothing.`,
    ])
    expect(reportOf(asModel(z.object({ id: z.string(), limits: z.object({ chars: z.number() }) })))).toEqual([
      `entity_field_missing ${place}.limits.tokens: ${what}: field 'limits.tokens' is missing in ${mine}; expected number, given nothing.`,
    ])
  })

  test('has no field of another type, and every one that it has is told', () => {
    expect(reportOf(asModel(z.object({ id: z.number(), limits: z.object({ tokens: z.string() }) })))).toEqual([
      `entity_field_type ${place}.id: ${what}: field 'id' of ${mine} has another type than in the interface; expected string, given number.`,
      `entity_field_type ${place}.limits.tokens: ${what}: field 'limits.tokens' of ${mine} has another type than in the interface; expected number, given string.`,
    ])
  })

  test.each([
    ['may be left out', z.string().optional(), 'string | undefined'],
    ['may be left out, not undefined', z.string().exactOptional(), 'string | undefined'],
    ['may be null', z.string().nullable(), 'null'],
  ])('has no field that %s where the interface requires it', (_, id, given) => {
    expect(reportOf(asModel(z.object({ id, limits })))).toEqual([
      `entity_field_optional ${place}.id: ${what}: field 'id' of ${mine} is optional, the interface requires it; expected string, given ${given}.`,
    ])
  })

  test('is no record where the interface has an object, nor an object where it has a record', () => {
    expect(reportOf(asModel(z.record(z.string(), z.string())))).toEqual([
      `entity_incompatible ${place}: ${what}: ${mine} is no refinement of it; expected object { id: string, limits: object { tokens: number } }, given record of string.`,
    ])
    const acme = new IntegrationDefinition({ name: 'acme', entities: { own: { schema: good } } })
    expect(
      reportOf(() =>
        acme.extend(
          labelled,
          loosely(({ entities }: never) => ({ entities: { labels: entities['own'] } })),
        ),
      ),
    ).toEqual([
      "entity_incompatible extend(labelled).entities.labels: entity 'labels' of interface 'labelled': 'own' of integration 'acme' is no refinement of it; expected record of string, given object { id: string, limits: object { tokens: number }, family: string }.",
    ])
  })

  test('is a record where the interface has one', () => {
    const own = { schema: z.record(z.string(), z.enum(['red', 'green'])) }
    const acme = new IntegrationDefinition({ name: 'acme', entities: { own } })
    expect(acme.extend(labelled, ({ entities }) => ({ entities: { labels: entities.own } })).interfaces).toHaveLength(1)
  })

  test('that only code could tell to refine is refused', () => {
    const bounded = new InterfaceDefinition({
      name: 'bounded',
      entities: { size: { schema: z.object({ value: z.number().max(9) }) } },
    })
    const own = { schema: z.object({ value: z.number().refine((value) => value < 9) }) }
    const acme = new IntegrationDefinition({ name: 'acme', entities: { own } })
    expect(reportOf(() => acme.extend(bounded, ({ entities }) => ({ entities: { size: entities.own } })))).toEqual([
      "refinement_unprovable extend(bounded).entities.size.value: entity 'size' of interface 'bounded': whether 'own' of integration 'acme' refines it cannot be proved at 'value'; expected number (<= 9), given number (refined).",
    ])
  })

  test.each([
    ['transforms', z.string().transform(Number), 'transforms its value, so it gives other than it takes'],
    ['fills in', z.string().default(''), 'fills in a value that was not given'],
    ['holds a Date', z.date(), 'holds a Date, which JSON has not: use z.iso.datetime()'],
    ['admits anything', z.unknown(), 'admits anything, JSON or not: use z.json()'],
  ])('%s in no field, one of its own neither', (_, at, reason) => {
    expect(reportOf(asModel(good.extend({ at })))).toEqual([
      expect.stringContaining(
        `schema_not_json ${place}.at: ${what}: ${mine} must be plain JSON with input equal to output: 'at' ${reason}`,
      ),
    ])
  })

  test('may have more fields, narrower ones, and refinements', () => {
    const own = good.extend({ id: z.enum(['large', 'small']) }).refine(({ id }) => id !== 'small')
    const definition = asModel(own)()
    expect(definition.interfaces[0]?.entities['model']?.schema).toBe(own)
  })
})

describe('what is mapped', () => {
  test.each([
    ['a plain schema', good, 'a schema'],
    ['a name', 'good', "'good'"],
    ['null', null, 'null'],
    ['a copy of an entity', { name: 'good', schema: good }, '{"name":"good","schema":"a schema"}'],
  ])('is an entity of the integration, not %s', (_, given, shown) => {
    const error = errorOf(mapping(good, () => ({ model: given })))
    expect(error.problems).toEqual([
      {
        code: 'entity_foreign',
        path: place,
        message: `${what} is mapped to something that is no entity of integration 'acme': given ${shown}.`,
        remedy: "Map it to one of `entities`: 'good', 'own'.",
      },
    ])
  })

  test('is no entity of another integration, even of an equal one', () => {
    const other = new IntegrationDefinition({ name: 'other', entities: { good: { schema: good } } })
    expect(reportOf(mapping(good, () => ({ model: other.entities.good })))).toEqual([
      `entity_foreign ${place}: ${what} is mapped to something that is no entity of integration 'acme': given {"schema":"a schema","name":"good"}.`,
    ])
  })

  test('is an entity that the interface has, alone or beside known ones', () => {
    const error = errorOf(mapping(good, ({ own }) => ({ model: own, modell: own, toString: own })))
    expect(error.problems.map(({ code, path, message, remedy }) => `${code} ${path}: ${message} ${remedy}`)).toEqual([
      "entity_unknown extend(llm).entities.modell: interface 'llm' has no entity 'modell'. It has 'model', 'voice'.",
      "entity_unknown extend(llm).entities.toString: interface 'llm' has no entity 'toString'. It has 'model', 'voice'.",
    ])
    expect(reportOf(mapping(good, ({ own }) => ({ modell: own })))).toEqual([
      "entity_unknown extend(llm).entities.modell: interface 'llm' has no entity 'modell'.",
      `entity_unmapped ${place}: ${what} is not mapped.`,
    ])
  })
})
