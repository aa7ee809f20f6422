import { beforeEach, describe, expect, it } from 'vitest'
import { fullSampleLead } from '#shared/domain/delivery/sample-event.ts'
import type { EmailMessage } from '#shared/outbound/email/mail.ts'
import { parseSesEvent } from '#shared/outbound/email/parse-ses-event.ts'
import {
  bayShoreCampaign,
  createTestSystem,
  putRecord,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'

const desk = 'desk@bay-shore.example'
const crm = 'crm@bay-shore.example'
const dean = 'dean@bay-shore.example'
let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
  await putEndpoint({ to: [desk, crm, dean] })
})

describe('an email to several', () => {
  it('is one message to all, and counts and costs once', async () => {
    const id = await deliverLead()
    expect(system.api.mailbox.messages.map(({ to }) => to)).toEqual([[desk, crm, dean]])
    expect(await readDelivery(id)).toMatchObject({
      state: 'delivered',
      attemptLog: [{ outcome: 'delivered', recipients: [desk, crm, dean].map((to) => ({ to, state: 'sent' })) }],
    })
    expect((await readDelivery(id))?.attemptLog).toHaveLength(1)
  })

  it('stays delivered until the last of them bounced, says which bounced, and is not sent again before', async () => {
    const id = await deliverLead()
    for (const [to, left] of [
      [[crm], 2],
      [[desk], 1],
    ] as const) {
      await bounce(id, to)
      await bounce(id, to)
      const delivery = await readDelivery(id)
      expect(delivery).toMatchObject({ state: 'delivered', attemptLog: [{ lostRecipients: 3 - left }] })
      expect(delivery?.attemptLog[0]?.bouncedAt).toBeUndefined()
      system.api.advanceClock(3600)
      await deliverDue(system)
      expect(system.api.mailbox.messages).toHaveLength(1)
    }
    expect((await readDelivery(id))?.attemptLog[0]?.recipients).toEqual([
      { to: desk, state: 'bounced' },
      { to: crm, state: 'bounced' },
      { to: dean, state: 'sent' },
    ])
    await bounce(id, [dean])
    expect(await readDelivery(id)).toMatchObject({ state: 'parked', attemptLog: [{ bouncedAt: expect.any(String) }] })
  })

  it('loses no bounce when two of them come back at once', async () => {
    await putEndpoint({ to: [desk, crm] })
    for (const attempt of [1, 2]) {
      const id = await deliverLead(attempt)
      await bounceUntilRecorded(id)
      expect(await readDelivery(id)).toMatchObject({ state: 'parked', attemptLog: [{ lostRecipients: 2 }] })
      await putEndpoint({ to: [desk, crm] })
    }
  })

  it('leaves out a mailbox that bounced for good, and only that, until staff save the campaign again', async () => {
    await bounce(await deliverLead(), [crm])
    await deliverLead(2)
    await putEndpoint({ to: [desk, crm, dean] })
    await deliverLead(3)
    expect(system.api.mailbox.messages.map(({ to }) => to)).toEqual([
      [desk, crm, dean],
      [desk, dean],
      [desk, crm, dean],
    ])
  })

  it('waits once all mailboxes are gone, and reaches those that staff save', async () => {
    await bounce(await deliverLead(), [desk, crm, dean])
    const id = await deliverLead(2)
    expect(await readDelivery(id)).toMatchObject({ state: 'parked', attempts: 0 })
    await putEndpoint({ to: [dean] })
    system.api.advanceClock(3600)
    await deliverDue(system)
    expect(await readDelivery(id)).toMatchObject({ state: 'delivered' })
  })

  it('keeps what the mail server said of one that it does not know, alerts staff, and leaves it out', async () => {
    system.api.mailbox.refused = [{ to: crm, cause: 'mailbox-unknown', reason: 'SMTP 550 5.1.1 at RCPT TO' }]
    const id = await deliverLead()
    expect(await readDelivery(id)).toMatchObject({
      state: 'delivered',
      attemptLog: [
        {
          lostRecipients: 1,
          recipients: [
            { to: desk, state: 'sent' },
            { to: crm, state: 'refused', reason: 'SMTP 550 5.1.1 at RCPT TO' },
            { to: dean, state: 'sent' },
          ],
        },
      ],
    })
    const alerts = system.api.logEntries.flatMap(({ event, fields }) =>
      event === 'school.alert' && 'why' in fields ? [fields.why] : [],
    )
    expect(alerts).toEqual(['mail-bounced'])
    system.api.mailbox.refused = []
    await deliverLead(2)
    expect(system.api.mailbox.messages.at(-1)?.to).toEqual([desk, dean])
  })

  it('is read from the events of SES by recipient', () => {
    const parse = (detail: object) =>
      parseSesEvent(
        JSON.stringify({
          detail: { mail: { messageId: 'm', destination: [desk, crm], tags: { deliveryId: ['dlv_1'] } }, ...detail },
        }),
      ).to
    const bounced = (...addresses: string[]) => ({
      eventType: 'Bounce',
      bounce: {
        bounceType: 'Permanent',
        bouncedRecipients: addresses.map((emailAddress) => ({ emailAddress, status: '5.1.1' })),
      },
    })
    expect(parse(bounced(crm))).toEqual([crm])
    expect(parse(bounced(`"CRM" <${crm.toUpperCase()}>`, desk))).toEqual([desk, crm])
    expect(parse(bounced())).toEqual([desk, crm])
    expect(parse({ eventType: 'Complaint', complaint: { complainedRecipients: [{ emailAddress: desk }] } })).toEqual([
      desk,
    ])
  })

  it('tells all of them to erase', async () => {
    await deliverLead()
    await system.api.staff('POST', '/v1/ops/erasures', { body: { email: 'ada1@mail.example' } })
    await deliverDue(system)
    const notice = system.api.mailbox.messages.at(-1)
    expect([notice?.to, notice?.subject]).toEqual([[desk, crm, dean], expect.stringMatching(/delete/)])
  })
})

