/**
 * Whether a range of semantic versions accepts a version: `Accepts<'^1.2.0', '1.3.0'>` is true. Judges caret ranges and
 * exact versions; whatever else there is only the start can judge, so it is accepted here.
 */
export type Accepts<TRange, TVersion> = TRange extends TVersion | `^${TVersion & string}`
  ? true
  : TRange extends `^${infer TBase}`
    ? Caret<Parts<TBase>, Parts<TVersion>>
    : Parts<TRange> extends readonly [string, string, string]
      ? Parts<TVersion> extends readonly [string, string, string]
        ? false
        : true
      : true

/** Major, minor and patch of a released version; `unknown` for any other. */
type Parts<TVersion> = TVersion extends `${infer TMajor}.${infer TMinor}.${infer TPatch}`
  ? [TMajor, TMinor, TPatch] extends [Whole, Whole, Whole]
    ? readonly [TMajor, TMinor, TPatch]
    : unknown
  : unknown

type Whole = `${bigint}`

type Caret<TBase, TVersion> = [TBase, TVersion] extends [
  readonly [infer TMajor, infer TMinor, infer TPatch],
  readonly [infer THasMajor, infer THasMinor, infer THasPatch],
]
  ? TMajor extends THasMajor
    ? TMinor extends THasMinor
      ? [TMajor, TMinor] extends ['0', '0']
        ? false
        : IsBelow<THasPatch, TPatch> extends true
          ? false
          : true
      : TMajor extends '0'
        ? false
        : IsBelow<THasMinor, TMinor> extends true
          ? false
          : true
    : false
  : true

/** Whether the first of two whole numbers is below the second: counts up to whichever comes first. */
type IsBelow<TLeft, TRight, TCount extends readonly unknown[] = []> = TRight extends `${TCount['length']}`
  ? false
  : TLeft extends `${TCount['length']}`
    ? true
    : IsBelow<TLeft, TRight, [...TCount, unknown]>
