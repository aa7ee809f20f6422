import { expect, it } from 'vitest'
import { describeMailFault } from '#shared/outbound/email/describe-mail-fault.ts'

it.each([
  ['ENOTFOUND at DNS', 'host name'],
  ['ECONNREFUSED at CONN', 'cannot be reached'],
  ['ETIMEDOUT at CONN', 'cannot be reached'],
  ['SMTP 535 5.7.8 at AUTH PLAIN', 'user and password'],
  ['SMTP 530 5.7.1 at MAIL FROM', 'MAIL_FROM'],
  ['SMTP 554 5.7.1 at RCPT TO', 'refused our email'],
  ['SMTP 554 at CONN', 'Check SMTP_URL and the log'],
  ['UNKNOWN', 'Check SMTP_URL and the log'],
])('says what to do about %s', (reason, remedy) => {
  expect(describeMailFault(reason)).toContain(remedy)
})
