import { IntegrationDefinition, type InterfaceDefinition, messages, z } from 'plugboard'
import { type AnyIntegration, referenceOf } from '../suite/subject.ts'

/** What tells the conversations and users of a double from one another. */
const tags = { id: { title: 'Id', description: 'What the double made it from.' } }
/** Where an interface speaks of conversations or users and has no channel: one that carries what most channels know. */
const plainChannel = { channel: { messages: { ...messages.defaults }, conversation: { tags } } }

/** Declares an integration that implements an interface with the interface's own entities. */
export function doubleDefinition(base: InterfaceDefinition, name: string, claimed?: readonly string[]): AnyIntegration {
  const schemas = Object.fromEntries(
    Object.entries(base.members.entities).map(([key, { schema }]) => [key, schema as z.core.$ZodType<object>]),
  )
  const { actions, events, channels } = referenceOf(base, schemas)
  const speaking = [
    ...Object.values(actions).flatMap(({ input, output }) => [input.schema, output.schema]),
    ...Object.values(events).map(({ schema }) => schema),
  ]
  const isChat = Object.keys(channels).length === 0 && speaking.some((schema) => isOfChats(schema))
  const definition = new IntegrationDefinition({
    name,
    version: base.version,
    entities: Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, { schema }])),
    user: { tags },
    ...(isChat && { channels: plainChannel }),
  })
  const capabilities = claimed ?? Object.keys(base.capabilities)
  return (definition as unknown as Extending).extend(base, ({ entities }) => ({
    entities,
    capabilities,
    channels: Object.fromEntries(Object.keys(channels).map((channel) => [channel, { conversation: { tags } }])),
  }))
}
interface Extending {
  extend(base: unknown, map: (own: { entities: object }) => object): AnyIntegration
}

/** Whether a schema has a field for the id of a conversation or user. */
function isOfChats(schema: z.core.$ZodType): boolean {
  return /"(?:conversationId|userId)":/.test(
    JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })),
  )
}
