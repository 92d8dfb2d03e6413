import type { TagDefinition } from '../../definition/tags.ts'
import type { StoredTags } from '../../implementation/records.ts'
import type { Logger } from '../../implementation/logger.ts'
import { PlugboardError } from '../../errors/index.ts'

/** The tags to store, those without a value left out. One that is not declared is stored and warned of. */
export function storedTags(
  given: Readonly<Record<string, unknown>> | undefined,
  declared: Readonly<Record<string, TagDefinition>> | undefined,
  of: string,
  logger: Logger,
): StoredTags {
  const tags = Object.entries(textTags(given, of)).filter((tag): tag is [string, string] => tag[1] !== undefined)
  for (const [name] of tags)
    if (!Object.hasOwn(declared ?? {}, name)) logger.warn(`tag '${name}' of ${of} is not declared`, { tag: name })
  // Not one by one: a tag of the name `__proto__` is a tag like others.
  return Object.fromEntries(tags)
}

/**
 * Changes of tags, which must be text, or undefined for one that is to go.
 * @throws {PlugboardError} with the code `tag_invalid`.
 */
export function textTags(
  given: Readonly<Record<string, unknown>> | undefined,
  of: string,
): Readonly<Record<string, string | undefined>> {
  for (const [name, value] of Object.entries(given ?? {})) {
    if (value !== undefined && typeof value !== 'string')
      throw new PlugboardError({
        code: 'tag_invalid',
        message: `tag '${name}' of ${of} must be text, not ${typeof value}`,
        where: { path: `tags.${name}` },
      })
  }
  return (given ?? {}) as Readonly<Record<string, string | undefined>>
}

/** The tags by which a record is found: those marked as identity if there are any, else all. */
export function identityTags(
  tags: StoredTags,
  declared: Readonly<Record<string, TagDefinition>> | undefined,
): StoredTags {
  const marked = Object.entries(declared ?? {}).flatMap(([name, { identity }]) => (identity ? [name] : []))
  const identity = Object.fromEntries(Object.entries(tags).filter(([name]) => marked.includes(name)))
  // Without an identity everyone would be the first one who came.
  return Object.keys(identity).length === 0 ? tags : identity
}

/** The tags after a change; one whose value is undefined is gone. */
export function mergedTags(tags: StoredTags, changes: Readonly<Record<string, string | undefined>>): StoredTags {
  return Object.fromEntries(
    Object.entries({ ...tags, ...changes }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  )
}
