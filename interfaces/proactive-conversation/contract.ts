import proactiveConversation from 'plugboard/interfaces/proactive-conversation'
import { defineContract, demand, demandEqual, demandRefusal, type ScenarioContext, skip } from 'plugboard/testing'

type Context = ScenarioContext<(typeof proactiveConversation)['$types']>

/**
 * What whoever begins conversations promises. An integration's test gives places as values of the entity `conversation`, has
 * somebody write in the one that it is given by the act `write`, and tells places that are refused by the situations.
 */
export default defineContract(proactiveConversation, {
  situations: {
    unknownPlace: 'an input of getOrCreateConversation with a place that the platform does not know',
    forbiddenPlace: 'an input of getOrCreateConversation with a place where the bot may not write',
  },
  scenarios: [
    {
      name: 'same-for-the-same',
      title: 'the same place is the same conversation',
      async run({ provider, make }) {
        const conversation = make('conversation')
        const { conversationId } = await provider.getOrCreateConversation({ conversation })
        const again = await provider.getOrCreateConversation({ conversation })
        demandEqual(again.conversationId, conversationId, 'the conversation for the same place')
      },
    },
    {
      name: 'same-for-all-who-ask-at-once',
      title: 'the same place is the same conversation for everybody who asks at the same time',
      async run({ provider, make }) {
        const conversation = make('conversation')
        const found = await Promise.all(
          Array.from({ length: 4 }, () => provider.getOrCreateConversation({ conversation })),
        )
        const ids = new Set(found.map(({ conversationId }) => conversationId))
        demandEqual(ids.size, 1, 'the number of conversations for one place')
      },
    },
    {
      name: 'another-for-another',
      title: 'another place is another conversation',
      async run({ provider, make }) {
        const [one, other] = [make('conversation', 0), make('conversation', 1)]
        if (JSON.stringify(one) === JSON.stringify(other)) skip('one place alone is known')
        const first = await provider.getOrCreateConversation({ conversation: one })
        const second = await provider.getOrCreateConversation({ conversation: other })
        demand(first.conversationId !== second.conversationId, 'two places are one conversation')
      },
    },
    {
      name: 'takes-messages',
      title: 'a message that the bot writes to the conversation reaches the platform',
      async run({ provider, make, send }) {
        const { conversationId } = await provider.getOrCreateConversation({ conversation: make('conversation') })
        await send({ conversationId, type: 'text', payload: { text: 'This comes unasked.' } })
      },
    },
    {
      name: 'shows-messages',
      title: 'a message that the bot writes to the conversation is shown there',
      async run({ provider, make, send, shown }) {
        const { conversationId } = await provider.getOrCreateConversation({ conversation: make('conversation') })
        const earlier = (await shown('messages')).length
        await send({ conversationId, type: 'text', payload: { text: 'This comes unasked.' } })
        const later = (await shown('messages')).slice(earlier)
        demandEqual(
          later.map(({ text }) => text),
          ['This comes unasked.'],
          'what the platform was asked to show',
        )
      },
    },
    {
      name: 'is-where-answers-come-in',
      title: 'an answer comes in in the conversation that was given',
      async run({ provider, make, act }) {
        const conversation = make('conversation')
        const { conversationId } = await provider.getOrCreateConversation({ conversation })
        const [message] = await act('write', { entity: conversation })
        demand(message !== undefined, 'somebody answered, and no message came in')
        demandEqual(message.conversationId, conversationId, 'the conversation in which the answer came in')
      },
    },
    {
      name: 'is-where-people-wrote-before',
      title: 'a place where somebody has written before is the conversation in which that came in',
      async run({ provider, make, act }) {
        const conversation = make('conversation')
        const [message] = await act('write', { entity: conversation })
        demand(message !== undefined, 'somebody wrote, and no message came in')
        const { conversationId } = await provider.getOrCreateConversation({ conversation })
        demandEqual(conversationId, message.conversationId, 'the conversation that is given')
      },
    },
    {
      name: 'refuses-unknown-places',
      title: 'a place that the platform does not know is refused, and no conversation is made',
      situation: 'unknownPlace',
      run: refuses,
    },
    {
      name: 'refuses-forbidden-places',
      title: 'a place where the bot may not write is refused, and no conversation is made',
      situation: 'forbiddenPlace',
      run: refuses,
    },
  ],
})

async function refuses({ provider, sample, client }: Context): Promise<void> {
  const input = await sample('getOrCreateConversation')
  const earlier = (await client.listConversations()).items.length
  await demandRefusal('vendor_refused', () => provider.getOrCreateConversation(input))
  demandEqual((await client.listConversations()).items.length, earlier, 'the number of conversations')
}
