import { z } from 'plugboard'

const person = z.object({
  /** What Telegram calls the person, or the chat in whose name something was written. */
  id: z.string(),
  name: z.string(),
  username: z.string().optional(),
})

/** What Telegram tells beside messages. Each event has its conversation, and its user where there is one. */
export const events = {
  commandReceived: {
    title: 'Command',
    description: 'Somebody wrote a command such as `/start`.',
    schema: z.object({
      /** Without the slash and without the name of the bot. */
      command: z.string(),
      /** What stands behind it; empty if nothing does. */
      arguments: z.string(),
      /** What Telegram calls the message. */
      messageId: z.string(),
    }),
  },
  botMentioned: {
    title: 'Mention',
    description: 'Somebody mentioned the bot in a group or channel. The message comes as well.',
    schema: z.object({
      /** What Telegram calls the message. */
      messageId: z.string(),
      /** What was written, without the mention. */
      text: z.string(),
    }),
  },
  buttonPressed: {
    title: 'Button pressed',
    description: 'Somebody pressed a button of a message. The value also comes as a text, as if it had been written.',
    schema: z.object({
      /** What the button was given; of one that this integration did not make, its callback data. */
      value: z.string(),
      action: z.enum(['say', 'postback', 'other']),
      /** What Telegram calls the message that has the button; undefined where it is too old to be told. */
      messageId: z.string().optional(),
    }),
  },
  messageChanged: {
    title: 'Message changed',
    description:
      'Somebody changed a message. The event belongs to the message, if the bot knows it; of its words, `messageEdited` tells then, too.',
    schema: z.object({
      /** What Telegram calls the message. */
      messageId: z.string(),
      /** What it is now. */
      type: z.string(),
      payload: z.record(z.string(), z.unknown()),
    }),
  },
  reactionChanged: {
    title: 'Reaction',
    description:
      'Somebody changed the reactions to a message. In groups, the bot is only told as an administrator. Of emoji to a message that it knows, `reactionAdded` and `reactionRemoved` tell, too.',
    schema: z.object({
      /** What Telegram calls the message. */
      messageId: z.string(),
      /** Emoji; a custom one by its id, a paid one as `paid`. */
      added: z.array(z.string()),
      removed: z.array(z.string()),
    }),
  },
  membershipChanged: {
    title: 'Membership',
    description: 'Somebody joined or left, or the bot was added, removed, blocked or unblocked.',
    schema: z.object({
      member: person,
      /** Whether it is this bot. */
      isThisBot: z.boolean(),
      /** A person who blocks the bot is `kicked`, and one who unblocks it `member`. */
      status: z.enum(['creator', 'administrator', 'member', 'restricted', 'left', 'kicked']),
      previousStatus: z.enum(['creator', 'administrator', 'member', 'restricted', 'left', 'kicked']).optional(),
    }),
  },
  topicChanged: {
    title: 'Topic',
    description:
      'A topic of a forum was created, renamed, closed or opened again. It is the conversation of the event.',
    schema: z.object({
      change: z.enum(['created', 'edited', 'closed', 'reopened']),
      title: z.string().optional(),
    }),
  },
  updateReceived: {
    title: 'Other update',
    description: 'Something of which there is no message or event here: polls, payments, dice …',
    schema: z.object({
      /** Which of its fields says what it is, such as `poll`; of a message, what it holds. */
      kind: z.string(),
      /** The update as Telegram sent it. */
      update: z.record(z.string(), z.unknown()),
    }),
  },
}
