import validRange from 'semver/ranges/valid.js'
import { DefinitionError } from '../../errors/index.ts'
import type { Requirement } from '../need.ts'
import { listed, ProblemList, shown } from './problem-list.ts'

/** Checks what a need asks for. Throws all problems at once. */
export function checkNeed(
  requirements: readonly Requirement[],
  capabilities: readonly string[],
  share: string | undefined,
): void {
  const list = new ProblemList()
  const declared = requirements.flatMap((requirement) => Object.keys(requirement.interface.capabilities))
  for (const { interface: base, version } of requirements) {
    if (validRange(version) === null)
      list.add(
        'version_invalid',
        'version',
        `${shown(version)} is no range of semantic versions.`,
        `Write it like '^${base.version}'.`,
      )
    if (share !== undefined && !Object.hasOwn(base.members.entities, share)) {
      list.add(
        'entity_unknown',
        'share',
        `interface '${base.name}' has no entity '${share}'.`,
        `It has ${listed(Object.keys(base.members.entities))}.`,
      )
    }
  }
  for (const capability of capabilities) {
    if (!declared.includes(capability))
      list.add(
        'capability_unknown',
        'capabilities',
        `no interface of the need declares the capability '${capability}'.`,
        `Known are ${listed(declared)}.`,
      )
  }
  if (list.problems.length > 0)
    throw new DefinitionError(
      `the need of ${requirements.map(({ interface: base }) => base.name).join(' and ')}`,
      list.problems,
      { interface: requirements[0]?.interface.name ?? '' },
    )
}
