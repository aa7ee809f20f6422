import { SESv2Client, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { createSesMail, type EmailMessage } from '#shared/outbound/email/mail.ts'

const client = new SESv2Client({ region: 'us-east-1' })
const ses = mockClient(client)
const message: EmailMessage = {
  to: 'admissions@school.example',
  replyTo: 'ana@example.com',
  subject: 'New lead – Información',
  html: '<p>Hello</p>',
  text: 'Hello',
  headers: { 'X-Prospectus-Delivery-Id': 'dlv_1' },
  tags: { deliveryId: 'dlv_1' },
}
const deadlineMs = 15_000
const listSentInputs = () => ses.commandCalls(SendEmailCommand).map(({ args: [{ input }] }) => input)

beforeEach(() => ses.reset())

describe('mail through SES', () => {
  it('sends both parts, the reply address and the headers', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'ses-1' })
    const sendMail = createSesMail({ client, from: 'leads@prospectus.example', configurationSet: 'leads', deadlineMs })

    expect(await sendMail(message)).toEqual({ messageId: 'ses-1' })
    expect(listSentInputs()).toEqual([
      {
        FromEmailAddress: 'leads@prospectus.example',
        Destination: { ToAddresses: ['admissions@school.example'] },
        ReplyToAddresses: ['ana@example.com'],
        ConfigurationSetName: 'leads',
        EmailTags: [{ Name: 'deliveryId', Value: 'dlv_1' }],
        Content: {
          Simple: {
            Subject: { Data: 'New lead – Información', Charset: 'UTF-8' },
            Body: { Html: { Data: '<p>Hello</p>', Charset: 'UTF-8' }, Text: { Data: 'Hello', Charset: 'UTF-8' } },
            Headers: [{ Name: 'X-Prospectus-Delivery-Id', Value: 'dlv_1' }],
          },
        },
      },
    ])
  })

  it('sends one message with its files to several recipients', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'ses-1' })
    const to = ['admissions@school.example', 'crm@school.example']
    const contentType = 'application/xml; charset=utf-8'
    const attachments = [{ filename: 'dlv_1.xml', contentType, content: '<é/>' }]
    await createSesMail({ client, from: 'leads@prospectus.example', deadlineMs })({ ...message, to, attachments })
    const RawContent = new TextEncoder().encode('<é/>')
    const Attachments = [{ FileName: 'dlv_1.xml', ContentType: contentType, RawContent }]
    expect(listSentInputs()).toMatchObject([{ Destination: { ToAddresses: to }, Content: { Simple: { Attachments } } }])
  })

  it('leaves out options that are not set', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'ses-1' })
    const { replyTo, ...withoutReply } = message
    await createSesMail({ client, from: 'leads@prospectus.example', deadlineMs })(withoutReply)
    expect(listSentInputs()[0]).not.toHaveProperty('ReplyToAddresses')
    expect(listSentInputs()[0]).not.toHaveProperty('ConfigurationSetName')
    expect(replyTo).toBeDefined()
  })

  it.each([
    ['MessageRejected', 'The message contains a virus.', 'mailbox-refused'],
    ['BadRequestException', 'The address is invalid.', 'mailbox-refused'],
    ['MessageRejected', 'Email address is not verified: leads@prospectus.example', 'ours'],
    ['MailFromDomainNotVerifiedException', 'The domain is not verified.', 'ours'],
    ['TooManyRequestsException', 'Slow down.', 'ours'],
  ] as const)('tells who must act when SES answers %s: %s', async (name, text, cause) => {
    ses
      .on(SendEmailCommand)
      .rejects(new SESv2ServiceException({ name, message: text, $fault: 'client', $metadata: {} }))
    expect(await createSesMail({ client, from: 'a@b.example', deadlineMs })(message)).toEqual({
      fault: { cause, reason: name, mayHaveArrived: false },
    })
  })

  it('cannot tell whether an email arrived if SES does not answer, and repeats none of its text', async () => {
    ses.on(SendEmailCommand).rejects(new Error('ana@example.com: socket hang up'))
    expect(await createSesMail({ client, from: 'a@b.example', deadlineMs })(message)).toEqual({
      fault: { cause: 'ours', reason: 'Error', mayHaveArrived: true },
    })
  })
})
