import { describe, expect, it } from 'vitest'
import { createSmtpMail } from '#local/mail/create-smtp-mail.ts'
import { watchMail } from '#local/mail/watch-mail.ts'
import type { EmailMessage } from '#shared/outbound/email/mail.ts'
import { createHostResolver } from '#shared/outbound/webhook/create-host-resolver.ts'
import { type SmtpReplies, startSmtpServer } from './start-smtp-server.ts'

const message: EmailMessage = {
  to: 'desk@school.example',
  replyTo: 'ana@example.com',
  subject: 'New lead',
  html: '<p>Hello</p>',
  text: 'Hello',
  headers: { 'Auto-Submitted': 'auto-generated' },
  tags: { deliveryId: 'dlv_1' },
}
const settings = { from: 'Leads <leads@publisher.example>', resolve: createHostResolver(), deadlineMs: 5000 }
const createMail = (url: string, more: { deadlineMs?: number; signal?: AbortSignal } = {}) =>
  createSmtpMail({ ...settings, url, ...more })

describe('an email by SMTP', () => {
  it('has one Message-ID for each delivery, however often it is sent, and says that a program sent it', async () => {
    using server = await startSmtpServer()
    const { mail } = createMail(server.url)
    for (let attempt = 0; attempt < 2; attempt++)
      expect(await mail(message)).toEqual({ messageId: '<dlv_1@publisher.example>' })
    expect(server.messages).toHaveLength(2)
    for (const content of server.messages) {
      expect(content).toMatch(/^Message-ID: <dlv_1@publisher.example>$/m)
      expect(content).toMatch(/^Auto-Submitted: auto-generated$/m)
      expect(content).toMatch(/^From: Leads <leads@publisher.example>$/m)
    }
    expect(server.commands).toContain('MAIL FROM:<leads@publisher.example>')
    expect(server.commands).toContain('RCPT TO:<desk@school.example>')
  })

  it('has a Message-ID of an international domain in ASCII', async () => {
    using server = await startSmtpServer()
    const { mail } = createSmtpMail({ ...settings, from: 'Leads <leads@bücher.example>', url: server.url })
    expect(await mail(message)).toEqual({ messageId: '<dlv_1@xn--bcher-kva.example>' })
  })

  it.each<[SmtpReplies, { cause: string; reason: string }]>([
    [{ RCPT: '550 5.1.1 no such user' }, { cause: 'mailbox-unknown', reason: 'SMTP 550 5.1.1 at RCPT TO' }],
    [{ RCPT: '452 4.2.2 mailbox full' }, { cause: 'mailbox-refused', reason: 'SMTP 452 4.2.2 at RCPT TO' }],
    [{ MAIL: '550 5.7.1 sender not allowed' }, { cause: 'ours', reason: 'SMTP 550 5.7.1 at MAIL FROM' }],
    [{ greeting: '554 no service' }, { cause: 'ours', reason: 'SMTP 554 at CONN' }],
    [{ content: '552 5.2.2 mailbox full' }, { cause: 'mailbox-refused', reason: 'SMTP 552 5.2.2 at DATA' }],
  ])('is refused as the server means it: %j', async (replies, fault) => {
    using server = await startSmtpServer(replies)
    expect(await createMail(server.url).mail(message)).toEqual({ fault: { ...fault, mayHaveArrived: false } })
  })

  it('is one message to several, and says which of them the server refuses', async () => {
    const to = ['desk@school.example', 'gone@school.example', 'full@school.example']
    const refusals = {
      'gone@school.example': '550 5.1.1 no such user',
      'full@school.example': '452 4.2.2 mailbox full',
    }
    using server = await startSmtpServer({}, refusals)
    const refused = [
      { to: 'gone@school.example', cause: 'mailbox-unknown', reason: 'SMTP 550 5.1.1 at RCPT TO' },
      { to: 'full@school.example', cause: 'mailbox-refused', reason: 'SMTP 452 4.2.2 at RCPT TO' },
    ]
    const attachments = [
      { filename: 'dlv_1.csv', contentType: 'text/csv; charset=utf-8', content: 'deliveryId\r\ndlv_1' },
    ]
    expect(await createMail(server.url).mail({ ...message, to, attachments })).toEqual({
      messageId: '<dlv_1@publisher.example>',
      refused,
    })
    expect(server.messages).toHaveLength(1)
    expect(server.messages[0]).toMatch(/^To: desk@school.example, gone@school.example,\s+full@school.example$/m)
    expect(server.messages[0]).toMatch(/^Content-Disposition: attachment; filename=dlv_1.csv$/m)

    // A mailbox that may take it later decides whether it is sent again, in whatever order they answer.
    for (const order of [to.slice(1), to.slice(1).reverse()])
      expect(await createMail(server.url).mail({ ...message, to: order })).toEqual({
        fault: { cause: 'mailbox-refused', reason: 'SMTP 452 4.2.2 at RCPT TO', mayHaveArrived: false },
        refused: expect.arrayContaining(refused),
      })
    expect(server.messages).toHaveLength(1)
  })

  it('is not sent if the login fails', async () => {
    using server = await startSmtpServer({ EHLO: '250 AUTH PLAIN', AUTH: '535 5.7.8 wrong password' })
    const { mail, verify } = createMail(server.url.replace('smtp://', 'smtp://user:secret@'))
    const fault = { cause: 'ours', reason: 'SMTP 535 5.7.8 at AUTH PLAIN', mayHaveArrived: false }
    expect(await mail(message)).toEqual({ fault })
    expect(await verify()).toEqual(fault)
  })

  it.each<[keyof SmtpReplies, string, boolean]>([
    ['greeting', 'CONN', false],
    ['EHLO', 'CONN', false],
    ['MAIL', 'MAIL FROM', false],
    ['RCPT', 'MAIL FROM', false],
    ['content', 'DATA', true],
  ])('ends at its deadline if the server says nothing at %s', async (step, command, mayHaveArrived) => {
    using server = await startSmtpServer({ [step]: 'silence' })
    expect(await createMail(server.url, { deadlineMs: 300 }).mail(message)).toEqual({
      fault: { cause: 'ours', reason: `ETIMEDOUT at ${command}`, mayHaveArrived },
    })
  })

  it('may have arrived if the server hangs up after it has the whole message, and not before', async () => {
    using server = await startSmtpServer({ content: 'hang up' })
    expect(await createMail(server.url).mail(message)).toMatchObject({ fault: { mayHaveArrived: true } })
    using earlyServer = await startSmtpServer({ RCPT: 'hang up' })
    expect(await createMail(earlyServer.url).mail(message)).toMatchObject({ fault: { mayHaveArrived: false } })
  })

  it('ends at once when a shutdown aborts it', async () => {
    using server = await startSmtpServer({ content: 'silence' })
    const shutdown = new AbortController()
    const sent = createMail(server.url, { signal: shutdown.signal }).mail(message)
    await expect.poll(() => server.messages.length).toBe(1)
    shutdown.abort()
    expect(await sent).toMatchObject({ fault: { cause: 'ours', mayHaveArrived: true } })
  })

  it('is a fault of ours if nothing listens, or if the host cannot be resolved', async () => {
    expect(await createMail('smtp://127.0.0.1:1').mail(message)).toEqual({
      fault: { cause: 'ours', reason: 'ECONNREFUSED at CONN', mayHaveArrived: false },
    })
    const resolve = () => Promise.reject(Object.assign(new Error('failed'), { code: 'ENOTFOUND' }))
    expect(await createSmtpMail({ ...settings, url: 'smtp://mail.example', resolve }).verify()).toEqual({
      cause: 'ours',
      reason: 'ENOTFOUND at DNS',
      mayHaveArrived: false,
    })
  })
})

describe('the watch over the mail server', () => {
  it('names a fault of ours once, with the time since when, until an email is taken', async () => {
    using server = await startSmtpServer({ MAIL: '550 5.7.1 sender not allowed' })
    const entries: [string, object][] = []
    const now = new Date('2026-11-23T15:00:00.000Z')
    const { mail, verify, findMailFault } = watchMail(createMail(server.url), {
      now: () => now,
      log: (event, fields) => entries.push([event, fields]),
    })
    expect(await verify()).toBeUndefined()
    expect(findMailFault()).toBeUndefined()
    const reason = 'SMTP 550 5.7.1 at MAIL FROM'
    for (let attempt = 0; attempt < 3; attempt++) await mail(message)
    expect(findMailFault()).toEqual({ reason, since: now.toISOString() })
    server.replies.MAIL = '250 ok'
    server.replies.RCPT = '550 5.1.1 no such user'
    await mail(message)
    expect(findMailFault()).toBeUndefined()
    expect(entries).toEqual([
      ['mail.failed', { reason, mend: expect.stringContaining('Check MAIL_FROM') }],
      ['mail.recovered', {}],
    ])
  })
})
