/** What every message of Slack is tagged with. */
export const message = {
  tags: {
    id: {
      title: 'Message',
      description: 'What Slack calls the message (`ts`), or the first one where it became several.',
    },
    ids: {
      title: 'Parts',
      description: 'Of a message that became several: what Slack calls them all; a file by its own id.',
    },
    threadTs: {
      title: 'Thread',
      description: 'Set it to what Slack calls a message, to answer in the thread below that.',
    },
    broadcast: {
      title: 'Broadcast',
      description: 'Set it to `true` to show an answer in a thread in the channel as well.',
    },
    fileId: { title: 'File', description: 'What Slack calls the file.' },
    buttonOf: { title: 'Button of', description: 'What Slack calls the message whose button was pressed.' },
  },
}

/** And every conversation. */
export const conversation = {
  tags: {
    id: {
      title: 'Place',
      description: 'The id of the channel, with a slash and the thread if it is one.',
      identity: true,
    },
    channelId: { title: 'Channel', description: 'What Slack calls the channel or direct conversation.' },
    threadTs: { title: 'Thread', description: 'What Slack calls the message that begins the thread.' },
    title: { title: 'Title', description: 'What people call the channel.' },
    person: { title: 'Person', description: 'Of a direct conversation: what Slack calls the person.' },
  },
}

// An interface's channel has no identity of its own.
const { id, channelId, threadTs } = conversation.tags
export const hitlTags = { id: { title: id.title, description: id.description }, channelId, threadTs }
