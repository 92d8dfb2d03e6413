import messageState from 'plugboard/interfaces/message-state'
import { defineContract, demand, demandEqual, demandRefusal, type ScenarioContext } from 'plugboard/testing'

type Context = ScenarioContext<(typeof messageState)['$types']>
type EventName = Parameters<Context['events']>[0]

/** A message that somebody has written. */
const theirs = async ({ place }: Pick<Context, 'place'>) => {
  const { conversationId, messageId } = await place()
  return { conversationId, messageId }
}

/** A message that the bot has written. */
const own = async ({ place, send }: Pick<Context, 'place' | 'send'>) => {
  const { conversationId } = await place()
  const { id } = await send({ conversationId, type: 'text', payload: { text: 'This is how it was.' } })
  return { conversationId, messageId: id }
}

/** What whoever changes messages promises. An integration's test says how people write, and what they do to messages. */
export default defineContract(messageState, {
  acts: {
    edit: 'somebody changes a message that they wrote to the text',
    delete: 'somebody deletes a message that they wrote',
    react: 'somebody reacts to a message',
    unreact: 'whoever reacted to a message takes it back',
    deliver: 'a message of the bot reaches a device',
    read: 'somebody reads a message of the bot',
  },
  ids: own,
  samples: {
    editMessage: async (context) => ({ ...(await own(context)), text: 'This is how it is.' }),
    deleteMessage: own,
    addReaction: async (context) => ({ ...(await theirs(context)), reaction: '👍' }),
    removeReaction: async (context) => ({ ...(await theirs(context)), reaction: '👍' }),
    markMessageAsRead: theirs,
  },
  scenarios: [
    {
      name: 'edits',
      title: 'a message is changed on the platform when the call ends',
      capabilities: ['edit'],
      async run({ provider, sample, shown }) {
        const input = await sample('editMessage')
        const earlier = (await shown('edits')).length
        await provider.editMessage(input)
        demandEqual((await shown('edits')).slice(earlier).at(-1), input.text, 'what the message was changed to')
      },
    },
    {
      name: 'edits-again',
      title: 'changing a message to what it says already succeeds',
      capabilities: ['edit'],
      async run({ provider, sample }) {
        const input = await sample('editMessage')
        await provider.editMessage(input)
        await provider.editMessage(input)
      },
    },
    {
      name: 'edits-its-own-alone',
      title: "changing another's message is refused",
      capabilities: ['edit'],
      async run({ provider, place }) {
        const input = { ...(await theirs({ place })), text: 'I never said that.' }
        await demandRefusal('vendor_refused', () => provider.editMessage(input))
      },
    },
    {
      name: 'edits-nothing-that-is-gone',
      title: 'changing a message that was deleted is refused',
      capabilities: ['edit', 'delete'],
      async run({ provider, sample }) {
        const input = await sample('deleteMessage')
        await provider.deleteMessage(input)
        await demandRefusal('vendor_refused', () => provider.editMessage({ ...input, text: 'Back again.' }))
      },
    },
    {
      name: 'deletes',
      title: 'a message is gone from the platform when the call ends',
      capabilities: ['delete'],
      async run({ provider, sample, shown }) {
        const input = await sample('deleteMessage')
        const earlier = (await shown('deletions')).length
        await provider.deleteMessage(input)
        demand((await shown('deletions')).length > earlier, 'the platform was not asked to delete anything')
      },
    },
    {
      name: 'deletes-again',
      title: 'deleting a message that is gone succeeds',
      capabilities: ['delete'],
      async run({ provider, sample }) {
        const input = await sample('deleteMessage')
        await provider.deleteMessage(input)
        await provider.deleteMessage(input)
      },
    },
    {
      name: 'reacts',
      title: 'a reaction is shown, and taken back',
      capabilities: ['react'],
      async run({ provider, sample, shown }) {
        const input = await sample('addReaction')
        const earlier = (await shown('reactions')).length
        await provider.addReaction(input)
        const { reaction } = input
        demandEqual((await shown('reactions')).slice(earlier).at(-1), { reaction, isGone: false }, 'what was shown')
        await provider.removeReaction(input)
        demandEqual((await shown('reactions')).slice(earlier).at(-1), { reaction, isGone: true }, 'what was taken back')
      },
    },
    {
      name: 'reacts-again',
      title: 'reacting a second time, and taking back what is not there, succeeds',
      capabilities: ['react'],
      async run({ provider, sample }) {
        const input = await sample('addReaction')
        await provider.removeReaction(input)
        await provider.addReaction(input)
        await provider.addReaction(input)
        await provider.removeReaction(input)
        await provider.removeReaction(input)
      },
    },
    {
      name: 'marks-as-read',
      title: 'a message is shown as read when the call ends, and a second time',
      capabilities: ['markAsRead'],
      async run({ provider, sample, shown }) {
        const input = await sample('markMessageAsRead')
        const earlier = (await shown('reads')).length
        await provider.markMessageAsRead(input)
        demand((await shown('reads')).length > earlier, 'the platform was not asked to show anything as read')
        await provider.markMessageAsRead(input)
      },
    },
    {
      name: 'keeps-quiet-of-its-own-edits',
      title: 'no event tells of what the bot changed or deleted itself',
      capabilities: ['edit', 'delete', 'edits'],
      async run(context) {
        const input = await own(context)
        await context.provider.editMessage({ ...input, text: 'This is how it is.' })
        await context.provider.deleteMessage(input)
        for (const event of ['messageEdited', 'messageDeleted'] as const)
          demandEqual(await heardOf(context, event, input.messageId), [], `what ${event} tells of the bot's own acts`)
      },
    },
    {
      name: 'keeps-quiet-of-its-own-reactions',
      title: "no event tells of the bot's own reactions",
      capabilities: ['react', 'reactions'],
      async run(context) {
        const input = await context.sample('addReaction')
        await context.provider.addReaction(input)
        await context.provider.removeReaction(input)
        for (const event of ['reactionAdded', 'reactionRemoved'] as const)
          demandEqual(await heardOf(context, event, input.messageId), [], `what ${event} tells of the bot's own acts`)
      },
    },
    {
      name: 'tells-of-edits',
      title: 'messageEdited tells once of a message that somebody changed, and to what',
      capabilities: ['edits'],
      async run(context) {
        const at = await theirs(context)
        await context.act('edit', { ...at, text: 'I mean something else.' })
        const told = await heardOf(context, 'messageEdited', at.messageId)
        demandEqual(told, [{ ...at, text: 'I mean something else.' }], 'what messageEdited tells')
      },
    },
    {
      name: 'tells-of-deletions',
      title: 'messageDeleted tells once of a message that somebody deleted',
      capabilities: ['edits'],
      async run(context) {
        const at = await theirs(context)
        await context.act('delete', at)
        demandEqual(await heardOf(context, 'messageDeleted', at.messageId), [at], 'what messageDeleted tells')
      },
    },
    {
      name: 'tells-of-reactions',
      title: 'reactionAdded and reactionRemoved tell once of each reaction, and whose it is',
      capabilities: ['reactions'],
      async run(context) {
        const at = await own(context)
        const { userId } = await context.place()
        await context.act('react', { ...at, reaction: '👍' })
        const told = [{ ...at, reaction: '👍', userId }]
        demandEqual(await heardOf(context, 'reactionAdded', at.messageId), told, 'what reactionAdded tells')
        await context.act('unreact', { ...at, reaction: '👍' })
        demandEqual(await heardOf(context, 'reactionRemoved', at.messageId), told, 'what reactionRemoved tells')
      },
    },
    {
      name: 'tells-of-receipts',
      title: 'messageDelivered and messageRead tell once of a message of the bot',
      capabilities: ['receipts'],
      async run(context) {
        const at = await own(context)
        await context.act('deliver', at)
        demandEqual(await heardOf(context, 'messageDelivered', at.messageId), [at], 'what messageDelivered tells')
        await context.act('read', at)
        demandEqual(await heardOf(context, 'messageRead', at.messageId), [at], 'what messageRead tells')
      },
    },
  ],
})

async function heardOf({ events }: Context, event: EventName, messageId: string) {
  return (await events(event)).filter((told) => told.messageId === messageId)
}
