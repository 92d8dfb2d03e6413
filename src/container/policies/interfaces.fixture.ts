import { z } from 'zod'
import { InterfaceDefinition } from '../../definition/interface-definition.ts'
import { membersWith } from '../../definition/interface-members.ts'
import type { ActionDefinition } from '../../definition/member-definitions.ts'
import type { Schema } from '../../definition/schema.ts'

/** Models that write: what they write costs money, and is another time different. */
const writers = new InterfaceDefinition({
  name: 'writers',
  version: '1.0.0',
  entities: { model: { schema: z.object({ id: z.string() }) } },
  actions: {
    write: {
      billable: true,
      cost: (output: { price?: number }) => output.price,
      input: { schema: ({ model }) => z.object({ model: model.optional(), prompt: z.string() }) },
      output: { schema: () => z.object({ text: z.string(), price: z.number().optional() }) },
    },
    writeBitByBit: {
      billable: true,
      cost: (output: { price?: number }) => output.price,
      input: { schema: ({ model }) => z.object({ model: model.optional(), prompt: z.string() }) },
      stream: { schema: () => z.object({ word: z.string() }) },
      output: { schema: () => z.object({ text: z.string(), price: z.number().optional() }) },
    },
    listModels: {
      cacheable: true,
      idempotent: true,
      input: { schema: () => z.object({ family: z.string().optional(), limit: z.number().optional() }) },
      output: { schema: ({ model }) => z.object({ models: z.array(model) }) },
    },
  },
})

/** A collection whose things are listed, valued and added to. */
const collection = new InterfaceDefinition({
  name: 'collection',
  version: '2.1.0',
  entities: { piece: { schema: z.object({ number: z.number() }) } },
  actions: {
    list: {
      cacheable: true,
      idempotent: true,
      input: { schema: () => z.object({ room: z.string().optional(), after: z.number().optional() }) },
      output: { schema: ({ piece }) => z.object({ pieces: z.array(piece) }) },
    },
    value: {
      billable: true,
      idempotent: true,
      cost: (output: { fee: number }) => output.fee,
      input: { schema: ({ piece }) => z.object({ piece }) },
      output: { schema: () => z.object({ worth: z.number(), fee: z.number() }) },
    },
    watch: {
      billable: true,
      idempotent: true,
      cost: (output: { fee: number }) => output.fee,
      input: { schema: ({ piece }) => z.object({ piece }) },
      stream: { schema: () => z.object({ bid: z.number() }) },
      output: { schema: () => z.object({ worth: z.number(), fee: z.number() }) },
    },
    add: {
      input: { schema: () => z.object({ title: z.string() }) },
      output: { schema: ({ piece }) => z.object({ piece }) },
    },
  },
})

/** An action, and what one calls it with. */
export interface Sample {
  readonly action: ActionDefinition
  readonly input: unknown
  readonly output: unknown
  /** What it gives before its output, if it streams. */
  readonly items: readonly unknown[]
}

const sampleOf =
  (definition: typeof writers | typeof collection, entities: Record<string, Schema>) =>
  (name: string, input: unknown, output: unknown, items: readonly unknown[] = []): Sample => {
    const action = membersWith(definition, entities).actions[name]
    if (!action) throw new Error(`There is no action ${name}.`)
    return { action, input, output, items }
  }

/** The actions of an interface, by what policies know of them. */
export interface Samples {
  readonly name: string
  /** Not idempotent. */
  readonly once: Sample
  readonly idempotent: Sample
  readonly billable: Sample
  /** Billable. */
  readonly streamed: Sample
  readonly cacheable: Sample
  /** Equal to the input of `cacheable`, written otherwise. */
  readonly sameInput: unknown
  readonly otherInput: unknown
}

/** The actions of the writers, with the models of one integration. */
export function writerSamples(model: Schema = z.object({ id: z.string() })): Samples {
  const sample = sampleOf(writers, { model })
  const text = { text: 'Once upon', price: 0.25 }
  return {
    name: 'writers',
    once: sample('write', { prompt: 'a tale' }, text),
    idempotent: sample('listModels', { family: 'tale' }, { models: [{ id: 'tale-1' }] }),
    billable: sample('write', { prompt: 'a tale' }, text),
    streamed: sample('writeBitByBit', { prompt: 'a tale' }, text, [{ word: 'Once' }, { word: 'upon' }]),
    cacheable: sample('listModels', { family: 'tale', limit: 3 }, { models: [{ id: 'tale-1' }] }),
    sameInput: { limit: 3, family: 'tale' },
    otherInput: { family: 'tale', limit: 4 },
  }
}

/** The actions of the collection, with the pieces of one integration. */
export function collectionSamples(piece: Schema = z.object({ number: z.number() })): Samples {
  const sample = sampleOf(collection, { piece })
  const worth = { worth: 900, fee: 0.25 }
  return {
    name: 'collection',
    once: sample('add', { title: 'Vase' }, { piece: { number: 7 } }),
    idempotent: sample('list', { room: 'hall' }, { pieces: [{ number: 7 }] }),
    billable: sample('value', { piece: { number: 7 } }, worth),
    streamed: sample('watch', { piece: { number: 7 } }, worth, [{ bid: 800 }, { bid: 900 }]),
    cacheable: sample('list', { room: 'hall', after: 3 }, { pieces: [{ number: 7 }] }),
    sameInput: { after: 3, room: 'hall' },
    otherInput: { room: 'hall', after: 4 },
  }
}

/** The samples of two interfaces that have nothing in common. */
export const interfaces = [writerSamples(), collectionSamples()] as const
