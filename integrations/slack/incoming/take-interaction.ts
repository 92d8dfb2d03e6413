import { takeSessionButton } from '../hitl/take-session-button.ts'
import { isOwnElement, pressedFrom } from '../outgoing/buttons.ts'
import type { SlackProps } from '../props.ts'
import type { GivenAction, Interaction } from './envelope.ts'
import { knownMessage } from './known-message.ts'
import { conversationOf, userOf } from './people.ts'

/** Brings in what somebody has pressed, chosen, entered or closed. */
export async function takeInteraction(props: SlackProps, interaction: Interaction): Promise<void> {
  await takers[interaction.type]?.(props, interaction)
}

type Take = (props: SlackProps, interaction: Interaction) => Promise<void>

const takers: Readonly<Record<string, Take | undefined>> = Object.assign(Object.create(null) as object, {
  block_actions: async (props, interaction) => {
    for (const action of interaction.actions ?? []) await takeAction(props, interaction, action)
  },
  view_submission: async (props, { user, view, trigger_id = '' }) => {
    const userId = await userOf(props, { id: user.id })
    const values = view?.state?.values ?? {}
    const payload = { ...viewOf(view), values, triggerId: trigger_id }
    await props.client.createEvent({ type: 'viewSubmitted', payload, userId })
  },
  view_closed: async (props, { user, view }) => {
    const userId = await userOf(props, { id: user.id })
    await props.client.createEvent({ type: 'viewClosed', payload: viewOf(view), userId })
  },
  shortcut: takeShortcut,
  message_action: takeShortcut,
} satisfies Record<string, Take>)

const viewOf = (view: Interaction['view']) => ({
  callbackId: view?.callback_id ?? '',
  viewId: view?.id ?? '',
  privateMetadata: view?.private_metadata ?? '',
})

async function takeShortcut(props: SlackProps, interaction: Interaction): Promise<void> {
  const { user, callback_id = '', trigger_id = '', response_url } = interaction
  const spot = await spotOf(props, interaction)
  const messageTs = interaction.message_ts ?? interaction.message?.ts
  const userId = await userOf(props, { id: user.id })
  await props.client.createEvent({
    type: 'shortcutUsed',
    payload: {
      callbackId: callback_id,
      triggerId: trigger_id,
      ...(messageTs !== undefined && { messageTs }),
      ...(response_url !== undefined && { responseUrl: response_url }),
    },
    ...spot,
    userId,
  })
}

async function takeAction(props: SlackProps, interaction: Interaction, action: GivenAction): Promise<void> {
  const { user, trigger_id: triggerId = '', response_url: responseUrl } = interaction
  if (await takeSessionButton(props, interaction, action)) return
  const spot = await spotOf(props, interaction)
  const userId = await userOf(props, { id: user.id })
  const value = action.selected_option?.value ?? action.value
  const messageTs = messageOf(interaction)
  const { action_id: actionId, block_id: blockId, type } = action
  if (isOwnElement(actionId)) {
    if (spot.conversationId === undefined || messageTs === undefined) return
    const pressed = await pressedFrom(props.client, spot.conversationId, { actionId, value })
    if (!pressed) return
    await props.client.createEvent({
      type: 'buttonPressed',
      payload: { ...pressed, messageTs, triggerId },
      ...spot,
      userId,
    })
    await props.client.createMessage({
      conversationId: spot.conversationId,
      userId,
      type: 'text',
      payload: { text: pressed.value },
      tags: { buttonOf: messageTs },
    })
    return
  }
  await props.client.createEvent({
    type: 'actionTaken',
    payload: {
      actionId,
      blockId,
      type,
      ...(value !== undefined && { value }),
      ...(messageTs !== undefined && { messageTs }),
      triggerId,
      ...(responseUrl !== undefined && { responseUrl }),
      sent: action,
    },
    ...spot,
    userId,
  })
}

const messageOf = ({ container, message, message_ts }: Interaction): string | undefined =>
  container?.message_ts ?? message?.ts ?? message_ts

/** The conversation and the message that something was done in; neither in a view. */
async function spotOf(
  props: SlackProps,
  interaction: Interaction,
): Promise<{ conversationId?: string; messageId?: string }> {
  const { container, channel, message, user } = interaction
  const place = container?.channel_id ?? channel?.id
  if (place === undefined) return {}
  const ts = messageOf(interaction)
  const begun = container?.thread_ts ?? message?.thread_ts
  // The message that begins a thread is not in it, unless the bot began a conversation with it.
  const thread = begun === ts ? undefined : begun
  const known = ts === undefined ? undefined : await knownMessage(props, { channel: place, ts, thread })
  if (known) return known
  return { conversationId: await conversationOf(props, { channel: place, thread, person: user.id }) }
}
