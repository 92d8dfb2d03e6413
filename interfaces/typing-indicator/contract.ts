import typingIndicator from 'plugboard/interfaces/typing-indicator'
import { defineContract, demand, type ScenarioContext } from 'plugboard/testing'

type Context = ScenarioContext<(typeof typingIndicator)['$types']>

const at = async ({ place }: Pick<Context, 'place'>) => {
  const { conversationId, messageId } = await place()
  return { conversationId, messageId }
}

/** What whoever shows that an answer is being written promises. An integration's test says how people write to the bot. */
export default defineContract(typingIndicator, {
  ids: ({ place }) => place().then((ids) => ({ ...ids })),
  samples: { startTypingIndicator: at, stopTypingIndicator: at },
  scenarios: [
    {
      name: 'starts-again',
      title: 'starting what is shown already succeeds',
      async run({ provider, sample }) {
        const input = await sample('startTypingIndicator')
        await provider.startTypingIndicator(input)
        await provider.startTypingIndicator(input)
      },
    },
    {
      name: 'stops-what-is-not-shown',
      title: 'stopping what is not shown succeeds, also if it was shown before',
      async run({ provider, sample }) {
        const input = await sample('stopTypingIndicator')
        await provider.stopTypingIndicator(input)
        await provider.startTypingIndicator(input)
        await provider.stopTypingIndicator(input)
        await provider.stopTypingIndicator(input)
      },
    },
    {
      name: 'shows-it',
      title: 'starting shows it',
      async run({ provider, sample, shown }) {
        const input = await sample('startTypingIndicator')
        const earlier = (await shown('typing')).length
        await provider.startTypingIndicator(input)
        const later = (await shown('typing')).slice(earlier)
        demand(later.at(-1) === true, 'it was started, and the platform was not asked to show it')
      },
    },
    {
      name: 'stopping-does-not-renew-it',
      title: 'stopping takes it away, or leaves that to the platform, and never shows it again',
      async run({ provider, sample, shown }) {
        const input = await sample('startTypingIndicator')
        await provider.startTypingIndicator(input)
        const earlier = (await shown('typing')).length
        await provider.stopTypingIndicator(input)
        const later = (await shown('typing')).slice(earlier)
        demand(!later.includes(true), 'it was stopped, and the platform was asked to show it')
      },
    },
    {
      name: 'gone-with-the-answer',
      title: 'nothing shows it again once the answer has arrived',
      async run({ provider, sample, send, shown }) {
        const input = await sample('startTypingIndicator')
        await provider.startTypingIndicator(input)
        const { conversationId } = input
        const earlier = (await shown('typing')).length
        await send({ conversationId, type: 'text', payload: { text: 'Here is the answer.' } })
        const later = (await shown('typing')).slice(earlier)
        demand(later.at(-1) !== true, 'the answer was sent, and the platform was asked to show it after that')
      },
    },
  ],
})
