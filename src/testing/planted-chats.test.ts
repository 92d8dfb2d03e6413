import proactiveConversation from 'plugboard/interfaces/proactive-conversation/contract'
import proactiveUser from 'plugboard/interfaces/proactive-user/contract'
import typingIndicator from 'plugboard/interfaces/typing-indicator/contract'
import { describe, expect, it } from 'vitest'
import { type ChatPlant, failuresOfChat, nothing, onlyOnce, refuse } from './planted-chats.fixture.ts'
import { given, type Props, type RequestProps } from './planted.fixture.ts'

const indicators: ChatPlant[] = [
  {
    wrong: 'shows nothing',
    caughtBy: 'typing-indicator/shows-it',
    plant: () => ({ change: { startTypingIndicator: nothing } }),
  },
  {
    wrong: 'refuses to show what is shown already',
    caughtBy: 'typing-indicator/starts-again',
    plant: () => ({ change: { startTypingIndicator: onlyOnce(refuse('it is shown already')) } }),
  },
  {
    wrong: 'refuses to stop what is not shown',
    caughtBy: 'typing-indicator/stops-what-is-not-shown',
    plant: ({ platform }) => ({
      change: {
        stopTypingIndicator: (run) => (props) => {
          if (platform.shown.typing.at(-1) !== true) throw refuse('it is not shown')
          return run(props)
        },
      },
    }),
  },
  {
    wrong: 'shows it when it is to stop',
    caughtBy: 'typing-indicator/stopping-does-not-renew-it',
    plant: ({ platform }) => ({
      change: {
        stopTypingIndicator: () => async () => {
          platform.shown.typing.push(true)
          return {}
        },
      },
    }),
  },
  {
    wrong: 'shows it after the answer',
    caughtBy: 'typing-indicator/gone-with-the-answer',
    plant: ({ platform }) => ({
      sends: {
        'room/text': (run) => async (props) => {
          await run(props)
          platform.shown.typing.push(true)
        },
      },
    }),
  },
  {
    wrong: 'looks for another conversation than the one that it is given',
    caughtBy: 'startTypingIndicator/output',
    plant: () => ({ change: { startTypingIndicator: given((input) => ({ ...input, conversationId: 'gone' })) } }),
  },
]

const finders: ChatPlant[] = [
  {
    wrong: 'gives another user for another name',
    caughtBy: 'proactive-user/same-for-the-same',
    plant: () => ({
      change: {
        getOrCreateUser: (run) => async (props) => {
          if (props.input['name'] === undefined) return run(props)
          const { client } = props as unknown as RequestProps
          const { user } = await client.getOrCreateUser({
            tags: { id: `named-${JSON.stringify(props.input['name'])}` },
          })
          return { userId: user.id }
        },
      },
    }),
  },
  {
    wrong: 'takes everybody for one',
    caughtBy: 'proactive-user/another-for-another',
    plant: () => ({ change: { getOrCreateUser: given((input) => ({ ...input, user: { handle: 'ada' } })) } }),
  },
  {
    wrong: 'makes a user for each who asks at the same time',
    caughtBy: 'proactive-user/same-for-all-who-ask-at-once',
    plant: ({ platform }) => ({
      change: {
        getOrCreateUser: () => async (props) => {
          const { handle } = props.input['user'] as { handle: string }
          const { client } = props as unknown as RequestProps
          const found = (await client.listUsers()).items.find(({ tags }) => tags['id']?.startsWith(handle))
          if (found) return { userId: found.id }
          const tags = { id: `${handle}-${platform.next()}` }
          const { user } = await client.getOrCreateUser({ tags, name: handle })
          return { userId: user.id }
        },
      },
    }),
  },
  {
    wrong: 'gives users without a name',
    caughtBy: 'proactive-user/has-a-name',
    plant: () => ({
      change: {
        getOrCreateUser: () => async (props) => {
          const { handle } = props.input['user'] as { handle: string }
          const { user } = await (props as unknown as RequestProps).client.getOrCreateUser({ tags: { id: handle } })
          return { userId: user.id }
        },
      },
    }),
  },
  {
    wrong: 'gives users that nobody is',
    caughtBy: 'proactive-user/is-there',
    plant: () => ({ change: { getOrCreateUser: () => async () => ({ userId: 'nobody' }) } }),
  },
  {
    wrong: 'knows people by another tag than when they write',
    caughtBy: 'proactive-user/is-whoever-writes-later',
    plant: () => ({ change: { getOrCreateUser: apart } }),
  },
  {
    wrong: 'does not know again who has written before',
    caughtBy: 'proactive-user/is-whoever-wrote-before',
    plant: () => ({ change: { getOrCreateUser: apart } }),
  },
  {
    wrong: 'makes users of whom the platform does not know',
    caughtBy: 'proactive-user/refuses-whom-nobody-knows',
    plant: ({ platform }) => {
      platform.nameOf = (handle) => handle
      return {}
    },
  },
  {
    wrong: 'makes a user before it asks whether there is such a person',
    caughtBy: 'proactive-user/refuses-whom-nobody-knows',
    plant: () => ({
      change: {
        getOrCreateUser: (run) => async (props) => {
          const { handle } = props.input['user'] as { handle: string }
          await (props as unknown as RequestProps).client.getOrCreateUser({ tags: { id: handle } })
          return run(props)
        },
      },
    }),
  },
]

