import { PlugboardError } from 'plugboard'
import type { WhatsappProps } from '../props.ts'
import { problemIn } from './problem.ts'
import { takeMessage } from './take-message.ts'
import { takeStatus } from './take-status.ts'
import { takeUnknown } from './take-unknown.ts'
import type { Told, ToldValue } from './told.ts'

/** Brings in what one webhook tells: of one thing as a rule, of many after a break. */
export async function takeTold(props: WhatsappProps, { entry }: Told): Promise<void> {
  for (const { changes } of entry)
    for (const { field, value } of changes) {
      const number = value.metadata?.phone_number_id
      if (number !== undefined && number !== props.configuration.phoneNumberId)
        props.logger.warn('what is told of another number is left aside', { phoneNumberId: number, field })
      else {
        if (field === 'messages') await takeMessages(props, value)
        if (field !== 'messages' || !isAllKnown(value)) await takeUnknown(props, field, value)
      }
    }
}

async function takeMessages(props: WhatsappProps, value: ToldValue): Promise<void> {
  const { messages = [], statuses = [], errors = [], contacts = [] } = value
  for (const message of messages) {
    const { from, from_user_id } = message
    const contact =
      contacts.find(({ wa_id, user_id }) => isSame(wa_id, from) || isSame(user_id, from_user_id)) ??
      (contacts.length === 1 ? contacts[0] : undefined)
    await unlessUnfit(props, message, 'messages', () => takeMessage(props, message, contact))
  }
  for (const status of statuses) await unlessUnfit(props, status, 'statuses', () => takeStatus(props, status))
  for (const problem of errors) await props.client.createEvent({ type: 'problemReported', payload: problemIn(problem) })
}

/** What fits nothing here is told as it came: Meta would tell it again for days, and with it all that is told beside it. */
async function unlessUnfit(
  props: WhatsappProps,
  told: { readonly id: string; readonly raw: object },
  kind: string,
  take: () => Promise<void>,
): Promise<void> {
  try {
    await take()
  } catch (error) {
    if (!PlugboardError.isInstance(error) || error.code !== 'payload_invalid') throw error
    props.logger.error('what WhatsApp tells fits nothing here, and is told as it came', { error, whatsappId: told.id })
    await takeUnknown(props, kind, told)
  }
}

/** Whether everything in it is as it is known. */
function isAllKnown({ raw, messages, statuses, errors }: ToldValue): boolean {
  const lists = Object.entries({ messages, statuses, errors })
  const told = raw as Readonly<Record<string, { readonly length?: unknown } | null | undefined>>
  return (
    lists.some(([, known]) => known !== undefined) &&
    lists.every(([name, known]) => told[name] === undefined || told[name]?.length === known?.length)
  )
}

const isSame = (one: string | undefined, other: string | undefined): boolean => one !== undefined && one === other
