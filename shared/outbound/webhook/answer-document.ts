import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { ResponsePlace } from '#shared/domain/delivery/response-rules.ts'

/** An answer as it came and, where it is JSON, XML or a form, what it holds. */
export type AnswerDocument = { body: string; form: 'json' | 'xml' | 'form' | 'text' | 'unreadable'; held: unknown }

/**
 * Reads an answer by what it is, since schools label theirs as they like; only a form is known by its label. Markup
 * that is not sound XML, or that declares entities of its own, is unreadable: only scoped text finds anything in it.
 */
export function answerDocument(given: string, contentType: string | undefined): AnswerDocument {
  const body = given.replace(/^\uFEFF/, '')
  const start = body.trimStart()
  if (start.startsWith('<')) {
    const held = xml(body)
    return { body, form: held === undefined ? 'unreadable' : 'xml', held }
  }
  const held = json(body)
  if (held !== undefined) return { body, form: 'json', held }
  if (/^[[{]/.test(start)) return { body, form: 'unreadable', held }
  if (contentType?.toLowerCase().startsWith('application/x-www-form-urlencoded'))
    return { body, form: 'form', held: Object.fromEntries(new URLSearchParams(body)) }
  return { body, form: 'text', held: body }
}

/** The text at a place: outer white space gone, numbers and booleans as they are written. Nothing where it holds none. */
export function textAt({ body, form, held }: AnswerDocument, place: ResponsePlace): string | undefined {
  if (typeof place === 'object') return between(body, place)
  const steps = place
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (form !== 'xml') return textOf(walk(held, steps))
  const [outermost] = Object.values(typeof held === 'object' && held !== null ? held : {})
  return elementText(walkXml(outermost, steps)) ?? elementText(walkXml(held, steps))
}

function between(body: string, { after, before }: { after: string; before?: string | undefined }): string | undefined {
  const at = body.indexOf(after)
  if (at === -1) return undefined
  const rest = body.slice(at + after.length)
  const end = before === undefined ? rest.length : rest.indexOf(before)
  return end === -1 ? undefined : rest.slice(0, end).trim()
}

/** RFC 6901: what the answer itself holds, and nothing that its form brings along. */
function walk(held: unknown, steps: readonly string[]): unknown {
  return steps.reduce(own, held)
}

function walkXml(held: unknown, steps: readonly string[]): unknown {
  let here = held
  for (const step of steps) {
    const isIndex = /^\d+$/.test(step)
    // An element that stands alone is a list of one.
    if (isIndex) here = Array.isArray(here) ? here[Number(step)] : step === '0' ? here : undefined
    else here = own(first(here), step)
  }
  return here
}

function own(held: unknown, name: string): unknown {
  if (typeof held !== 'object' || held === null || !Object.hasOwn(held, name)) return undefined
  if (Array.isArray(held)) return /^\d+$/.test(name) ? held[Number(name)] : undefined
  return Object.entries(held).find(([key]) => key === name)?.[1]
}

function first(held: unknown): unknown {
  return Array.isArray(held) ? held[0] : held
}

/** Beside attributes or elements, the text of an element stands under a name of its own. */
function elementText(held: unknown): string | undefined {
  const element = first(held)
  return textOf(element) ?? textOf(own(element, '#text'))
}

function textOf(held: unknown): string | undefined {
  return typeof held === 'string' || typeof held === 'number' || typeof held === 'boolean'
    ? String(held).trim()
    : undefined
}

function json(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** No document type is read, so no entity can be declared: nothing expands, and nothing is fetched. */
function xml(body: string): unknown {
  if (/<!DOCTYPE|<!ENTITY/i.test(body)) return undefined
  try {
    return XMLValidator.validate(body) === true ? parser.parse(body) : undefined
  } catch {
    return undefined
  }
}

const parser = new XMLParser({
  attributeNamePrefix: '@',
  htmlEntities: true,
  ignoreAttributes: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 64,
  parseTagValue: false,
  removeNSPrefix: true,
})
