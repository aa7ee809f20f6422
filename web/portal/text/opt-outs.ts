/** What schools read when someone asks them to stop. */
export const optOutText = {
  button: 'Asked us to stop',
  title: (name: string) => `Did ${name} ask you to stop?`,
  help: (name: string) =>
    `Don’t contact ${name} anymore. We hide their contact details, and tell every other school that has this lead to stop, too. This can’t be undone.`,
  confirm: 'Yes, record it',
  pageTitle: 'Opt-outs',
  intro:
    'Upload people who asked you to stop, for example from your dialer or email system. Your school gets no leads of them, until they agree to it again.',
  oneLead: 'If one of your leads asked you to stop, open the lead and press “Asked us to stop”. Then all schools stop.',
  upload: 'Upload a list',
} as const
