import messageState from 'plugboard/interfaces/message-state/contract'
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
import type { Props } from './planted.fixture.ts'

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

describe.each([['a changer of messages', messageState, changers]] as const)('%s', (_, contract, plants) => {
  it('that is right passes', async () => {
    expect(await failuresOfChat(contract)).toEqual([])
  })

  it.each(plants)('that $wrong is caught by $caughtBy', async (plant) => {
    expect(await failuresOfChat(contract, plant)).toContain(plant.caughtBy)
  })
})
