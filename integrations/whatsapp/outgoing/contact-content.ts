import type { Carried } from '../messages.ts'
import type { Content } from './outgoing.ts'

/** People, as WhatsApp puts them into an address book. */
export function contactContent(people: Carried['contacts']['contacts']): Content {
  return {
    type: 'contacts',
    contacts: people.map(({ name, firstName, lastName, company, phones, emails }) => ({
      // WhatsApp wants one of the parts of a name beside the whole.
      name: {
        formatted_name: name,
        first_name: firstName ?? name,
        ...(lastName !== undefined && { last_name: lastName }),
      },
      ...(company !== undefined && { org: { company } }),
      ...(phones && { phones: phones.map(({ number, kind = 'CELL' }) => ({ phone: number, type: kind })) }),
      ...(emails && { emails: emails.map(({ email, kind = 'WORK' }) => ({ email, type: kind })) }),
    })),
  }
}
