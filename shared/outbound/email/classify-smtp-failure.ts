import type { MailFault } from './mail.ts'

/** A failure of an SMTP client. `isSent`: the whole message was sent, and its receipt was not confirmed. */
export type SmtpFailure = {
  /** The command that failed, such as `RCPT TO`; `CONN` before and between commands. */
  command: string
  /** The error code, such as `ECONNREFUSED`, if the server did not answer. */
  code?: string | undefined
  responseCode?: number | undefined
  response?: string | undefined
  isSent: boolean
}

/**
 * Reads a failure as the mail server means it (RFC 5321, RFC 3463): a mailbox that does not exist or cannot take the
 * message is the school's; a failed login, a refused sender, a policy, and everything else is ours. The reason consists
 * of codes, because the text of a server may quote addresses.
 */
export function classifySmtpFailure(failure: SmtpFailure): MailFault {
  const { command, code, responseCode, response = '', isSent } = failure
  if (responseCode === undefined)
    return { cause: 'ours', reason: `${code ?? 'UNKNOWN'} at ${command}`, mayHaveArrived: isSent }
  const status = enhancedStatus.exec(response)?.[0]
  const reason = ['SMTP', responseCode, ...(status === undefined ? [] : [status]), 'at', command].join(' ')
  return { cause: findCause({ command, responseCode, response, status }), reason, mayHaveArrived: false }
}

// An address, or a section of an RFC, has four parts.
const enhancedStatus = /(?<![\w.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\w)/

type ServerAnswer = { command: string; responseCode: number; response: string; status: string | undefined }

function findCause({ command, responseCode, response, status }: ServerAnswer): MailFault['cause'] {
  if (command !== 'RCPT TO' && command !== 'DATA') return 'ours'
  const meaning = status === undefined ? undefined : readStatus(status, responseCode)
  const rules = meaning === undefined ? plainRules : statusRules
  const answer = { command, responseCode, response, status: meaning ?? '' }
  return rules.find(({ matches }) => matches(answer))?.cause ?? 'ours'
}

/**
 * An enhanced code that says nothing beside the reply code (RFC 3463, 3.1, 3.4, 3.6), or that says success, does not count. If only
 * one of both codes says that the failure is permanent, it is not: a mailbox is not given up for an unclear answer.
 */
function readStatus(status: string, responseCode: number): string | undefined {
  if (status.startsWith('2') || /\.[0135]\.0$/.test(status)) return undefined
  return responseCode < 500 ? status.replace(/^5/, '4') : status
}

type Rule = { cause: MailFault['cause']; matches: (answer: ServerAnswer & { status: string }) => boolean }

/** The server ends the session, whatever the command was about. */
const serviceClosing: Rule = { cause: 'ours', matches: ({ responseCode }) => responseCode === 421 }

/** By the enhanced status code. The first rule that matches counts; if none does, the failure is ours. */
const statusRules: readonly Rule[] = [
  serviceClosing,
  // The sender's address is bad, not the school's.
  { cause: 'ours', matches: ({ status }) => /\.1\.[78]$/.test(status) },
  // Exchange Online says so of a recipient that its organization does not have.
  { cause: 'mailbox-unknown', matches: ({ status, command }) => command === 'RCPT TO' && status === '5.4.1' },
  // Bad mailbox, bad domain, a mailbox that moved or was disabled, a domain that takes no mail.
  { cause: 'mailbox-unknown', matches: ({ status }) => /^5\.(1\.\d+|2\.1)$/.test(status) },
  { cause: 'mailbox-refused', matches: ({ status }) => /^[45]\.[12]\.\d+$/.test(status) },
  // Restrictions of the recipient, as Exchange reports them.
  { cause: 'mailbox-refused', matches: ({ status }) => /^5\.7\.1[23]\d$/.test(status) },
  // Greylisting.
  { cause: 'mailbox-refused', matches: ({ status, command }) => command === 'RCPT TO' && status.startsWith('4.7.') },
  // The message is too large, or its content cannot be taken.
  { cause: 'mailbox-refused', matches: ({ status }) => status === '5.3.4' || /^5\.6\.\d+$/.test(status) },
]

/** Words of a server that refuses us rather than the mailbox: our sender, our host, or how much we send. */
const policyWords =
  /relay|rcpthosts|not permitted|prohibit|denied|block|blacklist|spam|policy|authenticat|sender|\bhelo\b|\behlo\b|\b(?:spf|dkim|dmarc|rbl|dnsbl|ptr|rdns)\b|reverse dns|reputation|listed (?:at|by|in|on)|per hour|hourly|rate limit|too many (?:messages|connections|emails)/i

/** Words for a mailbox that exists and is full. */
const fullWords = /quota|mailbox (?:is )?full|full mailbox|storage|exceed|insufficient/i

const greylisting = /gr[ae]y-?list|postgrey/i

/** By the reply code alone. The first rule that matches counts; if none does, the failure is ours. */
const plainRules: readonly Rule[] = [
  serviceClosing,
  { cause: 'ours', matches: ({ responseCode, response }) => responseCode >= 550 && policyWords.test(response) },
  { cause: 'mailbox-refused', matches: ({ responseCode }) => [450, 452, 552].includes(responseCode) },
  {
    cause: 'mailbox-refused',
    matches: ({ responseCode, response }) => responseCode >= 550 && fullWords.test(response),
  },
  {
    cause: 'mailbox-refused',
    matches: ({ responseCode, response }) => responseCode === 451 && greylisting.test(response),
  },
  { cause: 'mailbox-refused', matches: ({ command, responseCode }) => command === 'DATA' && responseCode >= 550 },
  { cause: 'mailbox-unknown', matches: ({ responseCode }) => [550, 551, 553, 556].includes(responseCode) },
  { cause: 'mailbox-refused', matches: ({ responseCode }) => responseCode === 554 },
]
