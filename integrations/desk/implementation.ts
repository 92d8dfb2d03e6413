import { IntegrationImplementation, PlugboardError } from 'plugboard'
import { deliveryIdOf } from './delivery-id.ts'
import definition from './definition.ts'
import { mayRead } from './key.ts'
import { wordsIn } from './last-words.ts'
import type { DeskClient } from './props.ts'
import { respond } from './respond.ts'
import { begin, demandOpen, end, find } from './sessions.ts'

interface Outgoing {
  readonly client: DeskClient
  readonly conversation: { readonly id: string }
  readonly type: string
  readonly payload: { readonly userId?: string | undefined }
  readonly ctx: { readonly integrationAlias: string }
}

/** The page reads messages from the store: they are refused once a session is over, and the list shows the last words. */
async function show({ client, conversation: { id }, ctx, type, payload }: Outgoing): Promise<void> {
  await demandOpen(client, id, ctx.integrationAlias)
  const words = payload.userId === undefined ? undefined : wordsIn({ type, payload })
  if (words !== undefined) await client.setState({ name: 'lastWords', id, payload: { words } })
}

export default new IntegrationImplementation(definition, {
  handler: respond,
  webhook: { verify: ({ req, configuration }) => mayRead(req, configuration.key), deliveryId: deliveryIdOf },
  actions: {
    createUser: async ({ input: { name, pictureUrl, email }, client, ctx }) => {
      const { user } = await client.getOrCreateUser({ tags: { id: ctx.idempotencyKey, email }, name, pictureUrl })
      return { userId: user.id }
    },
    startHitl: async ({ input, client, ctx }) => {
      await client.getUser({ id: input.userId })
      return { conversationId: await begin(client, ctx.idempotencyKey, input) }
    },
    stopHitl: async ({ input: { conversationId }, client, ctx }) => {
      const session = await find(client, conversationId)
      if (!session)
        throw new PlugboardError({
          code: 'vendor_refused',
          message: `there is no session '${conversationId}'`,
          where: { integration: ctx.integrationAlias, path: 'conversationId' },
        })
      if (!session.isOver) await end(client, conversationId)
      return {}
    },
  },
  channels: {
    hitl: {
      messages: { text: show, image: show, audio: show, video: show, file: show, location: show, bloc: show },
    },
  },
})
