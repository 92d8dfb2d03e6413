import { deepStrictEqual } from 'node:assert'
import { subject } from '../measure/machine.ts'
import { type Case, interleave, overhead, ratio, type Timing } from '../measure/rounds.ts'
import { duration, number, table, verdict } from '../measure/table.ts'
import { bareGenerate, bareMeasure } from './bare.ts'
import { botpressGenerate } from './botpress.ts'
import { request, response } from './conversation.ts'
import { generateTextOnModel, modelAlone } from './mock-model.ts'
import { holdHandler } from './plugboard.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 31 : 201

const aims = { toBare: 1.15, toBotpress: 20, toGenerateText: 0.1 }
const text = 'a sentence to be measured'

const { held, release } = await holdHandler()

console.log('## Calls\n')
console.log(
  `A plugin calls an integration through a bound interface, input and output validated. The median of ${rounds} rounds, in turn.\n`,
)

const [bare, ours, botpress] = await measured(response, [
  { name: 'two `parse` calls and a bare function', run: () => bareGenerate(request), calls: 2_000 },
  { name: subject, run: () => held.generate(), calls: 2_000 },
  { name: '@botpress/sdk, in its handler', run: () => botpressGenerate(request), calls: 40 },
])
const [bareSmall, oursSmall] = await measured({ length: text.length }, [
  { name: 'two `parse` calls and a bare function', run: () => bareMeasure({ text }), calls: 5_000 },
  { name: subject, run: () => held.measure({ text }), calls: 5_000 },
])
const toBare = ratio(ours, bare)
const toBotpress = ratio(botpress, ours)
console.log(
  `${table(
    ['`llm`, a conversation of five messages', 'a call', 'to the bare one', 'to plugboard', 'aim', ''],
    [
      [bare.name, duration(bare.nanoseconds), '1', number(1 / toBare), '', ''],
      [
        ours.name,
        duration(ours.nanoseconds),
        number(toBare),
        '1',
        `at most ${aims.toBare} × the bare one`,
        verdict(toBare <= aims.toBare),
      ],
      [
        botpress.name,
        duration(botpress.nanoseconds),
        number(ratio(botpress, bare)),
        number(toBotpress),
        `plugboard ${aims.toBotpress} times faster`,
        verdict(toBotpress >= aims.toBotpress),
      ],
    ],
  )}\n`,
)
console.log(
  `${table(
    ['the smallest action: a text in, a number out', 'a call', 'to the bare one'],
    [
      [bareSmall.name, duration(bareSmall.nanoseconds), '1'],
      [oursSmall.name, duration(oursSmall.nanoseconds), number(ratio(oursSmall, bareSmall))],
    ],
  )}\n`,
)

const [alone, onModel, generateText] = await measured(response.content, [
  { name: 'the mock model alone', run: () => modelAlone(), calls: 1_000 },
  { name: `${subject}, its adapter`, run: () => held.generateOnModel(), calls: 1_000 },
  { name: '`generateText` of the AI SDK', run: () => generateTextOnModel(), calls: 30 },
])
const toGenerateText = overhead(onModel, alone) / overhead(generateText, alone)
console.log(
  `${table(
    ['the same conversation, on the mock model of the AI SDK', 'a call', 'overhead', 'of theirs', 'aim', ''],
    [
      [alone.name, duration(alone.nanoseconds), '', '', '', ''],
      [
        onModel.name,
        duration(onModel.nanoseconds),
        duration(overhead(onModel, alone)),
        number(toGenerateText, 3),
        `at most ${aims.toGenerateText} of theirs`,
        verdict(toGenerateText <= aims.toGenerateText),
      ],
      [generateText.name, duration(generateText.nanoseconds), duration(overhead(generateText, alone)), '1', '', ''],
    ],
  )}\n`,
)

await release()

/** Times the cases in turn, once each has given the right answer. */
async function measured<const T extends readonly Case[]>(
  expected: unknown,
  cases: T,
): Promise<{ [K in keyof T]: Timing }> {
  for (const { name, run } of cases)
    deepStrictEqual(structuredClone(await run()), structuredClone(expected), `${name} gives a wrong answer`)
  return (await interleave(cases, rounds)) as { [K in keyof T]: Timing }
}
