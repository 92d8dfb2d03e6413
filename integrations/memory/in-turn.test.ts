import { expect, it } from 'vitest'
import { inTurn } from './in-turn.ts'

it('begins a piece of work when the one before in its lane has ended, and not later', async () => {
  const order: string[] = []
  let open = (): void => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const first = inTurn('a', async () => {
    await gate
    order.push('first')
  })
  const second = inTurn('a', async () => void order.push('second'))
  await inTurn('b', async () => void order.push('elsewhere'))
  open()
  await Promise.all([first, second])
  expect(order).toEqual(['elsewhere', 'first', 'second'])
})

it('goes on after a failure, which only its own caller sees', async () => {
  const failing = inTurn('a', async () => Promise.reject(new Error('no')))
  const next = inTurn('a', async () => 'done')
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('done')
})
