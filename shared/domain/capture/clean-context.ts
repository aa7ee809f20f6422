import * as z from 'zod'
import { cleanLine, cleanToken, cutText } from '../fields/clean-text.ts'
import { normalizeContextUrl, normalizeWebUrl } from '../fields/context-url.ts'
import { parseIpAddress, splitAddresses } from '../fields/ip-address.ts'
import { findFirstValue, isLabelName, maxLabelLength, maxLabels, normalizeLabel } from '../fields/labels.ts'

/** What was done to a field that says where a lead came from. Such a field never refuses a lead. */
export const leadNote = z
  .strictObject({
    field: z.string().meta({ description: 'JSON Pointer into the request.' }),
    change: z.enum(['cleaned', 'cut', 'dropped']).meta({
      description:
        '`cleaned`: stored in another spelling, such as without invisible characters. `cut`: it was too long. `dropped`: ' +
        'it could not be used.',
    }),
  })
  .meta({ id: 'LeadNote' })
export type LeadNote = z.output<typeof leadNote>

/** The address of a page that cannot be told, such as that of a frame without an address. */
export const unknownPage = 'about:blank'
export const maxUserAgentLength = 1000
const maxNotes = 20

type Fields = { [name: string]: unknown }
type Note = (field: string, input: unknown, output: unknown) => void

/**
 * Cleans a lead or a match as it was sent, so that no field of context can refuse it, and lists what was changed. Fields that
 * say who the visitor is stay as they are.
 */
export function cleanContext(body: unknown): { body: unknown; notes: LeadNote[] } {
  if (!isFields(body)) return { body, notes: [] }
  const notes: LeadNote[] = []
  const note: Note = (field, input, output) => {
    const change = describeChange(input, output)
    const isNoted = notes.some((one) => one.field === field && one.change === change)
    if (change && !isNoted && notes.length < maxNotes) notes.push({ field, change })
  }
  const cleaned = {
    ...body,
    ...cleanField(body, 'utm', (value) => cleanLabels(value, '/utm', note)),
    ...cleanField(body, 'subIds', (value) => cleanLabels(value, '/subIds', note)),
    ...cleanField(body, 'trustedFormCertUrl', (value) => noted(note, '/trustedFormCertUrl', value, normalizeWebUrl)),
    ...cleanField(body, 'consent', (value) => cleanConsent(value, note)),
    ...(isLead(body) && { page: cleanPage(body.page, note) }),
  }
  return { body: cleaned, notes }
}

function isLead(body: Fields): boolean {
  return 'consent' in body || 'contact' in body || 'page' in body
}

function cleanField(fields: Fields, name: string, clean: (value: unknown) => unknown): Fields {
  return Object.hasOwn(fields, name) ? { [name]: clean(fields[name]) } : {}
}

function cleanPage(value: unknown, note: Note): Fields {
  const { url, referrer, ...others } = isFields(value) ? value : { url: value }
  const cleanUrl = noted(note, '/page/url', url, normalizeContextUrl)
  const cleanReferrer = noted(note, '/page/referrer', referrer, normalizeContextUrl)
  // Another name may be anything, even an email address.
  for (const other of Object.values(others)) note('/page', other, undefined)
  return { url: cleanUrl ?? unknownPage, ...(cleanReferrer !== undefined && { referrer: cleanReferrer }) }
}

function cleanConsent(value: unknown, note: Note): unknown {
  if (!isFields(value)) return value
  // With our own consent text, what a server tells of the browser is not a part of the proof.
  if (!('text' in value)) {
    const { ip, userAgent, ...consent } = value
    noted(note, '/consent/ip', ip, () => undefined)
    noted(note, '/consent/userAgent', userAgent, () => undefined)
    return consent
  }
  return {
    ...value,
    ...cleanField(value, 'ip', (ip) => noted(note, '/consent/ip', ip, normalizeIp)),
    ...cleanField(value, 'userAgent', (name) => noted(note, '/consent/userAgent', name, normalizeUserAgent)),
  }
}

/** The first address of what a server tells of its visitor, which may be a whole `X-Forwarded-For` or `Forwarded`. */
export function normalizeIp(value: unknown): string | undefined {
  const firstValue = findFirstValue(value)
  if (typeof firstValue !== 'string') return undefined
  const text = cleanToken(firstValue)
  const [first = ''] = splitAddresses(text, text.includes('=') ? 'forwarded' : 'x-forwarded-for')
  return parseIpAddress(first.split(';')[0] ?? '')
}

/** The name of a browser on one line, cut to its limit. */
export function normalizeUserAgent(value: unknown): string | undefined {
  const first = findFirstValue(value)
  return typeof first === 'string' ? cleanLine(cutText(cleanLine(first), maxUserAgentLength)) || undefined : undefined
}

function cleanLabels(value: unknown, pointer: string, note: Note): Fields | undefined {
  if (!isFields(value)) return noted(note, pointer, value, () => undefined)
  const labels: { [name: string]: string } = {}
  for (const [name, label] of Object.entries(value)) {
    const isNamed = isLabelName(name)
    // Another name may be anything, even an email address.
    const field = isNamed ? `${pointer}/${name}` : pointer
    const isKept = isNamed && Object.keys(labels).length < maxLabels
    const cleaned = noted(note, field, label, isKept ? normalizeLabel : () => undefined)
    if (cleaned !== undefined) labels[name] = cleaned
  }
  return labels
}

function noted<Output>(note: Note, field: string, input: unknown, normalize: (value: unknown) => Output): Output {
  const output = normalize(input)
  note(field, input, output)
  return output
}

/** What is empty was never said, so nothing is lost. */
function describeChange(input: unknown, output: unknown): LeadNote['change'] | undefined {
  if (input === undefined || input === null || input === output) return undefined
  if (typeof input === 'string' && input.trim() === (output ?? '')) return undefined
  if (output === undefined) return 'dropped'
  if (typeof input !== 'string' || typeof output !== 'string') return 'cleaned'
  const whole = cleanLine(input)
  return whole.length > maxLabelLength && output.length < whole.length && whole.startsWith(output) ? 'cut' : 'cleaned'
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
