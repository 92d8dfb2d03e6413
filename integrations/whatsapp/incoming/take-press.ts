import { pressedFrom } from '../outgoing/buttons.ts'
import type { WhatsappProps } from '../props.ts'
import type { ToldMessage } from './told.ts'
import { type Place, tagsOf } from './written.ts'

/** Brings in the press of a button or the choice from a list: as an event, and what it says as a text. Gives whether it was one. */
export async function takePress({ client }: WhatsappProps, message: ToldMessage, place: Place): Promise<boolean> {
  const chosen = chosenIn(message)
  if (!chosen) return false
  const { conversationId } = place
  const buttonOf = message.context?.id
  const pressed = chosen.isOurs ? await pressedFrom(client, conversationId, chosen.id) : undefined
  const answered =
    buttonOf === undefined ? undefined : await client.listMessages({ conversationId, tags: { id: buttonOf } })
  await client.createEvent({
    type: 'buttonPressed',
    payload: {
      value: pressed?.value ?? chosen.id,
      action: pressed?.action ?? 'other',
      title: chosen.title,
      ...(buttonOf !== undefined && { messageId: buttonOf }),
    },
    ...place,
    ...(answered?.items[0] && { messageId: answered.items[0].id }),
  })
  const text = pressed?.value || chosen.title
  if (text !== '')
    await client.createMessage({ ...place, type: 'text', payload: { text }, tags: { ...tagsOf(message), buttonOf } })
  return true
}

/** What was chosen: of a message of this integration, or of a template. */
function chosenIn({ type, interactive, button }: ToldMessage) {
  const reply = type === 'interactive' ? (interactive?.button_reply ?? interactive?.list_reply) : undefined
  if (reply) return { ...reply, isOurs: true }
  if (type !== 'button' || !button) return undefined
  return { id: button.payload ?? button.text, title: button.text, isOurs: false }
}
