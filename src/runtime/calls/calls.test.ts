import { describe, expect, it, vi } from 'vitest'
import {
  BotDefinition,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  PlugboardError,
  z,
} from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { gate, speakingBot } from '../bot/speech.fixture.ts'

describe('a call through a bound interface', () => {
  it('refuses a bad input before the integration sees it, and says where', async () => {
    const say = vi.fn()
    await using running = await startBot(speakingBot({ say }))
    const failure: unknown = await running.interfaces.speech.say({ text: 1 } as never).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'input_invalid',
      retryable: false,
      where: { need: 'speech', interface: 'speech', integration: 'one', action: 'say', path: 'text' },
    })
    expect(say).not.toHaveBeenCalled()
  })

  it('applies defaults and transforms once, and drops what the output does not declare', async () => {
    const say = vi.fn(async () => ({ text: 'x', secret: 'not declared' }))
    await using running = await startBot(speakingBot({ say }))
    expect(await running.interfaces.speech.say({ text: 'a', trimmed: 'four' })).toEqual({ text: 'x' })
    expect(say).toHaveBeenCalledWith(expect.objectContaining({ input: { text: 'a', times: 2, trimmed: 4 } }))
  })

  it('refuses an output that does not fit', async () => {
    await using running = await startBot(
      speakingBot({
        say: async () => ({ text: 5 }),
        listVoices: async () => ({ voices: [{ id: 'two-1', pitch: 1 }] }),
      }),
    )
    await expect(running.interfaces.speech.say({ text: 'a' })).rejects.toMatchObject({
      code: 'output_invalid',
      where: { path: 'text' },
    })
    await expect(running.interfaces.speech.listVoices({})).rejects.toMatchObject({
      code: 'output_invalid',
      where: { path: 'voices.0.id' },
    })
  })

  it.each([
    ['an error', new Error('broken'), 'vendor_failed'],
    ['a text', 'broken', 'vendor_failed'],
    ['nothing', undefined, 'vendor_failed'],
    [
      'an error of its own',
      new PlugboardError({ code: 'vendor_rate_limited', message: 'wait', retryable: true, retryAfter: 5 }),
      'vendor_rate_limited',
    ],
  ])('says where %s was thrown', async (_, thrown, code) => {
    await using running = await startBot(
      speakingBot({
        say: async () => {
          // oxlint-disable-next-line typescript/only-throw-error -- what a vendor's SDK may do
          throw thrown
        },
      }),
    )
    const failure: unknown = await running.interfaces.speech.say({ text: 'a' }).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code,
      where: { need: 'speech', interface: 'speech', integration: 'one', action: 'say' },
    })
    expect(PlugboardError.isInstance(failure)).toBe(true)
  })

  it('ends when its caller aborts, even if the integration does not listen', async () => {
    const { opened, open } = gate()
    const say = vi.fn(async () => opened.then(() => ({ text: 'late' })))
    await using running = await startBot(speakingBot({ say }))
    const controller = new AbortController()
    const call = running.interfaces.speech.say({ text: 'a' }, { signal: controller.signal })
    await vi.waitFor(() => expect(say).toHaveBeenCalled())
    controller.abort()
    await expect(call).rejects.toMatchObject({ code: 'aborted' })
    await expect(running.interfaces.speech.say({ text: 'a' }, { signal: controller.signal })).rejects.toMatchObject({
      code: 'aborted',
    })
    expect(say).toHaveBeenCalledTimes(1)
    open()
  })

  it('gives every call a key of its own', async () => {
    const keys: string[] = []
    await using running = await startBot(
      speakingBot({
        say: async ({ ctx }) => {
          keys.push(ctx.idempotencyKey)
          return { text: '' }
        },
      }),
    )
    await running.interfaces.speech.say({ text: 'a' })
    await running.interfaces.speech.say({ text: 'a' })
    expect(new Set(keys).size).toBe(2)
  })

  it('refuses a field whose capability is missing, before the integration is called', async () => {
    const say = vi.fn(async () => ({ text: 'x' }))
    await using running = await startBot(speakingBot({ say }, ['stream']))
    await expect(running.interfaces.speech.say({ text: 'a', loud: true })).rejects.toMatchObject({
      code: 'capability_missing',
      where: { path: 'loud' },
    })
    expect(say).not.toHaveBeenCalled()
  })

  it('is told to observers with its time, cost and failure', async () => {
    await using running = await startBot(speakingBot())
    const records: unknown[] = []
    const end = running.observe((record) => records.push(record))
    await running.interfaces.speech.say({ text: 'a' })
    await running.interfaces.speech.say({ text: 1 } as never).catch(() => {})
    end()
    await running.interfaces.speech.say({ text: 'a' })
    expect(records).toMatchObject([
      { consumer: 'bot', need: 'speech', integration: 'one', action: 'say', error: undefined, output: { text: 'aa' } },
      { action: 'say', error: 'input_invalid' },
    ])
  })

  it('is told to observers as the success that it is, whatever happens while its cost is told', async () => {
    const say = { input: { schema: () => z.object({}) }, output: { schema: () => z.object({ text: z.string() }) } }
    const cost = (): number => {
      throw new Error('no price')
    }
    const priced = new InterfaceDefinition({ name: 'priced', actions: { say: { ...say, cost } } })
    const definition = new IntegrationDefinition({ name: 'one' }).extend(priced)
    const one = definition.implementedBy(async () => ({
      default: new IntegrationImplementation(definition, { actions: { say: async () => ({ text: 'a' }) } }),
    }))
    await using running = await startBot(new BotDefinition().addIntegration(one))
    const records: unknown[] = []
    running.observe((record) => records.push(record))
    expect(await running.actions.one.say({})).toEqual({ text: 'a' })
    expect(records).toMatchObject([{ error: undefined, cost: undefined }])
  })

  it('parses outside data as an entity of the bound integration alone', async () => {
    await using running = await startBot(speakingBot())
    const { voice } = running.interfaces.speech.entities
    expect(voice.parse({ id: 'one-9', pitch: 3 }).id).toBe('one-9')
    expect(() => voice.parse({ id: 'two-9', pitch: 3 })).toThrow(expect.objectContaining({ code: 'entity_invalid' }))
    expect(voice.safeParse('nonsense')).toBeUndefined()
  })
})
