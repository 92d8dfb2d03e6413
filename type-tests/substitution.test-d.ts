import { expectTypeOf } from 'expect-type'
import { IntegrationDefinition, IntegrationImplementation, InterfaceDefinition, z } from 'plugboard'

/** An interface that has its entity in every kind of place. */
const shapes = new InterfaceDefinition({
  name: 'shapes',
  version: '1.0.0',
  entities: { model: { schema: z.object({ id: z.string() }) }, file: { schema: z.object({ path: z.string() }) } },
  actions: {
    take: {
      input: {
        schema: ({ model, file }) =>
          z.object({
            plain: model,
            optional: model.optional(),
            nullable: model.nullable(),
            nullish: model.nullish(),
            array: z.array(model),
            arrays: z.array(z.array(model)),
            record: z.record(z.string(), model),
            partial: z.partialRecord(z.enum(['a', 'b']), model),
            tuple: z.tuple([model, z.number(), file]),
            rest: z.tuple([z.string()], model),
            readonly: z.array(model).readonly(),
            frozen: z.object({ model }).readonly(),
            union: z.union([model, z.string(), z.null()]),
            either: z.union([model, file]),
            told: z.discriminatedUnion('by', [
              z.object({ by: z.literal('model'), model }),
              z.object({ by: z.literal('path'), path: z.string() }),
            ]),
            intersection: z.intersection(z.object({ name: z.string() }), model),
            map: z.map(z.string(), model),
            keyed: z.map(model, z.number()),
            set: z.set(model),
            deep: z.object({ a: z.object({ b: z.array(z.object({ model: model.optional() })) }) }),
            partner: file,
            branded: z.string().brand<'Name'>(),
            date: z.date(),
            bytes: z.instanceof(Uint8Array),
            anything: z.any(),
            unknown: z.unknown(),
            json: z.record(z.string(), z.json()),
            literal: z.literal([1, 'one', true, null]),
          }),
      },
      output: { schema: ({ model }) => z.object({ model, all: z.array(model) }) },
    },
    defaulted: {
      input: {
        schema: ({ model }) => z.object({ models: z.array(model).default([]), size: z.string().transform(Number) }),
      },
      output: {
        schema: ({ model }) =>
          z.object({ model: model.optional(), found: z.array(model).transform((all) => all.length) }),
      },
    },
  },
  events: { changed: { schema: ({ model }) => z.object({ from: model.nullable(), to: model }) } },
  channels: {
    line: { messages: { card: { schema: ({ file }) => z.object({ file, captions: z.array(z.string()) }) } } },
  },
})

const own = new IntegrationDefinition({
  name: 'own',
  entities: {
    engine: { schema: z.object({ id: z.enum(['large', 'small']), context: z.number() }) },
    blob: { schema: z.object({ path: z.string(), size: z.number().optional() }) },
  },
}).extend(shapes, ({ entities }) => ({ entities: { model: entities.engine, file: entities.blob } }))

type Engine = { id: 'large' | 'small'; context: number }
type Blob = { path: string; size?: number | undefined }
type Take = (typeof own.$types)['actions']['take']['parsed']

