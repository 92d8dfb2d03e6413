import type { Problem } from '../../errors/index.ts'
import type { Offer } from './offer.ts'
import { type NeedRequest, type SolvedNeed, solveNeed } from './solve-need.ts'

type Result = SolvedNeed | readonly Problem[]

/**
 * Meets needs from what is installed. Where one of two may be bound in the place of the other, it is the one of which
 * something was said, or else the first that is met; the other one is bound to nothing, unless something was said of it, too.
 */
export function solveNeeds(
  requests: readonly NeedRequest[],
  offers: readonly Offer[],
): { readonly needs: readonly SolvedNeed[]; readonly problems: readonly Problem[] } {
  const otherOf = requests.map(({ consumer, need: { unless } }) =>
    unless === undefined ? -1 : requests.findIndex((one) => one.consumer === consumer && one.name === unless),
  )
  const isSaid = (index: number): boolean => (requests[index]?.bindings.length ?? 0) > 0
  const found = requests.map((request, index): Result | undefined =>
    !isSaid(index) && isSaid(otherOf[index] ?? -1) ? undefined : solveNeed(request, offers),
  )
  const isMet = (result: Result | undefined): boolean => result !== undefined && 'binding' in result
  // Several that fit are for the author to choose from.
  const isMissing = (result: Result | undefined): boolean =>
    result !== undefined && !('binding' in result) && result.every(({ code }) => code === 'binding_missing')
  const results = requests.map((request, index): Result => {
    const result = found[index]
    const other = otherOf[index] ?? -1
    const gives = !isSaid(index) && isMet(found[other]) && (other < index || isMissing(result))
    return result && !gives ? result : boundToNothing(request)
  })
  return {
    needs: results.flatMap((result) => ('binding' in result ? [result] : [])),
    problems: results.flatMap((result, index) =>
      'binding' in result ? [] : result.map((problem) => withOther(problem, requests[otherOf[index] ?? -1])),
    ),
  }
}

const boundToNothing = ({ consumer, name, need }: NeedRequest): SolvedNeed => ({
  consumer,
  name,
  need,
  binding: { to: [], policies: [] },
  source: 'nothing',
  matches: [],
  lacking: [],
})

const withOther = (problem: Problem, other: NeedRequest | undefined): Problem =>
  other ? { ...problem, remedy: `${problem.remedy} Or bind '${other.name}' in its place.` } : problem
