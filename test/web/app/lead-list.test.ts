import { describe, expect, it } from 'vitest'
import { fullSampleLead as sampleEvent } from '#shared/domain/delivery/sample-event.ts'
import { readStatusFile } from '#web/portal/aftercare/status-file.ts'
import { countQuickFilters, filterLeads, type OfficerFilter, sortLeads } from '#web/portal/capture/lead-list.ts'
import type { SchoolLead } from '#web/portal/capture/school-lead.ts'
import { toLeadsCsv } from '#web/portal/capture/to-leads-csv.ts'

const noFilter: OfficerFilter = { text: '', status: '', delivery: '', campaignId: '', since: '' }
const josé = aLead('1', { firstName: 'José', lastName: 'Ortiz', email: 'jose@example.com', phone: '+15125550101' })
const ada = aLead(
  '2',
  { firstName: 'Ada', lastName: 'Young', email: 'ada@example.com', phone: '+17135550102' },
  { disposition: { disposition: 'contacted', at: '2026-11-25T10:00:00.000Z' }, createdAt: '2026-11-25T10:00:00.000Z' },
)
const leads = [josé, ada]

describe('the list of leads in the portal', () => {
  it.each([
    ['jose', [josé]],
    ['ORTIZ josé', [josé]],
    ['ada@example', [ada]],
    ['(713) 555-0102', [ada]],
    ['1 713 555 0102', [ada]],
    ['0101', [josé]],
    ['nobody', []],
    ['', [josé, ada]],
  ])('finds people by name, email, phone and program: %s', (text, expected) => {
    expect(filterLeads(leads, { ...noFilter, text })).toEqual(expected)
  })

  it('filters by status, also by none', () => {
    expect(filterLeads(leads, { ...noFilter, status: 'none' })).toEqual([josé])
    expect(filterLeads(leads, { ...noFilter, status: 'contacted' })).toEqual([ada])
  })

  it('sorts by time, last name and status', () => {
    expect(sortLeads(leads, 'newest')).toEqual([ada, josé])
    expect(sortLeads(leads, 'oldest')).toEqual([josé, ada])
    expect(sortLeads([ada, josé], 'name')).toEqual([josé, ada])
    expect(sortLeads([ada, josé], 'status')).toEqual([josé, ada])
  })

  it('counts the leads of today and those without a status', () => {
    expect(countQuickFilters(leads, new Date('2026-11-25T12:00:00'))).toEqual({ today: 1, withoutStatus: 1 })
  })
})

describe('the CSV of leads', () => {
  it('writes phones so that no spreadsheet takes them for numbers, and escapes formulas and quotes', () => {
    const csv = toLeadsCsv([
      aLead('3', { firstName: '=HYPERLINK("http://x")', lastName: '＋1', email: '@sum', phone: '+15125550103' }),
    ])
    const [head, row] = csv.split('\r\n')
    expect(head).toBe(
      '\uFEFFLead ID,Received,First name,Last name,Phone,Email,State,ZIP,Program,Campaign,Delivery,Status',
    )
    expect(row).toContain(`"'=HYPERLINK(""http://x"")",'＋1,(512) 555-0103,'@sum,`)
  })

  it('can be read back with changed statuses, and names each wrong row', () => {
    const csv = toLeadsCsv([josé, ada]).replace(/,Delivered,\r\n/, ',Delivered,attempted contact\r\n')
    expect(readStatusFile(csv)).toEqual({
      rows: [
        { row: 1, deliveryId: josé.deliveryId, disposition: 'attempted-contact' },
        { row: 2, deliveryId: ada.deliveryId, disposition: 'contacted' },
      ],
      faults: [],
    })
    expect(readStatusFile('Lead ID,Status\nx,Applied\n,Applied\n,Lost\ndlv_AAAAAAAAAAAAAAAAAAAAAA,\n')).toEqual({
      rows: [],
      faults: [
        { row: 1, code: 'NOT_FOUND' },
        { row: 2, code: 'noLead' },
        // A status that is no word of ours may be a code of the school's own.
        { row: 3, code: 'noLead' },
      ],
    })
    expect(readStatusFile('Name,Status\nAda,Applied\n')).toBeUndefined()
  })
})

type Contact = { firstName: string; lastName: string; email: string; phone: string }
function aLead(number: string, contact: Contact, overrides: Partial<SchoolLead> = {}): SchoolLead {
  const event = {
    ...sampleEvent,
    data: { ...sampleEvent.data, test: false, contact: { ...sampleEvent.data.contact, ...contact } },
  }
  return {
    deliveryId: `dlv_${number.padStart(22, 'A')}`,
    leadId: `lead_${number.padStart(22, 'A')}`,
    campaignId: 'lone-prairie-texas',
    state: 'delivered',
    createdAt: '2026-11-24T10:00:00.000Z',
    taken: true,
    canTake: false,
    priceCents: 4500,
    event,
    ...overrides,
  }
}
