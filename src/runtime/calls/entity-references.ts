import { z } from 'zod'
import { aliasOf } from '../../definition/binding.ts'
import type { Buildable, EntityReferences } from '../../definition/consumer-data.ts'
import type { Schema } from '../../definition/schema.ts'
import type { Where } from '../../errors/index.ts'
import { PlugboardError } from '../../errors/index.ts'
import { encode, validate } from '../validate.ts'
import { parseEntity, parseEntityOf } from './bound-need.ts'
import type { NeedSlot } from './interface-client.ts'

/** The needs of a consumer, each with its binding. */
export type NeedSlots = Readonly<Record<string, NeedSlot>>

/** How an entity is stored: with the integration that it belongs to, so that it outlives a change of the binding. */
const storedEntity = z.object({ of: z.string(), value: z.json() })

/** What a consumer stores or sends: checked going in, and opened again going out. */
export interface StoredSchema {
  /** The form in which a value is stored. */
  store(value: unknown, where: Where): unknown
  /**
   * The value of a stored form.
   * @throws {PlugboardError} with the code `entity_stale`, if an entity in it belongs to an integration that is not bound any more.
   */
  open(stored: unknown, where: Where): unknown
}

/** A schema for what is stored; a builder's entities are stored with the integration that they belong to. */
export function storedSchema(
  buildable: Buildable,
  slots: NeedSlots,
  subject: string,
  code: 'state_invalid' | 'payload_invalid' | 'input_invalid' | 'output_invalid',
): StoredSchema {
  if (typeof buildable !== 'function') {
    return { store: (value, where) => validate(buildable, value, { code, subject, where }), open: (stored) => stored }
  }
  const schema = buildable({ entities: references(slots, (slot, name) => storedReference(slot, name)) })
  return {
    store: (value, where) => encode(schema, value, { code, subject, where }),
    open: (stored, where) => validate(schema, stored, { code, subject, where }),
  }
}

/** The schema of a configuration: its entities are written as plain data, and must be those of the bound integration. */
export function configurationSchema(buildable: Buildable | undefined, slots: NeedSlots): Schema | undefined {
  return typeof buildable === 'function' ? buildable({ entities: references(slots, sharedReference) }) : buildable
}

/** The schema of a consumer's own action, whose entities are passed as they are. */
export function passedSchema(buildable: Buildable, slots: NeedSlots): Schema {
  return typeof buildable === 'function' ? buildable({ entities: references(slots, parsedReference) }) : buildable
}

function references(slots: NeedSlots, make: (slot: NeedSlot, name: string) => Schema): EntityReferences {
  return Object.fromEntries(
    Object.entries(slots).map(([need, slot]) => [
      need,
      Object.fromEntries(Object.keys(slot.current.entities).map((name) => [name, make(slot, name)])),
    ]),
  )
}

/** Accepts what the integration that is bound at the moment takes for its entity. */
function parsedReference(slot: NeedSlot, name: string): Schema {
  return z
    .unknown()
    .transform((value, context) => attempt(context, value, () => parseEntity(slot.current, name, value)))
}

/** Accepts what every candidate of the binding takes: an entity that is configured goes with every call, also after a failover. */
function sharedReference(slot: NeedSlot, name: string): Schema {
  return z.unknown().transform((value, context) =>
    attempt(context, value, () => {
      for (const { alias, entity } of slot.current.entities[name] ?? [])
        parseEntityOf(slot.current, alias, name, entity, value)
      return parseEntity(slot.current, name, value)
    }),
  )
}

function storedReference(slot: NeedSlot, name: string): Schema {
  return z.codec(storedEntity, z.unknown(), {
    decode: (stored, context) => attempt(context, stored, () => openEntity(slot, name, stored)),
    encode: (value, context) =>
      attempt(context, value, () => ({
        of: ownerOf(slot, name, value),
        value: parseEntity(slot.current, name, value) as z.core.util.JSONType,
      })) as z.output<typeof storedEntity>,
  })
}

/** The first of the bound integrations that takes the value for its own. */
function ownerOf(slot: NeedSlot, name: string, value: unknown): string {
  const { entities, solved } = slot.current
  const owner = (entities[name] ?? []).find(({ entity }) => z.core.safeParse(entity.schema, value).success)
  return owner?.alias ?? aliasOf(solved.binding.to[0] ?? '')
}

function openEntity(slot: NeedSlot, name: string, { of, value }: z.output<typeof storedEntity>): unknown {
  const { solved, entities } = slot.current
  if (entities[name]?.some(({ alias }) => alias === of)) return parseEntity(slot.current, name, value)
  const translate = solved.binding.translate?.[of]?.[name] as ((value: unknown) => unknown) | undefined
  if (translate) return parseEntity(slot.current, name, translate(value))
  throw new PlugboardError({
    code: 'entity_stale',
    message: `the stored entity '${solved.name}.${name}' belongs to integration '${of}', but '${solved.name}' is bound to ${solved.binding.to.map((to) => `'${aliasOf(to)}'`).join(', ')} now. Store another one, or declare a translation in the binding.`,
    where: { need: solved.name, integration: of },
  })
}

/** Passes an error of Plugboard through zod, so that its code is not lost. */
function attempt(
  context: { issues: z.core.$ZodRawIssue[]; value: unknown },
  input: unknown,
  work: () => unknown,
): unknown {
  try {
    return work()
  } catch (error) {
    if (!PlugboardError.isInstance(error)) throw error
    context.issues.push({
      code: 'custom',
      input,
      message: error.message,
      params: { plugboard: { code: error.code, message: error.message } },
    })
    return z.NEVER
  }
}
