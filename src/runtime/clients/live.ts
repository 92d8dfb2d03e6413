import { PlugboardError, type Where } from '../../errors/index.ts'
import type { IntegrationClient } from '../../implementation/integration-client.ts'
import type { LooseIntegrationTypes } from '../../implementation/loose-handlers.ts'
import type { Logger } from '../../implementation/logger.ts'
import type { Installation } from '../composition/installation.ts'
import type { Announcer } from '../ports/announcer.ts'
import { jsonProblem } from './json-problem.ts'

/** The most bytes that may be published at once, and characters of a topic. */
const mostBytes = 1024 * 1024
const longestTopic = 200

/** What an installation publishes and hears: under its own topics alone, in every process of the bot. */
export function live(
  announcer: Announcer,
  { alias, id }: Installation,
  logger: Logger,
): Pick<IntegrationClient<LooseIntegrationTypes>, 'publish' | 'subscribe'> {
  const where: Where = { integration: alias }
  const placeOf = (topic: unknown): string => {
    if (typeof topic === 'string' && topic !== '' && topic.length <= longestTopic && topic.isWellFormed())
      // A topic is a line by itself.
      return `live ${id} ${encodeURIComponent(topic)}`
    throw invalid(`a topic is a text of 1 to ${longestTopic} characters`, where)
  }
  return {
    publish: async ({ topic, data }) => {
      const place = placeOf(topic)
      const problem = jsonProblem(data)
      if (problem) throw invalid(`what is published is no JSON: at '${problem.path}', ${problem.message}`, where)
      const text = JSON.stringify(data)
      const size = Buffer.byteLength(text)
      if (size > mostBytes) throw invalid(`what is published has ${size} bytes, of at most ${mostBytes}`, where)
      await announcer.announce(place, text)
    },
    subscribe: ({ topic, hear, missed }) =>
      announcer.listen(placeOf(topic), (text) => {
        try {
          if (text === undefined) missed?.()
          else hear(JSON.parse(text))
        } catch (error) {
          // Others listen as well.
          logger.error('what was published could not be heard', { error, topic })
        }
      }),
  }
}

const invalid = (message: string, where: Where): PlugboardError =>
  new PlugboardError({ code: 'announcement_invalid', message, where })
