/**
 * What kind of type it is, for a sentence: `KindOf<string | undefined>` is `'an optional string'`,
 * `KindOf<{ a: 1 }>` is `'an object'`.
 */
export type KindOf<T> = [unknown] extends [T]
  ? 'anything'
  : [T] extends [never]
    ? 'nothing'
    : undefined extends T
      ? `an optional ${WithoutArticle<PlainKind<Exclude<T, undefined>>>}`
      : null extends T
        ? `a nullable ${WithoutArticle<PlainKind<Exclude<T, null>>>}`
        : PlainKind<T>

/** The kind of a type that is not the one expected: `another object` where both are objects. */
export type OtherKind<T, TExpected> =
  KindOf<T> extends KindOf<TExpected> ? `another ${WithoutArticle<KindOf<T>>}` : KindOf<T>

// In tuples: a union is one kind, or mixed, not one kind for each of its members.
type PlainKind<T> = [T] extends [string]
  ? string extends T
    ? 'a string'
    : 'one of certain strings'
  : [T] extends [number]
    ? number extends T
      ? 'a number'
      : 'one of certain numbers'
    : [T] extends [boolean]
      ? 'a boolean'
      : [T] extends [readonly unknown[]]
        ? 'an array'
        : [T] extends [object]
          ? 'an object'
          : 'one of several types'

type WithoutArticle<T extends string> = T extends `${'a' | 'an'} ${infer TRest}` ? TRest : T
