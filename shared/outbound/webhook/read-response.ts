import type {
  Meaning,
  ResponseCondition,
  ResponsePlace,
  ResponseRules,
} from '#shared/domain/delivery/response-rules.ts'
import { oneLine } from '../../format/one-line.ts'
import { type AnswerDocument, answerDocument, textAt } from './answer-document.ts'

export type Response = { status: number; contentType?: string; body: string }
/** `reason` is for what was not accepted, `priceCents` for what was. */
export type Reading = { means: Meaning; reason?: string; reference?: string; priceCents?: number }

const longestReason = 300
const longestReference = 200

/**
 * What a school's answer says of the lead. Only a 2xx is a yes, or a status that a rule names; a redirect is never
 * read. Without rules every 2xx is a yes.
 */
export function readResponse({ status, contentType, body }: Response, rules: ResponseRules | undefined): Reading {
  if (status < 200 || (status >= 300 && status < 400)) return { means: 'unclear' }
  if (!rules) return { means: isSuccess(status) ? 'accepted' : 'unclear' }
  const document = answerDocument(body, contentType)
  const means = meaningOf(status, document, rules)
  const reason = means === 'accepted' ? undefined : told(document, rules.reason, longestReason)
  const reference = means === 'unclear' ? undefined : told(document, rules.reference, longestReference)
  const priceCents = means === 'accepted' ? centsIn(told(document, rules.price, longestReference)) : undefined
  return {
    means,
    ...(reason && { reason }),
    ...(reference && { reference }),
    ...(priceCents !== undefined && { priceCents }),
  }
}

function meaningOf(status: number, document: AnswerDocument, rules: ResponseRules): Meaning {
  // A duplicate is often told as a kind of rejection, and a rejection in words that hold those of a yes.
  for (const means of ['duplicate', 'rejected', 'accepted'] as const)
    if (rules[means]?.some((condition) => holds(condition, status, document))) return means
  if (!isSuccess(status)) return 'unclear'
  return rules.otherwise ?? (rules.accepted ? 'unclear' : 'accepted')
}

function holds(condition: ResponseCondition, status: number, document: AnswerDocument): boolean {
  const { status: asked, path, after, before } = condition
  if (!(asked === undefined ? isSuccess(status) : isWithin(status, asked))) return false
  const place = after === undefined ? path : { after, before }
  if (place === undefined) return true
  const found = textAt(document, place)
  return found !== undefined && compares(alike(found), condition)
}

function compares(found: string, { equals, contains, oneOf }: ResponseCondition): boolean {
  if (contains !== undefined) return found.includes(alike(contains))
  return (oneOf ?? [equals]).some((wanted) => wanted !== undefined && found === alike(wanted))
}

function alike(value: string | number | boolean): string {
  return String(value).trim().toLowerCase()
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

function isWithin(status: number, asked: NonNullable<ResponseCondition['status']>): boolean {
  return typeof asked === 'number' ? status === asked : status >= asked.from && status <= asked.to
}

function told(document: AnswerDocument, place: ResponsePlace | undefined, longest: number): string | undefined {
  const text = place === undefined ? undefined : textAt(document, place)
  return text === undefined
    ? undefined
    : oneLine(text.slice(0, longest * 4))
        .slice(0, longest)
        .toWellFormed()
}

/** Dollars as people write them; what is no price, or more than a million dollars, is none. */
function centsIn(text: string | undefined): number | undefined {
  const dollars = /^\$? ?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?( ?USD)?$/i.exec(text ?? '')
  const cents = Math.round(Number(`${dollars?.[1]?.replaceAll(',', '')}${dollars?.[2] ?? ''}`) * 100)
  return cents <= mostCents ? cents : undefined
}

const mostCents = 100_000_000
