import { InterfaceDefinition, z } from 'plugboard'

/** Which message. The ids are those of the bot, not the platform's. */
const place = { conversationId: z.string(), messageId: z.string() }
const message = z.object(place)

/** Which reaction to which message. */
const reaction = z.object({
  ...place,
  /** One emoji, such as `👍`. */
  reaction: z.emoji(),
})

/**
 * What becomes of messages after they were sent.
 *
 * An implementation promises: a call that ends has changed the message on the platform; what is so already stays, and the
 * call succeeds; a message that the platform does not know any more, or does not let the bot change, is refused with the
 * code `vendor_refused`; an event tells of what people did, not of what the bot did by an action, and of each thing once.
 */
export default new InterfaceDefinition({
  name: 'message-state',
  version: '1.0.0',
  title: 'Message state',
  description: 'Changes messages that were sent, and tells what becomes of them.',
  capabilities: {
    edit: 'Changes the text of a message that the bot sent.',
    delete: 'Deletes a message that the bot sent.',
    react: 'Reacts to a message with an emoji.',
    markAsRead: 'Shows people that their message was read.',
    edits: 'Tells when people change or delete their messages.',
    reactions: 'Tells when people react to messages.',
    receipts: 'Tells when what the bot sent was delivered and read.',
  },
  actions: {
    editMessage: {
      title: 'Edit message',
      description: 'Replaces the text of a message that the bot sent.',
      capability: 'edit',
      idempotent: true,
      input: { schema: () => message.extend({ text: z.string().min(1) }) },
      output: { schema: () => z.object({}) },
    },
    deleteMessage: {
      title: 'Delete message',
      description: 'Deletes a message that the bot sent.',
      capability: 'delete',
      idempotent: true,
      input: { schema: () => message },
      output: { schema: () => z.object({}) },
    },
    addReaction: {
      title: 'Add reaction',
      description: 'Reacts to a message.',
      capability: 'react',
      idempotent: true,
      input: { schema: () => reaction },
      output: { schema: () => z.object({}) },
    },
    removeReaction: {
      title: 'Remove reaction',
      description: 'Takes back a reaction of the bot.',
      capability: 'react',
      idempotent: true,
      input: { schema: () => reaction },
      output: { schema: () => z.object({}) },
    },
    markMessageAsRead: {
      title: 'Mark message as read',
      description: 'Shows that a message of a person, and those before it, were read.',
      capability: 'markAsRead',
      idempotent: true,
      input: { schema: () => message },
      output: { schema: () => z.object({}) },
    },
  },
  events: {
    messageEdited: {
      title: 'Message edited',
      description: 'Someone changed a message. Told by integrations with the capability `edits`.',
      schema: () => message.extend({ text: z.string() }),
    },
    messageDeleted: {
      title: 'Message deleted',
      description: 'Someone deleted a message. Told by integrations with the capability `edits`.',
      schema: () => message,
    },
    reactionAdded: {
      title: 'Reaction added',
      description: 'Someone reacted to a message. Told by integrations with the capability `reactions`.',
      schema: () => reaction.extend({ userId: z.string() }),
    },
    reactionRemoved: {
      title: 'Reaction removed',
      description: 'Someone took a reaction back. Told by integrations with the capability `reactions`.',
      schema: () => reaction.extend({ userId: z.string() }),
    },
    messageDelivered: {
      title: 'Message delivered',
      description: 'A message of the bot reached a device. Told by integrations with the capability `receipts`.',
      schema: () => message,
    },
    messageRead: {
      title: 'Message read',
      description:
        'A message of the bot, and those before it, were read. Told by integrations with the capability `receipts`.',
      schema: () => message,
    },
  },
})
