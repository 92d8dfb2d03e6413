import { PlugboardError } from 'plugboard'
import { type Messenger, messenger } from './messenger.fixture.ts'
import { failuresOf, type Plant, type Props, type RequestProps } from './planted.fixture.ts'

/** A right messenger in which something is wrong. */
export interface ChatPlant extends Pick<Plant, 'wrong' | 'caughtBy'> {
  readonly plant: (chat: Messenger) => Omit<Plant, 'wrong' | 'caughtBy'>
}

/** The names of the checks that fail, of a messenger in which something is wrong; of a right one without. */
export async function failuresOfChat(
  contract: { readonly kind: 'contract' },
  { wrong, caughtBy, plant }: ChatPlant = { wrong: 'nothing', caughtBy: 'nothing', plant: () => ({}) },
): Promise<string[]> {
  const chat = messenger()
  const planted = plant(chat)
  const options = { ...chat.options, ...planted.options }
  return failuresOf(contract, chat.integration, { wrong, caughtBy, ...planted, options })
}

/** A handler that does nothing, and says that it is done. */
export const nothing = () => async () => ({})
export const refuse = (message: string) => new PlugboardError({ code: 'vendor_refused', message })

const kindOf = ({ req }: RequestProps): string => (JSON.parse(req.body) as { kind: string }).kind

/** Handles what happened of a kind otherwise. */
export const handling = (
  kind: string,
  change: (run: (props: RequestProps) => unknown, props: RequestProps) => unknown,
) => ({
  handles: (run: (props: RequestProps) => unknown) => (props: RequestProps) =>
    kindOf(props) === kind ? change(run, props) : run(props),
})

/** Does it a second time. */
export const twice = async (run: (props: RequestProps) => unknown, props: RequestProps) => {
  await run(props)
  await run(props)
}

/** Fails for an input that was given before. */
export const onlyOnce = (error: Error) => (run: (props: Props) => unknown) => {
  const seen = new Set<string>()
  return (props: Props) => {
    const key = JSON.stringify(props.input)
    if (seen.has(key)) throw error
    seen.add(key)
    return run(props)
  }
}

/** Tells of an event as well. */
export const tells =
  (type: string, payload: (props: Props) => object) => (run: (props: Props) => unknown) => async (props: Props) => {
    const output = await run(props)
    const { client } = props as unknown as RequestProps
    await client.createEvent({ type, payload: payload(props) as never })
    return output
  }
