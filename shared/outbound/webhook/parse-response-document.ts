import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { ResponsePlace } from '#shared/domain/delivery/response-rules.ts'

/** A response body with its parsed content, if it is JSON, XML or a form. */
export type ResponseDocument = { body: string; form: 'json' | 'xml' | 'form' | 'text' | 'unreadable'; content: unknown }

/**
 * Parses a response by its content, because content types are often wrong; only a form is recognized by its type. XML
 * that is malformed or declares entities, and a page of HTML, are unreadable: only text between two markers can be found
 * in them.
 */
export function parseResponseDocument(text: string, contentType: string | undefined): ResponseDocument {
  const body = text.replace(/^\uFEFF/, '')
  // What JSON and XML do not allow around them, and people do not see.
  const start = body.replace(/^[\s\u200B]+|[\s\0\u200B]+$/g, '')
  if (start.startsWith('<')) {
    const content = /^<html[\s>]/i.test(start) ? undefined : parseXml(start)
    return { body, form: content === undefined ? 'unreadable' : 'xml', content }
  }
  const content = parseJsonText(parseJson(start))
  if (content !== undefined) return { body, form: 'json', content }
  if (/^[[{]/.test(start)) return { body, form: 'unreadable', content }
  if (contentType?.toLowerCase().startsWith('application/x-www-form-urlencoded'))
    return { body, form: 'form', content: Object.fromEntries(new URLSearchParams(body)) }
  return { body, form: 'text', content: body }
}

/** Whether a document is of a kind in which this place can be looked up. An empty body has no text anywhere. */
export function hasPlaces({ body, form, content }: ResponseDocument, place: ResponsePlace): boolean {
  if (typeof place === 'object' || body.trim() === '') return true
  if (form === 'unreadable') return false
  return place === '' || (typeof content === 'object' && content !== null)
}

/** Returns the trimmed text at a place; numbers as they are written, and booleans as text; undefined if the place has no value. */
export function findText({ body, form, content }: ResponseDocument, place: ResponsePlace): string | undefined {
  if (typeof place === 'object') return findEnclosedText(body, place)
  const steps = place
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (form !== 'xml') return toText(findJsonValue(content, steps))
  const [outermost] = Object.values(typeof content === 'object' && content !== null ? content : {})
  return getElementText(findXmlValue(outermost, steps)) ?? getElementText(findXmlValue(content, steps))
}

function findEnclosedText(
  body: string,
  { after, before }: { after: string; before?: string | undefined },
): string | undefined {
  const start = body.indexOf(after)
  if (start === -1) return undefined
  const rest = body.slice(start + after.length)
  const end = before === undefined ? rest.length : rest.indexOf(before)
  return end === -1 ? undefined : rest.slice(0, end).trim()
}

/** Resolves a JSON Pointer (RFC 6901) through own properties only, never the prototype. */
function findJsonValue(content: unknown, steps: readonly string[]): unknown {
  return steps.reduce(getOwnProperty, content)
}

function findXmlValue(content: unknown, steps: readonly string[]): unknown {
  let node = content
  for (const step of steps) {
    const isIndex = /^\d+$/.test(step)
    // A single element is a list of one.
    if (isIndex) node = Array.isArray(node) ? node[Number(step)] : step === '0' ? node : undefined
    else node = getOwnProperty(getFirst(node), step)
  }
  return node
}

function getOwnProperty(node: unknown, name: string): unknown {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, name)) return undefined
  if (Array.isArray(node)) return /^\d+$/.test(name) ? node[Number(name)] : undefined
  return Object.entries(node).find(([key]) => key === name)?.[1]
}

function getFirst(node: unknown): unknown {
  return Array.isArray(node) ? node[0] : node
}

/** An element with attributes or children has its text under `#text`. */
function getElementText(node: unknown): string | undefined {
  const element = getFirst(node)
  return toText(element) ?? toText(getOwnProperty(element, '#text'))
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim()
    : undefined
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body, replaceNumber)
  } catch {
    return undefined
  }
}

/** Some servers write JSON as a text inside of JSON. */
function parseJsonText(content: unknown): unknown {
  const inner = typeof content === 'string' && /^\s*[[{]/.test(content) ? parseJson(content) : undefined
  return inner ?? content
}

/** Numbers become the text that they were written as: JavaScript keeps 16 digits, and a reference may have more. */
function replaceNumber(_name: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? value) : value
}

/** A document type is refused, so that no entity can be declared, expanded or fetched. */
function parseXml(body: string): unknown {
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
