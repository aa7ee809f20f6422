import { describe, expect, it } from 'vitest'
import { type LeadCreated, leadCreated } from '#shared/domain/delivery/lead-created.ts'
import { minimalSampleLead } from '#shared/domain/delivery/sample-event.ts'
import { buildLeadEmail } from '#shared/outbound/email/build-lead-email.ts'

type Data = LeadCreated['data']

const to = 'admissions@school.example'
const attack = 'x\r\nBcc: everyone@evil.example\r\n\r\n<script>alert(1)</script>'

describe('the email for a lead', () => {
  it('shows every field of the lead in both parts, with labels for people', async () => {
    const event = createEvent()
    leadCreated.parse(event)
    const { html, text } = await buildLeadEmail(event, { to })
    for (const part of [html, text]) {
      for (const expected of [
        ...['Ana', 'Reyes', 'ana@example.com', '(512) 789-1111', '78701', 'TX', 'Health Information'],
        ...[
          'Associate degree, online',
          'Some college, no degree',
          'As soon as possible',
          'A landing page',
          '3.2',
          'Yes',
        ],
        ...[
          'Nights, Weekends',
          'lead_1',
          'dlv_1',
          'Nov 23, 2026, 3:04 PM UTC',
          'v7',
          'a'.repeat(64),
          'may call me',
          'cert.example/1',
        ],
        ...['on campus', '27', '3.41', 'Health record technician', 'page.example/form', 'search.example'],
        ...[
          'Sub-ID sub1',
          'banner',
          'UTM source',
          'news',
          'tx-online',
          '$45.00',
          'not observed',
          '192.0.2.7',
          'Lynx/2.9',
        ],
      ])
        expect(part).toContain(expected)
      expect(part).not.toMatch(/\{\{|%\}|undefined|\[object/)
    }
  })

  it('says by the clock of the person when they may be called, and nothing without a time zone', async () => {
    const contactWindow = { opensAt: '2026-11-23T15:00:00.000Z', closesAt: '2026-11-24T03:00:00.000Z', rule: 'TX' }
    const { text } = await buildLeadEmail(createEvent({ timeZone: 'America/Chicago', contactWindow }), { to })
    expect(text.replace(/\s+/g, ' ')).toContain('Calls allowed: Mon, Nov 23, 9:00 AM – 9:00 PM CST, by the law of TX')
    expect((await buildLeadEmail(createEvent(), { to })).text).not.toContain('Calls allowed')
  })

  it('begins like a letter: who asked for what, what they want, and how and when to call', async () => {
    const contactWindow = { opensAt: '2026-11-23T15:00:00.000Z', closesAt: '2026-11-24T03:00:00.000Z', rule: 'TX' }
    const { text } = await buildLeadEmail(
      createEvent({ timeZone: 'America/Chicago', contactWindow, startWindow: '1-3-months' }),
      { to, publicUrl: 'https://leads.example.org' },
    )
    const [letter] = text.split('\n\nCONTACT')
    expect(letter).toBe(
      [
        'Ana Reyes asked about Health Information',
        'On Nov 23, 2026, 9:04 AM CST, Ana Reyes asked Lone Prairie College for information about this program: Health Information (Associate degree, online).',
        'Ana wants to start in 1 to 3 months, has some college and no degree, and would like to study on campus.',
        'Call Ana at (512) 789-1111. Calls are allowed Mon, Nov 23, 9:00 AM – 9:00 PM CST, by the law of TX. Reply to this email to write to Ana.',
        'Open this lead in the portal to see everything and set its status:\nhttps://leads.example.org/portal#/leads/dlv_1',
      ].join('\n\n'),
    )
  })

  it('shows no code where there are words for it', async () => {
    const answers = { classTime: 'weekday-evenings', hasCredits: true, 'visit-on': '2026-12-04', why: 'I like re-use' }
    const { text } = await buildLeadEmail(createEvent({ answers }), { to })
    for (const line of [
      'Class time: Weekday evenings',
      'Has credits: Yes',
      'Visit on: 2026-12-04',
      'Why: I like re-use',
    ])
      expect(text).toContain(`\n${line}\n`)
    expect(text).not.toMatch(/some-college|weekday-evenings|health-record-technician|\+1512/)
  })

  it('names person and program in its subject, and the delivery in text and headers', async () => {
    const { headers, subject, text } = await buildLeadEmail(createEvent(), { to })
    expect(headers).toEqual({
      // No automatic reply is wanted: it would come back as a bounce.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      'X-Prospectus-Delivery-Id': 'dlv_1',
      'X-Prospectus-Lead-Id': 'lead_1',
    })
    expect(subject).toBe('New lead: Ana Reyes, Health Information')
    expect(text).toMatch(/same lead.*keep one record for dlv_1/s)
  })

  it('links to the lead in the portal if the address of the host is known', async () => {
    const publicUrl = 'https://leads.example.org'
    for (const part of Object.values(await pickParts({ to, publicUrl })))
      expect(part).toContain('https://leads.example.org/portal#/leads/dlv_1')
    for (const part of Object.values(await pickParts({ to }))) expect(part).not.toContain('/portal')
  })

  it('sends replies to the visitor, and keeps the address out of the subject', async () => {
    const message = await buildLeadEmail(createEvent(), { to })
    expect(message).toMatchObject({ to, replyTo: 'ana@example.com' })
    expect(message.subject).not.toMatch(/ana@|512/)
  })

  it.each([
    'ana@example.com\r\nBcc: everyone@evil.example',
    'ana@example.com, everyone@evil.example',
    'Ana <ana@example.com>',
    'ana@example.com\0@evil.example',
    'zoë@example.com',
    'no address',
    '',
  ])('offers no reply to an address that is not one plain address: %j', async (email) => {
    const message = await buildLeadEmail(createEvent({ contact: { ...sampleContact, email } }), { to })
    expect(message).not.toHaveProperty('replyTo')
    expect(message.text).not.toContain('Reply to this email')
  })

  it('keeps text of a lead from starting a header, a tag or a line', async () => {
    const message = await buildLeadEmail(
      createEvent({
        contact: { ...sampleContact, firstName: attack, phone: attack },
        program: { id: 'p', name: attack, level: 'associate', modality: 'online' },
        school: { id: 's', name: attack },
        subIds: { [attack]: attack },
        page: { url: attack, referrer: attack },
        answers: { [attack]: attack, list: [attack], polite: '\u202Etxt\u2028Phone: 1' },
        deliveryId: `dlv_1\r\nBcc: everyone@evil.example`,
      }),
      { to },
    )
    for (const line of [message.subject, message.to, ...Object.values(message.headers)])
      expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
    expect(message.html).not.toContain('<script>')
    expect(message.html).toContain('&lt;script&gt;')
    expect(message.text).not.toMatch(/^(Bcc|<script|Phone: 1)/m)
    expect(message.text).not.toMatch(/\u202E|\u2028|\r/)
  })

  it('does not run a template inside a lead', async () => {
    const { html, text } = await buildLeadEmail(createEvent({ answers: { q: '{{ 6 | times: 7 }}{% raw %}' } }), { to })
    for (const part of [html, text]) expect(part).toContain('{{ 6 | times: 7 }}{% raw %}')
  })

  it('escapes quotes, so that no value can leave an attribute', async () => {
    const { html } = await buildLeadEmail(createEvent({ answers: { q: `"><img src=x onerror='1'>&amp;` } }), { to })
    expect(html).toContain('&#34;&gt;&lt;img src=x onerror=&#39;1&#39;&gt;&amp;amp;')
  })

  it('marks a test lead in subject and both parts', async () => {
    const { subject, html, text } = await buildLeadEmail(createEvent({ test: true }), { to })
    expect(subject).toMatch(/^\[Test\] /)
    expect(html).toContain('<strong>This is a test')
    expect(text).toContain('THIS IS A TEST')
    expect((await buildLeadEmail(createEvent(), { to })).text).not.toContain('THIS IS A TEST')
  })

  it('shows a lead that was stored before these fields existed', async () => {
    const { text } = await buildLeadEmail(minimalSampleLead, { to })
    expect(text).not.toMatch(/undefined|Military|Price|IP address|WHERE THE REQUEST/)
  })

  it('leaves out the heading of an empty section', async () => {
    const { html, text } = await buildLeadEmail(createEvent({ answers: {} }), { to })
    expect(html).not.toContain('Answers')
    expect(text).not.toContain('ANSWERS')
  })

  it('quotes every line of the consent text', async () => {
    const { html, text } = await buildLeadEmail(createEvent(), { to })
    expect(text).toContain('> I agree that the school may call me.\n> It is not a condition of purchase.')
    expect(html).toContain('<p>It is not a condition of purchase.</p>')
  })

  it('has language, color schemes and table headers for screen readers', async () => {
    const { html } = await buildLeadEmail(createEvent(), { to })
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(html).toContain('<meta name="color-scheme" content="light dark">')
    expect(html.match(/<table aria-labelledby="(section-\d)"/g)).toHaveLength(6)
    expect(html).toContain('<th scope="row">Phone</th><td>(512) 789-1111</td>')
  })
})

const sampleContact: Data['contact'] = {
  firstName: 'Ana',
  lastName: 'Reyes',
  email: 'ana@example.com',
  phone: '+15127891111',
  zip: '78701',
  state: 'TX',
}

function createEvent(overrides: Partial<Data> = {}): LeadCreated {
  return {
    type: 'lead.created',
    timestamp: '2026-11-23T15:04:06.000Z',
    data: {
      leadId: 'lead_1',
      deliveryId: 'dlv_1',
      test: false,
      school: { id: 'sch_1', name: 'Lone Prairie College' },
      program: { id: 'prg_1', name: 'Health Information', level: 'associate', modality: 'online' },
      contact: sampleContact,
      education: { highestLevel: 'some-college' },
      startWindow: 'immediately',
      modality: 'campus',
      age: 27,
      military: false,
      gpa: 3.41,
      answers: { gpa: 3.2, veteran: true, times: ['nights', 'weekends'] },
      consent: {
        grantedAt: '2026-11-23T15:04:05.000Z',
        version: 'v7',
        sha256: 'a'.repeat(64),
        text: 'I agree that the school may call me.\nIt is not a condition of purchase.',
        certificateUrl: 'https://cert.example/1',
        claimedBy: 'publisher',
        ip: '192.0.2.7',
        userAgent: 'Lynx/2.9',
      },
      source: { id: 'src_1', name: 'A landing page' },
      careerSlug: 'health-record-technician',
      page: { url: 'https://page.example/form', referrer: 'https://search.example/' },
      subIds: { sub1: 'banner' },
      utm: { source: 'news' },
      campaignId: 'tx-online',
      priceCents: 4500,
      ...overrides,
    },
  }
}

async function pickParts(options: Parameters<typeof buildLeadEmail>[1]) {
  const { html, text } = await buildLeadEmail(createEvent(), options)
  return { html, text }
}
