import type { IntegrationDefinition } from '../../definition/integration-definition.ts'
import type { WebhookRequest, WebhookResponse } from '../../implementation/request.ts'
import type { BotCore } from '../bot/core.ts'
import { handleWebhook } from '../bot/webhooks.ts'
import { problem } from '../http/problem.ts'
import { answerFrom } from './answer-from.ts'
import { isIdentifier } from './demand-identifier.ts'
import type { ScriptResult, ScriptRunner } from './script-runner.ts'
import { inPath } from './shared-path.ts'

/** Bytes of a body that scripts look at. */
const longestBody = 1_048_576
/** Milliseconds between two warnings of requests that are for nobody: anyone can send them. */
const quietFor = 60_000

type Identifier = NonNullable<IntegrationDefinition['identifier']>

/**
 * Takes requests that are for some installation of an integration: a script tells from the request which identifier it has,
 * and the installation that has claimed it handles the request, with its own configuration. What nobody has claimed is answered by
 * another script, or refused.
 */
export class SharedWebhook {
  readonly #core: BotCore
  readonly #runner: ScriptRunner
  readonly #warned = new Map<string, number>()

  constructor(core: BotCore, runner: ScriptRunner) {
    this.#core = core
    this.#runner = runner
  }

  /** @param segment The integration, as it stands in a path. */
  async handle(segment: string, request: WebhookRequest): Promise<WebhookResponse> {
    const sharing = [...this.#core.installations.values()].filter(
      ({ definition }) => definition.identifier && inPath(definition.name) === segment,
    )
    const [first] = sharing
    if (!first)
      return problem(404, 'not_found', `there is no integration '${segment}' whose installations share a webhook`)
    const { name } = first.definition
    const active = sharing.filter(({ inactive }) => inactive === undefined)
    if (active.length === 0)
      return problem(503, 'installation_inactive', `no installation of integration '${name}' is active`)
    if (request.rawBody.length > longestBody)
      return problem(413, 'body_too_large', `the body exceeds ${longestBody} bytes`)
    // Versions of one integration may stand beside each other, each with scripts of its own.
    const identifiers = [...new Set(active.map(({ definition }) => definition.identifier as Identifier))]
    const event = eventOf(request)
    let failure: ScriptResult | undefined
    for (const { extractScript } of identifiers) {
      if (extractScript === undefined) continue
      const found = await this.#identifierIn(extractScript, event)
      if ('late' in found) return this.#late(name, found.late)
      if ('failure' in found) failure = found
      else if (typeof found.result === 'string') {
        const alias = await this.#core.store.findIdentified(name, found.result)
        if (alias !== undefined) return this.#hand(name, alias, request)
      }
    }
    for (const { fallbackHandlerScript } of identifiers) {
      if (fallbackHandlerScript === undefined) continue
      const given = await this.#runWith(fallbackHandlerScript, event, (result) => result !== null)
      if ('late' in given) return this.#late(name, given.late)
      if ('failure' in given) {
        failure = given
        continue
      }
      const answer = answerFrom(given.result)
      if (answer === undefined) continue
      if (typeof answer !== 'string') {
        this.#note(name, 'fallback')
        return answer
      }
      this.#note(name, 'failed')
      this.#warn(name, 'fallbackHandlerScript gives no answer', { fault: answer })
      return problem(500, 'identifier_failed', `fallbackHandlerScript of integration '${name}' gives no answer`)
    }
    if (failure && 'failure' in failure) {
      this.#note(name, 'failed')
      this.#warn(name, 'a script of its identifier failed on a request', { fault: failure.failure })
      return problem(400, 'identifier_failed', `integration '${name}' could not tell for whom the request is`)
    }
    this.#note(name, 'unknown')
    this.#warn(name, 'a request to its shared webhook is for none of its installations', {})
    return problem(404, 'identifier_unknown', `no installation of integration '${name}' is known by the request`)
  }

  #hand(integration: string, alias: string, request: WebhookRequest): Promise<WebhookResponse> | WebhookResponse {
    // Another process, with another composition, may have said so.
    if (this.#core.installation(alias)?.definition.name !== integration)
      return problem(503, 'installation_unknown', `installation '${alias}' is not in this process`)
    this.#note(integration, 'found')
    return handleWebhook(this.#core, alias, request)
  }

  /** What a script takes for the identifier; nothing where that is none. */
  async #identifierIn(script: string, event: ScriptEvent): Promise<ScriptResult> {
    return this.#runWith(script, event, isIdentifier)
  }

  /**
   * Runs a script on the request, and where it gives nothing that is wanted, again with the body parsed, if it is JSON: scripts
   * that parse it themselves want the text, those that read its fields want the object.
   */
  async #runWith(
    script: string,
    { text, parsed }: ScriptEvent,
    wanted: (result: unknown) => boolean,
  ): Promise<ScriptResult> {
    const first = await this.#runner.run(script, text)
    if (!parsed || 'late' in first || ('result' in first && wanted(first.result))) return nothingUnless(first, wanted)
    const second = await this.#runner.run(script, parsed)
    return 'failure' in second ? nothingUnless(first, wanted) : nothingUnless(second, wanted)
  }

  #late(integration: string, fault: string): WebhookResponse {
    this.#note(integration, 'failed')
    this.#warn(integration, 'a script of its identifier took too long', { fault })
    return problem(503, 'timeout', `integration '${integration}' could not tell in time for whom the request is`)
  }

  #note(integration: string, outcome: 'found' | 'fallback' | 'unknown' | 'failed'): void {
    this.#core.telemetry.note({ kind: 'identification', integration, outcome })
  }

  #warn(integration: string, message: string, details: object): void {
    const logger = this.#core.loggerFor({})
    const now = this.#core.clock.now()
    const key = `${integration} ${message}`
    const quiet = (this.#warned.get(key) ?? Number.NEGATIVE_INFINITY) > now - quietFor
    logger[quiet ? 'debug' : 'warn'](`integration '${integration}': ${message}`, details)
    if (!quiet) this.#warned.set(key, now)
  }
}

/** A request as scripts see it. */
interface ScriptEvent {
  readonly text: object
  /** With the body parsed; undefined where it is no JSON. */
  readonly parsed: object | undefined
}

function eventOf({ method, path, query, headers, body = '' }: WebhookRequest): ScriptEvent {
  const text = {
    method,
    path: path.toWellFormed(),
    query: query.toWellFormed(),
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value.toWellFormed()]])),
    ),
    // Half a character makes what runs scripts break off.
    body: body.toWellFormed(),
  }
  try {
    const parsed = JSON.parse(body) as unknown
    return { text, parsed: typeof parsed === 'object' && isBearable(parsed) ? { ...text, body: parsed } : undefined }
  } catch {
    return { text, parsed: undefined }
  }
}

/** Whether what runs scripts can take a value: neither half characters nor too many levels. */
function isBearable(value: unknown, levels = 100): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  if (levels === 0) return false
  return Object.entries(value).every(([key, item]) => key.isWellFormed() && isBearable(item, levels - 1))
}

const nothingUnless = (given: ScriptResult, wanted: (result: unknown) => boolean): ScriptResult =>
  'result' in given && !wanted(given.result) ? { result: undefined } : given
