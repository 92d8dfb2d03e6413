import { isRecord } from './check-fields.ts'

/** By kind: a method that only a real definition of it has, of whatever copy of the package. */
const methods = {
  interface: 'extend',
  integration: 'implementedBy',
  plugin: 'implementedBy',
  bot: 'addIntegration',
} as const

/** The kinds of definitions. */
export type DefinitionKind = keyof typeof methods

/** Whether a value is a definition of a kind: not only data that looks like one, and of any copy of the package. */
export function isDefinition(value: unknown, kind: DefinitionKind): boolean {
  return isRecord(value) && value.kind === kind && typeof value[methods[kind]] === 'function'
}

/** Whether a value is what `need()` gives. */
export function isNeed(value: unknown): boolean {
  return (
    isRecord(value) &&
    value.kind === 'need' &&
    Array.isArray(value.requirements) &&
    value.requirements.length > 0 &&
    value.requirements.every((requirement) => isRecord(requirement) && isDefinition(requirement.interface, 'interface'))
  )
}
