import { PlugboardError, z } from 'plugboard'
import hitl from 'plugboard/interfaces/hitl/contract'
import { describe, expect, it } from 'vitest'
import {
  type ChatPlant,
  failuresOfChat,
  handling,
  nothing,
  onlyOnce,
  refuse,
  tells,
  twice,
} from './planted-chats.fixture.ts'
import { given } from './planted.fixture.ts'

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
    wrong: 'keeps what was said before to itself',
    caughtBy: 'hitl/shows-the-history',
    plant: ({ platform }) => {
      const show = platform.show.bind(platform)
      platform.show = async (place, message, signal) =>
        message.text.includes('parcel') ? 'hidden' : show(place, message, signal)
      return {}
    },
  },
  {
    wrong: 'brings answers in in the session that began last',
    caughtBy: 'hitl/keeps-sessions-apart',
    plant: ({ platform }) =>
      handling('answer', (run, props) => {
        const place = [...platform.sessions.keys()].at(-1)
        return run({ ...props, req: { body: JSON.stringify({ ...(JSON.parse(props.req.body) as object), place }) } })
      }),
  },
  {
    wrong: 'ends every session with one',
    caughtBy: 'hitl/keeps-sessions-apart',
    plant: ({ platform }) => ({
      change: {
        stopHitl: (run) => async (props) => {
          platform.sessions.clear()
          return run(props)
        },
      },
    }),
  },
  {
    wrong: 'brings answers in as those of somebody else',
    caughtBy: 'hitl/brings-answers-in',
    plant: () =>
      handling('answer', (run, props) =>
        run({ ...props, req: { body: JSON.stringify({ ...(JSON.parse(props.req.body) as object), by: 'grace' }) } }),
      ),
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

describe.each([
  ['a desk', hitl, desks],
  ['a channel', hitl, channels],
] as const)('%s', (_, contract, plants) => {
  it('that is right passes', async () => {
    expect(await failuresOfChat(contract)).toEqual([])
  })

  it.each(plants)('that $wrong is caught by $caughtBy', async (plant) => {
    expect(await failuresOfChat(contract, plant)).toContain(plant.caughtBy)
  })
})

it('is sent the message that its tests give, where its platform takes no other', async () => {
  const imageUrl = 'https://example.com/known.png'
  const picky: ChatPlant = {
    wrong: 'takes one picture alone',
    caughtBy: 'channels/hitl/image/sent',
    plant: () => ({
      sends: {
        'hitl/image': (run) => (props) => {
          if (props.payload['imageUrl'] !== imageUrl) throw refuse('the picture cannot be fetched')
          return run(props)
        },
      },
    }),
  }
  expect(await failuresOfChat(hitl, picky)).toEqual([picky.caughtBy])
  const knowing = { options: { messages: { 'hitl/image': { imageUrl } } } }
  expect(await failuresOfChat(hitl, { ...picky, plant: (chat) => ({ ...picky.plant(chat), ...knowing }) })).toEqual([])
})
