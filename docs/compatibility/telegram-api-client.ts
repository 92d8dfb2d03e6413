/** What a client was asked, by every instance of it, the oldest first. */
export const asked: { token: string; method: string; request: unknown }[] = []

/** Stands for a client of Telegram's API: notes what it is asked, and answers as Telegram would. */
export class Telegram {
  readonly #token: string

  constructor(token: string) {
    this.#token = token
  }

  async setWebhook(request: { url: string }): Promise<true> {
    this.#note('setWebhook', request)
    return true
  }

  async deleteWebhook(): Promise<true> {
    this.#note('deleteWebhook', {})
    return true
  }

  async sendMessage(request: { chat_id: string; text: string }): Promise<{ message_id: number }> {
    this.#note('sendMessage', request)
    return { message_id: asked.length }
  }

  #note(method: string, request: unknown): void {
    asked.push({ token: this.#token, method, request })
  }
}
