import { aliasOf, type Dependency } from '../../definition/binding.ts'
import { shown } from '../../definition/validation/problem-list.ts'
import type { Problem } from '../../errors/index.ts'
import { isRecord, policyProblem } from './policy-problem.ts'

/** What is wrong with the candidates of a binding. Whether they are installed and fit the need is not asked here. */
export function checkCandidates(candidates: readonly unknown[], path: string): Problem[] {
  if (candidates.length === 0)
    return [policyProblem(path, 'The binding has no candidate.', 'Name the alias of an installed integration.')]
  const seen = new Set<string>()
  return candidates.flatMap((candidate) => {
    if (!isDependency(candidate)) {
      const remedy = 'Give the alias of an installed integration, or { integrationAlias, integrationInterfaceAlias }.'
      return [policyProblem(path, `${shown(candidate)} is no candidate.`, remedy)]
    }
    const as = typeof candidate === 'string' ? undefined : candidate.integrationInterfaceAlias
    const key = JSON.stringify([aliasOf(candidate), as])
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    const message = `'${aliasOf(candidate)}' is there twice among the candidates of a failover.`
    return [policyProblem(path, message, 'Name each candidate once; to call one again, use retry().')]
  })
}

const isName = (name: unknown): boolean => typeof name === 'string' && name !== ''

const isDependency = (candidate: unknown): candidate is Dependency =>
  isName(candidate) ||
  (isRecord(candidate) && isName(candidate.integrationAlias) && isName(candidate.integrationInterfaceAlias))
