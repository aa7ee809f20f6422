import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import type { RequestShape } from '#shared/domain/delivery/request-shape.ts'
import { toOneLine } from '../../format/to-one-line.ts'
import { buildBody, contentTypes, fillFields, toLeaf, toText } from './build-body.ts'
import {
  createShapeTemplates,
  type ShapeTemplates,
  type TemplateView,
  toTemplateView,
} from './create-shape-templates.ts'

type StoredRequest = {
  /** Opened, by name. */
  headerSecrets: { [name: string]: string }
  /** The event as it was stored. */
  body: string
}
export type ShapedRequest = { method: 'POST' | 'PUT' | 'PATCH'; headers: { [name: string]: string }; body: string }

const maxHeaderLength = 1000

/**
 * The request that a school gets for one lead: the stored event as it is, or in the school's own shape. The same event
 * and shape give the same bytes. @throws where a secret is not kept, or a template cannot be rendered; neither says whose.
 */
export async function shapeRequest(
  event: LeadCreated,
  shape: RequestShape | undefined,
  storedRequest: StoredRequest,
): Promise<ShapedRequest> {
  if (!shape) return { method: 'POST', headers: { 'content-type': contentTypes.json }, body: storedRequest.body }
  const templates = await createShapeTemplates(shape.maps, 'sending')
  const view = toTemplateView(event)
  const fields = await fillFields(shape.fields, async (template) =>
    toLeaf(await renderTemplate(template, view, templates), shape),
  )
  const headers: ShapedRequest['headers'] = { 'content-type': contentTypes[shape.format] }
  for (const [name, value] of Object.entries(shape.headers ?? {})) {
    const text =
      typeof value === 'string'
        ? toHeaderText(toText(toLeaf(await renderTemplate(value, view, templates), { format: 'form' }) ?? null))
        : getHeaderSecret(value.secret, storedRequest)
    if (text !== '') headers[name.toLowerCase()] = text
  }
  const body = await buildBody(fields, shape)
  return { method: shape.method, headers, body }
}

// What Liquid says of a failure may quote the lead.
async function renderTemplate(template: string, view: TemplateView, { render }: ShapeTemplates): Promise<unknown> {
  try {
    return await render(template, view)
  } catch {
    throw new Error(`A template of the request's shape cannot be rendered: ${template}`)
  }
}

/** A header takes one line of printable ASCII; for any other letter stands a question mark. */
function toHeaderText(value: string): string {
  return toOneLine(value)
    .replace(/[^ -~]/gu, '?')
    .slice(0, maxHeaderLength)
    .trim()
}

function getHeaderSecret(name: string, { headerSecrets }: StoredRequest): string {
  const secret = Object.hasOwn(headerSecrets, name) ? headerSecrets[name] : undefined
  if (secret === undefined) throw new Error(`The secret of a header is not kept: ${name}`)
  return secret
}
