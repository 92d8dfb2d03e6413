import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord-api-types/v10'
import { form } from '../messages.ts'

/** A form as Discord opens it, from what was kept of it; undefined for what is none. */
export function modalOf(kept: string): APIModalInteractionResponseCallbackData | undefined {
  const read = form.safeParse(parsed(kept))
  if (!read.success) return undefined
  const { name, title, fields } = read.data
  return {
    custom_id: name,
    title,
    components: fields.map(({ name: field, label, isLong = false, isOptional = false, placeholder, value }) => ({
      type: ComponentType.Label,
      label,
      component: {
        type: ComponentType.TextInput,
        custom_id: field,
        style: isLong ? TextInputStyle.Paragraph : TextInputStyle.Short,
        required: !isOptional,
        ...(placeholder !== undefined && { placeholder }),
        ...(value !== undefined && { value }),
      },
    })),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
