import type { Refused } from '../types/refused.ts'

/**
 * An action that a plugin may call as a tool, by alias and action: `memory:createItem`. The actions of the bot's own are
 * `bot:…`. The long form says what a model is told in the place of what the action says of itself.
 */
export type ToolInput = string | ToolProps

/** An action that a plugin may call as a tool, in its long form. */
export type ToolProps = {
  /** Alias and action: `memory:createItem`. */
  readonly action: string
  /**
   * What a model calls it: letters, digits, `_` and `-`, 64 at most. Default: alias and action, joined by `_`; the action
   * alone, where it is the bot's own.
   */
  readonly name?: string
  /** What a model is told that it does. Default: what the action says. */
  readonly description?: string
}

/** A tool as it was given, read. */
export interface GivenTool {
  /** The alias of the integration or plugin; `bot` for the bot's own actions. */
  readonly alias: string
  readonly action: string
  readonly name: string | undefined
  readonly description: string | undefined
}

/** Every tool that there is; a sentence in the place of each other. Looks only at the actions that are named. */
export type Tools<TInstalled, TOwn, TPlugin, TTools extends readonly unknown[]> = {
  [K in keyof TTools]: [ToolProblem<TInstalled, TOwn, TPlugin, TTools[K]>] extends [never]
    ? TTools[K]
    : Refused<ToolProblem<TInstalled, TOwn, TPlugin, TTools[K]>>
}

type ToolProblem<TInstalled, TOwn, TPlugin, TTool> = TPlugin extends { takesTools: false; name: infer TName }
  ? `plugin '${TName & string}' takes no tools`
  : TTool extends { action: infer TAction }
    ? ActionProblem<TInstalled, TOwn, TAction>
    : ActionProblem<TInstalled, TOwn, TTool>

// An action of which only the start knows the text cannot be judged here.
type ActionProblem<TInstalled, TOwn, TAction> = string extends TAction
  ? never
  : TAction extends `${infer TAlias}:${infer TName}`
    ? TAlias extends 'bot'
      ? NameProblem<TOwn, TName, 'the bot'>
      : TAlias extends keyof TInstalled
        ? NameProblem<TInstalled[TAlias], TName, `'${TAlias}'`>
        : [keyof TInstalled] extends [never]
          ? never
          : `nothing is installed as '${TAlias}'`
    : "a tool is named by alias and action: 'memory:createItem'"

type NameProblem<TOwner, TName, TCalled extends string> = TOwner extends { actions: infer TActions }
  ? TName extends keyof TActions
    ? never
    : `${TCalled} has no action '${TName & string}'`
  : never

/** The tools that were given, which were checked. */
export function toolsFrom(given: readonly ToolInput[] = []): readonly GivenTool[] {
  return Object.freeze(
    given.map((tool) => {
      const { action: address, name, description } = typeof tool === 'string' ? ({ action: tool } as ToolProps) : tool
      const colon = address.indexOf(':')
      return Object.freeze({ alias: address.slice(0, colon), action: address.slice(colon + 1), name, description })
    }),
  )
}
