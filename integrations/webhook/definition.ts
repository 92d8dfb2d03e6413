import { IntegrationDefinition, messages, z } from 'plugboard'
import { settings } from './configuration.ts'

export default new IntegrationDefinition({
  name: 'webhook',
  version: '0.1.0',
  title: 'Webhook',
  description: 'Signed webhooks both ways, by the specification Standard Webhooks.',
  icon: 'icon.svg',
  readme: 'README.md',
  configuration: { schema: settings },
  channels: {
    conversation: {
      title: 'Conversation',
      description: 'A conversation that the endpoint keeps: its messages come and go as `message.created`.',
      messages: messages.defaults,
      message: {
        tags: {
          id: { title: 'Message', description: 'What the endpoint calls the message, or the id of its delivery.' },
        },
      },
      conversation: {
        tags: {
          id: { title: 'Conversation', description: 'What the endpoint calls the conversation.', identity: true },
        },
      },
    },
  },
  user: { tags: { id: { title: 'Person', description: 'What the endpoint calls the person.', identity: true } } },
  events: {
    received: {
      title: 'Received',
      description: 'A webhook came that is no message.',
      schema: z.object({
        /** What tells the delivery from others. */
        id: z.string(),
        /** What happened, such as `invoice.paid`; undefined where the sender does not say. */
        type: z.string().optional(),
        /** When it happened, or was sent where the sender does not say: ISO 8601, in UTC. */
        timestamp: z.string(),
        /** The `data` of the body; of a body without, all of it. */
        data: z.unknown(),
      }),
    },
  },
  actions: {
    send: {
      title: 'Send',
      description:
        'Sends a signed webhook. Every attempt at one call has the same id, by which a receiver knows it again.',
      idempotent: true,
      input: {
        schema: z.object({
          /** An address that anybody may reach. Default: the configured endpoint. */
          url: z.url({ protocol: /^https?$/ }).optional(),
          /** What happened: words of letters, digits, `_` and `-`, with full stops between, such as `invoice.paid`. */
          type: z
            .string()
            .max(256)
            .regex(/^[\w-]+(?:\.[\w-]+)*$/),
          data: z.record(z.string(), z.unknown()),
        }),
      },
      output: {
        schema: z.object({
          /** The id under which it was sent. */
          id: z.string(),
          /** What the receiver answered: 200 to 299. */
          status: z.number().int(),
        }),
      },
    },
  },
  attributes: { category: 'channel' },
})
