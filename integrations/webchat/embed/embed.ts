import type { Answer } from '../endpoint.ts'
import { embedScript } from './embed-script.ts'

/** `GET /embed.js`: the script that a site includes. Anybody may have it: which sites can frame the page, that itself says. */
export async function giveEmbed(): Promise<Answer> {
  return {
    status: 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=300',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    },
    body: embedScript,
  }
}
