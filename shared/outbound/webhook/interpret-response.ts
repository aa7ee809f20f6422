import type {
  Meaning,
  ResponseCondition,
  ResponsePlace,
  ResponseRules,
} from '#shared/domain/delivery/response-rules.ts'
import { cleanLine } from '../../domain/fields/clean-text.ts'
import { toOneLine } from '../../format/to-one-line.ts'
import { findText, hasPlaces, parseResponseDocument, type ResponseDocument } from './parse-response-document.ts'

/** `unreadable` says why there is no body. */
export type SchoolResponse = { status: number; contentType?: string; body: string; unreadable?: string }
/** `reason` is set only if the lead was not accepted, `priceCents` only if it was. */
export type ResponseInterpretation = { means: Meaning; reason?: string; reference?: string; priceCents?: number }

const maxReasonLength = 300
const maxReferenceLength = 200

/**
 * Interprets a school's response by its rules. Only a 2xx, or a status that a rule names, can be accepted; a redirect is
 * never read. Without rules every 2xx is accepted, whatever follows the status line. With rules, a response is unclear as
 * soon as a rule needs a part of it that cannot be read.
 */
export function interpretResponse(response: SchoolResponse, rules: ResponseRules | undefined): ResponseInterpretation {
  const { status, contentType, body, unreadable } = response
  if (status < 200 || (status >= 300 && status < 400)) return { means: 'unclear' }
  if (!rules) return isSuccess(status) ? { means: 'accepted' } : { means: 'unclear', ...toReason(unreadable) }
  const document = unreadable === undefined ? parseResponseDocument(body, contentType) : undefined
  const means = classifyResponse(status, document, rules)
  if (means === 'unreadable') return { means: 'unclear', reason: unreadable ?? wrongTypeReason }
  if (!document) return { means, ...(means !== 'accepted' && toReason(unreadable)) }
  const reason = means === 'accepted' ? undefined : extractText(document, rules.reason, maxReasonLength)
  const reference = means === 'unclear' ? undefined : extractText(document, rules.reference, maxReferenceLength)
  const priceCents =
    means === 'accepted' ? parsePriceCents(extractText(document, rules.price, maxReferenceLength)) : undefined
  return {
    means,
    ...toReason(reason),
    ...(reference && { reference }),
    ...(priceCents !== undefined && { priceCents }),
  }
}

const wrongTypeReason = 'The response rules cannot be applied: the response is not valid JSON, XML or a form.'

function toReason(reason: string | undefined) {
  return reason ? { reason } : {}
}

function classifyResponse(
  status: number,
  document: ResponseDocument | undefined,
  rules: ResponseRules,
): Meaning | 'unreadable' {
  // Schools often report a duplicate as a kind of rejection, and "not accepted" contains "accepted".
  for (const means of ['duplicate', 'rejected', 'accepted'] as const) {
    const matches = (rules[means] ?? []).map((condition) => matchCondition(condition, status, document))
    if (matches.includes(true)) return means
    if (matches.includes('unreadable')) return 'unreadable'
  }
  if (!isSuccess(status)) return 'unclear'
  return rules.otherwise ?? (rules.accepted ? 'unclear' : 'accepted')
}

function matchCondition(
  condition: ResponseCondition,
  status: number,
  document: ResponseDocument | undefined,
): boolean | 'unreadable' {
  const { status: expectedStatus, path, after, before } = condition
  if (!(expectedStatus === undefined ? isSuccess(status) : isStatusInRange(status, expectedStatus))) return false
  const place = after === undefined ? path : { after, before }
  if (place === undefined) return true
  if (!document || !hasPlaces(document, place)) return 'unreadable'
  const text = findText(document, place)
  return text !== undefined && isEqualText(normalizeText(text), condition)
}

function isEqualText(text: string, { equals, contains, oneOf }: ResponseCondition): boolean {
  if (contains !== undefined) return text.includes(normalizeText(contains))
  const texts = [text, normalizeNumber(text)]
  return (oneOf ?? [equals]).some((expected) => expected !== undefined && texts.includes(normalizeText(expected)))
}

/** Returns a number as JavaScript writes it, so that 1 equals 1.0; a text that is not a number, or too long for one, unchanged. */
function normalizeNumber(text: string): string {
  return /^-?\d{1,15}(\.\d+)?(e[+-]?\d{1,2})?$/.test(text) ? String(Number(text)) : text
}

function normalizeText(value: string | number | boolean): string {
  return cleanLine(String(value)).toLowerCase()
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

function isStatusInRange(status: number, expectedStatus: NonNullable<ResponseCondition['status']>): boolean {
  return typeof expectedStatus === 'number'
    ? status === expectedStatus
    : status >= expectedStatus.from && status <= expectedStatus.to
}

function extractText(
  document: ResponseDocument,
  place: ResponsePlace | undefined,
  maxLength: number,
): string | undefined {
  const text = place === undefined ? undefined : findText(document, place)
  return text === undefined
    ? undefined
    : toOneLine(text.slice(0, maxLength * 4))
        .slice(0, maxLength)
        .toWellFormed()
}

/** Parses a price in dollars as people write it; undefined if it is no price or over one million dollars. */
function parsePriceCents(text: string | undefined): number | undefined {
  const dollars = /^\$? ?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?( ?USD)?$/i.exec(text ?? '')
  const cents = Math.round(Number(`${dollars?.[1]?.replaceAll(',', '')}${dollars?.[2] ?? ''}`) * 100)
  return cents <= maxCents ? cents : undefined
}

const maxCents = 100_000_000
