import { z } from 'plugboard'

/** What is not as it is known is left aside: the rest of the message still says something. */
const part = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)
const text = part(z.string())

/** What is known of something, with all of it as it came. */
const read = <T extends z.ZodType<object>>(known: T) =>
  z.unknown().transform((raw, context): z.output<T> & { readonly raw: object } => {
    const { data } = known.safeParse(raw)
    if (data !== undefined) return Object.assign({}, data, { raw: raw as object })
    context.addIssue('it is not as it is known')
    return z.NEVER
  })

/** Those of a list that are as they are known: one that is not takes no other one away. */
const known = <T extends z.ZodType>(schema: T) =>
  part(
    z.array(z.unknown()).transform((all) =>
      all.flatMap((one): z.output<T>[] => {
        const { success, data } = schema.safeParse(one)
        return success ? [data] : []
      }),
    ),
  )

const media = part(
  z.looseObject({
    id: z.string().min(1),
    mime_type: text,
    caption: text,
    filename: text,
    voice: part(z.boolean()),
    animated: part(z.boolean()),
  }),
)
const reply = part(z.looseObject({ id: z.string(), title: z.string() }))
const problem = z.looseObject({
  code: z.number(),
  title: text,
  message: text,
  error_data: part(z.looseObject({ details: text })),
})

const message = read(
  z.looseObject({
    id: z.string().min(1),
    type: z.string(),
    from: text,
    from_user_id: text,
    group_id: text,
    context: part(z.looseObject({ id: text, forwarded: part(z.boolean()), frequently_forwarded: part(z.boolean()) })),
    referral: part(
      z.looseObject({
        source_url: text,
        source_type: text,
        source_id: text,
        headline: text,
        body: text,
        ctwa_clid: text,
      }),
    ),
    text: part(z.looseObject({ body: z.string() })),
    image: media,
    audio: media,
    video: media,
    document: media,
    sticker: media,
    location: part(z.looseObject({ latitude: z.number(), longitude: z.number(), name: text, address: text })),
    contacts: part(
      z.array(
        z.looseObject({
          name: part(z.looseObject({ formatted_name: text, first_name: text, last_name: text })),
          org: part(z.looseObject({ company: text })),
          phones: part(z.array(z.looseObject({ phone: text, wa_id: text, type: text }))),
          emails: part(z.array(z.looseObject({ email: text, type: text }))),
        }),
      ),
    ),
    interactive: part(z.looseObject({ type: text, button_reply: reply, list_reply: reply })),
    button: part(z.looseObject({ payload: text, text: z.string() })),
    reaction: part(z.looseObject({ message_id: z.string(), emoji: text })),
    system: part(z.looseObject({ type: text, wa_id: text, new_wa_id: text, user_id: text, previous_user_id: text })),
  }),
)

const status = read(
  z.looseObject({
    id: z.string().min(1),
    status: z.string(),
    timestamp: text,
    recipient_id: text,
    recipient_user_id: text,
    biz_opaque_callback_data: text,
    pricing: part(z.looseObject({ category: text })),
    errors: part(z.array(problem)),
  }),
)

const value = read(
  z.looseObject({
    metadata: part(z.looseObject({ phone_number_id: z.string() })),
    contacts: part(
      z.array(
        z.looseObject({
          wa_id: text,
          user_id: text,
          profile: part(z.looseObject({ name: text, username: text })),
        }),
      ),
    ),
    messages: known(message),
    statuses: known(status),
    errors: known(problem),
  }),
)

const told = z.looseObject({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.looseObject({ id: text, changes: z.array(z.looseObject({ field: z.string(), value })) })),
})

/** What the body of a webhook tells. */
export type Told = z.output<typeof told>
export type ToldValue = z.output<typeof value>
export type ToldMessage = z.output<typeof message>
export type ToldStatus = z.output<typeof status>
export type ToldProblem = z.output<typeof problem>

/** What a body tells; undefined for one that is not what WhatsApp sends. */
export function toldIn(body: string | undefined): Told | undefined {
  try {
    return told.safeParse(JSON.parse(body ?? '')).data
  } catch {
    return undefined
  }
}
