import valid from 'semver/functions/valid.js'
import type { ProblemList } from './problem-list.ts'
import { shown } from './problem-list.ts'

const definitionName = /^(?:[a-z][a-z0-9]*(?:-[a-z0-9]+)*\/)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const memberName = /^[a-z][a-zA-Z0-9]*$/
const aliasName = /^[a-z][a-zA-Z0-9]*(?:-[a-z0-9]+)*$/
const secretName = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/
// A conversation's or message's tag may carry the platform's own word for it.
const tagName = /^[a-z][a-zA-Z0-9]*(?:[-_][a-zA-Z0-9]+)*$/
const reserved = new Set(['constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'])

/** Checks the name and version of a definition. */
export function checkHead(list: ProblemList, props: { name?: unknown; version?: unknown }, defaultName?: string): void {
  const { name = defaultName, version } = props
  if (typeof name !== 'string' || !definitionName.test(name)) {
    list.add(
      'name_invalid',
      'name',
      `${shown(name)} is no name in kebab-case.`,
      "Write it like 'my-integration' or 'acme/my-integration'.",
    )
  }
  if (version !== undefined && (typeof version !== 'string' || valid(version) !== version)) {
    list.add('version_invalid', 'version', `${shown(version)} is no semantic version.`, "Write it like '1.0.0'.")
  }
}

/** Checks the name of an action, event, channel, entity, state or need. */
export function checkMemberName(list: ProblemList, path: string, name: string): void {
  if (!memberName.test(name) || reserved.has(name))
    list.add('name_invalid', path, `'${name}' is no name in camelCase.`, "Write it like 'sendMessage'.")
}

/** Checks the alias of an installation. */
export function checkAlias(list: ProblemList, path: string, alias: unknown): void {
  if (typeof alias !== 'string' || !aliasName.test(alias) || reserved.has(alias)) {
    list.add(
      'name_invalid',
      path,
      `${shown(alias)} is no alias in camelCase or kebab-case.`,
      "Write it like 'mainChannel'.",
    )
  }
}

/** Checks the names of secrets. */
export function checkSecrets(list: ProblemList, secrets: object | undefined): void {
  for (const name of Object.keys(secrets ?? {})) {
    if (!secretName.test(name))
      list.add(
        'secret_name_invalid',
        `secrets.${name}`,
        `'${name}' is not in SCREAMING_SNAKE_CASE.`,
        `Write it like '${screaming(name)}'.`,
      )
  }
}

/** Checks tags and their names. */
export function checkTags(list: ProblemList, path: string, tags: unknown): void {
  if (tags === undefined) return
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags)) {
    list.add('tag_invalid', path, `${shown(tags)} is no record of tags.`, "Write { chatId: { title: 'Chat ID' } }.")
    return
  }
  for (const [name, tag] of Object.entries(tags)) {
    if (!tagName.test(name))
      list.add('name_invalid', `${path}.${name}`, `'${name}' is no name of a tag.`, "Write it like 'chatId'.")
    if (typeof tag !== 'object' || tag === null)
      list.add(
        'tag_invalid',
        `${path}.${name}`,
        `a tag is an object, not ${shown(tag)}.`,
        "Write { title: 'Chat ID' }.",
      )
  }
}

const screaming = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^a-zA-Z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toUpperCase()
