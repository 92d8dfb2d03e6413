import type definition from './definition.ts'

type Types = (typeof definition)['$types']
type Generation = Types['actions']['generateContent']

/** What the model is asked. */
export type Question = Generation['parsed']
/** What the model gives. */
export type Response = Generation['returned']
export type Message = Question['messages'][number]
export type Tool = NonNullable<Question['tools']>[number]
export type ToolCall = Response['toolCalls'][number]
export type Configuration = Types['configurations']['default']['parsed']