/** Finds people by a tag of its own. */
function apart() {
  return async (props: Props) => {
    const { handle } = props.input['user'] as { handle: string }
    const { client } = props as unknown as RequestProps
    const { user } = await client.getOrCreateUser({ tags: { id: `@${handle}` } })
    return { userId: user.id }
  }
}

/** A conversation of its own for a room. */
const roomCalled = (name: (room: string) => string) => () => async (props: Props) => {
  const { room } = props.input['conversation'] as { room: string }
  const { client } = props as unknown as RequestProps
  const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: { id: name(room) } })
  return { conversationId: conversation.id }
}

const beginners: ChatPlant[] = [
  {
    wrong: 'begins another conversation every time',
    caughtBy: 'proactive-conversation/same-for-the-same',
    plant: ({ platform }) => ({
      change: { getOrCreateConversation: roomCalled((room) => `${room}-${platform.next()}`) },
    }),
  },
  {
    wrong: 'begins a conversation for each who asks at the same time',
    caughtBy: 'proactive-conversation/same-for-all-who-ask-at-once',
    plant: ({ platform }) => ({
      change: {
        getOrCreateConversation: () => async (props) => {
          const { room } = props.input['conversation'] as { room: string }
          const { items } = await (props as unknown as RequestProps).client.listConversations()
          const found = items.find(({ tags }) => tags['id']?.startsWith(room))
          return found ? { conversationId: found.id } : roomCalled(() => `${room}-${platform.next()}`)()(props)
        },
      },
    }),
  },
  {
    wrong: 'begins one conversation for all places',
    caughtBy: 'proactive-conversation/another-for-another',
    plant: () => ({ change: { getOrCreateConversation: roomCalled(() => 'lobby') } }),
  },
  {
    wrong: 'writes nothing to the platform',
    caughtBy: 'proactive-conversation/shows-messages',
    plant: () => ({ sends: { 'room/text': () => async () => {} } }),
  },
  {
    wrong: 'gives conversations to which it cannot write',
    caughtBy: 'proactive-conversation/takes-messages',
    plant: () => ({
      sends: {
        'room/text': () => async () => {
          throw refuse('there is no such room')
        },
      },
    }),
  },
  {
    wrong: 'gives another conversation than the one in which answers come in',
    caughtBy: 'proactive-conversation/is-where-answers-come-in',
    plant: () => ({ change: { getOrCreateConversation: roomCalled((room) => `#${room}`) } }),
  },
  {
    wrong: 'does not find again where somebody has written before',
    caughtBy: 'proactive-conversation/is-where-people-wrote-before',
    plant: () => ({ change: { getOrCreateConversation: roomCalled((room) => `#${room}`) } }),
  },
  {
    wrong: 'begins conversations in places that there are not',
    caughtBy: 'proactive-conversation/refuses-unknown-places',
    plant: () => ({ change: { getOrCreateConversation: roomCalled((room) => room) } }),
  },
  {
    wrong: 'begins conversations where it may not write',
    caughtBy: 'proactive-conversation/refuses-forbidden-places',
    plant: () => ({ change: { getOrCreateConversation: roomCalled((room) => room) } }),
  },
]

describe.each([
  ['an indicator', typingIndicator, indicators],
  ['a finder of people', proactiveUser, finders],
  ['a beginner of conversations', proactiveConversation, beginners],
] as const)('%s', (_, contract, plants) => {
  it('that is right passes', async () => {
    expect(await failuresOfChat(contract)).toEqual([])
  })

  it.each(plants)('that $wrong is caught by $caughtBy', async (plant) => {
    expect(await failuresOfChat(contract, plant)).toContain(plant.caughtBy)
  })
})
