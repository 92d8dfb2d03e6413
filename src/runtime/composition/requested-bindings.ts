import { bindingVariable, type NeedRequest } from '../../container/needs/solve-need.ts'
import { parseBinding } from '../../container/policies/parse-binding.ts'
import { policyProblem } from '../../container/policies/policy-problem.ts'
import type { Binding } from '../../definition/binding.ts'
import type { BotData } from '../../definition/bot-data.ts'
import type { Need } from '../../definition/need.ts'
import { listed, ProblemList, shown } from '../../definition/validation/problem-list.ts'
import type { Problem } from '../../errors/index.ts'
import type { Environment } from './resolve-configuration.ts'

/**
 * What needs are bound to by configuration: by the alias of the plugin (or `bot`), then by need. Under `*` stand needs of
 * every consumer that has one of that name.
 */
export interface BindingsConfiguration {
  readonly [consumer: string]: Readonly<Record<string, unknown>> | 'suite' | undefined
  /** `suite`: integrations are bound only for interfaces whose contract suite they have passed, by the report that travels with them. Default: whether they have does not matter. */
  readonly require?: Readonly<Record<string, unknown>> | 'suite' | undefined
}

/** What was said of needs before and beside the environment. */
export interface Configured {
  /** Goes before the environment. */
  readonly overrides: BindingsConfiguration
  /** The environment goes before it. */
  readonly bindings: BindingsConfiguration
}

/** Every need of a bot, with what was said of it in the order in which it counts. */
export function requestedBindings(
  bot: BotData,
  configured: Configured,
  environment: Environment,
): { readonly requests: readonly NeedRequest[]; readonly problems: readonly Problem[] } {
  const list = new ProblemList()
  const consumers = [
    ...bot.plugins.map(({ alias, definition, dependencies }) => ({
      consumer: alias,
      needs: definition.needs as Readonly<Record<string, Need>>,
      dependencies,
    })),
    {
      consumer: 'bot',
      needs: bot.needs as Readonly<Record<string, Need>>,
      dependencies: {} as Readonly<Record<string, Binding>>,
    },
  ]
  const used = new Set<string>()
  const read = (value: unknown, path: string): Binding | undefined => {
    const parsed = parseBinding(value, path)
    if (!Array.isArray(parsed)) return parsed as Binding
    list.problems.push(...(parsed as Problem[]))
    return undefined
  }
  /** A variable holds an alias, or JSON. */
  const fromText = (text: string, variable: string): Binding | undefined => {
    if (!/^[[{]/.test(text.trim())) return read(text, variable)
    try {
      return read(JSON.parse(text), variable)
    } catch {
      const message = `${shown(text)} begins like JSON, and is none.`
      list.problems.push(policyProblem(variable, message, 'Mend the JSON, or write an alias alone.'))
      return undefined
    }
  }
  /** What one of the two says of a need: of this consumer, then of all. */
  const said = (layer: keyof Configured, consumer: string, name: string) =>
    [consumer, '*'].map((key) => {
      const needs = own(configured[layer], key)
      const value = typeof needs === 'object' ? own(needs, name) : undefined
      return {
        source: 'configuration' as const,
        binding: value === undefined ? undefined : read(value, `bindings.${key}.${name}`),
      }
    })
  const requests = consumers.flatMap(({ consumer, needs, dependencies }) =>
    Object.entries(needs).map(([name, need]): NeedRequest => {
      const variable = bindingVariable(consumer, name)
      used.add(variable)
      const bindings: { source: NeedRequest['bindings'][number]['source']; binding: Binding | undefined }[] = [
        ...said('overrides', consumer, name),
        {
          source: 'configuration',
          binding: environment[variable] ? fromText(environment[variable], variable) : undefined,
        },
        ...said('bindings', consumer, name),
        { source: 'dependencies', binding: own(dependencies, name) },
        {
          source: 'default',
          binding: need.requirements
            .map(({ interface: base }) => own(bot.defaults, base.name))
            .find((binding) => binding !== undefined),
        },
      ]
      return {
        consumer,
        name,
        need,
        bindings: bindings.flatMap(({ source, binding }) => (binding ? [{ source, binding }] : [])),
      }
    }),
  )
  for (const [consumer, needs] of [...Object.entries(configured.overrides), ...Object.entries(configured.bindings)]) {
    if (typeof needs !== 'object') {
      if (needs !== undefined && !(consumer === 'require' && needs === 'suite'))
        list.add(
          'binding_requirement_unknown',
          `bindings.${consumer}`,
          `${shown(needs)} is not what bindings are written as.`,
          "Write them by consumer and need; `require` takes 'suite'.",
        )
      continue
    }
    const known = consumer === '*' ? consumers : consumers.filter((one) => one.consumer === consumer)
    const names = [...new Set(known.flatMap((one) => Object.keys(one.needs)))]
    if (known.length === 0)
      list.add(
        'need_unknown',
        `bindings.${consumer}`,
        `there is no plugin '${consumer}'.`,
        `There are ${listed(consumers.map((one) => one.consumer))}.`,
      )
    else
      for (const name of Object.keys(needs))
        if (!names.includes(name))
          list.add(
            'need_unknown',
            `bindings.${consumer}.${name}`,
            consumer === '*' ? `nothing has a need '${name}'.` : `'${consumer}' has no need '${name}'.`,
            `Known needs are ${listed(names)}.`,
          )
  }
  const needed = new Set(requests.flatMap(({ need }) => need.requirements.map(({ interface: { name } }) => name)))
  for (const name of Object.keys(bot.defaults))
    if (!needed.has(name))
      list.add(
        'need_unknown',
        `defaults.${name}`,
        `nothing of the bot needs an interface '${name}'.`,
        `Needed are ${listed([...needed])}.`,
      )
  for (const variable of Object.keys(environment)) {
    if (variable.startsWith('PLUGBOARD_BIND_') && environment[variable] !== '' && !used.has(variable)) {
      list.add(
        'need_unknown',
        variable,
        `the environment variable ${variable} names no need of this bot.`,
        `Known are ${[...used].join(', ') || 'none'}.`,
      )
    }
  }
  return { requests, problems: list.problems }
}

/** What a record says of a name; what all objects have says nothing. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined
