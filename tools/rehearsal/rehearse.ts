import { screamingSnakeCase } from '../../src/container/needs/solve-need.ts'
import type { BotData } from '../../src/definition/bot-data.ts'
import type { ChannelDefinition } from '../../src/definition/member-definitions.ts'
import type { Schema } from '../../src/definition/schema.ts'
import { type Problem, PlugboardError } from '../../src/index.ts'
import type { WebhookRequest } from '../../src/implementation/request.ts'
import { type RunningBot, startBot } from '../../src/runtime/index.ts'
import { sampleOf } from './sample-of.ts'
import { stageFor } from './stage-for.ts'

/** When something is refused: while it is declared, when the bot starts, or in what the running bot does. */
export type Moment = 'definition' | 'start' | 'call'

/** What refuses a mistake when its code runs. */
export interface Refusal {
  readonly moment: Moment
  /** The codes of Plugboard, each once; the name of an error that has none. */
  readonly codes: readonly string[]
  readonly messages: readonly string[]
}

/**
 * Loads a module, starts a bot around what it exports and lets it do everything that it can: whatever is refused first.
 * Undefined where nothing is.
 */
export async function rehearse(load: () => Promise<object>): Promise<Refusal | undefined> {
  let exported: object
  try {
    exported = await load()
  } catch (error) {
    return refusalAt('definition', [error])
  }
  const stage = stageFor(Object.values(exported))
  if (!stage) return undefined
  const logged: Told[] = []
  // What fails once fails always here: nothing is tried again.
  const once = { retries: { attempts: 1 } }
  let running: RunningBot
  try {
    running = await startBot(stage.bot as never, {
      ...once,
      environment: environmentFor(stage.data),
      log: ({ level, error, handler }) => {
        if (level === 'error') logged.push(handler === undefined ? (error as Told) : ofHandler(error as Told))
      },
    })
  } catch (error) {
    return refusalAt('start', [error])
  }
  const thrown = await perform(running, stage.data)
  await running.stop()
  return refusalAt('call', [...thrown, ...logged])
}

/** An error, or what is left of one in a log. */
type Told = { readonly code?: string; readonly name?: string; readonly message: string }

/** Whatever a handler throws has a code when it is put aside. */
const ofHandler = (error: Told): Told => ({ ...error, code: error.code ?? 'handler_failed' })

function refusalAt(moment: Moment, errors: readonly unknown[]): Refusal | undefined {
  const told = errors.flatMap((error) => tell(error as Told))
  if (told.length === 0) return undefined
  return {
    moment,
    codes: [...new Set(told.map(({ code }) => code))],
    messages: [...new Set(told.map(({ message }) => message))],
  }
}

function tell(error: Told): { code: string; message: string }[] {
  if (PlugboardError.isInstance(error) && 'problems' in error)
    return (error.problems as readonly Problem[]).map(({ code, path, message }) => ({
      code,
      message: `${path}: ${message}`,
    }))
  return [{ code: error.code ?? error.name ?? 'Error', message: error.message }]
}

/** A value for every secret that is asked for. */
function environmentFor({ integrations, plugins }: BotData): Record<string, string> {
  return Object.fromEntries(
    [...integrations, ...plugins].flatMap(({ alias, definition }) =>
      Object.keys(definition.secrets).map((name) => [
        `PLUGBOARD_SECRET_${screamingSnakeCase(alias)}_${name}`,
        `the secret ${name}`,
      ]),
    ),
  )
}

/** Lets a bot do everything that it can once: requests, actions, events, and messages both ways. Gives what was thrown. */
async function perform(running: RunningBot, { integrations, plugins }: BotData): Promise<readonly unknown[]> {
  const thrown: unknown[] = []
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      thrown.push(error)
    }
  }
  const active = integrations.filter(({ alias }) =>
    running.installations.some((one) => one.alias === alias && one.active),
  )
  for (const { alias } of active) await attempt(() => running.receive(alias, request()))
  for (const { alias, definition } of [...active, ...plugins]) {
    for (const [name, { input }] of Object.entries<{ input: { schema: unknown } }>(definition.actions))
      await attempt(() => callAction(running, alias, name, sampleOf(input.schema as Schema)))
  }
  for (const { alias, definition } of active) {
    for (const [type, { schema }] of Object.entries(definition.events))
      await attempt(() => running.clientOf(alias).createEvent({ type, payload: sampleOf(schema) }))
  }
  const heard = active.find(({ definition }) => Object.keys(definition.channels).length > 0)
  if (heard) await attempt(() => bringMessages(running, heard.alias, heard.definition.channels))
  await running.idle()
  return thrown
}

const request = (): WebhookRequest => ({
  method: 'POST',
  path: '/webhook',
  query: '',
  headers: {},
  rawBody: new Uint8Array(),
  signal: new AbortController().signal,
})

async function callAction(running: RunningBot, alias: string, name: string, input: unknown): Promise<void> {
  const actions = running.actions as Record<string, Record<string, (input: unknown) => unknown>>
  const result = actions[alias]?.[name]?.(input)
  if (!isStream(result)) return void (await result)
  for await (const _ of result);
  await result.output()
}

const isStream = (value: unknown): value is AsyncIterable<unknown> & { output(): Promise<unknown> } =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

/** A message of every type, in a conversation of every channel. */
async function bringMessages(running: RunningBot, alias: string, channels: object): Promise<void> {
  const client = running.clientOf(alias)
  const { user } = await client.getOrCreateUser({ tags: {} })
  for (const [channel, { messages }] of Object.entries<ChannelDefinition>(channels as never)) {
    const { conversation } = await client.getOrCreateConversation({ channel, tags: {} })
    for (const [type, { schema }] of Object.entries(messages)) {
      const payload = sampleOf(schema)
      await client.createMessage({ conversationId: conversation.id, userId: user.id, type, payload })
      await running.idle()
    }
  }
}
