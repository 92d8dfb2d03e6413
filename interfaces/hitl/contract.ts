import hitl from 'plugboard/interfaces/hitl'
import { defineContract, demand, demandEqual, demandRefusal, type ScenarioContext } from 'plugboard/testing'

type Context = ScenarioContext<(typeof hitl)['$types']>

/** Who needs help: a new user with the name. */
const named = async ({ provider }: Pick<Context, 'provider'>, name: string) =>
  (await provider.createUser({ name })).userId
/** A new session. */
const begun = async ({ provider, sample }: Pick<Context, 'provider' | 'sample'>) =>
  (await provider.startHitl(await sample('startHitl'))).conversationId

/** What whoever hands conversations over to people promises. An integration's test says how those serve a session. */
export default defineContract(hitl, {
  acts: {
    assign: 'somebody takes the session on; the same person, when it is done again',
    answer: 'whoever serves the session writes the text in it',
    end: 'the people who serve the session end it',
  },
  ids: async (context) => ({ userId: await named(context, 'Ada'), conversationId: await begun(context) }),
  conversations: { hitl: begun },
  samples: {
    createUser: { name: 'Ada' },
    startHitl: async (context) => {
      const userId = await named(context, 'Ada')
      const messageHistory = [
        { source: { type: 'user', userId }, type: 'text', payload: { text: 'Where is my parcel?' } },
        { source: { type: 'bot' }, type: 'text', payload: { text: 'I do not know.' } },
      ]
      return { userId, title: 'A parcel is lost', description: 'Sent on Monday.', messageHistory }
    },
    stopHitl: async (context) => ({ conversationId: await begun(context) }),
  },
  scenarios: [
    {
      name: 'makes-users',
      title: 'a user that is made is there, with the name',
      async run(context) {
        const { user } = await context.client.getUser({ id: await named(context, 'Ada Lovelace') })
        demandEqual(user.name, 'Ada Lovelace', 'the name of the user')
      },
    },
    {
      name: 'makes-another-session',
      title: 'a session that is started is one of its own, also for the same person',
      async run({ provider, sample }) {
        const input = await sample('startHitl')
        const first = await provider.startHitl(input)
        const second = await provider.startHitl(input)
        demand(first.conversationId !== second.conversationId, 'two sessions are one conversation')
      },
    },
    {
      name: 'takes-little',
      title: 'a session starts with a person and a title alone',
      async run(context) {
        const { conversationId } = await context.provider.startHitl({
          userId: await named(context, 'Ada'),
          title: 'Help',
        })
        await context.send({ conversationId, type: 'text', payload: { text: 'Is somebody there?' } })
      },
    },
    {
      name: 'shows-who-writes',
      title: 'what is written to a session reaches the people who serve it, under the name of the user',
      async run(context) {
        const conversationId = await begun(context)
        const userId = await named(context, 'Grace Hopper')
        const earlier = (await context.shown('messages')).length
        await context.send({ conversationId, type: 'text', payload: { text: 'It was a moth.', userId } })
        await context.send({ conversationId, type: 'text', payload: { text: 'Please hold the line.' } })
        const [first, second, ...rest] = (await context.shown('messages')).slice(earlier)
        demand(first !== undefined && second !== undefined && rest.length === 0, 'two messages become another number')
        demand(first.text.includes('It was a moth.'), `a message is shown as '${first.text}'`)
        demandEqual(first.name, 'Grace Hopper', 'the name under which the message of a person is shown')
        demand(second.name !== 'Grace Hopper', 'the message of the bot is shown under the name of a person')
      },
    },
    {
      name: 'shows-the-history',
      title: 'what was said before the session reaches the people who serve it',
      async run({ provider, sample, shown }) {
        const input = await sample('startHitl')
        const earlier = (await shown('messages')).length
        await provider.startHitl(input)
        const all = (await shown('messages')).slice(earlier).map(({ text }) => text)
        const lost = ['Where is my parcel?', 'I do not know.'].find((text) => !all.some((one) => one.includes(text)))
        demand(lost === undefined, `'${lost}' was said before the session, and what is shown is ${JSON.stringify(all)}`)
      },
    },
    {
      name: 'keeps-sessions-apart',
      title: 'what the people write in one of two sessions comes in there, and the other goes on when it has ended',
      async run(context) {
        const [first, second] = [await begun(context), await begun(context)]
        for (const conversationId of [first, second]) await context.act('assign', { conversationId })
        for (const conversationId of [first, second]) {
          const messages = await context.act('answer', { conversationId, text: 'It is on its way.' })
          demandEqual(
            messages.map((message) => message.conversationId),
            [conversationId],
            'where an answer came in',
          )
        }
        await context.provider.stopHitl({ conversationId: first })
        const payload = { text: 'Are you still there?' }
        await context.send({ conversationId: second, type: 'text', payload })
        const messages = await context.act('answer', { conversationId: second, text: 'I am.' })
        demandEqual(messages.map(textOf), ['I am.'], 'what came in in the session that goes on')
      },
    },
    {
      name: 'brings-answers-in',
      title: 'what the people write comes in as a message of the session, once',
      async run(context) {
        const conversationId = await begun(context)
        await context.act('assign', { conversationId })
        const messages = await context.act('answer', { conversationId, text: 'It is on its way.' })
        demandEqual(
          messages.map((message) => [message.conversationId, message.type, textOf(message)]),
          [[conversationId, 'text', 'It is on its way.']],
          'the messages that came in',
        )
        const [assigned] = await context.events('hitlAssigned')
        if (assigned) demandEqual(messages[0]?.userId, assigned.userId, 'the user who answers')
      },
    },
    {
      name: 'tells-who-serves',
      title: 'hitlAssigned tells once of each who takes a session on, a user with a name',
      async run(context) {
        const conversationId = await begun(context)
        await context.act('assign', { conversationId })
        await context.act('assign', { conversationId })
        const told = (await context.events('hitlAssigned')).filter((one) => one.conversationId === conversationId)
        const [assigned] = told
        demand(assigned !== undefined && told.length === 1, `somebody took it on, and was told of ${told.length} times`)
        const { user } = await context.client.getUser({ id: assigned.userId })
        demand(Boolean(user.name), 'the user who serves the session has no name')
      },
    },
    {
      name: 'tells-of-the-end',
      title: 'hitlStopped tells once that the people have ended a session',
      async run(context) {
        const conversationId = await begun(context)
        await context.act('assign', { conversationId })
        await context.act('end', { conversationId })
        await context.provider.stopHitl({ conversationId })
        demandEqual(await endsOf(context, conversationId), [{ conversationId }], 'what hitlStopped tells')
      },
    },
    {
      name: 'keeps-quiet-of-its-own-end',
      title: 'hitlStopped does not tell of a session that stopHitl has ended',
      async run(context) {
        const conversationId = await begun(context)
        await context.provider.stopHitl({ conversationId })
        demandEqual(await endsOf(context, conversationId), [], 'what hitlStopped tells')
      },
    },
    {
      name: 'stops-again',
      title: 'ending a session that has ended succeeds',
      async run(context) {
        const conversationId = await begun(context)
        await context.provider.stopHitl({ conversationId })
        await context.provider.stopHitl({ conversationId })
      },
    },
    {
      name: 'refuses-after-the-end',
      title: 'what is sent to a session that has ended is refused',
      async run(context) {
        const conversationId = await begun(context)
        await context.provider.stopHitl({ conversationId })
        await demandRefusal('vendor_refused', () =>
          context.send({ conversationId, type: 'text', payload: { text: 'Are you still there?' } }),
        )
      },
    },
    {
      name: 'refuses-after-their-end',
      title: 'what is sent to a session that the people have ended is refused',
      async run(context) {
        const conversationId = await begun(context)
        await context.act('assign', { conversationId })
        await context.act('end', { conversationId })
        await demandRefusal('vendor_refused', () =>
          context.send({ conversationId, type: 'text', payload: { text: 'Are you still there?' } }),
        )
      },
    },
    {
      name: 'quiet-after-the-end',
      title: 'after the end nothing comes in any more',
      async run(context) {
        const conversationId = await begun(context)
        await context.act('assign', { conversationId })
        await context.provider.stopHitl({ conversationId })
        const messages = await context.act('answer', { conversationId, text: 'One more thing.' })
        demandEqual(messages.map(textOf), [], 'what came in after the end')
      },
    },
  ],
})

const textOf = ({ payload }: { readonly payload: unknown }): unknown => (payload as { readonly text?: unknown }).text

async function endsOf({ events }: Pick<Context, 'events'>, conversationId: string) {
  return (await events('hitlStopped')).filter((one) => one.conversationId === conversationId)
}
