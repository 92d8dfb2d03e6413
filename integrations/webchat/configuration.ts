import { z } from 'plugboard'

/** Scheme, host and port as browsers write them. */
const origin = z.string().refine((url) => /^https?:/.test(url) && URL.canParse(url) && new URL(url).origin === url, {
  error: 'write scheme, host and port alone, such as https://www.example.com',
})

const contentType = z
  .string()
  .regex(/^[a-z]+\/(?:\*|[a-z0-9][a-z0-9.+-]*)$/, 'write a content type, such as application/pdf or image/*')

/** How the chat is set up. */
export const settings = z.object({
  /** What the page is headed with, and the name that the bot goes by. Default: `Chat`. */
  title: z.string().min(1).max(80).default('Chat'),
  /** What the page says first. It is no message: the bot does not know of it. Default: nothing. */
  greeting: z.string().min(1).max(2000).optional(),
  /** Other sites that may call the endpoints and frame the page, such as `https://www.example.com`. Default: none. */
  allowedOrigins: z.array(origin).default([]),
  /** The largest file that a visitor may send, in bytes; 0 for none at all. Default: 5 MiB. */
  uploadLimit: z.number().int().min(0).default(5_242_880),
  /** What visitors may send: content types, or all of a kind. Default: pictures, sound, films, PDF and plain text. */
  uploadTypes: z.array(contentType).default(['image/*', 'audio/*', 'video/*', 'application/pdf', 'text/plain']),
  /** What a site signs with who its visitor is, at least 32 characters. Default: visitors are known by their session alone. */
  identitySecret: z.string().min(32).optional(),
})
