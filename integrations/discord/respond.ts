import { type APIInteraction, InteractionType } from 'discord-api-types/v10'
import { PlugboardError, type WebhookRequest, type WebhookResponse } from 'plugboard'
import { takeInteraction } from './incoming/take-interaction.ts'
import type { RequestProps } from './props.ts'
import { isFromDiscord } from './signatures.ts'

/** Whether a request comes from Discord. */
export function isGenuine({ req, configuration }: Pick<RequestProps, 'req' | 'configuration'>): boolean {
  // Over the gateway nothing comes here.
  return 'publicKey' in configuration && isFromDiscord(req, configuration.publicKey)
}

/** What tells one interaction from another. Whether somebody is there, Discord may ask as often as it likes. */
export function deliveryIdOf(req: WebhookRequest): string | undefined {
  const interaction = interactionIn(req)
  return interaction && interaction.type !== InteractionType.Ping ? interaction.id : undefined
}

/** Answers what Discord sends. It waits for three seconds, so that what the bot says comes later. */
export async function respond(props: RequestProps): Promise<WebhookResponse> {
  const { method, path } = props.req
  if (path !== '/webhook') return { status: 404 }
  if (method !== 'POST') return { status: 405, headers: { allow: 'POST' } }
  const interaction = interactionIn(props.req)
  if (!interaction)
    throw new PlugboardError({
      code: 'request_invalid',
      message: 'the body is no interaction of Discord: it lacks `id`, `type`, `application_id` or `token`',
    })
  const answer = await takeInteraction(props, interaction)
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) }
}

function interactionIn({ path, body }: WebhookRequest): APIInteraction | undefined {
  if (path !== '/webhook') return undefined
  try {
    const told: unknown = JSON.parse(body ?? '')
    return isInteraction(told) ? told : undefined
  } catch {
    return undefined
  }
}

function isInteraction(told: unknown): told is APIInteraction {
  if (typeof told !== 'object' || told === null) return false
  const { id, type, application_id, token } = told as Record<string, unknown>
  return (
    typeof type === 'number' && [id, application_id, token].every((value) => typeof value === 'string' && value !== '')
  )
}
