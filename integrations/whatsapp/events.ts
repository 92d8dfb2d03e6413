import { z } from 'plugboard'

const problem = z.object({
  /** As Meta numbers errors, such as 131047. */
  code: z.number().int(),
  title: z.string(),
  details: z.string().optional(),
})

/** What WhatsApp tells beside messages. Each event has its conversation and user where there are some. */
export const events = {
  buttonPressed: {
    title: 'Button pressed',
    description:
      'Somebody pressed a button or chose from a list. The value also comes as a text, as if it had been written.',
    schema: z.object({
      /** What the button was given; of one that this integration did not make, its id or payload. */
      value: z.string(),
      action: z.enum(['say', 'postback', 'other']),
      /** What stood on it. */
      title: z.string(),
      /** What WhatsApp calls the message that has the button; undefined where it does not say. */
      messageId: z.string().optional(),
    }),
  },
  statusChanged: {
    title: 'Status',
    description:
      'A message of the bot was sent, delivered, read or played, or could not be. It belongs to the message, if that is known.',
    schema: z.object({
      /** What WhatsApp calls the message; of one that became several, the one that is meant. */
      messageId: z.string(),
      status: z.enum(['sent', 'delivered', 'read', 'played', 'failed']),
      /** When: ISO 8601, in UTC. */
      timestamp: z.string().optional(),
      /** Of `failed`: why. */
      problem: problem.optional(),
      /** What it is paid for as, such as `service` or `marketing`, where it costs something. */
      category: z.string().optional(),
    }),
  },
  referralReceived: {
    title: 'Referral',
    description: 'Somebody wrote by way of an advertisement or a post. The event belongs to the message.',
    schema: z.object({
      url: z.string().optional(),
      /** `ad` or `post`. */
      kind: z.string().optional(),
      /** What Meta calls the advertisement or post. */
      id: z.string().optional(),
      headline: z.string().optional(),
      text: z.string().optional(),
      /** By which Meta knows the click. */
      clickId: z.string().optional(),
    }),
  },
  numberChanged: {
    title: 'Number changed',
    description: 'Somebody has another number now. The conversation and the user stay the same.',
    schema: z.object({ previous: z.string(), now: z.string() }),
  },
  userIdChanged: {
    title: 'User id changed',
    description:
      'WhatsApp calls somebody otherwise now, and tells no number: the one before is not theirs any more. The conversation and the user stay the same.',
    schema: z.object({ previous: z.string().optional(), now: z.string() }),
  },
  problemReported: {
    title: 'Problem',
    description: 'Something is wrong with the number, the app or the account.',
    schema: problem,
  },
  updateReceived: {
    title: 'Other update',
    description: 'Something of which there is no message or event here: orders, forms, calls, groups, templates …',
    schema: z.object({
      /** The field of the webhook; of `messages`, with a full stop and the type of the message. */
      kind: z.string(),
      /** What WhatsApp sent. */
      update: z.record(z.string(), z.unknown()),
    }),
  },
}
