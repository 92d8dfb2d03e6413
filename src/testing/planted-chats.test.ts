import { PlugboardError, z } from 'plugboard'
import hitl from 'plugboard/interfaces/hitl/contract'
import messageState from 'plugboard/interfaces/message-state/contract'
import proactiveConversation from 'plugboard/interfaces/proactive-conversation/contract'
import proactiveUser from 'plugboard/interfaces/proactive-user/contract'
import typingIndicator from 'plugboard/interfaces/typing-indicator/contract'
import { describe, expect, it } from 'vitest'
import { type Messenger, messenger } from './messenger.fixture.ts'
import { failuresOf, given, type Plant, type Props, type RequestProps } from './planted.fixture.ts'

/** A right messenger in which something is wrong. */
interface ChatPlant extends Pick<Plant, 'wrong' | 'caughtBy'> {
  readonly plant: (chat: Messenger) => Omit<Plant, 'wrong' | 'caughtBy'>
}

const nothing = () => async () => ({})
const refuse = (message: string) => new PlugboardError({ code: 'vendor_refused', message })
const kindOf = ({ req }: RequestProps): string => (JSON.parse(req.body) as { kind: string }).kind
/** Handles what happened of a kind otherwise. */
const handling = (kind: string, change: (run: (props: RequestProps) => unknown, props: RequestProps) => unknown) => ({
  handles: (run: (props: RequestProps) => unknown) => (props: RequestProps) =>
    kindOf(props) === kind ? change(run, props) : run(props),
})
const twice = async (run: (props: RequestProps) => unknown, props: RequestProps) => {
  await run(props)
  await run(props)
}
const onlyOnce = (error: Error) => (run: (props: Props) => unknown) => {
  const seen = new Set<string>()
  return (props: Props) => {
    const key = JSON.stringify(props.input)
    if (seen.has(key)) throw error
    seen.add(key)
    return run(props)
  }
}
const tells =
  (type: string, payload: (props: Props) => object) => (run: (props: Props) => unknown) => async (props: Props) => {
    const output = await run(props)
    const { client } = props as unknown as RequestProps
    await client.createEvent({ type, payload: payload(props) as never })
    return output
  }

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

const at = ({ input }: Props) => ({ conversationId: input['conversationId'], messageId: input['messageId'] })

const changers: ChatPlant[] = [
  {
    wrong: 'changes nothing',
    caughtBy: 'message-state/edits',
    plant: () => ({ change: { editMessage: nothing } }),
  },
  {
    wrong: 'refuses to change what is so already',
    caughtBy: 'message-state/edits-again',
    plant: () => ({ change: { editMessage: onlyOnce(refuse('message is not modified')) } }),
  },
  {
    wrong: "takes it that others' messages were changed",
    caughtBy: 'message-state/edits-its-own-alone',
    plant: () => ({ change: { editMessage: swallowing } }),
  },
  {
    wrong: 'takes it that what is gone was changed',
    caughtBy: 'message-state/edits-nothing-that-is-gone',
    plant: () => ({ change: { editMessage: swallowing } }),
  },
  {
    wrong: 'deletes nothing',
    caughtBy: 'message-state/deletes',
    plant: () => ({ change: { deleteMessage: nothing } }),
  },
  {
    wrong: 'refuses to delete again',
    caughtBy: 'message-state/deletes-again',
    plant: () => ({ change: { deleteMessage: onlyOnce(refuse('it is gone')) } }),
  },
  {
    wrong: 'never takes a reaction back',
    caughtBy: 'message-state/reacts',
    plant: () => ({ change: { removeReaction: nothing } }),
  },
  {
    wrong: 'refuses to react again',
    caughtBy: 'message-state/reacts-again',
    plant: () => ({ change: { addReaction: onlyOnce(refuse('already_reacted')) } }),
  },
  {
    wrong: 'shows nothing as read',
    caughtBy: 'message-state/marks-as-read',
    plant: () => ({ change: { markMessageAsRead: nothing } }),
  },
  {
    wrong: 'tells of what it changed itself',
    caughtBy: 'message-state/keeps-quiet-of-its-own-edits',
    plant: () => ({
      change: { editMessage: tells('messageEdited', (props) => ({ ...at(props), text: props.input['text'] })) },
    }),
  },
  {
    wrong: 'tells of its own reactions',
    caughtBy: 'message-state/keeps-quiet-of-its-own-reactions',
    plant: () => ({
      change: {
        addReaction: tells('reactionAdded', (props) => ({
          ...at(props),
          reaction: props.input['reaction'],
          userId: 'bot',
        })),
      },
    }),
  },
  {
    wrong: 'tells twice of what somebody changed',
    caughtBy: 'message-state/tells-of-edits',
    plant: () => handling('edit', twice),
  },
  {
    wrong: 'does not tell of what somebody deleted',
    caughtBy: 'message-state/tells-of-deletions',
    plant: () => handling('delete', async () => {}),
  },
  {
    wrong: 'tells of reactions that are gone as of new ones',
    caughtBy: 'message-state/tells-of-reactions',
    plant: () =>
      handling('unreact', (run, props) =>
        run({ ...props, req: { body: props.req.body.replace('"unreact"', '"react"') } }),
      ),
  },
  {
    wrong: 'tells of what was delivered as read',
    caughtBy: 'message-state/tells-of-receipts',
    plant: () =>
      handling('deliver', (run, props) =>
        run({ ...props, req: { body: props.req.body.replace('"deliver"', '"read"') } }),
      ),
  },
]

