import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import type { RequestShape } from '#shared/domain/delivery/request-shape.ts'
import { oneLine } from '../../format/one-line.ts'
import { contentTypes, filledFields, leafOf, shapeBody, textOf } from './shape-body.ts'
import { shapeTemplates, type Templates, type View, viewOf } from './shape-templates.ts'

type Kept = {
  /** Opened, by name. */
  headerSecrets: { [name: string]: string }
  /** The event as it was stored. */
  body: string
}
export type Shaped = { method: 'POST' | 'PUT' | 'PATCH'; headers: { [name: string]: string }; body: string }

const longestHeader = 1000

/**
 * The request that a school gets for one lead: the stored event as it is, or in the school's own shape. The same event
 * and shape give the same bytes. @throws where a secret is not kept, or a template cannot be rendered; neither says whose.
 */
export async function shapeRequest(event: LeadCreated, shape: RequestShape | undefined, kept: Kept): Promise<Shaped> {
  if (!shape) return { method: 'POST', headers: { 'content-type': contentTypes.json }, body: kept.body }
  const templates = await shapeTemplates(shape.maps, 'sending')
  const view = viewOf(event)
  const fields = await filledFields(shape.fields, async (template) =>
    leafOf(await rendered(template, view, templates), shape),
  )
  const headers: Shaped['headers'] = { 'content-type': contentTypes[shape.format] }
  for (const [name, value] of Object.entries(shape.headers ?? {})) {
    const text =
      typeof value === 'string'
        ? headerText(textOf(leafOf(await rendered(value, view, templates), { format: 'form' }) ?? null))
        : secretOf(value.secret, kept)
    if (text !== '') headers[name.toLowerCase()] = text
  }
  const body = await shapeBody(fields, shape)
  return { method: shape.method, headers, body }
}

// What Liquid says of a failure may quote the lead.
async function rendered(template: string, view: View, { render }: Templates): Promise<unknown> {
  try {
    return await render(template, view)
  } catch {
    throw new Error(`A template of the request's shape cannot be rendered: ${template}`)
  }
}

/** A header takes one line of printable ASCII; for any other letter stands a question mark. */
function headerText(value: string): string {
  return oneLine(value)
    .replace(/[^ -~]/gu, '?')
    .slice(0, longestHeader)
    .trim()
}

function secretOf(name: string, { headerSecrets }: Kept): string {
  const secret = Object.hasOwn(headerSecrets, name) ? headerSecrets[name] : undefined
  if (secret === undefined) throw new Error(`The secret of a header is not kept: ${name}`)
  return secret
}
