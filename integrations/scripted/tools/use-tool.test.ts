import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import type { Tool } from '../exchange.ts'
import { chooseTool } from './choose-tool.ts'
import { fillArguments } from './fill-arguments.ts'
import { stem } from './keywords.ts'

type Properties = Record<string, Json>
const text = { type: 'string' }
const whole = { type: 'integer' }
const tool = (name: string, description: string, properties: Properties, required = Object.keys(properties)): Tool => ({
  name,
  description,
  inputSchema: { type: 'object', properties, required },
})

const tools: Tool[] = [
  tool('get_weather', 'Gives the weather of a city.', { city: text, unit: { enum: ['celsius', 'fahrenheit'] } }, [
    'city',
  ]),
  tool('createNote', 'Creates a note.', { title: text, body: text, urgent: { type: 'boolean' } }, ['title']),
  tool('deleteNote', 'Deletes a note.', { id: text }),
  tool('list_notes', 'Lists all notes.', { limit: whole }, []),
  tool('search', 'Searches the web.', { query: text }),
  tool('roll_dice', 'Rolls dice.', { count: whole, sides: whole }),
  tool(
    'book_flight',
    'Books a flight.',
    { from: text, to: text, date: { ...text, format: 'date' }, passengers: whole },
    ['from', 'to'],
  ),
  tool('send_email', 'Sends mail.', { to: { ...text, format: 'email' }, body: text }),
  tool('add_items', 'Puts items on the shopping list.', { items: { type: 'array', items: text } }),
  tool('add_numbers', 'Sums up.', { numbers: { type: 'array', items: { type: 'number' } } }),
]

describe('a text', () => {
  it.each<[string, string, Record<string, Json>]>([
    ['What is the weather in Paris?', 'get_weather', { city: 'Paris' }],
    ['weather in New York in Celsius, please', 'get_weather', { city: 'New York', unit: 'celsius' }],
    ['create a note titled Milk', 'createNote', { title: 'Milk' }],
    [
      'Create an urgent note "Buy milk" with body "two litres"',
      'createNote',
      { title: 'Buy milk', body: 'two litres', urgent: true },
    ],
    ['please create a note: water the plants', 'createNote', { title: 'water the plants' }],
    ['create a note called Tea, not urgent', 'createNote', { title: 'Tea', urgent: false }],
    ['delete note 3', 'deleteNote', { id: '3' }],
    ['Delete the note with id note-7', 'deleteNote', { id: 'note-7' }],
    ['what are my notes?', 'list_notes', {}],
    ['show me 5 notes', 'list_notes', { limit: 5 }],
    ['search for cheap flights to Rome', 'search', { query: 'cheap flights to Rome' }],
    ['roll two dice with six sides', 'roll_dice', { count: 2, sides: 6 }],
    [
      'book a flight to New York from Zurich on 2026-05-01 for 2 passengers',
      'book_flight',
      { from: 'Zurich', to: 'New York', date: '2026-05-01', passengers: 2 },
    ],
    ['send an email to ada@example.org: I am late', 'send_email', { to: 'ada@example.org', body: 'I am late' }],
    ['put milk, eggs and bread on the shopping list', 'add_items', { items: ['milk', 'eggs', 'bread'] }],
    ['add the numbers 1, 2.5 and -3', 'add_numbers', { numbers: [1, 2.5, -3] }],
  ])('%j is about %s', (said, name, input) => {
    const chosen = chooseTool(said, tools, false)
    expect(chosen?.name).toBe(name)
    expect(chosen && fillArguments(said, chosen)).toEqual({ input, missing: [] })
  })

  it.each(['hello', 'my name is Ada', 'thanks for the note', 'what can you do?', 'get it', ''])(
    '%j is about no tool',
    (said) => {
      expect(chooseTool(said, tools, false)).toBeUndefined()
    },
  )

  it('is about the nearest tool where one must be called, and none where there is none', () => {
    expect(chooseTool('I feel lucky', tools, false)).toBeUndefined()
    expect(chooseTool('I feel lucky', tools, true)?.name).toBe('get_weather')
    expect(chooseTool('lucky dice', tools, true)?.name).toBe('roll_dice')
    expect(chooseTool('my notes', [], true)).toBeUndefined()
  })
})

it.each([
  ['note', 'notes'],
  ['create', 'creates', 'creating', 'created'],
  ['search', 'searches', 'searching'],
  ['city', 'cities'],
  ['run', 'runs', 'running'],
  ['box', 'boxes'],
])('has one stem for the forms of a word: %s', (...words) => {
  expect(new Set(words.map(stem)).size).toBe(1)
})

describe('arguments', () => {
  it('that are required and not said are missing', () => {
    const [weather, , , , , dice] = tools as [Tool, Tool, Tool, Tool, Tool, Tool]
    expect(fillArguments('How is the weather?', weather)).toEqual({ input: {}, missing: ['city'] })
    expect(fillArguments('roll 3 dice', dice)).toEqual({ input: { count: 3 }, missing: ['sides'] })
  })

  it('are a constant or a default where the schema says so', () => {
    const given = tool('go', '', {
      kind: { const: 'fast' },
      speed: { type: 'number', default: 9 },
      colour: { enum: ['red', 'blue'] },
    })
    expect(fillArguments('go', given).input).toEqual({ kind: 'fast', speed: 9, colour: 'red' })
  })

  it('are filled in objects within objects', () => {
    const given = tool('book_table', '', { guest: { type: 'object', properties: { name: text }, required: ['name'] } })
    expect(fillArguments('book a table, name: Ada', given).input).toEqual({ guest: { name: 'Ada' } })
  })

  it('may have names that every object has', () => {
    const properties = JSON.parse('{"constructor":{"type":"string"},"__proto__":{"type":"integer"}}') as Properties
    const { input } = fillArguments('go constructor: x, 5', tool('go', '', properties))
    expect(Object.entries(input)).toEqual([
      ['constructor', 'x'],
      ['__proto__', 5],
    ])
    expect(Object.getPrototypeOf(input)).toBe(Object.prototype)
  })

  it.each<Record<string, Json>>([
    {},
    { type: 'object' },
    { properties: null },
    { type: 'object', properties: { x: true }, required: 'x' },
  ])('are none where the schema declares none: %j', (inputSchema) =>
    expect(fillArguments('go there', { name: 'go', inputSchema })).toEqual({ input: {}, missing: [] }),
  )
})
