import type { z } from 'zod'
import type { Fields, Input, Output, Sides } from './schema.ts'

declare const tagName: unique symbol
declare const tagSide: unique symbol

/**
 * Marks a value as an entity. Ambient on purpose: nothing can construct it.
 * A class with protected members is a type that neither an object literal nor a spread can satisfy; private ones would
 * do too, but declaration files leave out their types, and nothing could be inferred from a tag. The members are
 * symbols, so that an entity may have fields of any name.
 */
export declare class EntityTag<in out TName, in out TSide> {
  protected readonly [tagName]: TName
  protected readonly [tagSide]: TSide
}

/** An opaque entity: its base fields can be read, and it can be handed back, but it cannot be made up or changed. */
export type Entity<TName, TBase, TSide = keyof Sides> = Readonly<TBase> & EntityTag<TName, TSide>

/** References to every entity of an interface: what its builders are called with. Both sides are told apart, for the own entity's schema may have defaults. */
export type References<TEntities> = {
  [K in keyof TEntities]: z.ZodType<
    Entity<K, Fields<Output<TEntities[K]>>, 'parsed'>,
    Entity<K, Fields<Input<TEntities[K]>>, 'input'>
  >
}

declare const own: unique symbol

/** An entity of the definition that extends, as handed to the callback of `extend()`. */
export type OwnEntity<TSides = Sides> = { readonly [own]: TSides }

/**
 * Replaces every entity reference in `T` by the own entity that `TMap` maps it to, at any depth:
 * `{ model?: Entity<'modelRef', …> }` becomes `{ model?: { id: 'opus'; maxTokens: number } }`.
 */
export type Substitute<T, TMap> = T extends Atom
  ? T
  : T extends EntityTag<infer TName, infer TSide>
    ? Widened<T, Replacement<T, TName, TSide, TMap>>
    : T extends Collection
      ? SubstituteCollection<T, TMap>
      : unknown extends T
        ? T
        : T extends AnyJson<T>
          ? T
          : { [K in keyof T]: Substitute<T[K], TMap> }

// Any JSON holds no reference, and is recursive: once substituted, the compiler could compare it with itself no more.
// What merely holds any JSON among other things is no such type: what stands beside it may be a reference.
type AnyJson<T> =
  z.core.util.JSONType extends Held<T>
    ? unknown extends Held<T>
      ? never
      : T extends readonly unknown[]
        ? readonly z.core.util.JSONType[]
        : [keyof Closed<T>] extends [never]
          ? { readonly [key: string]: z.core.util.JSONType | undefined }
          : never
    : never
type Held<T> = T extends readonly (infer TItem)[] ? TItem : string extends keyof T ? T[keyof T] : never

type Atom =
  | string
  | number
  | bigint
  | boolean
  | symbol
  | null
  | undefined
  | Date
  | RegExp
  | Uint8Array
  | ((...input: never) => unknown)
// oxlint-disable-next-line typescript/no-explicit-any -- `any` is how TypeScript names a map or set of whatever it holds.
type Collection = ReadonlyMap<any, any> | ReadonlySet<any>

type Replacement<T, TName, TSide, TMap> = TName extends keyof TMap
  ? TMap[TName] extends OwnEntity<infer TSides>
    ? TSide extends keyof TSides
      ? TSides[TSide]
      : never
    : never
  : T

/** The entity, with the fields that an intersection in the interface added to the reference. */
type Widened<T, TEntity> = keyof T extends keyof TEntity
  ? TEntity
  : string extends keyof T
    ? Widened<Closed<T>, TEntity>
    : TEntity & Omit<T, keyof TEntity>

/** The named fields of an object that is open to others. */
type Closed<T> = { [K in keyof T as string extends K ? never : number extends K ? never : K]: T[K] }

type SubstituteCollection<T, TMap> =
  T extends Map<infer TKey, infer TValue>
    ? Map<Substitute<TKey, TMap>, Substitute<TValue, TMap>>
    : T extends Set<infer TValue>
      ? Set<Substitute<TValue, TMap>>
      : T extends ReadonlyMap<infer TKey, infer TValue>
        ? ReadonlyMap<Substitute<TKey, TMap>, Substitute<TValue, TMap>>
        : T extends ReadonlySet<infer TValue>
          ? ReadonlySet<Substitute<TValue, TMap>>
          : never
