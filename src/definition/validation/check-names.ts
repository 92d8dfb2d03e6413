import { normalize } from 'verkit/version'
import { checkFields, entriesOf, fieldsAt, type Fields } from './check-fields.ts'
import type { ProblemList } from './problem-list.ts'
import { shown } from './problem-list.ts'

const definitionName = /^(?:[a-z][a-z0-9]*(?:-[a-z0-9]+)*\/)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const memberName = /^[a-z][a-zA-Z0-9]*$/
const aliasName = /^[a-z][a-zA-Z0-9]*(?:-[a-z0-9]+)*$/
const secretName = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/
// A conversation's or message's tag may carry the platform's own word for it.
const tagName = /^[a-z][a-zA-Z0-9]*(?:[-_][a-zA-Z0-9]+)*$/

/** Names that every object has, and two that JavaScript calls unasked: by these nothing could be told from what is declared. */
const reserved = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
  'then', // An object that has one is taken for a promise.
  'toJSON',
])

/** Checks the name and version of a definition. */
export function checkHead(list: ProblemList, { name, version }: Fields, defaultName?: string): void {
  checkDefinitionName(list, name === undefined ? defaultName : name)
  if (version !== undefined && (typeof version !== 'string' || normalize(version) !== version)) {
    list.add('version_invalid', 'version', `${shown(version)} is no semantic version.`, "Write it like '1.0.0'.")
  }
}

function checkDefinitionName(list: ProblemList, name: unknown): void {
  const remedy = "Write it like 'my-integration' or 'acme/my-integration'."
  if (typeof name !== 'string' || !definitionName.test(name))
    list.add('name_invalid', 'name', `${shown(name)} is no name in kebab-case.`, remedy)
  else if (reserved.has(name)) list.add('name_invalid', 'name', `the name '${name}' is reserved.`, remedy)
}

/** Checks the name of an action, event, channel, entity, state or need. */
export function checkMemberName(list: ProblemList, path: string, name: unknown): void {
  const remedy = "Write it like 'sendMessage'."
  if (typeof name !== 'string' || !memberName.test(name))
    list.add('name_invalid', path, `${shown(name)} is no name in camelCase.`, remedy)
  else if (reserved.has(name)) list.add('name_invalid', path, `the name '${name}' is reserved.`, remedy)
}

/** Checks the alias of an installation, or the name of an implementation. */
export function checkAlias(list: ProblemList, path: string, alias: unknown): void {
  const remedy = "Write it like 'mainChannel'."
  if (typeof alias !== 'string' || !aliasName.test(alias))
    list.add('name_invalid', path, `${shown(alias)} is no alias in camelCase or kebab-case.`, remedy)
  else if (reserved.has(alias)) list.add('name_invalid', path, `the alias '${alias}' is reserved.`, remedy)
}

/** Checks the names of secrets. */
export function checkSecrets(list: ProblemList, secrets: unknown): void {
  for (const [name, secret] of entriesOf(list, 'secrets', secrets)) {
    const path = `secrets.${name}`
    const remedy = `Write it like '${screaming(name) || 'API_KEY'}'.`
    if (!secretName.test(name))
      list.add('secret_name_invalid', path, `'${name}' is not in SCREAMING_SNAKE_CASE.`, remedy)
    checkFields(list, path, secret, { description: 'text', optional: 'flag' })
  }
}

/** Checks a part that has tags: `{ tags: { chatId: { title: 'Chat ID' } } }`. */
export function checkTagged(list: ProblemList, path: string, part: unknown): void {
  const fields = fieldsAt(list, path, part, '{ tags: { … } }')
  if (!fields) return
  checkFields(list, path, fields, { tags: 'checked' })
  checkTags(list, `${path}.tags`, fields.tags)
}

/** Checks tags and their names. */
export function checkTags(list: ProblemList, path: string, tags: unknown): void {
  if (tags === undefined) return
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags)) {
    list.add('tag_invalid', path, `${shown(tags)} is no record of tags.`, "Write { chatId: { title: 'Chat ID' } }.")
    return
  }
  for (const [name, tag] of Object.entries(tags)) {
    const place = `${path}.${name}`
    if (!tagName.test(name) || reserved.has(name))
      list.add('name_invalid', place, `'${name}' is no name of a tag.`, "Write it like 'chatId'.")
    if (typeof tag !== 'object' || tag === null || Array.isArray(tag))
      list.add('tag_invalid', place, `a tag is an object, not ${shown(tag)}.`, "Write { title: 'Chat ID' }.")
    else checkFields(list, place, tag as Fields, { title: 'text', description: 'text', identity: 'flag' })
  }
}

const screaming = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^a-zA-Z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .toUpperCase()