/** Lets what the platform refuses pass for done. */
function swallowing(run: (props: Props) => unknown) {
  return async (props: Props) => {
    try {
      return await run(props)
    } catch {
      return {}
    }
  }
}

const desks: ChatPlant[] = [
  {
    wrong: 'forgets what people are called',
    caughtBy: 'hitl/makes-users',
    plant: () => ({ change: { createUser: given(({ name: _, ...input }) => input) } }),
  },
  {
    wrong: 'goes on with the session that is open',
    caughtBy: 'hitl/makes-another-session',
    plant: ({ platform }) => {
      platform.sessions.set('session-1', new Set())
      platform.open = () => 'session-1'
      return {}
    },
  },
  {
    wrong: 'cannot do without a description',
    caughtBy: 'hitl/takes-little',
    plant: () => ({
      change: {
        startHitl: (run) => (props) => {
          if (props.input['description'] === undefined) throw refuse('a description is missing')
          return run(props)
        },
      },
    }),
  },
  {
    wrong: 'shows everything under the name of the bot',
    caughtBy: 'hitl/shows-who-writes',
    plant: () => ({
      sends: {
        'hitl/text':
          (run) =>
          ({ payload: { userId: _, ...payload }, ...props }) =>
            run({ ...props, payload }),
      },
    }),
  },
  {
    wrong: 'brings answers in twice',
    caughtBy: 'hitl/brings-answers-in',
    plant: () => handling('answer', twice),
  },
  {
    wrong: 'brings no answers in',
    caughtBy: 'hitl/brings-answers-in',
    plant: () => handling('answer', async () => {}),
  },
  {
    wrong: 'tells of whoever serves a session again and again',
    caughtBy: 'hitl/tells-who-serves',
    plant: ({ platform }) => {
      platform.serve = () => true
      return {}
    },
  },
  {
    wrong: 'does not tell that a session was ended',
    caughtBy: 'hitl/tells-of-the-end',
    plant: () => handling('end', async () => {}),
  },
  {
    wrong: 'tells of the end that it made itself',
    caughtBy: 'hitl/keeps-quiet-of-its-own-end',
    plant: () => ({
      change: { stopHitl: tells('hitlStopped', ({ input }) => ({ conversationId: input['conversationId'] })) },
    }),
  },
  {
    wrong: 'refuses to end what has ended',
    caughtBy: 'hitl/stops-again',
    plant: () => ({ change: { stopHitl: onlyOnce(refuse('it has ended')) } }),
  },
  {
    wrong: 'takes messages for a session that has ended',
    caughtBy: 'hitl/refuses-after-the-end',
    plant: () => ({ sends: { 'hitl/text': (run) => (props) => run({ ...props, conversation: inLobby(props) }) } }),
  },
  {
    wrong: 'takes messages for a session that the people have ended',
    caughtBy: 'hitl/refuses-after-their-end',
    plant: () => ({ sends: { 'hitl/text': (run) => (props) => run({ ...props, conversation: inLobby(props) }) } }),
  },
  {
    wrong: 'goes on bringing in what is written after the end',
    caughtBy: 'hitl/quiet-after-the-end',
    plant: () => ({ change: { stopHitl: nothing } }),
  },
]

