import type { z } from 'plugboard'
import type { actions } from './actions.ts'
import { apiOf } from './api.ts'
import { edit } from './message-state.ts'
import { fromMarkdown } from './outgoing/markdown.ts'
import type { TelegramProps } from './props.ts'

type Perform<K extends keyof typeof actions> = (
  props: TelegramProps & { input: z.output<(typeof actions)[K]['input']['schema']> },
) => Promise<z.output<(typeof actions)[K]['output']['schema']>>

/** What the actions of this integration alone do. */
export const perform: { readonly [K in keyof typeof actions]: Perform<K> } = {
  editMarkdown: async (props) => edit(props, props.input, fromMarkdown(props.input.markdown)),
  setCommands: async (props) => {
    await apiOf(props).setMyCommands({ commands: props.input.commands })
    return {}
  },
  callApi: async (props) => {
    const { method, parameters } = props.input
    const methods = apiOf(props) as unknown as Record<string, (parameters: object) => Promise<unknown>>
    return { result: await methods[method]?.(parameters) }
  },
}
