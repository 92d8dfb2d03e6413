import { deepStrictEqual } from 'node:assert'
import { type Case, interleave, overhead, ratio, type Timing } from '../measure/rounds.ts'
import { duration, number, table, verdict } from '../measure/table.ts'
import { bareGenerate, bareMeasure } from './bare.ts'
import { callBotpress } from './botpress.ts'
import { request, response } from './conversation.ts'
import { generateTextOnModel, modelAlone } from './mock-model.ts'
import { holdHandler } from './plugboard.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 201 : 1_001

const aims = { toBare: 1.15, toBotpress: 20, toGenerateText: 0.1 }
const text = 'a sentence to be measured'

const { held, renew, release } = await holdHandler()

// Each case is timed for about a millisecond at once: most rounds then pass without an interruption by another process.
const bare = { name: 'two `parse` calls and a bare function', run: () => bareGenerate(request), calls: 300 }
const ours = { name: 'plugboard', run: () => held.generate(), calls: 300, before: renew }
const botpress = {
  name: '@botpress/sdk, in its handler',
  run: () => callBotpress('generateContent', request),
  calls: 10,
}
const bareSmall = { name: bare.name, run: () => bareMeasure({ text }), calls: 2_000 }
const oursSmall = { name: ours.name, run: () => held.measure({ text }), calls: 2_000, before: renew }
const botpressSmall = { name: botpress.name, run: () => callBotpress('measure', { text }), calls: 10 }
const alone = { name: 'the mock model alone', run: () => modelAlone(), calls: 1_000 }
const onModel = { name: 'plugboard, its adapter', run: () => held.generateOnModel(), calls: 100, before: renew }
const generateText = { name: '`generateText` of the AI SDK', run: () => generateTextOnModel(), calls: 5 }

console.log('## Calls\n')
console.log(
  `A plugin calls an integration through a bound interface, input and output validated. The median of ${number(rounds, 0)} rounds, in turn.\n`,
)

console.log(
  `${await against('`llm`, a conversation of five messages', response, [ours, bare, botpress], aims.toBare)}\n`,
)
console.log(
  `${await against('the smallest action: a text in, a number out', { length: text.length }, [oursSmall, bareSmall, botpressSmall])}\n`,
)

const ourModel = await pair(response.content, onModel, alone)
const theirModel = await pair(response.content, generateText, alone, 5)
const [ourOverhead, theirOverhead] = [overhead(...ourModel), overhead(...theirModel)]
console.log(
  `${table(
    ['the same conversation, on the mock model of the AI SDK', 'a call', 'overhead', 'of theirs', 'aim', ''],
    [
      [alone.name, duration(ourModel[1].nanoseconds), '', '', '', ''],
      [
        onModel.name,
        duration(ourModel[0].nanoseconds),
        duration(ourOverhead),
        number(ourOverhead / theirOverhead, 3),
        `at most ${aims.toGenerateText} of theirs`,
        verdict(ourOverhead <= theirOverhead * aims.toGenerateText),
      ],
      [generateText.name, duration(theirModel[0].nanoseconds), duration(theirOverhead), '1', '', ''],
    ],
  )}\n`,
)

await release()

/** What a call takes here, next to a bare one and a rival's, as Markdown. */
async function against(
  heading: string,
  expected: unknown,
  [here, without, rival]: readonly [Case, Case, Case],
  toBare?: number,
): Promise<string> {
  const [one, other] = await pair(expected, here, without)
  const [again, far] = await pair(expected, here, rival, 5)
  const [longer, faster] = [ratio(one, other), ratio(far, again)]
  return table(
    [heading, 'a call', 'plugboard is', 'aim', ''],
    [
      [here.name, duration(one.nanoseconds), '', '', ''],
      [
        without.name,
        duration(other.nanoseconds),
        `${number(longer)} × as long`,
        toBare === undefined ? '' : `at most ${toBare}`,
        toBare === undefined ? '' : verdict(longer <= toBare),
      ],
      [
        rival.name,
        duration(far.nanoseconds),
        `${number(faster)} × as fast`,
        `at least ${aims.toBotpress}`,
        verdict(faster >= aims.toBotpress),
      ],
    ],
  )
}

/** Times two cases in turn, once each has given the right answer; `fewer` divides the rounds where a big difference needs less. */
async function pair(expected: unknown, one: Case, other: Case, fewer = 1): Promise<[Timing, Timing]> {
  for (const { name, run } of [one, other])
    deepStrictEqual(structuredClone(await run()), structuredClone(expected), `${name} gives a wrong answer`)
  return (await interleave([one, other], Math.ceil(rounds / fewer))) as [Timing, Timing]
}
