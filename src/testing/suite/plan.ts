import { actionLaws } from '../laws/action-laws.ts'
import { channelLaws } from '../laws/channel-laws.ts'
import { entityLaws } from '../laws/entity-laws.ts'
import { errorLaws } from '../laws/error-laws.ts'
import { eventLaws } from '../laws/event-laws.ts'
import { outgoingLaws } from '../laws/outgoing-laws.ts'
import { scenarioChecks } from '../laws/scenario-checks.ts'
import { situationLaws } from '../laws/situation-laws.ts'
import type { Check } from './check.ts'
import type { Subject } from './subject.ts'

/** Everything that is checked, in order: what an integration answers, then what it throws while it does. */
export function planOf(subject: Subject): Check[] {
  return [
    ...Object.entries(subject.reference.actions).flatMap(([name, action]) => actionLaws(subject, name, action)),
    ...entityLaws(subject),
    ...eventLaws(subject),
    ...channelLaws(subject),
    ...outgoingLaws(subject),
    ...situationLaws(subject),
    ...scenarioChecks(subject),
    ...errorLaws(subject.probes),
  ]
}
