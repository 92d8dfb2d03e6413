import type { Contract, Scenario } from '../contract.ts'
import type { Check } from '../suite/check.ts'
import { contextOf } from '../suite/scenario-context.ts'
import { Session } from '../suite/session.ts'
import type { Subject } from '../suite/subject.ts'
import { CheckFailed, skip } from '../suite/verdict.ts'

/** The scenarios of a contract, and of those that it includes. */
export function scenarioChecks(subject: Subject): Check[] {
  return subject.contracts.flatMap((contract) =>
    contract.scenarios.map((scenario) => ({
      name: `${contract.interface.name}/${scenario.name}`,
      title: scenario.title,
      run: async () => play(subject, contract, scenario),
    })),
  )
}

async function play(subject: Subject, contract: Contract, scenario: Scenario): Promise<void> {
  const { situation: wanted } = scenario
  const capabilities: readonly string[] = scenario.capabilities ?? []
  const situation = wanted === undefined ? undefined : subject.options.situations?.[wanted]
  if (wanted !== undefined && situation === undefined) {
    const meaning = contract.situations[wanted]
    skip(`the situation '${wanted}' is not brought about${meaning === undefined ? '' : `: ${meaning}`}`)
  }
  await using session = await Session.start(subject, situation)
  const missing = capabilities.find((capability) => !session.capabilities.includes(capability))
  if (missing !== undefined) skip(`the integration does not have the capability '${missing}'`)
  try {
    await scenario.run(contextOf(session))
  } catch (error) {
    throw error instanceof CheckFailed ? new CheckFailed(`${error.message}${session.refusals}`) : error
  }
}
