import { z } from 'zod'
import type { BotData, InstalledPlugin } from '../../definition/bot-data.ts'
import type { ConsumerData } from '../../definition/consumer-data.ts'
import type { ActionDefinition } from '../../definition/member-definitions.ts'
import type { ActionMetadata } from '../../definition/members.ts'
import type { Schema } from '../../definition/schema.ts'
import type { GivenTool } from '../../definition/tools.ts'
import { listed, ProblemList } from '../../definition/validation/problem-list.ts'
import type { Problem } from '../../errors/index.ts'
import type { Tool } from '../../implementation/tool.ts'
import { type NeedSlots, passedSchema } from '../calls/entity-references.ts'
import type { Installation } from '../composition/installation.ts'

/** A tool of a plugin, and whose action it is. */
export interface ResolvedTool extends Pick<Tool, 'name' | 'description' | 'inputSchema'> {
  /** The alias of the integration or plugin; `bot` for the bot's own. */
  readonly alias: string
  readonly action: string
}

/** Of what tools are taken. */
export interface ToolSources {
  readonly bot: Pick<BotData, 'plugins'> & ConsumerData
  readonly installations: ReadonlyMap<string, Installation>
  /** The needs of a plugin, or of the bot. */
  slotsOf(consumer: string): NeedSlots
}

/** What vendors of language models take for the name of a tool. */
const nameForm = /^[a-zA-Z0-9_-]{1,64}$/

/** Finds the actions that a plugin was given as tools, and how a model is told of them. */
export function resolveTools(
  { alias: plugin, tools }: Pick<InstalledPlugin, 'alias' | 'tools'>,
  sources: ToolSources,
): { readonly tools: readonly ResolvedTool[]; readonly problems: readonly Problem[] } {
  const list = new ProblemList()
  const resolved: ResolvedTool[] = []
  tools.forEach((given, index) => {
    const tool = resolveTool(list, `${plugin}.tools.${index}`, given, sources)
    if (!tool) return
    if (resolved.some(({ name }) => name === tool.name))
      list.add(
        'name_taken',
        `${plugin}.tools.${index}`,
        `two tools are named '${tool.name}'.`,
        "Give one of them another: { action: '…', name: '…' }.",
      )
    else resolved.push(tool)
  })
  return { tools: Object.freeze(resolved), problems: list.problems }
}

function resolveTool(
  list: ProblemList,
  path: string,
  given: GivenTool,
  sources: ToolSources,
): ResolvedTool | undefined {
  const { alias, action } = given
  const owner = ownerOf(alias, sources)
  if (owner === 'inactive') return undefined
  if (owner === 'disabled') {
    list.add('installation_inactive', path, `integration '${alias}' is disabled.`, 'Enable it, or leave the tool out.')
    return undefined
  }
  if (!owner) {
    const aliases = [...sources.installations.keys(), ...sources.bot.plugins.map((one) => one.alias)]
    list.add('alias_unknown', path, `nothing is installed as '${alias}'.`, `There is ${listed(aliases)}.`)
    return undefined
  }
  const declared = Object.hasOwn(owner.actions, action) ? owner.actions[action] : undefined
  if (!declared) {
    list.add(
      'action_unknown',
      path,
      `${alias === 'bot' ? 'the bot' : `'${alias}'`} has no action '${action}'.`,
      `It has ${listed(Object.keys(owner.actions))}.`,
    )
    return undefined
  }
  const name = given.name ?? (alias === 'bot' ? action : `${alias}_${action}`)
  if (!nameForm.test(name))
    list.add(
      'name_invalid',
      path,
      `'${name}' is no name of a tool, which has letters, digits, '_' and '-', 64 at most.`,
      `Give it another: { action: '${alias}:${action}', name: '…' }.`,
    )
  const schema = owner.schemaOf(declared)
  if (!schema) return undefined
  const inputSchema = jsonSchemaOf(schema)
  if (typeof inputSchema === 'string') {
    list.add(
      'tool_invalid',
      path,
      `the input of action '${action}' of '${alias}' cannot be told to a model: ${inputSchema}.`,
      'Give an action of the bot, which takes what JSON can hold and calls this one.',
    )
    return undefined
  }
  return { alias, action, name, description: given.description ?? descriptionOf(action, declared), inputSchema }
}

interface Owner {
  readonly actions: Readonly<Record<string, DeclaredAction>>
  /** Undefined where it cannot be built, because a need is not met: that is told anyway. */
  schemaOf(action: DeclaredAction): Schema | undefined
}
type DeclaredAction = ActionMetadata & { readonly input: ActionDefinition['input'] }

/** Whose actions they are; undefined where there is nothing of that alias. What keeps one from being active is told anyway. */
function ownerOf(
  alias: string,
  { bot, installations, slotsOf }: ToolSources,
): Owner | 'disabled' | 'inactive' | undefined {
  const installation = installations.get(alias)
  if (installation) {
    if (installation.inactive !== undefined) return installation.enabled ? 'inactive' : 'disabled'
    const actions = installation.definition.actions as Owner['actions']
    return { actions, schemaOf: ({ input }) => input.schema }
  }
  const consumer: ConsumerData | undefined =
    alias === 'bot' ? bot : bot.plugins.find((plugin) => plugin.alias === alias)?.definition
  if (!consumer) return undefined
  const slots = slotsOf(alias)
  const isMet = Object.keys(consumer.needs).every((need) => Object.hasOwn(slots, need))
  return {
    actions: consumer.actions as Owner['actions'],
    schemaOf: ({ input }) => (isMet ? passedSchema(input.schema, slots) : undefined),
  }
}

function descriptionOf(action: string, { title, description }: ActionMetadata): string | undefined {
  const said = [description, title].find((text) => text !== undefined && text !== '')
  return said === action ? undefined : said
}

/** The JSON Schema of an input, or why there is none. */
function jsonSchemaOf(schema: Schema): Tool['inputSchema'] | string {
  let json: Record<string, unknown>
  try {
    const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' })
    json = rest
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
  }
  if (json['type'] !== 'object') return 'it is no single object'
  return Object.freeze(json) as Tool['inputSchema']
}
