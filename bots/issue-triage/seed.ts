/** What stands in the memory while there is no tracker of issues. */
export const seed = [
  { title: 'It crashes when the file is empty', body: 'Every time, since the latest version.' },
  { title: 'Typo in the read-me', body: '“recieve” should be “receive”.' },
  { title: 'Please add a dark mode', body: 'My eyes would thank you.' },
  { title: 'How do I change the port?', body: '' },
]