const inLobby = ({ conversation }: { conversation: { id: string } }) => ({ ...conversation, tags: { id: 'lobby' } })

const channels: ChatPlant[] = [
  {
    wrong: 'sends no pictures',
    caughtBy: 'channels/hitl/image/sent',
    plant: () => ({
      sends: {
        'hitl/image': () => async () => {
          throw new PlugboardError({ code: 'vendor_failed', message: 'pictures are not supported' })
        },
      },
    }),
  },
  {
    wrong: 'sends what does not fit',
    caughtBy: 'channels/hitl/text/invalid',
    plant: () => ({ saysOfMessages: z.any() }),
  },
  {
    wrong: 'drops who says something',
    caughtBy: 'channels/hitl/location/sent',
    plant: () => ({ saysOfMessages: z.looseObject({ userId: z.unknown().transform(() => undefined) }) }),
  },
  {
    wrong: 'sends no text of several lines',
    caughtBy: 'channels/hitl/degraded',
    plant: () => ({
      sends: {
        'hitl/text': (run) => (props) => {
          if (String(props.payload['text']).includes('\n')) throw refuse('line breaks are not allowed')
          return run(props)
        },
      },
    }),
  },
  {
    wrong: 'goes on sending when it is cut off',
    caughtBy: 'channels/hitl/abort',
    plant: ({ platform }) => ({
      sends: {
        'hitl/text': (run) => async (props) => {
          if (platform.weather !== 'slow') return run(props)
          await new Promise((resolve) => {
            setTimeout(resolve, 200)
          })
          return undefined
        },
      },
    }),
  },
  {
    wrong: 'takes a broken connection for a refusal',
    caughtBy: 'channels/hitl/unavailable',
    plant: ({ platform }) => ({
      sends: {
        'hitl/text': (run) => (props) => {
          if (platform.weather === 'down') throw refuse('no')
          return run(props)
        },
      },
    }),
  },
  {
    wrong: 'throws an error without a code when it sends',
    caughtBy: 'errors/typed',
    plant: () => ({
      sends: {
        'hitl/video': () => async () => {
          throw new TypeError('fetch failed')
        },
      },
    }),
  },
]

const all = [
  ['an indicator', typingIndicator, indicators],
  ['a finder of people', proactiveUser, finders],
  ['a beginner of conversations', proactiveConversation, beginners],
  ['a changer of messages', messageState, changers],
  ['a desk', hitl, desks],
  ['a channel', hitl, channels],
] as const

describe.each(all)('%s', (_, contract, plants) => {
  it('that is right passes', async () => {
    const { integration, options } = messenger()
    expect(await failuresOf(contract, integration, { wrong: 'nothing', caughtBy: 'nothing', options })).toEqual([])
  })

  it.each(plants)('that $wrong is caught by $caughtBy', async ({ wrong, caughtBy, plant }) => {
    const chat = messenger()
    const planted = plant(chat)
    const options = { ...chat.options, ...planted.options }
    expect(await failuresOf(contract, chat.integration, { wrong, caughtBy, ...planted, options })).toContain(caughtBy)
  })
})
