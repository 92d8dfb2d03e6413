import type { Tool } from '../exchange.ts'
import { stem, stemsOf, wordsOfName } from './keywords.ts'

const stems = (words: string): Set<string> => new Set(words.split(' ').map(stem))
/** Words that say what is done to a thing, and not what the thing is: alone they choose no tool. */
const reading = stems('fetch find get list look lookup read search show')
const writing = stems('add call create delete do make put remove run send set update use')

/** Words by which a text is about the conversation, whatever it names. */
const courteous = /^(?:thanks|thank you|hi|hello|hey|bye|goodbye|sorry)\b(?!.*(?:\?|\bplease\b|,))/i

/** The tool that a text is about; if one is required, the one that comes nearest. */
export function chooseTool(text: string, tools: readonly Tool[], isRequired: boolean): Tool | undefined {
  const said = new Set(
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.map(stem),
  )
  const rated = tools.map((tool) => ({ tool, ...rate(said, tool) })).toSorted((one, other) => other.score - one.score)
  if (isRequired) return rated[0]?.tool
  if (courteous.test(text)) return undefined
  const able = rated.filter(({ fits }) => fits)
  const best = able.filter(({ score }) => score === able[0]?.score)
  // Where nothing says what is to be done, to look does no harm.
  return (best.length === 1 ? best[0] : best.find(({ reads }) => reads))?.tool
}

/** How much of a tool's name and description is in what was said, and whether that is enough. */
function rate(
  said: ReadonlySet<string>,
  { name, description = '' }: Tool,
): { fits: boolean; score: number; reads: boolean } {
  const named = [...new Set(wordsOfName(name).map(stem))]
  const described = [...new Set(stemsOf(description))].filter((word) => !named.includes(word))
  const found = named.filter((word) => said.has(word))
  const hinted = described.filter((word) => said.has(word)).length
  const isNamed =
    found.length > 0 &&
    (found.length === named.length || found.some((word) => !reading.has(word) && !writing.has(word)))
  return {
    fits: isNamed || hinted >= 2,
    score: found.length * 3 + hinted,
    reads: named.some((word) => reading.has(word)),
  }
}
