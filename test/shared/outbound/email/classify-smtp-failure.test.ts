import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifySmtpFailure } from '#shared/outbound/email/classify-smtp-failure.ts'

function classify(command: string, response: string) {
  const responseCode = Number(response.slice(0, 3))
  return classifySmtpFailure({ command, responseCode, response, isSent: false })
}

describe('an answer of a mail server', () => {
  it.each([
    ['RCPT TO', '550 5.1.1 <desk@school.example>: Recipient address rejected: User unknown in virtual mailbox table'],
    ['RCPT TO', '550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking'],
    ['RCPT TO', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'],
    ['RCPT TO', '550 No such user here'],
    ['RCPT TO', '551 User not local; please try <desk@other.example>'],
    ['RCPT TO', '553 5.1.3 User address required'],
    ['RCPT TO', '553 mailbox name not allowed'],
    ['RCPT TO', '550 5.2.1 The email account that you tried to reach is disabled'],
    ['RCPT TO', '550 5.1.2 Host or domain name not found'],
    ['RCPT TO', '556 5.1.10 Recipient address has null MX'],
    ['DATA', '550 5.1.1 User unknown'],
    ['RCPT TO', '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)'],
    ['RCPT TO', '550 5.0.0 No such user'],
    ['RCPT TO', '553 5.3.0 Addressee unknown'],
    ['RCPT TO', '550 2.1.5 No such user'],
    ['RCPT TO', '550 5.5.0 Requested action not taken: mailbox unavailable'],
    ['RCPT TO', '550 Unrouteable address'],
    ['RCPT TO', "550-Callout verification failed:\n550 550 5.1.1 The recipient's mailbox is unknown"],
  ])('says that the mailbox does not exist: %s %s', (command, response) => {
    expect(classify(command, response).cause).toBe('mailbox-unknown')
  })

  it.each([
    ['RCPT TO', '452 4.2.2 The email account that you tried to reach is over quota'],
    ['RCPT TO', '552 5.2.2 Mailbox full'],
    ['RCPT TO', '552 Requested mail action aborted: exceeded storage allocation'],
    ['RCPT TO', '450 4.2.0 <desk@school.example>: Recipient address rejected: Greylisted'],
    ['RCPT TO', '450 4.7.1 Greylisting in action, please come back later'],
    ['RCPT TO', '450 Requested mail action not taken: mailbox unavailable'],
    ['RCPT TO', '452 too many messages for this mailbox'],
    ['RCPT TO', '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required'],
    ['DATA', '552 5.3.4 Message size exceeds fixed limit'],
    ['DATA', '554 5.6.0 Invalid message content'],
    ['DATA', '452 4.2.2 over quota'],
    ['RCPT TO', '550 User mailbox exceeds allowed size'],
    ['RCPT TO', '550 Mailbox quota exceeded'],
    ['RCPT TO', '554 mailbox is full'],
    ['DATA', '554 Transaction failed'],
    ['RCPT TO', '451 Greylisted, please try again in 5 minutes'],
    ['RCPT TO', '450 5.1.1 User unknown'],
    ['RCPT TO', '550 4.2.1 The user is receiving mail too quickly'],
  ])('says that the mailbox does not take this message now: %s %s', (command, response) => {
    expect(classify(command, response).cause).toBe('mailbox-refused')
  })

  it.each([
    ['AUTH PLAIN', '535 5.7.8 Error: authentication failed'],
    ['AUTH LOGIN', '454 4.7.0 Temporary authentication failure'],
    ['MAIL FROM', '553 5.7.1 Sender address rejected: not owned by user'],
    ['MAIL FROM', '550 5.1.8 Bad sender'],
    ['MAIL FROM', '452 4.3.1 Insufficient system storage'],
    ['RCPT TO', '554 5.7.1 <desk@school.example>: Relay access denied'],
    ['RCPT TO', '550 relay not permitted'],
    ['RCPT TO', "553 sorry, that domain isn't in my list of allowed rcpthosts"],
    ['RCPT TO', '550 5.7.606 Access denied, banned sending IP'],
    ['RCPT TO', '530 5.7.0 Must issue a STARTTLS command first'],
    ['RCPT TO', '550 5.1.7 Invalid sender address'],
    ['RCPT TO', '451 4.3.0 Temporary lookup failure'],
    ['RCPT TO', '452 4.3.1 Insufficient system storage'],
    ['RCPT TO', '550 Blocked by our spam policy'],
    ['RCPT TO', '503 bad sequence of commands'],
    [
      'RCPT TO',
      '550-Verification failed for <leads@publisher.example>\n550-No Such User Here\n550 Sender verify failed',
    ],
    ['RCPT TO', '550 5.1.0 <leads@publisher.example> sender rejected'],
    ['RCPT TO', '550 Domain publisher.example has exceeded the max emails per hour (100/100). Message discarded.'],
    ['RCPT TO', '550 Invalid HELO name (See RFC2821 4.1.1.1)'],
    ['RCPT TO', '550 SPF check failed'],
    ['RCPT TO', '554 Your IP is listed at a DNSBL'],
    ['RCPT TO', '550 Reverse DNS lookup failed for 203.0.113.7'],
    ['RCPT TO', '554 Service unavailable; Client host [5.1.1.9] blocked'],
    ['RCPT TO', '550 5.1.2.3 is not allowed to send from publisher.example: bad sender'],
    ['DATA', '550 Too many messages from your address'],
    ['DATA', '550 5.7.26 Unauthenticated email is not accepted due to the DMARC policy of the domain'],
    ['DATA', '451 4.3.0 Queue file write error'],
    ['CONN', '421 4.7.0 Too many connections'],
    ['RCPT TO', '421 4.7.0 Unusual rate of mail from your address'],
    ['RCPT TO', '421 4.2.1 Service closing'],
    ['DATA', '421 Service shutting down'],
    ['RCPT TO', '451 Local error in processing'],
    ['RCPT TO', '553 5.3.0 Spam blocked'],
    ['EHLO', '554 no service'],
  ])('says that we must act, not the school: %s %s', (command, response) => {
    expect(classify(command, response)).toMatchObject({ cause: 'ours', mayHaveArrived: false })
  })
})

it('puts only codes into the reason, so that it repeats no address', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 400, max: 599 }),
      fc.string(),
      fc.constantFrom('RCPT TO', 'DATA'),
      (code, text, at) => {
        expect(classify(at, `${code} ${text}`).reason).toMatch(/^SMTP \d{3}( \d\.\d+\.\d+)? at (RCPT TO|DATA)$/)
      },
    ),
  )
})
