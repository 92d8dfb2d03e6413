import { z } from 'plugboard'

/** What people do beside writing. Each event has its conversation and its user. */
export const events = {
  botMentioned: {
    title: 'Mention',
    description: 'Over the gateway: somebody mentioned the bot in a channel or thread. The message comes as well.',
    schema: z.object({
      /** What Discord calls the message. */
      messageId: z.string(),
      /** What was written, without the mention. */
      text: z.string(),
    }),
  },
  commandReceived: {
    title: 'Command',
    description: 'Somebody used a command of the application, by `/` or in the menu of a person or message.',
    schema: z.object({
      command: z.string(),
      kind: z.enum(['slash', 'user', 'message', 'other']),
      /** Of a command with subcommands: the group, if there is one, and the subcommand. */
      path: z.array(z.string()),
      /** What was filled in, by name; people, channels, roles and files by their ids. */
      options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      /** What Discord calls the person or message in whose menu the command was. */
      targetId: z.string().optional(),
      /** What the message says in whose menu the command was. */
      targetText: z.string().optional(),
      /** What Discord calls what happened: a message that is tagged with it as `interactionId` answers it. */
      interactionId: z.string(),
    }),
  },
  buttonPressed: {
    title: 'Button pressed',
    description:
      'Somebody pressed a button or chose from a list. What it says also comes as a text, as if it had been written.',
    schema: z.object({
      /** What the button or option was given; of one that this integration did not make, its `custom_id` or value. */
      value: z.string(),
      action: z.enum(['say', 'postback', 'other']),
      /** What Discord calls the message that has it. */
      messageId: z.string(),
      interactionId: z.string(),
    }),
  },
  formSubmitted: {
    title: 'Form submitted',
    description: 'Somebody filled in a form.',
    schema: z.object({
      name: z.string(),
      /** What was filled in, by the name of the field; several values with a comma between them. */
      fields: z.record(z.string(), z.string()),
      /** What Discord calls the message whose button opened the form. */
      messageId: z.string().optional(),
      interactionId: z.string(),
    }),
  },
}
