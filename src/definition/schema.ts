import type { z } from 'zod'

/** Any schema, of zod or of zod/mini. */
export type Schema<TOutput = unknown, TInput = unknown> = z.core.$ZodType<TOutput, TInput>

/** A schema whose values are objects. Structural on purpose: `$ZodType<object>` costs 100 instantiations more for each use. */
export type ObjectSchema = z.core.SomeType & { _zod: { output: object } }

/** A schema with its texts. */
export type Described<TSchema = ObjectSchema> = { schema: TSchema; title?: string; description?: string }

/** What parsing gives, by a schema or by the schema that a builder returns; `{}` where there is no schema. */
export type Output<TSchema> = TSchema extends { _zod: { output: infer TOutput } }
  ? TOutput
  : TSchema extends (...references: never) => infer TBuilt
    ? Output<TBuilt>
    : {}

/** What is accepted, by a schema or by the schema that a builder returns; `{}` where there is no schema. */
export type Input<TSchema> = TSchema extends { _zod: { input: infer TInput } }
  ? TInput
  : TSchema extends (...references: never) => infer TBuilt
    ? Input<TBuilt>
    : {}

/** The two sides of a payload: what is sent, and what is received once it is parsed. */
export type Sides<TInput = unknown, TParsed = unknown> = { input: TInput; parsed: TParsed }

/** The fields of an object. `z.object({})` has the type of a record that holds nothing, which no field would fit: here it is an object with no fields known. */
export type Fields<TObject> = string extends keyof TObject
  ? [TObject[string & keyof TObject]] extends [never]
    ? {}
    : TObject
  : TObject

/** The sides of the declaration of an entity, of which there may be more fields than the schema says. */
export type EntitySidesOf<TDeclaration> = TDeclaration extends { schema: infer TSchema }
  ? { input: Fields<Input<TSchema>>; parsed: Fields<Output<TSchema>> }
  : { input: {}; parsed: {} }

/** The sides of a declaration that holds a schema; `{}` where there is none. */
export type SidesOf<TDeclaration> = TDeclaration extends { schema: infer TSchema }
  ? { input: Input<TSchema>; parsed: Output<TSchema> }
  : { input: {}; parsed: {} }
