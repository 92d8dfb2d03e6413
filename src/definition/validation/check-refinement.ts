import { describeType } from '../judges/describe-type.ts'
import { judgeRefinement, type No } from '../judges/refines.ts'
import type { InterfaceDefinition } from '../interface-definition.ts'
import type { ConcreteMembers } from '../interface-members.ts'
import type { ActionDefinition, ChannelDefinition, EventDefinition } from '../member-definitions.ts'
import type { Section } from '../members.ts'
import type { Schema } from '../schema.ts'
import type { ProblemList } from './problem-list.ts'
import { type Mapping, singular } from './read-mapping.ts'

/**
 * Checks that every member of an interface finds its name free in a definition, or taken by one that refines it. Gives
 * those of which only the author's word says so.
 */
export function checkRefinements(
  list: ProblemList,
  path: string,
  definition: { readonly kind: string; readonly name: string },
  own: ConcreteMembers,
  base: InterfaceDefinition,
  members: ConcreteMembers,
  { names, assumed }: Pick<Mapping, 'names' | 'assumed'>,
): string[] {
  const vouched: string[] = []
  for (const section of ['actions', 'events', 'channels'] as const) {
    for (const [key, member] of Object.entries(members[section])) {
      const name = names[section][key] ?? key
      if (!Object.hasOwn(own[section], name)) continue
      const place = `${path}.${section}.${key}`
      const what = `${singular[section]} '${key}' of interface '${base.name}'`
      const mine = `the ${singular[section]} '${name}' that ${definition.kind} '${definition.name}' has already`
      const judge = new Judge(list, place, what, mine, assumed[section].includes(key))
      judge.compare(section, own[section][name] as never, member as never)
      if (judge.vouched) vouched.push(`${section}.${key}`)
    }
  }
  return vouched
}

/** Judges whether one own member refines one of the interface. */
class Judge {
  /** Whether the author's word was needed. */
  vouched = false
  readonly #list: ProblemList
  readonly #path: string
  readonly #what: string
  readonly #mine: string
  readonly #assumed: boolean

  constructor(list: ProblemList, path: string, what: string, mine: string, assumed: boolean) {
    this.#list = list
    this.#path = path
    this.#what = what
    this.#mine = mine
    this.#assumed = assumed
  }

  compare(section: Section, own: never, base: never): void {
    if (section === 'actions') this.#compareActions(own, base)
    else if (section === 'events') this.#compareEvents(own, base)
    else this.#compareChannels(own, base)
  }

  #compareActions(own: ActionDefinition, base: ActionDefinition): void {
    this.#judge('input', '.input', own.input.schema, base.input.schema)
    this.#judge('output', '.output', own.output.schema, base.output.schema)
    if ((own.stream === undefined) !== (base.stream === undefined)) {
      const [streams, not] = own.stream ? [this.#mine, 'the interface’s'] : ['the interface’s', this.#mine]
      // No word of the author's helps here: the handler of one is an async generator, that of the other is not.
      this.#refuse('.stream', `${streams} streams, ${not} does not`)
    } else if (own.stream && base.stream) this.#judge('output', '.stream', own.stream.schema, base.stream.schema)
  }

  #compareEvents(own: EventDefinition, base: EventDefinition): void {
    this.#judge('output', '', own.schema, base.schema)
  }

  #compareChannels(own: ChannelDefinition, base: ChannelDefinition): void {
    for (const [type, message] of Object.entries(base.messages)) {
      const ownMessage = Object.hasOwn(own.messages, type) ? own.messages[type] : undefined
      if (!ownMessage) continue
      this.#judge('input', `.messages.${type}`, ownMessage.schema, message.schema)
      this.#judge('output', `.messages.${type}`, ownMessage.schema, message.schema)
    }
  }

  #judge(side: 'input' | 'output', place: string, own: Schema, base: Schema): void {
    // The very same is parsed once: nothing to judge.
    if (own === base) return
    const verdict = judgeRefinement(own, base, side)
    if (verdict.verdict === 'yes') return
    const where = verdict.path === '' ? place : `${place}.${verdict.path}`
    const field = verdict.path === '' ? '' : ` at '${verdict.path}'`
    if (verdict.verdict === 'no') {
      const fault = side === 'input' ? 'takes less than the interface gives it' : 'gives more than the interface allows'
      this.#refuse(where, `${this.#mine} ${fault}${field}; ${faultOf(verdict)}`)
    } else if (this.#assumed) this.vouched = true
    else
      this.#list.add(
        'refinement_unprovable',
        `${this.#path}${where}`,
        `${this.#what}: whether ${this.#mine} refines it cannot be proved${field}: it ${verdict.reason}; expected ${describeType(base)}, given ${describeType(own)}.`,
        'Use the interface’s own schema, rename one of them, or write assume: true.',
      )
  }

  #refuse(place: string, fault: string): void {
    this.#list.add(
      'refinement_incompatible',
      `${this.#path}${place}`,
      `${this.#what}: ${fault}.`,
      'Rename one of them, or make it refine the interface’s.',
    )
  }
}

/** What is wrong at a place, with what is expected and given there. */
function faultOf({ reason, expected, given }: No): string {
  const types = `expected ${expected}, given ${given}`
  return reason === types ? types : `it ${reason}: ${types}`
}
