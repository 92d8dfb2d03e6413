import { createHash } from 'node:crypto'
import type { z } from 'plugboard'
import type { Ids } from '../contract.ts'
import { valuesOf } from '../entities/walk.ts'
import type { AnyClient } from '../people.ts'
import type { Action } from '../suite/subject.ts'
import { withIds } from '../suite/with-ids.ts'
import { canonical, isRecord } from './canonical.ts'

/** Fields by which interfaces speak of what the bot has stored. */
const recordFields = ['conversationId', 'userId'] as const
type RecordField = (typeof recordFields)[number]

/** What a call was asked. */
interface Asked {
  readonly action: Action
  readonly input: unknown
  readonly index: number
  /** The schemas of the entities. */
  readonly entities: readonly z.core.$ZodType[]
}

/** An output that was made up, with ids of conversations and users that there are. */
export async function withRecords(
  output: unknown,
  recordsOf: (names: readonly RecordField[]) => Promise<Ids>,
): Promise<unknown> {
  const text = isRecord(output) ? canonical(output) : ''
  const names = recordFields.filter((name) => text.includes(`"${name}":`))
  return names.length === 0 ? output : withIds(output, await recordsOf(names))
}

/** Makes the conversation and the user that a call gives, or finds them where it has given them before. */
export async function recordsFor(
  names: readonly RecordField[],
  { client, channel }: { readonly client: AnyClient; readonly channel: string | undefined },
  asked: Asked,
): Promise<Ids> {
  const ids: Record<string, string> = {}
  const tags = { id: identityOf(asked) }
  if (names.includes('conversationId') && channel !== undefined) {
    const { conversation } = await client.getOrCreateConversation({ channel, tags })
    ids['conversationId'] = conversation.id
  }
  if (names.includes('userId')) {
    const { user } = await client.getOrCreateUser({ tags, ...calledIn(asked.input) })
    ids['userId'] = user.id
  }
  return ids
}

/** The same for calls that are to give the same: those with the same entities, or the same input, if they may be repeated. */
function identityOf({ action, input, index, entities }: Asked): string {
  const { idempotent, name } = action
  const named = entities.flatMap((schema) => valuesOf(action.input.schema as z.core.$ZodType, input, schema))
  const subject = idempotent ? canonical(named.length > 0 ? named : input) : `${index}`
  return `${name}-${createHash('sha256').update(subject).digest('hex').slice(0, 16)}`
}

/** What a user is called, where the input says so. */
function calledIn(input: unknown): { name?: string; pictureUrl?: string } {
  const { name, pictureUrl } = isRecord(input) ? input : {}
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof pictureUrl === 'string' && { pictureUrl }),
  }
}
