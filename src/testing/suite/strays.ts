import type { CheckResult, Deviation } from 'plugboard'
import type { Check } from './check.ts'
import type { Subject } from './subject.ts'

/**
 * What an integration's test says and what means nothing: a deviation of a check that there is not, a sample of an action that
 * the interface has not. Each is a failure, since it was meant to be of use.
 */
export function straysIn(subject: Subject, checks: readonly Check[]): CheckResult[] {
  return [...deviationsIn(subject, checks), ...namesIn(subject)]
}

function* deviationsIn({ options }: Subject, checks: readonly Check[]): Generator<CheckResult> {
  const { deviations = [], date } = options
  const stray = ({ check }: Deviation, reason: string): CheckResult => ({
    check: `deviations/${check}`,
    title: 'a known deviation is of a check, and has a date',
    outcome: 'failed',
    reason,
  })
  for (const [index, one] of deviations.entries()) {
    if (!checks.some(({ name }) => name === one.check)) yield stray(one, `there is no check '${one.check}'`)
    if (deviations.findIndex(({ check }) => check === one.check) < index)
      yield stray(one, `'${one.check}' has a deviation already`)
    if (!isDay(one.until)) yield stray(one, `'${one.until}' is no day: write it like 2027-03-31`)
  }
  if (!isDay(date))
    yield {
      check: 'options/date',
      title: 'the date of the report is a day',
      outcome: 'failed',
      reason: `'${date}' is no day: write it like 2026-11-29`,
    }
}

/**
 * The names of samples, entities and messages of which no interface of the integration knows: its suites may share them.
 * What people do and what the platform can be brought to is the contract's to say, and shows as a skipped check.
 */
function* namesIn({ options, integration }: Subject): Generator<CheckResult> {
  const all = integration.interfaces.map(({ interface: base }) => base.members)
  const known: Readonly<Record<'samples' | 'entities' | 'messages', readonly string[]>> = {
    samples: all.flatMap(({ actions }) => Object.keys(actions)),
    entities: all.flatMap(({ entities }) => Object.keys(entities)),
    messages: all.flatMap(({ channels }) =>
      Object.entries(channels).flatMap(([channel, { messages }]) =>
        Object.keys(messages).map((type) => `${channel}/${type}`),
      ),
    ),
  }
  for (const [option, names] of Object.entries(known))
    for (const name of Object.keys(options[option as keyof typeof known] ?? {}))
      if (!names.includes(name))
        yield {
          check: `options/${option}/${name}`,
          title: 'what is said to the suite is of an interface',
          outcome: 'failed',
          reason: `\`${option}\` speaks of '${name}', and there is ${names.length === 0 ? 'nothing' : names.map((one) => `'${one}'`).join(', ')}`,
        }
}

/** Whether a text is a day of the calendar. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text)
}
