/** Says what to do about a fault of our own mail. @param reason as in `MailFault`, such as `ENOTFOUND at DNS` */
export function describeMailFault(reason: string): string {
  const [, code = '', command = ''] = /^(.*) at (.*)$/.exec(reason) ?? []
  return (
    remedies.find(({ matches }) => matches(command, code))?.remedy ?? 'Check SMTP_URL and the log of the mail server.'
  )
}

type Remedy = { matches: (command: string, code: string) => boolean; remedy: string }

/** The first that matches counts. */
const remedies: readonly Remedy[] = [
  {
    matches: (command) => command === 'DNS',
    remedy: 'The host name of the mail server was not found. Check SMTP_URL.',
  },
  {
    matches: (command, code) => command === 'CONN' && !code.startsWith('SMTP'),
    remedy:
      'The mail server cannot be reached. Check host, port and TLS in SMTP_URL, and whether the server is running.',
  },
  {
    matches: (command) => command.startsWith('AUTH'),
    remedy: 'The mail server refused the login. Check user and password in SMTP_URL.',
  },
  {
    matches: (command) => command === 'MAIL FROM',
    remedy: 'The mail server refused the sender. Check MAIL_FROM, and whether the account may send from it.',
  },
  {
    matches: (command) => command === 'RCPT TO' || command === 'DATA',
    remedy:
      'The mail server refused our email. Its log says why, such as a relay rule, a policy, or a limit of the account.',
  },
]
