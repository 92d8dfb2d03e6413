/** A piece of work that each side writes in its own way. */
export type Scenario = 'definition' | 'handlers' | 'bot' | 'renamed'

/** What each scenario is, and the most instantiations that one integration may cost in it. */
export const scenarios: Record<Scenario, { title: string; aim?: number }> = {
  definition: { title: 'a definition that extends a two-action `llm`', aim: 650 },
  handlers: { title: 'the same with typed handlers', aim: 2_000 },
  bot: { title: 'a definition, added to a bot with a bound plugin', aim: 2_500 },
  renamed: { title: 'a definition with an action of its own and a renamed one' },
}

/** Source files by their path in the compiled folder. */
export type Sources = Record<string, string>

/** Writes the files of `count` integrations. Each differs in names and literals, so that no two share a type by accident. */
export type SourceWriter = (scenario: Scenario, count: number) => Sources

/** The numbers from 0 to `count`, exclusive. */
export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