expectTypeOf<Take['plain']>().toEqualTypeOf<Engine>()
expectTypeOf<Take['optional']>().toEqualTypeOf<Engine | undefined>()
expectTypeOf<Take['nullable']>().toEqualTypeOf<Engine | null>()
expectTypeOf<Take['nullish']>().toEqualTypeOf<Engine | null | undefined>()
expectTypeOf<Take['array']>().toEqualTypeOf<Engine[]>()
expectTypeOf<Take['arrays']>().toEqualTypeOf<Engine[][]>()
expectTypeOf<Take['record']>().toEqualTypeOf<Record<string, Engine>>()
expectTypeOf<Take['partial']>().toEqualTypeOf<{ a?: Engine; b?: Engine }>()
expectTypeOf<Take['tuple']>().toEqualTypeOf<[Engine, number, Blob]>()
expectTypeOf<Take['rest']>().toEqualTypeOf<[string, ...Engine[]]>()
expectTypeOf<Take['readonly']>().toEqualTypeOf<readonly Engine[]>()
expectTypeOf<Take['frozen']>().toEqualTypeOf<Readonly<{ model: Engine }>>()
expectTypeOf<Take['union']>().toEqualTypeOf<Engine | string | null>()
expectTypeOf<Take['either']>().toEqualTypeOf<Engine | Blob>()
expectTypeOf<Take['told']>().toEqualTypeOf<{ by: 'model'; model: Engine } | { by: 'path'; path: string }>()
expectTypeOf<Take['intersection']['name']>().toEqualTypeOf<string>()
expectTypeOf<Take['intersection']['id']>().toEqualTypeOf<'large' | 'small'>()
expectTypeOf<Take['intersection']['context']>().toEqualTypeOf<number>()
expectTypeOf<keyof Take['intersection']>().toEqualTypeOf<'name' | 'id' | 'context'>()
expectTypeOf<Take['map']>().toEqualTypeOf<Map<string, Engine>>()
expectTypeOf<Take['keyed']>().toEqualTypeOf<Map<Engine, number>>()
expectTypeOf<Take['set']>().toEqualTypeOf<Set<Engine>>()
expectTypeOf<Take['deep']>().toEqualTypeOf<{ a: { b: { model?: Engine | undefined }[] } }>()
expectTypeOf<Take['partner']>().toEqualTypeOf<Blob>()

// What holds no entity stays what it is.
expectTypeOf<Take['branded']>().toEqualTypeOf<string & z.$brand<'Name'>>()
expectTypeOf<Take['date']>().toEqualTypeOf<Date>()
expectTypeOf<Take['bytes']>().toEqualTypeOf<Uint8Array<ArrayBuffer>>()
expectTypeOf<Take['anything']>().toBeAny()
expectTypeOf<Take['unknown']>().toEqualTypeOf<unknown>()
expectTypeOf<Take['json']>().toEqualTypeOf<Record<string, z.core.util.JSONType>>()
expectTypeOf<Take['literal']>().toEqualTypeOf<1 | 'one' | true | null>()

// Both sides: what is optional in the input is there once it is parsed.
type Defaulted = (typeof own.$types)['actions']['defaulted']
expectTypeOf<Defaulted['input']>().toEqualTypeOf<{ size: string; models?: Engine[] | undefined }>()
expectTypeOf<Defaulted['parsed']>().toEqualTypeOf<{ models: Engine[]; size: number }>()
expectTypeOf<Defaulted['returned']>().toEqualTypeOf<{ found: Engine[]; model?: Engine | undefined }>()
expectTypeOf<Defaulted['output']>().toEqualTypeOf<{ found: number; model?: Engine | undefined }>()

// Events and messages likewise.
expectTypeOf<(typeof own.$types)['events']['changed']['parsed']>().toEqualTypeOf<{ from: Engine | null; to: Engine }>()
expectTypeOf<(typeof own.$types)['channels']['line']['messages']['card']['parsed']>().toEqualTypeOf<{
  file: Blob
  captions: string[]
}>()

// A handler sees its own entities, and gives them back.
new IntegrationImplementation(own, {
  actions: {
    take: async ({ input }) => {
      expectTypeOf(input.optional).toEqualTypeOf<Engine | undefined>()
      if (input.told.by === 'model') expectTypeOf(input.told.model).toEqualTypeOf<Engine>()
      for (const model of input.set) expectTypeOf(model).toEqualTypeOf<Engine>()
      expectTypeOf(input.map.get('a')).toEqualTypeOf<Engine | undefined>()
      return { model: input.plain, all: [...input.readonly, { id: 'large', context: 1 }] }
    },
    defaulted: async ({ input }) => ({ model: input.models[0], found: input.models }),
  },
  channels: {
    line: {
      messages: {
        card: async ({ payload }) => {
          expectTypeOf(payload.file.size).toEqualTypeOf<number | undefined>()
        },
      },
    },
  },
})
