import proactiveUser from 'plugboard/interfaces/proactive-user'
import { defineContract, demand, demandEqual, demandRefusal, skip } from 'plugboard/testing'

/**
 * What whoever finds users for people promises. An integration's test gives people as values of the entity `user`, has the one
 * that it is given write by the act `write`, and tells somebody whom the platform does not know by `unknownPerson`.
 */
export default defineContract(proactiveUser, {
  situations: { unknownPerson: 'an input of getOrCreateUser with a person whom the platform does not know' },
  scenarios: [
    {
      name: 'same-for-the-same',
      title: 'the same person is the same user, whatever name and picture come along',
      async run({ provider, make }) {
        const user = make('user')
        const { userId } = await provider.getOrCreateUser({ user })
        const again = await provider.getOrCreateUser({
          user,
          name: 'Somebody',
          pictureUrl: 'https://example.com/a.png',
        })
        demandEqual(again.userId, userId, 'the user for the same person')
      },
    },
    {
      name: 'same-for-all-who-ask-at-once',
      title: 'the same person is the same user for everybody who asks at the same time',
      async run({ provider, make }) {
        const user = make('user')
        const found = await Promise.all(Array.from({ length: 4 }, () => provider.getOrCreateUser({ user })))
        demandEqual(new Set(found.map(({ userId }) => userId)).size, 1, 'the number of users for one person')
      },
    },
    {
      name: 'has-a-name',
      title: 'the user has a name, that which was given where the platform says none',
      async run({ provider, make, client }) {
        const { userId } = await provider.getOrCreateUser({ user: make('user'), name: 'Somebody' })
        const { user } = await client.getUser({ id: userId })
        demand(Boolean(user.name), "the user has no name, though 'Somebody' was given")
      },
    },
    {
      name: 'another-for-another',
      title: 'another person is another user',
      async run({ provider, make }) {
        const [one, other] = [make('user', 0), make('user', 1)]
        if (JSON.stringify(one) === JSON.stringify(other)) skip('one person alone is known')
        const first = await provider.getOrCreateUser({ user: one })
        const second = await provider.getOrCreateUser({ user: other })
        demand(first.userId !== second.userId, 'two people are one user')
      },
    },
    {
      name: 'is-there',
      title: 'the user that is given is there',
      async run({ provider, make, client }) {
        const { userId } = await provider.getOrCreateUser({ user: make('user') })
        const { user } = await client.getUser({ id: userId })
        demandEqual(user.id, userId, 'the id of the user')
      },
    },
    {
      name: 'is-whoever-writes-later',
      title: 'what the person writes later comes from the user that was given',
      async run({ provider, make, act }) {
        const user = make('user')
        const { userId } = await provider.getOrCreateUser({ user })
        const [message] = await act('write', { entity: user })
        demand(message !== undefined, 'the person wrote, and no message came in')
        demandEqual(message.userId, userId, 'the user whose message came in')
      },
    },
    {
      name: 'is-whoever-wrote-before',
      title: 'a person who has written before is the user whose message came in',
      async run({ provider, make, act }) {
        const user = make('user')
        const [message] = await act('write', { entity: user })
        demand(message !== undefined, 'the person wrote, and no message came in')
        const { userId } = await provider.getOrCreateUser({ user })
        demandEqual(userId, message.userId, 'the user that is given')
      },
    },
    {
      name: 'refuses-whom-nobody-knows',
      title: 'someone whom the platform does not know is refused, and no user is made',
      situation: 'unknownPerson',
      async run({ provider, sample, client }) {
        const input = await sample('getOrCreateUser')
        const earlier = (await client.listUsers()).items.length
        await demandRefusal('vendor_refused', () => provider.getOrCreateUser(input))
        demandEqual((await client.listUsers()).items.length, earlier, 'the number of users')
      },
    },
  ],
})
