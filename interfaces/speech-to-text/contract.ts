import { PlugboardError } from 'plugboard'
import speechToText from 'plugboard/interfaces/speech-to-text'
import { defineContract, demand, demandEqual } from 'plugboard/testing'

/** A second of silence, as a WAV file of 8000 samples of a byte. */
const silence = { bytes: wave(8000), contentType: 'audio/wav' }

/** What writes down speech promises. What is heard in a recording is for the tests of an integration to say. */
export default defineContract(speechToText, {
  samples: { transcribe: { audio: silence }, listSpeechModels: {} },
  scenarios: [
    {
      name: 'answers-by-its-own-model',
      title: 'the model of the answer is the one that was asked, and one of the listed where none was',
      async run({ provider }) {
        const models = (await provider.listSpeechModels({})).models.map(({ model }) => model)
        demand(models.length > 0, 'there is no model')
        for (const model of models.slice(0, 2))
          demandEqual((await provider.transcribe({ audio: silence, model })).model.id, model.id, 'the model')
        const { model } = await provider.transcribe({ audio: silence })
        const own = models.some(({ id }) => id === model.id)
        demand(own, `'${model.id}' answers, which is none of its models`)
      },
    },
    {
      name: 'gives-segments-where-asked',
      title: 'segments come in their order and do not overlap',
      capabilities: ['segments'],
      async run({ provider }) {
        const { segments } = await provider.transcribe({ audio: silence, segments: true })
        demand(segments !== undefined, 'there are no segments, which were asked for')
        let last = 0
        for (const { start, end } of segments) {
          demand(start >= last && end >= start, `a segment is from ${start} to ${end}, after one that ends at ${last}`)
          last = end
        }
      },
    },
    {
      name: 'gives-no-segments-unasked',
      title: 'an answer has no segments where they were not asked for',
      async run({ provider }) {
        const { segments } = await provider.transcribe({ audio: silence })
        demand(segments === undefined, 'there are segments, for which nobody asked')
      },
    },
    {
      name: 'takes-a-hint',
      title: 'a hint about what is being said is taken',
      capabilities: ['prompt'],
      async run({ provider }) {
        const { text } = await provider.transcribe({ audio: silence, prompt: 'Plugboard', language: 'en' })
        demandEqual(typeof text, 'string', 'the type of the text')
      },
    },
    {
      name: 'fetches-no-recordings-within',
      title: "a URL is never fetched within the bot's own network",
      async run({ provider }) {
        let code: string | undefined
        try {
          await provider.transcribe({ audio: { url: 'http://127.0.0.1:9/speech.ogg' } })
        } catch (error) {
          if (!PlugboardError.isInstance(error)) throw error
          code = error.code
        }
        const refused = code !== undefined && ['address_refused', 'vendor_refused', 'input_invalid'].includes(code)
        demand(refused, `a recording of the bot's own network ${code ? `fails with '${code}'` : 'is written down'}`)
      },
    },
  ],
})

function wave(samples: number): Uint8Array {
  const file = new DataView(new ArrayBuffer(44 + samples))
  const write = (at: number, text: string) =>
    Array.from(text).forEach((letter, index) => file.setUint8(at + index, letter.charCodeAt(0)))
  write(0, 'RIFF')
  file.setUint32(4, 36 + samples, true)
  write(8, 'WAVEfmt ')
  file.setUint32(16, 16, true)
  file.setUint16(20, 1, true)
  file.setUint16(22, 1, true)
  file.setUint32(24, 8000, true)
  file.setUint32(28, 8000, true)
  file.setUint16(32, 1, true)
  file.setUint16(34, 8, true)
  write(36, 'data')
  file.setUint32(40, samples, true)
  for (let index = 0; index < samples; index++) file.setUint8(44 + index, 128)
  return new Uint8Array(file.buffer)
}
