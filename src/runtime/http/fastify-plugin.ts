import type { Readable } from 'node:stream'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { PlugboardError } from '../../errors/index.ts'
import type { ServedBot } from '../bot/running-bot.ts'
import { bodyLimitFor } from './body-limit.ts'
import { Exchanges } from './exchanges.ts'
import { fetchHandler, type HttpOptions } from './fetch-handler.ts'
import { readBody } from './read-body.ts'

/**
 * A plugin for someone's own Fastify 5, at any prefix: `app.register(fastifyPlugin(() => bot), { prefix: '/bots' })`.
 * Bodies reach the bot as they came, whatever parsers the server has otherwise. When the server closes, streams are ended.
 * Start the bot with the `url` under which platforms reach the prefix.
 */
export function fastifyPlugin(
  running: () => ServedBot | undefined,
  options: Omit<HttpOptions, 'basePath'> = {},
): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    const exchanges = new Exchanges(fetchHandler(running, { ...options, basePath: app.prefix }))
    app.addHook('preClose', async () => exchanges.close())
    answerAll(app, exchanges, running, options)
  }
}

/** Lets a bot answer everything that a server, or a part of it, is asked. */
export function answerAll(
  app: FastifyInstance,
  exchanges: Exchanges,
  running: () => ServedBot | undefined,
  { bodyLimit }: HttpOptions,
): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', async ({ method, url, headers }: FastifyRequest, payload: Readable) => {
    const head = { method, url: url.slice(app.prefix.length), headers: headers as Record<string, string | undefined> }
    const limit = bodyLimitFor(running(), head, bodyLimit)
    // Destroying what is left unread would take the connection away before it is answered.
    return readBody(payload.iterator({ destroyOnReturn: false }), headers['content-length'], limit)
  })
  app.setErrorHandler((error: FastifyError, _, reply) => refuse(error, reply))
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).send({ error: { code: 'not_found', message: 'there is nothing at this path' } }),
  )
  app.addHook('onSend', async (_, reply) => {
    if (exchanges.closing) reply.header('connection', 'close')
  })
  app.all('/*', (request, reply) => exchanges.answer(request, reply))
}

/** Answers what failed before the bot was asked. */
export function refuse(error: FastifyError, reply: FastifyReply): FastifyReply {
  const tooLarge = PlugboardError.isInstance(error) && error.code === 'body_too_large'
  const status = tooLarge ? 413 : (error.statusCode ?? 500)
  const code = status === 413 ? 'body_too_large' : status < 500 ? 'request_invalid' : 'internal'
  return reply
    .code(status)
    .send({ error: { code, message: status < 500 ? error.message : 'the request could not be handled' } })
}
