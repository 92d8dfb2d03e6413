import type { Json } from '../json.ts'
import type { Tool, ToolCall } from '../exchange.ts'
import { stem, wordsOfName } from './keywords.ts'
import { Said } from './said.ts'

type Schema = Readonly<Record<string, Json>>
type Arguments = ToolCall['input']

/** What the properties of a tool are filled from. */
interface Source {
  readonly said: Said
  /** The stems of the tool's own words, which are about the tool and not about its arguments. */
  readonly stems: readonly string[]
  readonly missing: string[]
}

/** The arguments of a call, found in a text: each property by its name, its type and what is left. */
export interface FoundArguments {
  readonly input: Arguments
  /** The required properties that the text says nothing of, as words. */
  readonly missing: readonly string[]
}

/** Finds the arguments of a call in a text. */
export function fillArguments(text: string, { name, inputSchema }: Tool): FoundArguments {
  const missing: string[] = []
  const input = fillObject({ said: new Said(text), stems: wordsOfName(name).map(stem), missing }, inputSchema)
  return { input, missing }
}

function fillObject(source: Source, schema: Schema): Arguments {
  const properties = Object.entries(isSchema(schema.properties) ? schema.properties : {}).filter(([, property]) =>
    isSchema(property),
  ) as [string, Schema][]
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  const filled = new Map<string, Json>()
  // What is named goes before what only fits, so that one property does not take what belongs to another.
  for (const [name, property] of properties) {
    const value = named(source, wordsOfName(name).join(' '), property)
    if (value !== undefined) filled.set(name, value)
  }
  for (const [name, property] of properties) {
    const words = wordsOfName(name).join(' ')
    const value = filled.get(name) ?? fitting(source, words, property, required.has(name))
    if (value !== undefined) filled.set(name, value)
    else if (required.has(name)) source.missing.push(words)
  }
  return Object.fromEntries(
    properties.flatMap(([name]) => (filled.has(name) ? [[name, filled.get(name) as Json]] : [])),
  )
}

/** What the text says of a property by name. */
function named(source: Source, name: string, schema: Schema): Json | undefined {
  const { said } = source
  if (schema.const !== undefined) return schema.const
  if (Array.isArray(schema.enum))
    return schema.enum.find((value) => typeof value === 'string' && holds(said.text, value))
  const type = typeOf(schema)
  if (type === 'number' || type === 'integer') return rounded(said.number(name, true), type)
  if (type === 'boolean')
    return holds(said.text, name)
      ? !holds(
          said.text,
          `(?:no|not|without|don't|isn't) (?:an? |the )?${name}|${name}(?: is|:|=)? (?:off|false|no)`,
          true,
        )
      : undefined
  if (type !== 'string') return undefined
  const pattern = patterns.get(typeof schema.format === 'string' ? schema.format : name)
  return pattern ? pattern.exec(said.text)?.[0] : said.after(name)
}

/** What the text says that a property can hold. One that is not required takes only what is surely an argument. */
function fitting(source: Source, name: string, schema: Schema, isRequired: boolean): Json | undefined {
  const { said, stems } = source
  if (Array.isArray(schema.enum)) return isRequired ? (schema.default ?? schema.enum[0]) : undefined
  switch (typeOf(schema)) {
    case 'string': {
      const quotation = said.quotation()
      if (quotation !== undefined || !isRequired) return quotation
      if (schema.default !== undefined) return schema.default
      return wholeTexts.has(name) ? said.rest(stems, stem) : (said.phrase() ?? said.rest(stems, stem))
    }
    case 'number':
    case 'integer':
      return rounded(said.number(name, false), typeOf(schema)) ?? (isRequired ? schema.default : undefined)
    case 'boolean':
      return isRequired ? (schema.default ?? false) : undefined
    case 'array':
      return isRequired ? listed(source, isSchema(schema.items) ? schema.items : {}) : undefined
    case 'object':
      return isRequired ? fillObject(source, schema) : undefined
    default:
      return isRequired ? said.text : undefined
  }
}

function listed({ said, stems }: Source, items: Schema): Json | undefined {
  const type = typeOf(items)
  if (type === 'number' || type === 'integer') return said.numbers()
  const text = said.rest(stems, stem)?.replace(/\s+(?:to|on|onto|in|into|from) (?:the|my|our) .*$/i, '')
  const things = text?.replace(/^(?:please )?(?:add|bring|buy|get|put|take)\s+/i, '')
  return things?.split(/\s*(?:,|;|\band\b)\s*/i).filter((part) => part !== '')
}

/** Properties that hold what is said and not a part of it. */
const wholeTexts = new Set(['query', 'question', 'text', 'message', 'prompt', 'content', 'body', 'input', 'search'])

/** By format or name of a property: what it looks like. */
const patterns = new Map([
  ['email', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/],
  ['uri', /\bhttps?:\/\/[^\s"'<>]+[^\s"'<>.,;!?)]/],
  ['url', /\bhttps?:\/\/[^\s"'<>]+[^\s"'<>.,;!?)]/],
  ['date', /\b\d{4}-\d{2}-\d{2}\b/],
  ['date-time', /\b\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})\b/],
])

function typeOf({ type, properties }: Schema): string {
  const types = Array.isArray(type) ? type : [type]
  const found = types.find((one) => typeof one === 'string' && one !== 'null')
  return typeof found === 'string' ? found : isSchema(properties) ? 'object' : 'unknown'
}

function holds(text: string, words: string, isPattern = false): boolean {
  const source = isPattern ? words : words.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${source})(?![\p{L}\p{N}])`, 'iu').test(text)
}

function rounded(value: number | undefined, type: string): number | undefined {
  return value !== undefined && type === 'integer' ? Math.round(value) : value
}

function isSchema(value: Json | undefined): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
