/** What schools read when someone asks them to stop. */
export const optOutText = {
  button: 'Record opt-out',
  title: (name: string) => `Did ${name} ask you to stop?`,
  help: (name: string) =>
    `Don’t contact ${name} anymore. We’ll hide their contact details and tell every other school that has this lead to stop, too. This can’t be undone.`,
  confirm: 'Yes, record opt-out',
  pageTitle: 'Opt-outs',
  intro:
    'Upload a list of people who asked you to stop contacting them, for example from your dialer or email system. You won’t get leads for them unless they agree again.',
  oneLead:
    'If one of your leads asked you to stop, open the lead and press “Record opt-out”. We’ll tell every school to stop.',
  upload: 'Upload a list',
} as const