describe('a template of the school', () => {
  it('makes subject and text, marks tests, and lets no value start a line or an element', async () => {
    await putEndpoint({
      to: desk,
      subject: 'Inquiry {{ contact.lastName | upcase }} / {{ program.name }}',
      text: 'Name: {{ contact.firstName }} {{ contact.lastName }}\nAge: {{ age }}\n\n{{ answers | json }}',
    })
    const { message } = await deliverSample({ firstName: 'Ada\nRole: dean', lastName: '<b>Example</b>' })
    expect(message.subject).toMatch(/^\[Test\] Inquiry <B>EXAMPLE<\/B> \/ Associate/)
    expect(message.text).toContain('THIS IS A TEST')
    expect(message.text).toContain('Name: Ada Role: dean <b>Example</b>\n\nAge: 27')
    expect(message.text).not.toContain('Contact')
    expect(message.html).toContain('<p>Name: Ada Role: dean &lt;b&gt;Example&lt;/b&gt;</p>')
    expect(message.html).toContain('one record for dlv_')
  })

  it('has the usual subject for a lead for which it is empty', async () => {
    const { message } = await deliverSample({}, { subject: '{{ startWindow }}' }, { startWindow: undefined })
    expect(message.subject).toMatch(/^\[Test\] New lead: Ada Example/)
  })
})

describe('an attachment', () => {
  it('is the lead as CSV: a header and one row that no spreadsheet runs', async () => {
    const { message } = await deliverSample({ lastName: '=1+1' }, { attachment: 'csv' })
    const [file] = message.attachments ?? []
    expect(file).toMatchObject({
      filename: `${fullSampleLead.data.deliveryId}.csv`,
      contentType: 'text/csv; charset=utf-8',
    })
    const { parse } = await import('csv-parse/sync')
    expect(parse(file?.content ?? '', { bom: true, columns: true })).toMatchObject([
      {
        deliveryId: fullSampleLead.data.deliveryId,
        lastName: "'=1+1",
        phone: '+15127891111',
        answers: JSON.stringify(fullSampleLead.data.answers),
        consentText: fullSampleLead.data.consent.text,
      },
    ])
  })

  it('is the lead as ADF with the school as vendor', async () => {
    const { message } = await deliverSample({ lastName: 'A & <B>' }, { attachment: 'adf' })
    const [file] = message.attachments ?? []
    expect(file?.filename).toBe(`${fullSampleLead.data.deliveryId}.xml`)
    expect(file?.content).toContain('<?adf version="1.0"?>')
    expect(file?.content).toContain('<name part="last">A &amp; &lt;B&gt;</name>')
    expect(file?.content).toContain('<vendor><contact><name part="full">Tall Grass College</name></contact></vendor>')
  })
})

async function deliverSample(
  contact: object,
  endpoint: object = {},
  data: object = {},
): Promise<{ message: EmailMessage }> {
  const { buildLeadEmail } = await import('#shared/outbound/email/build-lead-email.ts')
  const stored = await system.api.createDependencies('operator').records.get('campaigns', 'bay-shore-tx')
  const { endpoint: saved } = stored?.body ?? {}
  const event = {
    ...fullSampleLead,
    data: { ...fullSampleLead.data, ...data, contact: { ...fullSampleLead.data.contact, ...contact } },
  }
  const options = { to: desk, ...(typeof saved === 'object' ? saved : {}), ...endpoint }
  return { message: await buildLeadEmail(event, options) }
}

function putEndpoint(endpoint: object) {
  return putRecord(
    system.api,
    'campaigns',
    'bay-shore-tx',
    bayShoreCampaign({ endpoint: { kind: 'email', ...endpoint } as never }),
  )
}

async function deliverLead(number = 1): Promise<string> {
  const { schools } = await submitTestLead(system, number, { schoolIds: ['bay-shore'] })
  const id = schools[0]?.deliveryId ?? ''
  await system.api.deliver(id)
  return id
}

function readDelivery(id: string) {
  return system.api.createDependencies('operator').deliveries.findWithAttempts(id)
}

async function bounce(deliveryId: string, to: readonly string[]) {
  const messageId = (await readDelivery(deliveryId))?.attemptLog[0]?.messageId ?? ''
  return system.api.bounce({ deliveryId, messageId, to: [...to], why: 'bounced', lasting: true })
}

/** Both at once; a bounce that finds the delivery changed is processed again, as its queue does. */
async function bounceUntilRecorded(id: string) {
  let waiting: readonly (readonly string[])[] = [[desk], [crm]]
  while (waiting.length > 0) {
    const results = await Promise.allSettled(waiting.map((to) => bounce(id, to)))
    waiting = waiting.filter((_, at) => results[at]?.status === 'rejected')
  }
}
